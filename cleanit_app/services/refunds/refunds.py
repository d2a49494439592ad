"""Refunds: one row for each payment and cause, back to where the money came from, never said done without word."""

from __future__ import annotations

import json
from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM, Actor
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.calendar import add_business_days, ist_date
from cleanit_app.domain.errors import UnknownSubject
from cleanit_app.domain.events import MoneyComesBack, MoneyWaits, RefundProcessed, RefundStuck
from cleanit_app.domain.flows import AfterNo, MoneyFlow
from cleanit_app.domain.money_returns import ReturnCause
from cleanit_app.domain.provider import REFUND_LIMIT
from cleanit_app.domain.provider import ProviderTransferStatus as Standing
from cleanit_app.domain.statuses import AttemptStatus, RefundStatus
from cleanit_app.domain.transfer_reasons import TransferReason
from cleanit_app.models import (
    Attempt,
    Contribution,
    ErrorLog,
    LedgerAccount,
    Payment,
    Refund,
    Transaction,
    due,
    new_id,
)
from cleanit_app.ports import ProviderFormat, ProviderRefund
from cleanit_app.services.ledger import booking, escrow
from cleanit_app.services.refunds import campaign_progress
from cleanit_app.services.transfers import attempts, kill_switch
from cleanit_app.services.unit_of_work import UnitOfWork

ACCOUNT_OF_CAUSE = {
    "SURPLUS": LedgerAccount.SURPLUS,
    "LATE": LedgerAccount.SURPLUS,
    "SPLIT": LedgerAccount.SURPLUS,
    "TAKEN_BACK": LedgerAccount.SURPLUS,  # out of what the campaign holds since it was asked for
    "CAMPAIGN_ENDED": LedgerAccount.HELD,
}


def owe_refund(
    uow: UnitOfWork,
    *,
    payment: Payment,
    contribution: Contribution,
    amount_paise: int,
    cause: str,
    why: ReturnCause | None = None,
) -> Refund:
    """Note that money goes back; the database refuses the same payment and cause twice (PAY-08).

    `why` is what its contributor hears when it goes back at once.
    """
    refund = Refund(
        id=new_id(),
        payment_id=payment.id,
        contribution_id=contribution.id,
        campaign_id=contribution.campaign_id,
        contributor_id=contribution.contributor_id,
        amount_paise=amount_paise,
        cause=cause,
        created_at=uow.now,
        due_on=add_business_days(ist_date(uow.now), LIMITS.refund_working_days[1]),
        next_try_at=uow.now,
    )
    uow.add(refund)
    refund.begin(by=SYSTEM, at=uow.now, why=cause)
    if why is not None:
        person = refund.contributor_id
        uow.record(MoneyComesBack(refund.id, refund.campaign_id, contribution.id, person, amount_paise, why), by=SYSTEM)
    uow.hint("money", "workers.jobs.refunds.send_due_refunds")
    return refund


