"""What the provider moved without us, booked once as a movement of its own, so that both books agree (PAY-13)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlmodel import col

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import MoveRefused, NothingToBook, ReasonMissing
from cleanit_app.domain.provider import CAPTURED, ENDED_BADLY, ProviderTransferStatus
from cleanit_app.models import Contribution, Difference, LedgerAccount, LedgerTransfer, Payment
from cleanit_app.ports import (
    PaymentProvider,
    PayoutProvider,
    ProviderPayment,
    ProviderPayout,
    ProviderRefund,
    ProviderRejected,
)
from cleanit_app.services import input_validation
from cleanit_app.services.ledger import booking
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork

BOOKED = "BOOKED"


def book_adjustment(
    open_uow: OpenUow,
    provider: PaymentProvider,
    payer: PayoutProvider,
    *,
    actor: Actor,
    difference_id: UUID,
    note: object,
) -> bool:
    """Book what moved at the provider and is not in our book, against our own money, with a reason (PAY-13).

    The amount is what the provider says now. One that ended without moving anything after it was booked is booked
    back. NothingToBook for what is not finished there or can be resolved by asking; ReasonMissing.
    """
    actor.must(Permission.RUN_PAYOUTS)
    said = input_validation.said("note", note, 500)
    if not said:
        raise ReasonMissing
    with open_uow() as uow:
        found = uow.get(Difference, difference_id)
    ways: dict[str, Callable[[str], Any]] = {
        "PAYMENT": provider.payment,
        "REFUND": provider.refund_by_id,
        "PAYOUT": payer.payout,
    }
    if found.kind != "MISSING_HERE" or found.what not in ways:
        raise NothingToBook
    try:
        theirs = ways[found.what](found.provider_id)
    except ProviderRejected as unknown:
        raise NothingToBook from unknown
    with open_uow() as uow:
        difference = uow.lock(Difference, difference_id)
        if difference.resolved_at:
            raise MoveRefused(what="Difference", current=str(difference.resolution), target=BOOKED)
        paise = _book(uow, f"{found.what}:{found.provider_id}", theirs)
        difference.theirs = f"{theirs.status} {theirs.amount_paise}"  # as it was booked
        difference.resolved_at, difference.resolution = uow.now, BOOKED
        difference.resolved_by, difference.note = actor.user_id, said
        uow.audit(actor, "BookAdjustment", subject_id=difference_id, amount_paise=paise, reason=said)
    return True


def _book(uow: UnitOfWork, of: str, theirs: Any) -> int:
    """Book it, or book it back; how many paise our own money changes by."""
    booked = uow.first(LedgerTransfer, col(LedgerTransfer.business_key) == f"adjusted:{of}")
    if booked is None:
        lines = _lines(uow, theirs)
        booking.book(uow, kind="ADJUSTMENT", key=f"adjusted:{of}", campaign_id=None, lines=lines)
    elif theirs.status in ENDED_BADLY:
        lines = [(account, subject, -paise) for account, subject, paise in booking.lines_of(uow, booked)]
        booking.book(
            uow, kind="ADJUSTMENT", key=f"adjusted-back:{of}", campaign_id=None, lines=lines, reverses=booked.id
        )
    else:
        raise NothingToBook
    return -sum(paise for account, _, paise in lines if account is LedgerAccount.PLATFORM_FUNDS)


def _lines(uow: UnitOfWork, theirs: ProviderPayment | ProviderRefund | ProviderPayout) -> list[booking.Line]:
    """Where the money went from and to: what nobody here ordered is our own gain or loss."""
    paise = theirs.amount_paise
    if isinstance(theirs, ProviderPayment):
        if theirs.status not in CAPTURED or theirs.went_back or _order_is_ours(uow, theirs):
            raise NothingToBook
        fee = theirs.fee_paise or 0
        return [
            (LedgerAccount.GATEWAY, None, paise - fee),
            (LedgerAccount.GATEWAY_FEES, None, fee),
            (LedgerAccount.PLATFORM_FUNDS, None, -paise),
        ]
    if theirs.status is not ProviderTransferStatus.PROCESSED:
        raise NothingToBook
    if isinstance(theirs, ProviderRefund):
        payment = uow.first(Payment, col(Payment.razorpay_payment_id) == theirs.payment_id)
        of = payment.id if payment else None
        return [(LedgerAccount.PLATFORM_FUNDS, of, paise), (LedgerAccount.GATEWAY, None, -paise)]
    return [
        (LedgerAccount.PLATFORM_FUNDS, None, paise),
        (LedgerAccount.PAYOUT_FEES, None, theirs.fees_paise),
        (LedgerAccount.BANK, None, -paise - theirs.fees_paise),
    ]


def _order_is_ours(uow: UnitOfWork, theirs: ProviderPayment) -> bool:
    ours = col(Contribution.razorpay_order_id) == theirs.order_id
    return theirs.order_id is not None and uow.first(Contribution, ours) is not None
