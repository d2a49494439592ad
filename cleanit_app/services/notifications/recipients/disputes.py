"""Who hears of disputes about anything, of appeals, and of what the sides say."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from cleanit_app.domain.disputes import DECIDES, DUTY_OF, DisputeAbout, DisputeSide
from cleanit_app.domain.events import (
    DisputeAppealed,
    DisputeLate,
    DisputeSaid,
    QuestionDecided,
    QuestionRaised,
    ResultLeftToFinance,
    WorkSplit,
)
from cleanit_app.models import Campaign, Dispute
from cleanit_app.notification_kinds import disputes as kinds
from cleanit_app.notification_kinds.kind import NotificationKind
from cleanit_app.services.notifications.audiences import ADMINS, FINANCE, ONE, Draft, Tellers, duty, one, place
from cleanit_app.services.unit_of_work import UnitOfWork


def _desk(kind: NotificationKind, about: str, values: dict[str, Any], dispute_id: UUID) -> Draft:
    return Draft(kind, ADMINS, duty(DUTY_OF[DECIDES[DisputeAbout(about)]]), values, subject=dispute_id)


def _to(kind: NotificationKind, person: UUID | None, values: dict[str, Any], dispute_id: UUID) -> list[Draft]:
    return [Draft(kind, ONE, one(person), values, subject=dispute_id)] if person else []


def _raised(_uow: UnitOfWork, e: QuestionRaised) -> list[Draft]:
    values = {"about": e.about}
    return [
        *_to(kinds.QUESTION_RAISED, e.other_id, values, e.dispute_id),
        _desk(kinds.QUESTION_RAISED_ADMIN, e.about, values, e.dispute_id),
    ]


def _appealed(_uow: UnitOfWork, e: DisputeAppealed) -> list[Draft]:
    values = {"about": e.about}
    return [
        *_to(kinds.DISPUTE_APPEALED, e.other_id, values, e.dispute_id),
        _desk(kinds.DISPUTE_APPEALED_ADMIN, e.about, values, e.dispute_id),
    ]


def _said(uow: UnitOfWork, e: DisputeSaid) -> list[Draft]:
    """All sides but the one that spoke."""
    about = uow.get(Dispute, e.dispute_id).about
    drafts = (
        [] if e.side == DisputeSide.DESK else [_desk(kinds.DISPUTE_SAID_ADMIN, about, {"about": about}, e.dispute_id)]
    )
    if e.side != DisputeSide.RAISER:
        drafts += _to(kinds.DISPUTE_SAID, e.raised_by, {"about": about}, e.dispute_id)
    if e.side != DisputeSide.OTHER:
        drafts += _to(kinds.DISPUTE_SAID, e.other_id, {"about": about}, e.dispute_id)
    return drafts


def _decided(_uow: UnitOfWork, e: QuestionDecided) -> list[Draft]:
    values = {"about": e.about, "reason": e.note}
    kind = kinds.QUESTION_UPHELD if e.upheld else kinds.QUESTION_DISMISSED
    return [
        *_to(kind, e.raised_by, values, e.dispute_id),
        *_to(kinds.QUESTION_DECIDED_OTHER, e.other_id, values, e.dispute_id),
    ]


def _split(uow: UnitOfWork, e: WorkSplit) -> list[Draft]:
    """Each neighbour hears of the own part by the refund; who raised it hears of the whole."""
    values = {**place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise, "back_paise": e.back_paise}
    values["reason"] = e.note
    raised_by = uow.get(Dispute, e.dispute_id).raised_by
    return [
        Draft(kinds.WORK_SPLIT, ONE, one(raised_by), values, subject=e.dispute_id),
        Draft(kinds.WORK_SPLIT_CLEANER, ONE, one(e.cleaner_id), values, subject=e.payout_id),
    ]


def _leave_to_finance(uow: UnitOfWork, e: ResultLeftToFinance) -> list[Draft]:
    values = {**place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise, "left_to_finance": e.why}
    return [Draft(kinds.DISPUTE_LEFT_TO_FINANCE, ADMINS, FINANCE, values, subject=e.dispute_id)]


def _late(_uow: UnitOfWork, e: DisputeLate) -> list[Draft]:
    return [_desk(kinds.DISPUTE_LATE, e.about, {"n": e.waiting}, e.dispute_id)]


TELLERS: Tellers = {
    QuestionRaised: _raised,
    DisputeAppealed: _appealed,
    DisputeSaid: _said,
    QuestionDecided: _decided,
    WorkSplit: _split,
    ResultLeftToFinance: _leave_to_finance,
    DisputeLate: _late,
}
