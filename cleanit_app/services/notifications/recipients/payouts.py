"""Who hears of pay on its way to a cleaner, and of the account it goes to."""

from __future__ import annotations

from cleanit_app.domain.events import (
    AccountChecked,
    PayoutAccountChanged,
    PayoutDetailsWrong,
    PayoutFailed,
    PayoutHeld,
    PayoutReleased,
    PayoutSucceeded,
)
from cleanit_app.domain.statuses import AccountCheckStatus
from cleanit_app.models import Campaign, Payout
from cleanit_app.notification_kinds import payouts as kinds
from cleanit_app.services.notifications.audiences import (
    ADMINS,
    COMPLIANCE,
    FINANCE,
    ONE,
    Draft,
    Tellers,
    named,
    one,
    place,
)
from cleanit_app.services.unit_of_work import UnitOfWork


def _paid(uow: UnitOfWork, e: PayoutSucceeded) -> list[Draft]:
    payout = uow.get(Payout, e.payout_id)
    values = {**place(uow.get(Campaign, payout.campaign_id)), "amount_paise": e.amount_paise}
    values["reference"] = payout.utr or ""
    return [Draft(kinds.PAYOUT_SUCCESS, ONE, one(e.cleaner_id), values, subject=payout.id)]


def _failed(uow: UnitOfWork, e: PayoutFailed) -> list[Draft]:
    payout = uow.get(Payout, e.payout_id)
    values = {**place(uow.get(Campaign, payout.campaign_id)), "amount_paise": e.amount_paise, "bank": e.reason}
    kind, desk = kinds.PAYOUT_FAILED, kinds.PAYOUT_TRIED_AGAIN_ADMIN
    if e.needs_person:
        kind, desk = kinds.PAYOUT_FAILED_PERSON, kinds.PAYOUT_FAILED_ADMIN
    return [
        Draft(kind, ONE, one(e.cleaner_id), values, subject=payout.id),
        Draft(desk, ADMINS, FINANCE, values, once=f"{desk.name}:{payout.id}:{{day}}"),
    ]


def _details_wrong(uow: UnitOfWork, e: PayoutDetailsWrong) -> list[Draft]:
    values = {"amount_paise": e.amount_paise, "bank": e.reason}
    if not e.payout_id:
        return [Draft(kinds.ACCOUNT_WRONG, ONE, one(e.cleaner_id), values)]
    desk, about = kinds.PAYOUT_DETAILS_WRONG_ADMIN, {**values, **named(uow, e.cleaner_id)}
    return [
        Draft(kinds.PAYOUT_DETAILS_WRONG, ONE, one(e.cleaner_id), values),
        Draft(desk, ADMINS, FINANCE, about, once=f"{desk.name}:{e.payout_id}:{{day}}"),
    ]


def _held(uow: UnitOfWork, e: PayoutHeld) -> list[Draft]:
    values = {**place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise, "hold": e.reason}
    return [Draft(kinds.PAYOUT_HELD, ONE, one(e.cleaner_id), values, subject=e.payout_id)]


def _released(uow: UnitOfWork, e: PayoutReleased) -> list[Draft]:
    values = {**place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise}
    return [Draft(kinds.PAYOUT_RELEASED, ONE, one(e.cleaner_id), values, subject=e.payout_id)]


def _account_changed(_uow: UnitOfWork, e: PayoutAccountChanged) -> list[Draft]:
    values = {"mask": e.mask, "usable_at": e.usable_at}
    return [Draft(kinds.PAYOUT_ACCOUNT_CHANGED, ONE, one(e.cleaner_id), values)]


def _account_checked(uow: UnitOfWork, e: AccountChecked) -> list[Draft]:
    if e.status == AccountCheckStatus.MATCHES:
        return [Draft(kinds.ACCOUNT_CONFIRMED, ONE, one(e.cleaner_id))]
    if e.status == AccountCheckStatus.INVALID:
        return []  # PayoutDetailsWrong tells it
    return [
        Draft(kinds.ACCOUNT_TO_CONFIRM, ADMINS, COMPLIANCE, named(uow, e.cleaner_id)),
        Draft(kinds.ACCOUNT_WAITS, ONE, one(e.cleaner_id)),
    ]


TELLERS: Tellers = {
    PayoutSucceeded: _paid,
    PayoutFailed: _failed,
    PayoutDetailsWrong: _details_wrong,
    PayoutHeld: _held,
    PayoutReleased: _released,
    PayoutAccountChanged: _account_changed,
    AccountChecked: _account_checked,
}
