"""Payments: money that arrives is booked once, in any order, however often we hear of it (PAY-02)."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import col

from cleanit_app.domain.actors import SYSTEM, Actor
from cleanit_app.domain.errors import NotFound, PaymentMismatch, UnknownSubject
from cleanit_app.domain.events import ContributionReceived
from cleanit_app.domain.money_returns import return_cause
from cleanit_app.domain.provider import CAPTURED, PaymentFailure, ProviderPaymentStatus
from cleanit_app.domain.statuses import COLLECTS_MONEY, ContributionStatus
from cleanit_app.models import (
    Campaign,
    Contribution,
    EscrowTransaction,
    LedgerAccount,
    Payment,
    Transaction,
    new_id,
)
from cleanit_app.ports import ProviderPayment
from cleanit_app.services.jobs.jobs import fund_campaign
from cleanit_app.services.ledger import booking
from cleanit_app.services.payments.payment_flags import check_contribution, note_failed_try, note_returned
from cleanit_app.services.payments.receipts import next_receipt_number
from cleanit_app.services.refunds import campaign_progress
from cleanit_app.services.refunds.refunds import owe_refund
from cleanit_app.services.unit_of_work import UnitOfWork

# One column each: the contribution is read whole when it is locked, and these run for every message and every question.
_OF_ORDER = select(col(Contribution.id)).where(col(Contribution.razorpay_order_id) == bindparam("order_id"))
_CAMPAIGN_OF = select(col(Contribution.campaign_id)).where(col(Contribution.id) == bindparam("wish_id"))


def contribution_of_order(uow: UnitOfWork, order_id: str | None) -> UUID:
    """The contribution behind a provider's order; UnknownSubject when it is not ours (yet)."""
    found = uow.run(_OF_ORDER, {"order_id": order_id}).scalar() if order_id else None
    if found is None:
        raise UnknownSubject(what=f"order {order_id}")
    return cast(UUID, found)


def apply_payment(uow: UnitOfWork, *, contribution_id: UUID, payment: ProviderPayment) -> None:
    """Book what the provider says of one payment; a captured one exactly once, in any order (PAY-02).

    Callback, webhook and poller all end here. What is late or too much is kept apart and goes back. What went back
    at the provider before it was booked is not ours to hold: finance hears of it once.
    PaymentMismatch when it is not the payment we asked for, or when only a part of it is left.
    """
    campaign_id = uow.run(_CAMPAIGN_OF, {"wish_id": contribution_id}).scalar()
    if campaign_id is None:
        raise NotFound(what="Contribution")
    campaign = uow.lock(Campaign, campaign_id)
    contribution = uow.lock(Contribution, contribution_id)
    if contribution.razorpay_order_id is None:
        contribution.razorpay_order_id = payment.order_id
    if payment.order_id != contribution.razorpay_order_id:
        raise PaymentMismatch(what="order")
    if payment.status not in CAPTURED:
        _note_failure(uow, contribution, payment)
        return
    if payment.currency != "INR" or payment.amount_paise != contribution.amount_paise:
        raise PaymentMismatch(what="amount or currency")
    if uow.first(Payment, Payment.razorpay_payment_id == payment.id) is not None:
        return
    if payment.went_back:
        note_returned(uow, contribution=contribution, payment_id=payment.id)
        return
    if payment.amount_refunded_paise:
        raise PaymentMismatch(what="amount, for a part of it was given back elsewhere")
    _book_payment(uow, campaign, contribution, payment)


def _note_failure(uow: UnitOfWork, contribution: Contribution, payment: ProviderPayment) -> None:
    """Remember a failed try; it does not end the wish, for banks confirm late and people try again."""
    if payment.status is ProviderPaymentStatus.FAILED and contribution.status is not ContributionStatus.SUCCESS:
        contribution.failed_at = uow.now
        reason = payment.failure or PaymentFailure.OTHER
        contribution.failure_reason = reason
        said = payment.failure_text or reason
        note_failed_try(uow, contribution=contribution, payment_id=payment.id, reason=reason, said=said[:200])


