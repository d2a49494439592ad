"""Calls that move money: stored before they are made, leased while they run, never guessed about."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, or_, update
from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.statuses import OPEN_ATTEMPTS, AttemptStatus
from cleanit_app.models import Attempt, ErrorLog, Transaction, new_id
from cleanit_app.services.unit_of_work import UnitOfWork

LEASE = timedelta(seconds=60)  # longer than the slowest call: 5 s to connect and 30 s to answer
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
ASK_ACCEPTED_AFTER = timedelta(minutes=10)


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
    payout_id: UUID | None = None,
    refund_id: UUID | None = None,
) -> Attempt:
    """Store a call with its own key and exact body; the database allows one open call for each purpose."""
    attempt = Attempt(
        id=new_id(),
        payout_id=payout_id,
        refund_id=refund_id,
        number=number,
        idempotency_key=str(uuid4()),
        reference=reference,
        request=request,
        next_try_at=uow.now,
        created_at=uow.now,
    )
    uow.add(attempt)
    uow.flush()
    attempt.begin(by=SYSTEM, at=uow.now)
    return attempt


def lease(uow: UnitOfWork, *, attempt_id: UUID) -> Attempt | None:
    """Take a call for this process; None when it is not due or another process has it.

    A lease that ran out means that a process died in the middle: the outcome is unknown, the key stays.
    """
    attempt = uow.lock(Attempt, attempt_id)
    if attempt.status is AttemptStatus.SENDING and attempt.lease_until and attempt.lease_until <= uow.now:
        unknown(uow, attempt, "the process that sent it died")
        uow.flush()
    if attempt.status not in (AttemptStatus.READY, AttemptStatus.UNKNOWN):
        return None
    attempt.tries += 1
    attempt.lease_until = uow.now + LEASE
    attempt.move_to(AttemptStatus.SENDING, by=SYSTEM, at=uow.now, why=f"call {attempt.tries}")
    return attempt


def unknown(uow: UnitOfWork, attempt: Attempt, why: str) -> None:
    """No usable answer came: it is asked about later under the same key, never under a new one."""
    if attempt.status is not AttemptStatus.SENDING:
        return
    attempt.lease_until = None
    attempt.next_try_at = uow.now + min(FIRST_WAIT * 2 ** max(0, attempt.tries - 1), LONGEST_WAIT)
    attempt.move_to(AttemptStatus.UNKNOWN, by=SYSTEM, at=uow.now, why=why[:300])
    uow.add(ErrorLog(source="attempt", subject_id=attempt.id, message=why[:1000], at=uow.now))


def accept(uow: UnitOfWork, attempt: Attempt) -> None:
    """The provider has it and works on it."""
    attempt.lease_until = None
    if attempt.status.may_become(AttemptStatus.ACCEPTED):
        attempt.next_try_at = uow.now + ASK_ACCEPTED_AFTER
        attempt.move_to(AttemptStatus.ACCEPTED, by=SYSTEM, at=uow.now, why=attempt.provider_id or "")


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


def open_attempts(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    """Calls that are due: never made, without answer, left by a dead process, or long without the last word."""
    due = (
        select(col(Attempt.id))
        .where(
            col(Attempt.status).in_(OPEN_ATTEMPTS),
            or_(col(Attempt.lease_until).is_(None), col(Attempt.lease_until) <= uow.now),
            col(Attempt.next_try_at) <= uow.now,
        )
        .order_by(col(Attempt.next_try_at))
        .limit(limit)
    )
    return list(uow.run(due).scalars())
