"""Whether questions have waited longer than we promise, and who hears of it once (OPS-02)."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.events import SupportLate
from cleanit_app.models import SupportTicket
from cleanit_app.services.notifications.alerts import now_wrong
from cleanit_app.services.unit_of_work import UnitOfWork

SUPPORT_LATE = "SUPPORT_LATE"


def watch_support(uow: UnitOfWork) -> int:
    """Raise each question that is late and clear those that are answered; each is told once. How many were raised."""
    late = list(uow.run(select(col(SupportTicket.id)).where(col(SupportTicket.due_at) < uow.now)).scalars())
    fresh = now_wrong(uow, kind=SUPPORT_LATE, subjects=[str(one) for one in late])
    uow.record_all([SupportLate(UUID(one), len(late)) for one in fresh], by=SYSTEM)
    return len(fresh)
