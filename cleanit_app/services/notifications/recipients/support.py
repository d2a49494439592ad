"""Who hears of questions to support and of their answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from cleanit_app.domain.events import (
    HelpArticlePublished,
    HelpArticleWithdrawn,
    HelpArticleWritten,
    SupportAnswered,
    SupportAsked,
    SupportClosed,
    SupportHandedOver,
    SupportLate,
    SupportReopened,
    SupportWrittenTo,
)
from cleanit_app.models import User
from cleanit_app.notification_kinds import support as kinds
from cleanit_app.notification_kinds.kind import NotificationKind
from cleanit_app.services.notifications.audiences import ADMINS, ONE, SUPPORT, Draft, Tellers, nobody, one
from cleanit_app.services.unit_of_work import UnitOfWork


def _asked(uow: UnitOfWork, e: SupportAsked) -> list[Draft]:
    name = uow.get(User, e.person_id).name if e.person_id else None
    values = {"name": name, "topic": e.topic}
    return [Draft(kinds.SUPPORT_ASKED, ADMINS, SUPPORT, values, subject=e.ticket_id)]


def _written_to(_uow: UnitOfWork, e: SupportWrittenTo) -> list[Draft]:
    audience, bound = (ONE, one(e.assigned_to)) if e.assigned_to else (ADMINS, SUPPORT)
    return [Draft(kinds.SUPPORT_WRITTEN_TO, audience, bound, {"topic": e.topic}, subject=e.ticket_id)]


def _handed_over(_uow: UnitOfWork, e: SupportHandedOver) -> list[Draft]:
    return [Draft(kinds.SUPPORT_HANDED_OVER, ONE, one(e.to_id), {"name": e.by_name}, subject=e.ticket_id)]


def _late(_uow: UnitOfWork, e: SupportLate) -> list[Draft]:
    return [Draft(kinds.SUPPORT_LATE, ADMINS, SUPPORT, {"n": e.waiting}, subject=e.ticket_id)]


def _to_asker(kind: NotificationKind, person_id: UUID | None, ticket_id: UUID) -> list[Draft]:
    """Who asked with a code alone looks by it: there is nobody to tell."""
    return [Draft(kind, ONE, one(person_id), subject=ticket_id)] if person_id else []


def _teller(kind: NotificationKind) -> Any:
    return lambda _uow, e: _to_asker(kind, e.person_id, e.ticket_id)


TELLERS: Tellers = {
    HelpArticleWritten: nobody,
    HelpArticlePublished: nobody,
    HelpArticleWithdrawn: nobody,
    SupportAsked: _asked,
    SupportWrittenTo: _written_to,
    SupportHandedOver: _handed_over,
    SupportLate: _late,
    SupportAnswered: _teller(kinds.SUPPORT_ANSWERED),
    SupportClosed: _teller(kinds.SUPPORT_CLOSED),
    SupportReopened: _teller(kinds.SUPPORT_REOPENED),
}
