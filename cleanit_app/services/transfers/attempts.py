"""Calls that move money: stored before they are made, leased while they run, never guessed about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import and_, func, not_, or_, update
from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import PaymentMismatch
from cleanit_app.domain.events import TransferUnsure
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.domain.provider import LOOK_ONLY_AFTER, ProviderTransferStatus
from cleanit_app.domain.statuses import OPEN_ATTEMPTS, AttemptStatus
from cleanit_app.domain.transfer_reasons import TransferReason
from cleanit_app.models import Attempt, ErrorLog, Payout, Refund, Transaction, new_id
from cleanit_app.services.transfers import kill_switch
from cleanit_app.services.unit_of_work import UnitOfWork

LEASE = timedelta(seconds=120)  # longer than asking and then sending: twice 5 s to connect and 30 s to answer
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
ASK_ACCEPTED = (timedelta(minutes=10), timedelta(hours=6))  # first and longest wait for the last word


class NextStep(StrEnum):
    """What to do about one call now."""

    NOTHING = "NOTHING"
    ASK = "ASK"  # only look it up
    SEND = "SEND"  # it was never made
    ASK_THEN_SEND = "ASK_THEN_SEND"  # it may have been made: look it up, else repeat it under the same key


@dataclass(frozen=True)
class Task:
    """A call with what to do about it."""

    step: NextStep
    attempt: Attempt


def next_number(uow: UnitOfWork, *, payout_id: UUID | None = None, refund_id: UUID | None = None) -> int:
    """The number of the next try for this payout or refund, from 1."""
    column, value = (Attempt.payout_id, payout_id) if payout_id else (Attempt.refund_id, refund_id)
    return int(uow.run(select(func.coalesce(func.max(Attempt.number), 0)).where(col(column) == value)).scalar_one()) + 1


def add(
    uow: UnitOfWork,
    *,
    number: int,
    reference: str,
    request: str,
    amount_paise: int,
    payout_id: UUID | None = None,
    refund_id: UUID | None = None,
) -> Attempt:
    """Store a call with its key and exact body; the database allows one open call for each purpose (PAY-05).

    The key is the reference: our row and the number of the try. When our rows come back from a backup, the call that
    they forgot gets the same key again, and the provider answers with what it did under it.
    """
    attempt = Attempt(
        id=new_id(),
        payout_id=payout_id,
        refund_id=refund_id,
        number=number,
        idempotency_key=reference,
        reference=reference,
        request=request,
        amount_paise=amount_paise,
        next_try_at=uow.now,
        created_at=uow.now,
    )
    uow.add(attempt)
    uow.flush()
    attempt.begin(by=SYSTEM, at=uow.now, why="stored before the call")
    return attempt


def open_attempt(
    uow: UnitOfWork, *, payout_id: UUID | None = None, refund_id: UUID | None = None, lock: bool = False
) -> Attempt | None:
    """The call of this payout or refund that has no final word yet."""
    column, value = (Attempt.payout_id, payout_id) if payout_id else (Attempt.refund_id, refund_id)
    return uow.first(Attempt, col(column) == value, col(Attempt.status).in_(OPEN_ATTEMPTS), lock=lock)


def take_up(uow: UnitOfWork, *, attempt_id: UUID) -> Task:
    """Decide what to do about a call, and lease it when it is to be made.

    While its flow is stopped or its payout held nothing is sent. A day after the first call nothing is sent either,
    for the provider may have forgotten our key: then it waits for a person and is only looked up.
    """
    flow = MoneyFlow.PAYOUTS if uow.get(Attempt, attempt_id).payout_id else MoneyFlow.REFUNDS
    stopped = kill_switch.is_stopped(uow, flow)
    attempt = uow.lock(Attempt, attempt_id)
    _end_dead_lease(uow, attempt)
    if attempt.status in (AttemptStatus.ACCEPTED, AttemptStatus.MANUAL):
        return Task(NextStep.ASK, attempt)
    if attempt.status is AttemptStatus.UNKNOWN and _too_late_to_send(uow, attempt):
        puzzle(uow, attempt, TransferReason.UNKNOWN_FOR_A_DAY)
        return Task(NextStep.ASK, attempt)
    if attempt.status not in (AttemptStatus.READY, AttemptStatus.UNKNOWN):
        return Task(NextStep.NOTHING, attempt)
    never_sent = attempt.status is AttemptStatus.READY
    if stopped or _held(uow, attempt):
        return Task(NextStep.NOTHING if never_sent else NextStep.ASK, attempt)
    _begin_call(uow, attempt)
    return Task(NextStep.SEND if never_sent else NextStep.ASK_THEN_SEND, attempt)


def lease(uow: UnitOfWork, *, attempt_id: UUID) -> Attempt | None:
    """Take a call for two minutes before making or repeating it; None when it is not to be made now.

    A lease that ran out means that its process died during the call: the outcome is unknown, the key stays.
    """
    task = take_up(uow, attempt_id=attempt_id)
    return task.attempt if task.step in (NextStep.SEND, NextStep.ASK_THEN_SEND) else None


def _held(uow: UnitOfWork, attempt: Attempt) -> bool:
    return attempt.payout_id is not None and uow.get(Payout, attempt.payout_id).held_at is not None


def _end_dead_lease(uow: UnitOfWork, attempt: Attempt) -> None:
    if attempt.status is AttemptStatus.SENDING and attempt.lease_until and attempt.lease_until <= uow.now:
        unknown(uow, attempt, "the process that sent it died")
        uow.flush()


def _too_late_to_send(uow: UnitOfWork, attempt: Attempt) -> bool:
    return attempt.first_sent_at is not None and uow.now - attempt.first_sent_at > LOOK_ONLY_AFTER


def _begin_call(uow: UnitOfWork, attempt: Attempt) -> None:
    attempt.tries += 1
    attempt.first_sent_at = attempt.first_sent_at or uow.now
    attempt.lease_until = uow.now + LEASE
    attempt.move_to(AttemptStatus.SENDING, by=SYSTEM, at=uow.now, why=f"call {attempt.tries}")


def unknown(uow: UnitOfWork, attempt: Attempt, why: str) -> None:
    """No usable answer came: it is asked about later under the same key, never under a new one."""
    if attempt.status is not AttemptStatus.SENDING:
        nothing_new(uow, attempt)
        return
    attempt.lease_until = None
    attempt.next_try_at = uow.now + min(FIRST_WAIT * 2 ** min(8, max(0, attempt.tries - 1)), LONGEST_WAIT)
    attempt.move_to(AttemptStatus.UNKNOWN, by=SYSTEM, at=uow.now, why=why[:300])
    uow.add(ErrorLog(source="attempt", subject_id=attempt.id, message=why[:1000], at=uow.now))
    if attempt.alerted_at is None and uow.now - (attempt.first_sent_at or uow.now) >= LIMITS.unsure_alert_after:
        _alert(uow, attempt, TransferReason.UNKNOWN_OUTCOME)


def puzzle(uow: UnitOfWork, attempt: Attempt, why: str) -> None:
    """Nobody knows what became of a call and it may not be repeated: only a person, or the provider's word, ends it."""
    attempt.lease_until = None
    attempt.next_try_at = uow.now + LONGEST_WAIT
    attempt.failure_reason = why
    attempt.move_to(AttemptStatus.MANUAL, by=SYSTEM, at=uow.now, why=why)
    uow.add(ErrorLog(source="attempt", subject_id=attempt.id, message=why, at=uow.now))
    _alert(uow, attempt, why)