def due_refunds(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    """Refunds that should be sent now, oldest first; none while refunds are stopped."""
    if kill_switch.is_stopped(uow, MoneyFlow.REFUNDS):
        return []
    waiting = (
        select(col(Refund.id))
        .where(*due.refund_waits(uow.now))
        .order_by(col(Refund.next_try_at), col(Refund.id))
        .limit(limit)
    )
    return list(uow.run(waiting).scalars())


def is_too_old(uow: UnitOfWork, payment: Payment) -> bool:
    """Whether the provider would refuse to refund this payment: older than six months (decision of PAY-08)."""
    return uow.now - payment.captured_at > REFUND_LIMIT


def prepare_refund(
    uow: UnitOfWork, *, refund_id: UUID, form: ProviderFormat, keep_provider_fee: bool = False
) -> UUID | None:
    """Store the next call for a waiting refund with its key, before it is made; None when it does not wait.

    What is older than six months goes to a person without a call. With `keep_provider_fee` the refund of an
    ended campaign is less by its part of what the provider took, settled at the first try.
    """
    if kill_switch.is_stopped(uow, MoneyFlow.REFUNDS):
        return None
    refund = uow.lock(Refund, refund_id)
    if refund.status is not RefundStatus.PENDING or refund.next_try_at > uow.now:
        return None
    payment = uow.get(Payment, refund.payment_id)
    if is_too_old(uow, payment):
        to_a_person(uow, refund, TransferReason.PAYMENT_TOO_OLD)
        return None
    if keep_provider_fee and refund.cause == "CAMPAIGN_ENDED" and refund.initiated_at is None:
        refund.fee_withheld_paise = payment.fee_paise * refund.amount_paise // payment.amount_paise
    attempt = _store_call(uow, refund, payment, form)
    refund.initiated_at = uow.now
    refund.move_to(RefundStatus.PROCESSING, by=SYSTEM, at=uow.now, why=f"try {attempt.number}")
    book_started(uow, refund, str(attempt.id))
    add_transaction(uow, refund, attempt.id, "PROCESSING")
    return attempt.id


def _store_call(uow: UnitOfWork, refund: Refund, payment: Payment, form: ProviderFormat) -> Attempt:
    number = attempts.next_number(uow, refund_id=refund.id)
    reference = f"{refund.id.hex}-{number}"
    request = form.refund_request(
        payment_id=payment.razorpay_payment_id,
        amount_paise=refund.goes_back_paise,
        receipt=reference,
        notes={"refundId": str(refund.id), "cause": refund.cause},
    )
    return attempts.add(
        uow,
        number=number,
        reference=reference,
        request=json.dumps(request),
        amount_paise=refund.goes_back_paise,
        refund_id=refund.id,
    )


def book_started(uow: UnitOfWork, refund: Refund, of: str) -> None:
    """The money leaves the campaign (or the surplus) for the person; `of` names the call, or that it is by hand.

    A provider fee that the policy keeps covers what the provider took from us.
    """
    account = ACCOUNT_OF_CAUSE[refund.cause]
    subject = refund.campaign_id if account is LedgerAccount.HELD else refund.contribution_id
    booking.book(
        uow,
        kind="REFUND_STARTED",
        key=f"refund-started:{of}",
        campaign_id=refund.campaign_id,
        lines=[
            (account, subject, refund.amount_paise),
            (LedgerAccount.REFUND_CLEARING, refund.id, -refund.goes_back_paise),
            (LedgerAccount.GATEWAY_FEES, None, -refund.fee_withheld_paise),
        ],
    )
    if account is LedgerAccount.HELD:
        escrow.release(uow, contribution_id=refund.contribution_id, purpose="REFUND")


def add_transaction(
    uow: UnitOfWork, refund: Refund, source_id: UUID, status: str, reference: str | None = None
) -> None:
    """The line that people see of this movement."""
    uow.add(
        Transaction(
            type="REFUND",
            from_account="PLATFORM_ESCROW",
            to_account=str(refund.contributor_id),
            amount_paise=refund.goes_back_paise,
            status=status,
            reference=reference,
            source_id=source_id,
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
    refund = campaign_progress.lock_with_campaign(uow, attempt.refund_id)
    attempt = uow.lock(Attempt, attempt_id)
    if attempt.status is AttemptStatus.FAILED and answer.status is Standing.PROCESSED:
        _left_after_all(uow, refund, attempt, answer)
        return
    attempt.provider_id, attempt.provider_status = answer.id, answer.status
    if attempt.status is not AttemptStatus.FAILED:
        refund.razorpay_refund_id = answer.id
    if answer.status is Standing.PROCESSED:
        _complete(uow, refund, attempt)
    elif answer.status is Standing.FAILED:
        fail_refund(uow, refund=refund, attempt=attempt, reason=TransferReason.NO_REASON)
    else:
        attempts.accept(uow, attempt)


def _left_after_all(uow: UnitOfWork, refund: Refund, attempt: Attempt, answer: ProviderRefund) -> None:
    """The provider says that it gave the money back after a no: nothing more leaves for it (PAY-08).

    Booked as it happened when no later call is under way; else a person looks as soon as that one has ended.
    """
    if not attempts.contradicted(uow, attempt):
        return
    if refund.status in (RefundStatus.PENDING, RefundStatus.MANUAL) and not attempts.open_attempt(
        uow, refund_id=refund.id
    ):
        attempts.finish(uow, attempt, AttemptStatus.SUCCEEDED, TransferReason.LEFT_AFTER_ALL)
        attempt.provider_id = refund.razorpay_refund_id = answer.id
        if refund.status is RefundStatus.PENDING:
            refund.move_to(RefundStatus.PROCESSING, by=SYSTEM, at=uow.now, why="it left after all")
        late = f"{attempt.id}:late"
        book_started(uow, refund, late)
        arrive(uow, refund, of=late, paid_from=LedgerAccount.GATEWAY, by=SYSTEM, why=f"refund {answer.id}, after all")
        attempts.note_transaction(uow, attempt, "COMPLETED")


def _complete(uow: UnitOfWork, refund: Refund, attempt: Attempt) -> None:
    if not attempts.finish(uow, attempt, AttemptStatus.SUCCEEDED):
        return
    arrive(
        uow, refund, of=str(attempt.id), paid_from=LedgerAccount.GATEWAY, by=SYSTEM, why=f"refund {attempt.provider_id}"
    )
    attempts.note_transaction(uow, attempt, "COMPLETED")


def arrive(uow: UnitOfWork, refund: Refund, *, of: str, paid_from: LedgerAccount, by: Actor, why: str) -> None:
    """The refund has left for the person's bank: the one place where a refund becomes COMPLETED."""
    refund.completed_at, refund.failure_reason = uow.now, None
    refund.move_to(RefundStatus.COMPLETED, by=by, at=uow.now, why=why)
    booking.book(
        uow,
        kind="REFUND_PROCESSED",
        key=f"refund-processed:{of}",
        campaign_id=refund.campaign_id,
        lines=[
            (LedgerAccount.REFUND_CLEARING, refund.id, refund.goes_back_paise),
            (paid_from, None, -refund.goes_back_paise),
        ],
    )
    if refund.cause == "CAMPAIGN_ENDED":
        escrow.refunded(uow, contribution_id=refund.contribution_id)
    told = RefundProcessed(refund.id, refund.campaign_id, refund.contributor_id, refund.goes_back_paise)
    uow.record(told, by=by)
    campaign_progress.note_refund_done(uow, campaign_id=refund.campaign_id)


def fail_refund(
    uow: UnitOfWork, *, refund: Refund, attempt: Attempt, reason: str, after: AfterNo = AfterNo.RETRY
) -> None:
    """A definite no: the money is ours to hold again; three tries, then a person (PAY-08).

    WAIT marks a no that is only about our balance or access: tried again, told to finance, not counted.
    """
    if not attempts.finish(uow, attempt, AttemptStatus.FAILED, reason):
        return
    booking.book_mirror(
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
    if _one_left(uow, refund):
        after, reason = AfterNo.PERSON, TransferReason.LEFT_AFTER_ALL
    if after is AfterNo.RETRY:
        refund.failures += 1
        after = AfterNo.PERSON if refund.failures >= LIMITS.max_attempts else after
    if after is AfterNo.PERSON:
        to_a_person(uow, refund, reason[:300])
        return
    pause = LIMITS.transfer_retry_after * 2 ** (max(0, refund.failures - 1) if after is AfterNo.RETRY else 0)
    refund.next_try_at = uow.now + pause
    refund.move_to(RefundStatus.PENDING, by=SYSTEM, at=uow.now, why="will be tried again")
    if after is AfterNo.WAIT:
        waits = MoneyWaits(MoneyFlow.REFUNDS.value, refund.campaign_id, refund.amount_paise, reason[:300])
        uow.record(waits, by=SYSTEM)
    else:
        uow.add(ErrorLog(source="refund", subject_id=refund.id, message=reason[:1000], at=uow.now))


def _one_left(uow: UnitOfWork, refund: Refund) -> bool:
    """Whether an earlier call of this refund had ended without, and left after all."""
    known = (col(Attempt.status) == AttemptStatus.FAILED, col(Attempt.provider_status) == Standing.PROCESSED)
    return uow.first(Attempt, Attempt.refund_id == refund.id, *known) is not None


def to_a_person(uow: UnitOfWork, refund: Refund, reason: str) -> None:
    """The refund stays ours to hold until somebody in finance has looked (PAY-08)."""
    refund.failure_reason = reason
    refund.move_to(RefundStatus.MANUAL, by=SYSTEM, at=uow.now, why=reason)
    uow.add(ErrorLog(source="refund", subject_id=refund.id, message=reason[:1000], at=uow.now))
    told = RefundStuck(refund.id, refund.campaign_id, refund.contributor_id, refund.amount_paise, reason)
    uow.record(told, by=SYSTEM)
