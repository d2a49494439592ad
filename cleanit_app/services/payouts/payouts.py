"""Payouts: a cleaner's pay leaves once, a day after approval, and comes back into our books if a bank refuses."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM, Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.calendar import last_payout_run
from cleanit_app.domain.errors import (
    MoneyStopped,
    OwnInterest,
    PayoutDetailsMissing,
    PayoutNotDue,
    PayoutOnHold,
    UnknownSubject,
)
from cleanit_app.domain.events import MoneyWaits, PayoutDetailsWrong, PayoutFailed
from cleanit_app.domain.flows import AfterNo, MoneyFlow
from cleanit_app.domain.provider import NEVER_LEFT
from cleanit_app.domain.provider import ProviderTransferStatus as Standing
from cleanit_app.domain.statuses import OPEN_ATTEMPTS, AttemptStatus, PayoutStatus
from cleanit_app.domain.transfer_reasons import WRONG_DETAILS, TransferReason
from cleanit_app.models import Attempt, Cleaner, ErrorLog, Job, Payout, due
from cleanit_app.ports import ProviderFormat, ProviderPayout
from cleanit_app.services.payouts import holds, settlement
from cleanit_app.services.payouts.bookings import (
    add_transaction,
    book_arrived,
    book_came_back,
    book_failed,
    book_sent,
    call_key,
    late_key,
    manual_key,
)
from cleanit_app.services.transfers import attempts, kill_switch
from cleanit_app.services.unit_of_work import UnitOfWork


def due_payouts(uow: UnitOfWork, *, limit: int, again: bool = False) -> list[UUID]:
    """Payouts whose time has come and that may go to a confirmed account now, oldest first (PAY-04).

    With `again` only those that were tried before, or that the last 10 AM should have sent and did not. None while
    payouts are stopped.
    """
    if kill_switch.is_stopped(uow, MoneyFlow.PAYOUTS):
        return []
    waiting = (
        select(col(Payout.id))
        .join(Cleaner, col(Cleaner.id) == col(Payout.cleaner_id))
        .where(*due.payout_waits(uow.now), due.payout_not_held(), due.account_is_good(uow.now))
        .order_by(col(Payout.scheduled_for), col(Payout.id))
        .limit(limit)
    )
    if again:
        waiting = waiting.where(due.payout_comes_again(uow.now))
    return list(uow.run(waiting).scalars())


def order_payout_now(uow: UnitOfWork, *, actor: Actor, payout_id: UUID) -> Payout:
    """An admin sends this one payout without waiting for the batch; the cooling period may be cut short (OPS-01)."""
    actor.must(Permission.RUN_PAYOUTS)
    uow.audit(actor, "OrderPayoutNow", subject_id=payout_id)
    stopped = kill_switch.is_stopped(uow, MoneyFlow.PAYOUTS)
    payout = uow.lock(Payout, payout_id)
    if payout.cleaner_id == actor.user_id:
        raise OwnInterest
    if payout.held_at is not None:
        raise PayoutOnHold
    if payout.status not in (PayoutStatus.PENDING, PayoutStatus.MANUAL):
        raise PayoutNotDue(status=payout.status.value)
    if not may_be_paid(uow.get(Cleaner, payout.cleaner_id), uow):
        raise PayoutDetailsMissing
    if stopped:
        raise MoneyStopped
    if payout.status is PayoutStatus.MANUAL:
        payout.move_to(PayoutStatus.PENDING, by=actor, at=uow.now, why="sent again by hand")
    # Overdue since the last run: should the hint be lost, the next sweep takes it.
    payout.scheduled_for = min(payout.scheduled_for, last_payout_run(uow.now))
    uow.hint("money", "workers.jobs.payouts.send_payout", str(payout.id))
    return payout


def may_be_paid(cleaner: Cleaner, uow: UnitOfWork) -> bool:
    """Whether the account is confirmed and, when it was changed, has waited for its day."""
    waits = cleaner.payout_usable_at is not None and cleaner.payout_usable_at > uow.now
    return cleaner.payout_verified_at is not None and not waits


def prepare_payout(uow: UnitOfWork, *, payout_id: UUID, form: ProviderFormat) -> UUID | None:
    """Store the next call for a due payout with its key and exact body; None when it is not due (PAY-05).

    PayoutDetailsMissing without a confirmed fund account.
    """
    if kill_switch.is_stopped(uow, MoneyFlow.PAYOUTS):
        return None
    payout = uow.lock(Payout, payout_id)
    if payout.status is not PayoutStatus.PENDING or payout.scheduled_for > uow.now or payout.held_at:
        return None
    cleaner = uow.get(Cleaner, payout.cleaner_id)
    if not may_be_paid(cleaner, uow) or cleaner.razorpay_fund_account_id is None:
        raise PayoutDetailsMissing
    number = attempts.next_number(uow, payout_id=payout.id)
    reference = f"{payout.id.hex}-{number}"
    request = form.payout_request(
        fund_account_id=cleaner.razorpay_fund_account_id,
        to_upi=cleaner.payout_kind == "UPI",
        amount_paise=payout.amount_paise,
        reference=reference,
        narration="Cleanit job pay",
        notes={"payoutId": str(payout.id), "jobId": str(payout.job_id)},
    )
    attempt = attempts.add(
        uow,
        number=number,
        reference=reference,
        request=json.dumps(request),
        amount_paise=payout.amount_paise,
        payout_id=payout.id,
    )
    payout.initiated_at = uow.now
    payout.move_to(PayoutStatus.PROCESSING, by=SYSTEM, at=uow.now, why=f"try {number}")
    book_sent(uow, payout, str(attempt.id))
    add_transaction(uow, payout, attempt.id, "PROCESSING")
    return attempt.id


def apply_payout(uow: UnitOfWork, *, attempt_id: UUID, answer: ProviderPayout, asked: bool = False) -> None:
    """Book what the provider says of a payout; forward only, whoever says it and however often (PAY-06).

    `asked`: it is the provider's present word, asked for by id, and no message that may be old.
    """
    attempt = uow.get(Attempt, attempt_id)
    if attempt.payout_id is None:
        raise UnknownSubject(what="payout attempt")
    job, payout = settlement.lock_all(uow, attempt.payout_id)
    attempt = uow.lock(Attempt, attempt_id)
    if attempt.status in (AttemptStatus.FAILED, AttemptStatus.REVERSED) and answer.status is Standing.PROCESSED:
        _left_after_all(uow, payout, job, attempt, answer, asked)
        return
    attempt.provider_id = answer.id
    if attempt.status not in (AttemptStatus.FAILED, AttemptStatus.REVERSED):  # a later try has its own id
        payout.razorpay_payout_id, payout.utr = answer.id, answer.utr or payout.utr
    reason = answer.reason or answer.description or TransferReason.NO_REASON
    if answer.status is Standing.PROCESSED:
        _succeed(uow, payout, job, attempt, answer.fees_paise)
    elif answer.status is Standing.REVERSED:
        _reverse(uow, payout, job, attempt, reason)
    elif answer.status in NEVER_LEFT:
        fail_payout(uow, payout=payout, attempt=attempt, reason=reason)
    elif attempt.status in OPEN_ATTEMPTS:  # an old message about a call that has ended says nothing
        _note_waiting(uow, payout, attempt, answer)
        attempts.accept(uow, attempt)


def _left_after_all(
    uow: UnitOfWork, payout: Payout, job: Job, attempt: Attempt, answer: ProviderPayout, asked: bool
) -> None:
    """The provider says that money left by a call that had ended without: nothing more leaves for it (PAY-07).

    After a return that is most often an old message, so it is asked for by id first.
    """
    if attempt.status is AttemptStatus.REVERSED and not asked:
        uow.hint("money", "workers.jobs.payouts.look_at_payout", str(attempt.id))
        return
    if not attempts.contradicted(uow, attempt):
        return
    waits = payout.status in (PayoutStatus.PENDING, PayoutStatus.MANUAL)
    alone = attempts.open_attempt(uow, payout_id=payout.id) is None
    if attempt.status is AttemptStatus.FAILED and waits and alone:
        _settle_late(uow, payout, job, attempt, answer)
    elif payout.status not in (PayoutStatus.PAID, PayoutStatus.CANCELLED):
        if payout.held_at is None or holds.is_only_disputed(payout):
            uow.record(holds.hold(payout, holds.LEFT_AFTER_ALL, by=SYSTEM, at=uow.now), by=SYSTEM)
        if payout.status is PayoutStatus.PENDING:
            payout.move_to(PayoutStatus.MANUAL, by=SYSTEM, at=uow.now, why="it may have left already")


def _settle_late(uow: UnitOfWork, payout: Payout, job: Job, attempt: Attempt, answer: ProviderPayout) -> None:
    """The pay was made by this call and by no other: it is booked as it happened."""
    attempts.finish(uow, attempt, AttemptStatus.SUCCEEDED, TransferReason.LEFT_AFTER_ALL)
    attempt.provider_id = payout.razorpay_payout_id = answer.id
    payout.utr, payout.initiated_at = answer.utr or payout.utr, uow.now
    if payout.status is PayoutStatus.PENDING:
        payout.move_to(PayoutStatus.PROCESSING, by=SYSTEM, at=uow.now, why="it left after all")
    book_sent(uow, payout, late_key(attempt))
    book_arrived(uow, payout, late_key(attempt), answer.fees_paise)
    settlement.close(uow, payout, job, by=SYSTEM)
    attempts.note_transaction(uow, attempt, "COMPLETED", payout.utr)


def _note_waiting(uow: UnitOfWork, payout: Payout, attempt: Attempt, answer: ProviderPayout) -> None:
    """A queued payout leaves by itself when there is money; finance hears of it once for each time (PAY-07)."""
    if answer.status is Standing.QUEUED and attempt.provider_status != Standing.QUEUED:
        why = answer.reason or answer.description or TransferReason.BALANCE_SHORT
        uow.record(MoneyWaits(MoneyFlow.PAYOUTS.value, payout.campaign_id, payout.amount_paise, why), by=SYSTEM)
    attempt.provider_status = answer.status


def _succeed(uow: UnitOfWork, payout: Payout, job: Job, attempt: Attempt, fees_paise: int) -> None:
    if not attempts.finish(uow, attempt, AttemptStatus.SUCCEEDED):
        return
    book_arrived(uow, payout, str(attempt.id), fees_paise)
    settlement.close(uow, payout, job, by=SYSTEM)
    attempts.note_transaction(uow, attempt, "COMPLETED", payout.utr)


def _reverse(uow: UnitOfWork, payout: Payout, job: Job, attempt: Attempt, reason: str) -> None:
    """The bank sent the money back, perhaps days after it said yes: job and campaign open again."""
    was_paid = attempt.status is AttemptStatus.SUCCEEDED
    had_failed = attempt.status is AttemptStatus.FAILED
    if not attempts.finish(uow, attempt, AttemptStatus.REVERSED, reason) or had_failed:
        return
    if was_paid:
        book_came_back(uow, call_key(uow, attempt))
        settlement.reopen(uow, payout, job, reason, by=SYSTEM)
    back_to_waiting(uow, payout, attempt, reason, AfterNo.RETRY, by=SYSTEM)


def fail_payout(
    uow: UnitOfWork, *, payout: Payout, attempt: Attempt, reason: str, after: AfterNo = AfterNo.RETRY
) -> None:
    """A definite no: tried again under a new key, three times, then a person; `after` says otherwise (PAY-06)."""
    if attempts.finish(uow, attempt, AttemptStatus.FAILED, reason):
        back_to_waiting(uow, payout, attempt, reason, after, by=SYSTEM)


def back_to_waiting(
    uow: UnitOfWork, payout: Payout, attempt: Attempt | None, reason: str, after: AfterNo, *, by: Actor
) -> None:
    """What was sent by a call, or by hand without one, is ours to owe again; `after` says who goes on."""
    book_failed(uow, payout, call_key(uow, attempt) if attempt else manual_key(payout))
    if attempt:
        attempts.note_transaction(uow, attempt, "FAILED")
    else:
        attempts.note_failed(uow, source_id=payout.id)
    payout.failure_reason, payout.paid_at, payout.paid_by_hand = reason[:300], None, False
    payout.move_to(PayoutStatus.FAILED, by=by, at=uow.now, why=reason[:300])
    uow.add(ErrorLog(source="payout", subject_id=payout.id, message=reason[:1000], at=uow.now))
    if payout.hold_reason == holds.LEFT_AFTER_ALL:
        after = AfterNo.PERSON
    if after is AfterNo.RETRY:
        after = _after_counting(payout, reason)
    if after is AfterNo.PERSON:
        payout.move_to(PayoutStatus.MANUAL, by=by, at=uow.now, why="a person must look")
    else:
        waits = 0 if after is AfterNo.WAIT else max(0, payout.failures - 1)
        pause = LIMITS.transfer_retry_after * 2**waits
        payout.scheduled_for = uow.now if after is AfterNo.DETAILS else uow.now + pause
        payout.move_to(PayoutStatus.PENDING, by=by, at=uow.now, why="will be tried again")
    _tell(uow, payout, reason[:300], after, by)


def _after_counting(payout: Payout, reason: str) -> AfterNo:
    if reason in WRONG_DETAILS:
        return AfterNo.DETAILS
    payout.failures += 1
    return AfterNo.PERSON if payout.failures >= LIMITS.max_attempts else AfterNo.RETRY


def _tell(uow: UnitOfWork, payout: Payout, reason: str, after: AfterNo, by: Actor) -> None:
    if after is AfterNo.WAIT:
        uow.record(MoneyWaits(MoneyFlow.PAYOUTS.value, payout.campaign_id, payout.amount_paise, reason), by=SYSTEM)
    elif after is AfterNo.DETAILS:
        ask_for_details(uow, cleaner_id=payout.cleaner_id, reason=reason, payout=payout)
    else:
        person = after is AfterNo.PERSON
        told = PayoutFailed(
            payout.id, payout.job_id, payout.campaign_id, payout.cleaner_id, payout.amount_paise, reason, person
        )
        uow.record(told, by=by)


def was_refused(uow: UnitOfWork, *, cleaner_id: UUID, since: datetime | None) -> bool:
    """Whether a bank refused a cleaner's account when pay was sent to it, after a moment if one is given (PAY-07)."""
    no = select(col(Attempt.id)).join(Payout, col(Payout.id) == col(Attempt.payout_id))
    no = no.where(col(Payout.cleaner_id) == cleaner_id, col(Attempt.failure_reason).in_(WRONG_DETAILS))
    if since is not None:
        no = no.where(col(Attempt.finished_at) > since)
    return uow.run(no.limit(1)).first() is not None


def ask_for_details(uow: UnitOfWork, *, cleaner_id: UUID, reason: str, payout: Payout | None = None) -> None:
    """The account is no longer good to be paid to; the cleaner is asked for another and pay waits for it (PAY-07)."""
    uow.lock(Cleaner, cleaner_id).payout_verified_at = None
    amount = payout.amount_paise if payout else 0
    uow.record(PayoutDetailsWrong(payout.id if payout else None, cleaner_id, amount, reason), by=SYSTEM)