def _book_payment(uow: UnitOfWork, campaign: Campaign, contribution: Contribution, payment: ProviderPayment) -> None:
    first = contribution.status is not ContributionStatus.SUCCESS
    open_now = campaign.status in COLLECTS_MONEY
    kept = min(payment.amount_paise, campaign.missing_paise) if first and open_now else 0
    why = return_cause(first=first, status=campaign.status, missing_paise=campaign.missing_paise, kept_paise=kept)
    row = _add_payment(uow, contribution, payment, kept)
    _book_lines(uow, campaign, contribution, row)
    _add_transaction(uow, contribution, row)
    if first:
        _succeed(uow, contribution, row)
    if kept:
        held_at = row.captured_at
        uow.add(
            EscrowTransaction(
                contribution_id=contribution.id, campaign_id=campaign.id, amount_paise=kept, held_at=held_at
            )
        )
        campaign.raised_paise += kept
        told = ContributionReceived(
            campaign.id, contribution.id, contribution.contributor_id, kept, campaign.missing_paise
        )
        uow.record(told, by=Actor(contribution.contributor_id))
    if row.amount_paise > kept:
        owe_refund(
            uow,
            payment=row,
            contribution=contribution,
            amount_paise=row.amount_paise - kept,
            cause="SURPLUS" if open_now else "LATE",
            why=why,
        )
        campaign_progress.note_refunds_owed(uow, campaigns=[campaign])
    if kept and campaign.missing_paise == 0:
        fund_campaign(uow, campaign=campaign)
    if first:
        check_contribution(uow, contribution=contribution)


def _add_payment(uow: UnitOfWork, contribution: Contribution, payment: ProviderPayment, kept: int) -> Payment:
    row = Payment(
        id=new_id(),
        razorpay_payment_id=payment.id,
        contribution_id=contribution.id,
        amount_paise=payment.amount_paise,
        kept_paise=kept,
        fee_paise=payment.fee_paise or 0,
        tax_paise=payment.tax_paise or 0,
        method=payment.method,
        reference=payment.reference,
        # Receipts, years and the provider's six months count from the payment, however late we hear of it.
        captured_at=min(payment.created_at, uow.now),
    )
    uow.add(row)
    uow.flush()
    return row


def _book_lines(uow: UnitOfWork, campaign: Campaign, contribution: Contribution, row: Payment) -> None:
    booking.book(
        uow,
        kind="PAYMENT_CAPTURED",
        key=f"captured:{row.razorpay_payment_id}",
        campaign_id=campaign.id,
        lines=[
            (LedgerAccount.GATEWAY, None, row.amount_paise - row.fee_paise),
            (LedgerAccount.GATEWAY_FEES, None, row.fee_paise),
            (LedgerAccount.HELD, campaign.id, -row.kept_paise),
            (LedgerAccount.SURPLUS, contribution.id, row.kept_paise - row.amount_paise),
        ],
    )


def _add_transaction(uow: UnitOfWork, contribution: Contribution, row: Payment) -> None:
    uow.add(
        Transaction(
            type="CONTRIBUTION",
            from_account=str(contribution.contributor_id),
            to_account="PLATFORM_ESCROW",
            amount_paise=row.amount_paise,
            status="COMPLETED",
            reference=row.razorpay_payment_id,
            source_id=row.id,
            campaign_id=contribution.campaign_id,
            created_at=uow.now,
            updated_at=uow.now,
        )
    )


def _succeed(uow: UnitOfWork, contribution: Contribution, row: Payment) -> None:
    contribution.receipt_number = next_receipt_number(uow, paid_at=row.captured_at)
    contribution.paid_at = row.captured_at
    contribution.kept_paise = row.kept_paise
    contribution.razorpay_payment_id = row.razorpay_payment_id
    contribution.move_to(ContributionStatus.SUCCESS, by=SYSTEM, at=uow.now, why=f"payment {row.razorpay_payment_id}")
