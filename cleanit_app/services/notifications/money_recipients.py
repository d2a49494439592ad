"""Who hears about money that waits, is held, stopped, unsure or odd (part of `recipients`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.domain.events import (
    AccountChecked,
    ApprovalTakenBack,
    BooksWrong,
    DisputeDecided,
    DisputeOpened,
    Event,
    MessageParked,
    MessageUnknown,
    MismatchesFound,
    MoneyFlowResumed,
    MoneyFlowStopped,
    MoneyWaits,
    OddPaymentSeen,
    PaymentLooksOdd,
    PayoutAccountChanged,
    PayoutDetailsWrong,
    PayoutHeld,
    PayoutReleased,
    ReconciliationLate,
    RefundsOrdered,
    TransferUnsure,
)
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.domain.statuses import AccountCheckStatus
from cleanit_app.models import Campaign, User
from cleanit_app.services.notifications.audiences import ADMINS, ONE, Draft, duty, one, place
from cleanit_app.services.unit_of_work import UnitOfWork

PAPERS, PAYOUTS, REFUNDS, MONEY = "/kyc", "/admin/payouts", "/admin/refunds", "/admin/money"
RECONCILIATION, DISPUTES, ERRORS = "/admin/reconciliation", "/admin/disputes", "/admin/errors"
FINANCE, COMPLIANCE, VERIFIER = map(duty, (AdminDuty.FINANCE, AdminDuty.COMPLIANCE, AdminDuty.VERIFIER))


def _details_wrong(uow: UnitOfWork, e: PayoutDetailsWrong) -> list[Draft]:
    kind = "payout_details_wrong" if e.payout_id else "account_wrong"
    values = {"amount_paise": e.amount_paise, "bank": e.reason}
    told = [Draft(kind, PAPERS, ONE, one(e.cleaner_id), values)]
    if e.payout_id:
        about = {**values, "name": uow.get(User, e.cleaner_id).name}
        once = f"payout_details_wrong_admin:{e.payout_id}:{{day}}"
        told.append(Draft("payout_details_wrong_admin", PAYOUTS, ADMINS, FINANCE, about, once))
    return told


def _held(uow: UnitOfWork, e: PayoutHeld) -> list[Draft]:
    values = {**place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise, "hold": e.reason}
    return [Draft("payout_held", f"/earnings/{e.payout_id}", ONE, one(e.cleaner_id), values)]


def _released(uow: UnitOfWork, e: PayoutReleased) -> list[Draft]:
    values = {**place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise}
    return [Draft("payout_released", f"/earnings/{e.payout_id}", ONE, one(e.cleaner_id), values)]


def _taken_back(uow: UnitOfWork, e: ApprovalTakenBack) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    values = {**place(campaign), "amount_paise": e.amount_paise, "reason": e.reason}
    notifications = [Draft("pay_taken_back", f"/earnings/{e.payout_id}", ONE, one(e.cleaner_id), values)]
    if e.goes_on:
        notifications.append(
            Draft("job_rejected_creator", f"/campaigns/{campaign.id}", ONE, one(campaign.creator_id), place(campaign))
        )
    return notifications


def _disputed(uow: UnitOfWork, e: DisputeOpened) -> list[Draft]:
    """The cleaner reads why, never who."""
    values = {**place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise, "reason": e.reason}
    return [
        Draft("dispute_opened", f"/earnings/{e.payout_id}", ONE, one(e.cleaner_id), values),
        Draft("dispute_opened_admin", DISPUTES, ADMINS, VERIFIER, values),
    ]


def _dispute_decided(uow: UnitOfWork, e: DisputeDecided) -> list[Draft]:
    """Of one that was upheld the cleaner hears by the approval that is taken back, with the same words."""
    values = {**place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise, "reason": e.note}
    kind = "dispute_upheld" if e.upheld else "dispute_dismissed"
    notifications = [Draft(kind, f"/campaigns/{e.campaign_id}", ONE, one(e.raised_by), values)]
    if not e.upheld:
        kind = "dispute_dismissed_cleaner" if e.goes_on else "dispute_dismissed_waits"
        notifications.append(Draft(kind, f"/earnings/{e.payout_id}", ONE, one(e.cleaner_id), values))
    return notifications


def _account_changed(uow: UnitOfWork, e: PayoutAccountChanged) -> list[Draft]:
    values = {"mask": e.mask, "usable_at": e.usable_at}
    return [Draft("payout_account_changed", PAPERS, ONE, one(e.cleaner_id), values)]


def _account_checked(uow: UnitOfWork, e: AccountChecked) -> list[Draft]:
    if e.status == AccountCheckStatus.MATCHES:
        return [Draft("account_confirmed", PAPERS, ONE, one(e.cleaner_id))]
    if e.status == AccountCheckStatus.INVALID:
        return []  # PayoutDetailsWrong tells it
    values = {"name": uow.get(User, e.cleaner_id).name}
    return [
        Draft("account_to_confirm", "/admin/people", ADMINS, COMPLIANCE, values),
        Draft("account_waits", PAPERS, ONE, one(e.cleaner_id)),
    ]


def _unsure(uow: UnitOfWork, e: TransferUnsure) -> list[Draft]:
    values = {**place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise, "bank": e.why}
    kind, link = ("payout_unsure", PAYOUTS) if e.payout_id else ("refund_unsure", REFUNDS)
    return [Draft(kind, link, ADMINS, FINANCE, values)]


def _waits(uow: UnitOfWork, e: MoneyWaits) -> list[Draft]:
    payouts = e.flow == MoneyFlow.PAYOUTS
    kind, link = ("payouts_wait", PAYOUTS) if payouts else ("refunds_wait", REFUNDS)
    once = f"{kind}:{e.why}"[:80].replace("{", "").replace("}", "") + ":{day}"
    return [Draft(kind, link, ADMINS, FINANCE, {"bank": e.why}, once)]


def _stopped(uow: UnitOfWork, e: MoneyFlowStopped) -> list[Draft]:
    payouts = e.flow == MoneyFlow.PAYOUTS
    kind, link = ("payouts_stopped", PAYOUTS) if payouts else ("refunds_stopped", REFUNDS)
    return [Draft(kind, link, ADMINS, FINANCE, {"reason": e.reason})]


def _resumed(uow: UnitOfWork, e: MoneyFlowResumed) -> list[Draft]:
    payouts = e.flow == MoneyFlow.PAYOUTS
    kind, link = ("payouts_resumed", PAYOUTS) if payouts else ("refunds_resumed", REFUNDS)
    return [Draft(kind, link, ADMINS, FINANCE)]


def _odd(uow: UnitOfWork, e: PaymentLooksOdd) -> list[Draft]:
    values = {**place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise, "odd": e.rule}
    return [Draft("payment_odd", MONEY, ADMINS, FINANCE, values)]


def _mismatches(uow: UnitOfWork, e: MismatchesFound) -> list[Draft]:
    return [Draft("mismatches_found", RECONCILIATION, ADMINS, FINANCE, {"n": e.count})]


def _late(uow: UnitOfWork, e: ReconciliationLate) -> list[Draft]:
    return [Draft("reconciliation_late", RECONCILIATION, ADMINS, FINANCE, {"n": e.hours})]


def _unknown_message(uow: UnitOfWork, e: MessageUnknown) -> list[Draft]:
    return [Draft("message_unknown", ERRORS, ADMINS, FINANCE, {"event": e.event})]


def _parked(uow: UnitOfWork, e: MessageParked) -> list[Draft]:
    return [Draft("message_parked", ERRORS, ADMINS, FINANCE, {"event": e.event})]


def _books_wrong(uow: UnitOfWork, e: BooksWrong) -> list[Draft]:
    return [Draft("books_wrong", RECONCILIATION, ADMINS, FINANCE, {"n": e.count})]


def _nobody(uow: UnitOfWork, e: Event) -> list[Draft]:
    """Kept in the activity log; who did it knows."""
    return []


MONEY_NEWS: dict[type[Event], Callable[[UnitOfWork, Any], list[Draft]]] = {
    PayoutDetailsWrong: _details_wrong,
    ApprovalTakenBack: _taken_back,
    PayoutHeld: _held,
    DisputeOpened: _disputed,
    DisputeDecided: _dispute_decided,
    PayoutReleased: _released,
    PayoutAccountChanged: _account_changed,
    AccountChecked: _account_checked,
    TransferUnsure: _unsure,
    MoneyWaits: _waits,
    MoneyFlowStopped: _stopped,
    MoneyFlowResumed: _resumed,
    RefundsOrdered: _nobody,
    PaymentLooksOdd: _odd,
    MismatchesFound: _mismatches,
    BooksWrong: _books_wrong,
    ReconciliationLate: _late,
    MessageUnknown: _unknown_message,
    MessageParked: _parked,
    OddPaymentSeen: _nobody,
}
