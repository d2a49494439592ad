"""The machinery itself: what the clock calls, what was missed, signs of life, the backup of the night."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date

from rq import get_current_job

from cleanit_app import process_heartbeats
from cleanit_app.ops import backup
from cleanit_app.services.operations import daily_runs, job_heartbeats
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


def catch_up() -> None:
    """Ask for every daily run that should have been and was not; what makes no sense any more is skipped."""
    parts = wiring()
    for entry in schedule.SCHEDULE:
        if entry.daily is None:
            continue
        with parts.open_uow() as uow:
            for day in daily_runs.due_days(uow, daily=entry.daily):
                late = (entry.queue, "workers.jobs.operations.run_day", entry.name, day.isoformat())
                uow.hint(*late, most_seconds=entry.most_seconds)


def _run_day(parts: Wiring, entry: Scheduled, day: date) -> None:
    daily = entry.daily
    if daily is None:
        return
    words = (day.isoformat(),) if daily.each_day else ()
    daily_runs.run_once(
        parts.open_uow, daily=daily, day=day, work=lambda: _run(parts, entry, lambda: entry.work(*words))
    )


def _run(parts: Wiring, entry: Scheduled, work: Callable[..., None]) -> None:
    started = time.monotonic()
    work()
    with parts.open_uow() as uow:
        job_heartbeats.beat(uow, name=entry.name, took_ms=round(1000 * (time.monotonic() - started)))


def expect_sweeps() -> None:
    """Let /health expect exactly the jobs of the schedule."""
    with wiring().open_uow() as uow:
        job_heartbeats.expect(uow, silence={e.name: e.may_be_silent_seconds for e in schedule.SCHEDULE if not e.args})


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
    backup.back_up(settings.database_url, settings.backup_dir, settings.keys_of_backups, parts.clock.now())
