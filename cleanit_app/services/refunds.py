"""Refunds: one row for each payment and cause, back to where the money came from, never said done without word."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain import rules
from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.errors import UnknownSubject
from cleanit_app.domain.events import MoneyComesBack, RefundProcessed, RefundStuck
from cleanit_app.domain.statuses import AttemptStatus, RefundStatus
from cleanit_app.models import (
    Account,
    Attempt,
    Contribution,
    ErrorLog,
    Payment,
    Refund,
    Transaction,
    new_id,
)
from cleanit_app.ports import ProviderRefund
from cleanit_app.services import attempts, escrow, ledger, refund_progress
from cleanit_app.services.unit_of_work import UnitOfWork

REFUND_WORKING_DAYS = 7  # promised: 5 to 7 (PAY-09)
RETRY_AFTER = timedelta(minutes=30)
ACCOUNT_OF_CAUSE = {"SURPLUS": Account.SURPLUS, "LATE": Account.SURPLUS, "CAMPAIGN_ENDED": Account.HELD}


def owe_refund(
    uow: UnitOfWork, *, payment: Payment, contribution: Contribution, amount_paise: int, cause: str
) -> Refund:
    """Note that money goes back; the database refuses the same payment and cause twice (PAY-08)."""
    refund = Refund(
        id=new_id(),
        payment_id=payment.id,
        contribution_id=contribution.id,
        campaign_id=contribution.campaign_id,
        contributor_id=contribution.contributor_id,
        amount_paise=amount_paise,
        cause=cause,
        created_at=uow.now,
        due_on=rules.add_business_days(rules.ist_date(uow.now), REFUND_WORKING_DAYS),
        next_try_at=uow.now,
    )
    uow.add(refund)
    refund.begin(by=SYSTEM, at=uow.now, why=cause)
    if cause in ("SURPLUS", "LATE"):
        told = MoneyComesBack(refund.id, refund.campaign_id, contribution.id, refund.contributor_id, amount_paise)
        uow.record(told, by=SYSTEM)
    uow.hint("money", "workers.jobs.money.send_due_refunds")
    return refund


def due_refunds(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    """Refunds that should be sent now, oldest first."""
    due = (
        select(col(Refund.id))
        .where(col(Refund.status) == RefundStatus.PENDING, col(Refund.next_try_at) <= uow.now)
        .order_by(col(Refund.next_try_at), col(Refund.id))
        .limit(limit)
    )
    return list(uow.run(due).scalars())


def prepare_refund(uow: UnitOfWork, *, refund_id: UUID) -> UUID | None:
    """Store the next call for a waiting refund with its key, before it is made; None when it does not wait."""
    refund = uow.lock(Refund, refund_id)
    if refund.status is not RefundStatus.PENDING:
        return None
    payment = uow.get(Payment, refund.payment_id)
    number = attempts.next_number(uow, refund_id=refund.id)
    reference = f"{refund.id.hex}-{number}"
    body = {
        "paymentId": payment.razorpay_payment_id,
        "amountPaise": refund.amount_paise,
        "receipt": reference,
        "notes": {"refundId": str(refund.id), "cause": refund.cause},
    }
    attempt = attempts.add(
        uow, number=number, reference=reference, request=json.dumps(body, sort_keys=True), refund_id=refund.id
    )
    refund.initiated_at = uow.now
    refund.move_to(RefundStatus.PROCESSING, by=SYSTEM, at=uow.now, why=f"try {number}")
    account = ACCOUNT_OF_CAUSE[refund.cause]
    subject = refund.campaign_id if account is Account.HELD else refund.contribution_id
    ledger.book(
        uow,
        kind="REFUND_STARTED",
        key=f"refund-started:{attempt.id}",
        campaign_id=refund.campaign_id,
        lines=[
            (account, subject, refund.amount_paise),
            (Account.REFUND_CLEARING, refund.id, -refund.amount_paise),
        ],
    )
    if account is Account.HELD:
        escrow.release(uow, contribution_id=refund.contribution_id, purpose="REFUND")
    _add_transaction(uow, refund, attempt)
    return attempt.id


def _add_transaction(uow: UnitOfWork, refund: Refund, attempt: Attempt) -> None:
    uow.add(
        Transaction(
            type="REFUND",
            from_account="PLATFORM_ESCROW",
            to_account=str(refund.contributor_id),
            amount_paise=refund.amount_paise,
            status="PROCESSING",
            source_id=attempt.id,
            campaign_id=refund.campaign_id,
            created_at=uow.now,
            updated_at=uow.now,
        )
    )


def apply_refund(uow: UnitOfWork, *, attempt_id: UUID, answer: ProviderRefund) -> None:
    """Book what the provider says of a refund; forward only, whoever says it and however often (PAY-08)."""
    attempt = uow.get(Attempt, attempt_id)
    if attempt.refund_id is None:
        raise UnknownSubject(what="refund attempt")
    refund = uow.lock(Refund, attempt.refund_id)
    attempt = uow.lock(Attempt, attempt_id)
    attempt.provider_id = refund.razorpay_refund_id = answer.id
    if answer.status == "processed":
        _complete(uow, refund, attempt)
    elif answer.status == "failed":
        fail_refund(uow, refund=refund, attempt=attempt, reason="the provider could not refund")
    else:
        attempts.accept(uow, attempt)


def _complete(uow: UnitOfWork, refund: Refund, attempt: Attempt) -> None:
    if not attempts.finish(uow, attempt, AttemptStatus.SUCCEEDED):
        return
    refund.completed_at = uow.now
    refund.move_to(RefundStatus.COMPLETED, by=SYSTEM, at=uow.now, why=f"refund {attempt.provider_id}")
    ledger.book(
        uow,
        kind="REFUND_PROCESSED",
        key=f"refund-processed:{attempt.id}",
        campaign_id=refund.campaign_id,
        lines=[
            (Account.REFUND_CLEARING, refund.id, refund.amount_paise),
            (Account.GATEWAY, None, -refund.amount_paise),
        ],
    )
    if refund.cause == "CAMPAIGN_ENDED":
        escrow.refunded(uow, contribution_id=refund.contribution_id)
    attempts.note_transaction(uow, attempt, "COMPLETED")
    uow.record(RefundProcessed(refund.id, refund.campaign_id, refund.contributor_id, refund.amount_paise), by=SYSTEM)
    refund_progress.note_refund_done(uow, campaign_id=refund.campaign_id)


def fail_refund(uow: UnitOfWork, *, refund: Refund, attempt: Attempt, reason: str, wait: bool = False) -> None:
    """A definite no: the money is ours to hold again; three tries, then a person (PAY-08).

    `wait` marks a no that is only about our balance: it is tried again and not counted.
    """
    if not attempts.finish(uow, attempt, AttemptStatus.FAILED, reason):
        return
    ledger.book_mirror(
        uow,
        kind="REFUND_FAILED",
        key=f"refund-failed:{attempt.id}",
        of_key=f"refund-started:{attempt.id}",
    )
    if refund.cause == "CAMPAIGN_ENDED":
        escrow.hold_again(uow, contribution_id=refund.contribution_id)
    attempts.note_transaction(uow, attempt, "FAILED")
    refund.failure_reason = reason[:300]
    refund.move_to(RefundStatus.FAILED, by=SYSTEM, at=uow.now, why=reason[:300])
    uow.add(ErrorLog(source="refund", subject_id=refund.id, message=reason[:1000], at=uow.now))
    if attempt.number < rules.MAX_ATTEMPTS or wait:
        refund.next_try_at = uow.now + RETRY_AFTER * 2 ** min(attempt.number - 1, 4)
        refund.move_to(RefundStatus.PENDING, by=SYSTEM, at=uow.now, why="will be tried again")
        return
    refund.move_to(RefundStatus.MANUAL, by=SYSTEM, at=uow.now, why="three tries failed")
    uow.record(
        RefundStuck(refund.id, refund.campaign_id, refund.contributor_id, refund.amount_paise, reason[:300]),
        by=SYSTEM,
    )
