"""Whether decisions on after-photos take too long, and who hears of it once (VER-08)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select

from cleanit_app.domain import rules
from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.events import VerificationSlow
from cleanit_app.domain.statuses import JobStatus
from cleanit_app.models import Alert, Job
from cleanit_app.services.unit_of_work import UnitOfWork

QUEUE_LONG, OVER_48_H, AVERAGE_LONG = "QUEUE_LONG", "OVER_48_H", "AVERAGE_LONG"
RAISE = text(
    """INSERT INTO alerts (id, kind, subject, raised_at) SELECT new_uuid_v7(:now), :kind, s, :now
       FROM unnest(CAST(:subjects AS text[])) s
       ON CONFLICT (kind, subject) WHERE cleared_at IS NULL DO NOTHING RETURNING subject"""
)
CLEAR = text(
    """UPDATE alerts SET cleared_at = :now WHERE kind = :kind AND cleared_at IS NULL
       AND NOT subject = ANY(CAST(:subjects AS text[]))"""
)


def watch_queue(uow: UnitOfWork) -> int:
    """Raise what has become too slow and clear what is well again; each is told once (VER-08). How many were raised.

    More than 20 waiting goes to verifiers; a job past 48 hours and an average past 24 go to seniors.
    """
    waiting = uow.run(select(col(Job.id), col(Job.completed_at)).where(col(Job.status) == JobStatus.COMPLETED)).all()
    since: dict[UUID, datetime] = {job_id: at for job_id, at in waiting if at is not None}
    ages = [uow.now - at for at in since.values()]
    long = [""] if len(ages) > rules.QUEUE_ALERT_ABOVE else []
    slow = [""] if ages and sum(ages, timedelta()) / len(ages) > rules.AVERAGE_ALERT_AFTER else []
    late = [str(job_id) for job_id, at in since.items() if uow.now - at > rules.URGENT_AFTER]
    raised = [
        *(VerificationSlow(QUEUE_LONG, None, len(ages)) for _ in _now_so(uow, QUEUE_LONG, long)),
        *(VerificationSlow(AVERAGE_LONG, None, len(ages)) for _ in _now_so(uow, AVERAGE_LONG, slow)),
        *(VerificationSlow(OVER_48_H, UUID(job), len(ages)) for job in _now_so(uow, OVER_48_H, late)),
    ]
    uow.record_all(raised, by=SYSTEM)
    return len(raised)


def _now_so(uow: UnitOfWork, kind: str, subjects: list[str]) -> Iterable[str]:
    """Keep the open alerts of a kind equal to what is wrong now; those that are new."""
    uow.run(CLEAR, {"kind": kind, "subjects": subjects, "now": uow.now})
    return uow.run(RAISE, {"kind": kind, "subjects": subjects, "now": uow.now}).scalars().all() if subjects else []


__all__ = ["AVERAGE_LONG", "OVER_48_H", "QUEUE_LONG", "Alert", "watch_queue"]