def contradicted(uow: UnitOfWork, attempt: Attempt) -> bool:
    """The provider says that money left by a call that had ended without it: told to finance; False when known."""
    if attempt.provider_status == ProviderTransferStatus.PROCESSED:
        return False
    attempt.provider_status = ProviderTransferStatus.PROCESSED
    message = f"{attempt.reference} was over, and now the provider says that it left"
    uow.add(ErrorLog(source="attempt", subject_id=attempt.id, message=message, at=uow.now))
    _alert(uow, attempt, TransferReason.LEFT_AFTER_ALL)
    return True


def _alert(uow: UnitOfWork, attempt: Attempt, why: str) -> None:
    owner = uow.get(Payout, attempt.payout_id) if attempt.payout_id else uow.get(Refund, _known(attempt.refund_id))
    amount = owner.amount_paise
    attempt.alerted_at = uow.now
    uow.record(TransferUnsure(attempt.payout_id, attempt.refund_id, owner.campaign_id, amount, why), by=SYSTEM)


def must_fit(attempt: Attempt, amount_paise: int) -> None:
    """PaymentMismatch unless the provider speaks of the amount that we asked for: then a person must look."""
    if amount_paise != attempt.amount_paise:
        raise PaymentMismatch(what="amount")


def _known(value: UUID | None) -> UUID:
    if value is None:
        raise ValueError("attempt without a purpose")
    return value


