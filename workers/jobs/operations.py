"""The machinery itself: what the clock calls, what was missed, signs of life, the backup of the night."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from rq import get_current_job

from cleanit_app import process_heartbeats
from cleanit_app.ops import backup
from cleanit_app.services.operations import daily_runs, job_heartbeats, scheduled_jobs
from cleanit_app.services.operations.scheduled_jobs import KnownJob
from cleanit_app.wiring import Wiring, wiring
from workers import schedule
from workers.schedule import Scheduled


def tick(name: str) -> None:
    """An entry of the schedule is due; a daily one runs for the Indian day whose hour came last."""
    parts = wiring()
    entry = schedule.entry(name)
    if entry is None:
        return  # it left the table while it waited in a queue
    if entry.daily is None:
        _run(parts, entry, entry.work)
        return
    _run_day(parts, entry, daily_runs.day_of(entry.daily, parts.clock.now()))


def run_day(name: str, day: str) -> None:
    """Run one day of a daily entry, late."""
    entry = schedule.entry(name)
    if entry is not None and entry.daily is not None:
        _run_day(wiring(), entry, date.fromisoformat(day))


def run_now(name: str) -> None:
    """An admin asked for a run: once for each wish. A daily one counts as the run of its day if that is still open."""
    parts, entry = wiring(), schedule.entry(name)
    if entry is None:
        return
    with parts.open_uow() as uow:
        if not scheduled_jobs.take_request(uow, name=name):
            return
    if entry.daily is None:
        _run(parts, entry, entry.work, manual=True)
        return
    day = daily_runs.day_of(entry.daily, parts.clock.now())
    if not _run_day(parts, entry, day, manual=True):
        _run(parts, entry, lambda: entry.work(*_words(entry, day)), manual=True)


def catch_up() -> None:
    """Ask for every daily run that should have been and was not; what makes no sense any more is skipped.

    Runs that admins asked for and whose hint was lost are asked for again.
    """
    parts = wiring()
    with parts.open_uow() as uow:
        scheduled_jobs.hint_again(uow)
    for entry in schedule.SCHEDULE:
        if entry.daily is None:
            continue
        with parts.open_uow() as uow:
            for day in daily_runs.due_days(uow, daily=entry.daily):
                late = (entry.queue, "workers.jobs.operations.run_day", entry.name, day.isoformat())
                uow.hint(*late, most_seconds=entry.most_seconds)


def _run_day(parts: Wiring, entry: Scheduled, day: date, *, manual: bool = False) -> bool:
    """Run one day of a daily entry; False when that day is done, or somebody is at it."""
    daily = entry.daily
    if daily is None:
        return False
    return daily_runs.run_once(
        parts.open_uow,
        daily=daily,
        day=day,
        work=lambda: _run(parts, entry, lambda: entry.work(*_words(entry, day)), manual=manual),
    )


def _words(entry: Scheduled, day: date) -> tuple[str, ...]:
    return (day.isoformat(),) if entry.each_day else ()


def _run(parts: Wiring, entry: Scheduled, work: Callable[..., None], *, manual: bool = False) -> None:
    """Do the work and keep how it went."""
    at, started = parts.clock.now(), time.monotonic()
    keep = partial(_keep, parts, entry, at, started, manual)
    try:
        work()
    except Exception as trouble:
        keep(trouble)
        raise
    keep(None)


def _keep(
    parts: Wiring, entry: Scheduled, at: datetime, started: float, manual: bool, trouble: Exception | None
) -> None:
    took = round(1000 * (time.monotonic() - started))
    with parts.open_uow() as uow:
        if not entry.args:  # the heartbeats of queues are no jobs that anybody looks up
            scheduled_jobs.note_run(uow, name=entry.name, started_at=at, took_ms=took, manual=manual, trouble=trouble)
        if trouble is None:
            job_heartbeats.beat(uow, name=entry.name, took_ms=took)


def expect_sweeps() -> None:
    """Let /health expect exactly the jobs of the schedule, and admins find them."""
    jobs = [entry for entry in schedule.SCHEDULE if not entry.args]
    with wiring().open_uow() as uow:
        scheduled_jobs.know(uow, jobs=[KnownJob(e.name, e.queue, e.cron, e.most_seconds) for e in jobs])
        job_heartbeats.expect(uow, silence={e.name: e.may_be_silent_seconds for e in jobs})


def let_sweeps_wait(queue: str, seconds: float) -> None:
    """The worker of a queue was busy with one job for so long: the queue's other jobs are not silent, they wait."""
    names = [entry.name for entry in schedule.SCHEDULE if entry.queue == queue and not entry.args]
    with wiring().open_uow() as uow:
        job_heartbeats.hold_up(uow, names=names, seconds=seconds)


def beat(queue: str) -> None:
    """Renew the sign of life of the worker that runs this job (MON-06)."""
    job = get_current_job()
    if job is not None:
        process_heartbeats.beat(job.connection, queue, os.getppid())  # this is the worker's child


def back_up() -> None:
    """Write the day's encrypted backup and forget those older than thirty days (SEC-09)."""
    parts = wiring()
    settings = parts.settings
    backup.back_up(settings.database_directly, settings.backup_dir, settings.keys_of_backups, parts.clock.now())
