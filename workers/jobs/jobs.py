"""Claims and jobs that ran out of time, and reminders before that."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from cleanit_app.services.campaigns import closing
from cleanit_app.services.jobs import overdue
from cleanit_app.services.unit_of_work import UnitOfWork
from cleanit_app.wiring import Wiring, wiring
from workers.sweeping import alone

BATCH = 100


class SomeJobsStayed(Exception):
    """Some jobs could not be worked on; each is in the error log, the rest is done."""


def look_after_jobs() -> None:
    """Release overdue claims and those of suspended cleaners, then end jobs past their 90 days (JOB-06, JOB-14)."""
    parts = wiring()
    stayed = _each(parts, overdue.overdue_claims, overdue.release_overdue_claim)
    stayed += _each(parts, overdue.claims_of_suspended, overdue.release_claim_of_suspended)
    stayed += _each(parts, closing.jobs_past_their_time, closing.end_expired_job)
    if stayed:
        raise SomeJobsStayed(f"{stayed} jobs")


def _each(parts: Wiring, due: Callable[..., list[UUID]], act: Callable[..., bool]) -> int:
    """Do one thing to each job that is due, each in its own transaction; how many were in the way."""

    def look_after(job_id: UUID) -> None:
        with parts.open_uow() as uow:
            act(uow, job_id=job_id)

    one = alone(parts, "job", look_after)
    seen: set[UUID] = set()
    stayed = 0
    while True:
        with parts.open_read() as uow:
            batch = [job for job in due(uow, limit=BATCH + stayed) if job not in seen]
        if not batch:
            return stayed
        for job_id in batch:
            seen.add(job_id)
            stayed += not one(job_id)


def remind_of_deadlines() -> None:
    """Tell cleaners that 24 hours or 1 hour is left (NOT-03)."""
    _until_nothing(lambda uow: overdue.remind_of_deadlines(uow, limit=BATCH))


def _until_nothing(step: Callable[[UnitOfWork], int]) -> None:
    parts = wiring()
    done = 1
    while done:
        with parts.open_uow() as uow:
            done = step(uow)