def accept(uow: UnitOfWork, attempt: Attempt) -> None:
    """The provider has it and works on it."""
    attempt.lease_until = None
    if attempt.status.may_become(AttemptStatus.ACCEPTED):
        attempt.move_to(AttemptStatus.ACCEPTED, by=SYSTEM, at=uow.now, why=attempt.provider_id or "")
    nothing_new(uow, attempt)


def nothing_new(uow: UnitOfWork, attempt: Attempt) -> None:
    """It was asked about and stands where it stood: the longer it takes, the more rarely it is asked about."""
    age = uow.now - (attempt.first_sent_at or attempt.created_at)
    attempt.next_try_at = uow.now + min(max(ASK_ACCEPTED[0], age / 4), ASK_ACCEPTED[1])


def finish(uow: UnitOfWork, attempt: Attempt, outcome: AttemptStatus, why: str = "") -> bool:
    """Record a final word, forward only; False when it was known already or comes too late to matter."""
    if attempt.status is outcome or not attempt.status.may_become(outcome):
        return False
    attempt.lease_until = None
    attempt.finished_at = uow.now
    attempt.failure_reason = why[:300] or None
    attempt.move_to(outcome, by=SYSTEM, at=uow.now, why=why[:300])
    return True


def note_transaction(uow: UnitOfWork, attempt: Attempt, status: str, reference: str | None = None) -> None:
    """Bring the line that people see up to date with its call."""
    values = {"status": status, "updated_at": uow.now, "reference": reference or attempt.provider_id}
    uow.run(update(Transaction).where(col(Transaction.source_id) == attempt.id).values(**values))


def note_failed(uow: UnitOfWork, *, source_id: UUID) -> None:
    """What a call or a person had sent came back: its line says so and keeps the bank's number."""
    lines = update(Transaction).where(col(Transaction.source_id) == source_id)
    uow.run(lines.values(status="FAILED", updated_at=uow.now))


def open_attempts(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    """Calls that are due: never made, without answer, left by a dead process, or long without the last word.

    Those of which nothing is known come first, then those that only wait for the last word. What was never sent
    waits while its flow is stopped, and does not stand in the way of the others.
    """
    known = col(Attempt.status).in_([AttemptStatus.ACCEPTED, AttemptStatus.MANUAL])
    due = (
        select(col(Attempt.id))
        .where(
            col(Attempt.status).in_(OPEN_ATTEMPTS),
            or_(col(Attempt.lease_until).is_(None), col(Attempt.lease_until) <= uow.now),
            col(Attempt.next_try_at) <= uow.now,
        )
        .order_by(known, col(Attempt.next_try_at))
        .limit(limit)
    )
    unsent = col(Attempt.status) == AttemptStatus.READY
    if kill_switch.is_stopped(uow, MoneyFlow.PAYOUTS):
        due = due.where(not_(and_(unsent, col(Attempt.payout_id).is_not(None))))
    if kill_switch.is_stopped(uow, MoneyFlow.REFUNDS):
        due = due.where(not_(and_(unsent, col(Attempt.refund_id).is_not(None))))
    return list(uow.run(due).scalars())
