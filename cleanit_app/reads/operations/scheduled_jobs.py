"""Every job of the clock: its last runs, how they went and how long they took, and when it runs next (OPS-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from crontab import CronTab
from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.reads.paging import ask_list
from cleanit_app.services.unit_of_work import UnitOfWork

RUNS_SHOWN = 5


@dataclass(frozen=True)
class RunItem:
    """One run; `trouble` is what ended it, None when it went well."""

    started_at: datetime
    took_ms: int
    manual: bool
    trouble: str | None


@dataclass(frozen=True)
class ScheduledJobItem:
    """One job; `runs` are its last five, the newest first. `silent`: it did not go well for longer than it may."""

    name: str
    next_at: datetime
    asked_at: datetime | None
    silent: bool
    runs: tuple[RunItem, ...]


def scheduled_jobs(uow: UnitOfWork, *, actor: Actor) -> tuple[ScheduledJobItem, ...]:
    """Each job that the workers know, those in trouble first, then by name."""
    actor.must(Permission.MANAGE_ADMINS)
    rows = ask_list(
        uow,
        "scheduled jobs",
        """SELECT j.name, j.cron, j.asked_at, r.started_at, r.took_ms, r.manual, r.trouble,
             coalesce(b.well_at < clock_timestamp() - b.may_be_silent_seconds * interval '1 second', false) AS silent
           FROM scheduled_jobs j LEFT JOIN sweep_beats b ON b.name = j.name
           LEFT JOIN LATERAL (SELECT * FROM scheduled_runs s WHERE s.name = j.name ORDER BY s.id DESC LIMIT :most) r
             ON true
           ORDER BY j.name, r.id DESC""",
        most=RUNS_SHOWN,
    )
    runs: dict[str, list[RunItem]] = {}
    heads: dict[str, Row[Any]] = {}
    for head, run in rows.read(lambda row: (row, _run(row))):
        heads.setdefault(head.name, head)
        runs.setdefault(head.name, []).extend([run] if run is not None else [])
    jobs = [_job(head, tuple(runs[name]), uow.now) for name, head in heads.items()]
    return tuple(sorted(jobs, key=lambda job: not _is_in_trouble(job)))


def _is_in_trouble(job: ScheduledJobItem) -> bool:
    return job.silent or bool(job.runs and job.runs[0].trouble)


def _run(row: Row[Any]) -> RunItem | None:
    if row.started_at is None:
        return None
    return RunItem(row.started_at, row.took_ms, row.manual, row.trouble)


def _job(row: Row[Any], runs: tuple[RunItem, ...], now: datetime) -> ScheduledJobItem:
    in_utc = now.astimezone(UTC).replace(tzinfo=None)
    seconds = CronTab(row.cron).next(in_utc, default_utc=True)
    return ScheduledJobItem(row.name, now + timedelta(seconds=seconds), row.asked_at, row.silent, runs)
