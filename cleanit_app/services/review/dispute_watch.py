"""Whether disputes have waited longer than the 48 hours we promise, and who hears of it once (OPS-03)."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.events import DisputeLate
from cleanit_app.domain.statuses import DisputeStatus
from cleanit_app.models import Dispute
from cleanit_app.services.notifications.alerts import now_wrong
from cleanit_app.services.unit_of_work import UnitOfWork

DISPUTE_LATE = "DISPUTE_LATE"


def watch_disputes(uow: UnitOfWork) -> int:
    """Raise each dispute that is late and clear those that are decided; each is told once. How many were raised."""
    before = uow.now - LIMITS.dispute_heard_within
    waits = (col(Dispute.status) == DisputeStatus.OPEN, col(Dispute.raised_at) < before)
    late = {str(one): about for one, about in uow.run(select(col(Dispute.id), col(Dispute.about)).where(*waits))}
    fresh = now_wrong(uow, kind=DISPUTE_LATE, subjects=list(late))
    uow.record_all([DisputeLate(UUID(one), late[one], len(late)) for one in fresh], by=SYSTEM)
    return len(fresh)
