"""Whether decisions on after-photos take too long, and who hears of it once (VER-08)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.bounds import FIRST_MOMENT, MOMENT_AFTER_LAST
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.events import VerificationSlow
from cleanit_app.domain.statuses import JobStatus
from cleanit_app.models import Alert, Job
from cleanit_app.services.notifications.alerts import now_wrong
from cleanit_app.services.unit_of_work import UnitOfWork

_DECIDED = text(
    """SELECT avg(extract(epoch FROM d.at - s.at)) FROM status_history d
       CROSS JOIN LATERAL (SELECT max(h.at) AS at FROM status_history h
         WHERE h.subject_id = d.subject_id AND h.to_status = 'COMPLETED' AND h.id < d.id) s
       WHERE d.kind = 'job' AND d.from_status = 'COMPLETED' AND d.at >= :since"""
)
QUEUE_LONG, OVER_48_H, AVERAGE_LONG = "QUEUE_LONG", "OVER_48_H", "AVERAGE_LONG"


def watch_queue(uow: UnitOfWork) -> int:
    """Raise what has become too slow and clear what is well again; each is told once (VER-08). How many were raised.

    More than 20 waiting goes to verifiers; a job past 48 hours, and decisions that took more than 24 on average over a
    week, go to seniors.
    """
    readable = col(Job.completed_at).between(FIRST_MOMENT, MOMENT_AFTER_LAST)  # one bad row must not stop the watch
    asked = select(col(Job.id), col(Job.completed_at)).where(col(Job.status) == JobStatus.COMPLETED, readable)
    waiting = uow.run(asked).all()
    since: dict[UUID, datetime] = {job_id: at for job_id, at in waiting if at is not None}
    ages = [uow.now - at for at in since.values()]
    long = [""] if len(ages) > LIMITS.queue_alert_above else []
    slow = [""] if _average_of_decisions(uow) > LIMITS.average_alert_after else []
    late = [str(job_id) for job_id, at in since.items() if uow.now - at > LIMITS.urgent_after]
    raised = [
        *(VerificationSlow(QUEUE_LONG, None, len(ages)) for _ in now_wrong(uow, kind=QUEUE_LONG, subjects=long)),
        *(VerificationSlow(AVERAGE_LONG, None, len(ages)) for _ in now_wrong(uow, kind=AVERAGE_LONG, subjects=slow)),
        *(VerificationSlow(OVER_48_H, UUID(job), len(ages)) for job in now_wrong(uow, kind=OVER_48_H, subjects=late)),
    ]
    uow.record_all(raised, by=SYSTEM)
    return len(raised)


def _average_of_decisions(uow: UnitOfWork) -> timedelta:
    """How long the decisions of the last week took from the photo on; nothing where none was made."""
    week = {"since": uow.now - LIMITS.decisions_averaged_over}
    return timedelta(seconds=float(uow.run(_DECIDED, week).scalar_one() or 0))


__all__ = ["AVERAGE_LONG", "OVER_48_H", "QUEUE_LONG", "Alert", "watch_queue"]
