"""What admins do to single payouts: hold, release, record what was paid at the bank, decide what nobody knows."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import (
    OwnInterest,
    PayoutDisputed,
    PayoutNotByHand,
    PayoutNotDue,
    PayoutOnHold,
    ReasonMissing,
)
from cleanit_app.domain.events import PayoutReleased
from cleanit_app.domain.flows import AfterNo
from cleanit_app.domain.reading import identifiers
from cleanit_app.domain.statuses import AttemptStatus, PayoutStatus
from cleanit_app.domain.transfer_reasons import TransferReason
from cleanit_app.models import Attempt, Payout
from cleanit_app.services import input_validation
from cleanit_app.services.payouts import bookings, holds, payouts, settlement
from cleanit_app.services.transfers import attempts
from cleanit_app.services.unit_of_work import UnitOfWork

_WAITING = (PayoutStatus.PENDING, PayoutStatus.MANUAL)


def bank_reference(value: object) -> str:
    """The number under which a bank knows a transfer (UTR), in capitals; InvalidFields when it cannot be one."""
    return input_validation.one("reference", identifiers.bank_reference, value)


def hold_payout(uow: UnitOfWork, *, actor: Actor, payout_id: UUID, reason: str) -> Payout:
    """Keep a payout back until somebody releases it; one that is on its way can no longer be held (OPS-03)."""
    actor.must(Permission.RUN_PAYOUTS)
    said = input_validation.said("reason", reason, 300)
    if not said:
        raise ReasonMissing
    payout = _mine_to_decide(uow, actor, payout_id)
    if payout.status not in _WAITING:
        raise PayoutNotDue(status=payout.status.value)
    if payout.held_at is None or holds.is_only_disputed(payout):  # finance's hold outlasts the dispute
        uow.record(holds.hold(payout, said, by=actor, at=uow.now), by=actor)
    return payout


def release_payout(uow: UnitOfWork, *, actor: Actor, payout_id: UUID) -> Payout:
    """Let a held payout go on from where it stood; it leaves with the next run (OPS-03).

    While somebody disputes the result, finance gives up only its own hold (PayoutDisputed when there is none).
    """
    actor.must(Permission.RUN_PAYOUTS)
    payout = _mine_to_decide(uow, actor, payout_id)
    if payout.held_at is None:
        return payout
    if holds.is_only_disputed(payout):
        raise PayoutDisputed
    if holds.let_go(uow, payout):
        uow.record(PayoutReleased(payout.id, payout.campaign_id, payout.cleaner_id, payout.amount_paise), by=actor)
    else:
        uow.audit(actor, "GiveUpHold", subject_id=payout_id)
    return payout


def record_manual_payout(uow: UnitOfWork, *, actor: Actor, payout_id: UUID, reference: object) -> Payout:
    """Note that a waiting payout was paid at the bank, with the bank's number; the books follow (OPS-01)."""
    actor.must(Permission.RUN_PAYOUTS)
    uow.audit(actor, "RecordPayoutByHand", subject_id=payout_id)
    utr = bank_reference(reference)
    job, payout = settlement.lock_all(uow, payout_id)
    _refuse_own(actor, payout)
    if payout.held_at is not None:
        raise PayoutOnHold
    if payout.status not in _WAITING or attempts.open_attempt(uow, payout_id=payout.id):
        raise PayoutNotDue(status=payout.status.value)
    if payout.status is PayoutStatus.PENDING:
        payout.move_to(PayoutStatus.MANUAL, by=actor, at=uow.now, why="paid by hand")
    payout.utr, payout.initiated_at = utr, uow.now
    payout.hand_tries += 1
    bookings.book_sent(uow, payout, bookings.manual_key(payout))
    bookings.book_arrived(uow, payout, bookings.manual_key(payout), 0)
    bookings.add_transaction(uow, payout, payout.id, "COMPLETED", utr)
    payout.paid_by_hand = True
    settlement.close(uow, payout, job, by=actor)
    return payout


def decide_payout(uow: UnitOfWork, *, actor: Actor, payout_id: UUID, left: bool, reference: object = "") -> Payout:
    """End a call of which nobody knows the outcome, after looking at the bank: it left (with its number), or not.

    PayoutNotDue unless its call waits for a person.
    """
    actor.must(Permission.RUN_PAYOUTS)
    uow.audit(actor, "DecidePayout", subject_id=payout_id, left=left)
    utr = bank_reference(reference) if left else None
    job, payout = settlement.lock_all(uow, payout_id)
    _refuse_own(actor, payout)
    attempt = _puzzle_of(uow, payout)
    if left:
        payout.utr = utr
        attempts.finish(uow, attempt, AttemptStatus.SUCCEEDED)
        bookings.book_arrived(uow, payout, str(attempt.id), 0)
        payout.paid_by_hand = attempt.provider_id is None  # the provider will not tell of its return
        settlement.close(uow, payout, job, by=actor)
        attempts.note_transaction(uow, attempt, "COMPLETED", utr)
    else:
        payouts.fail_payout(uow, payout=payout, attempt=attempt, reason=TransferReason.NEVER_LEFT, after=AfterNo.PERSON)
    return payout


def undo_manual_payout(uow: UnitOfWork, *, actor: Actor, payout_id: UUID, reason: str) -> Payout:
    """Note that the bank sent a payout back that only a person had seen leave; it is owed again (OPS-01).

    Job and campaign open as with a return that the provider tells of, and a person decides what follows.
    ReasonMissing without words, PayoutNotByHand for all others.
    """
    actor.must(Permission.RUN_PAYOUTS)
    said = input_validation.said("reason", reason, 300)
    if not said:
        raise ReasonMissing
    uow.audit(actor, "UndoPayoutByHand", subject_id=payout_id, reason=said)
    job, payout = settlement.lock_all(uow, payout_id)
    _refuse_own(actor, payout)
    if not payout.paid_by_hand:
        raise PayoutNotByHand
    attempt = _decided_call(uow, payout)
    bookings.book_came_back(uow, bookings.call_key(uow, attempt) if attempt else bookings.manual_key(payout))
    settlement.reopen(uow, payout, job, said, by=actor)
    if attempt:
        attempts.finish(uow, attempt, AttemptStatus.REVERSED, said)
    payouts.back_to_waiting(uow, payout, attempt, said, AfterNo.PERSON, by=actor)
    payout.utr = None
    return payout


def _decided_call(uow: UnitOfWork, payout: Payout) -> Attempt | None:
    """The call of which a person said that it left; None when the money went without one."""
    left = col(Attempt.status) == AttemptStatus.SUCCEEDED
    return uow.first(Attempt, Attempt.payout_id == payout.id, left, lock=True)


def _mine_to_decide(uow: UnitOfWork, actor: Actor, payout_id: UUID) -> Payout:
    payout = uow.lock(Payout, payout_id)
    _refuse_own(actor, payout)
    return payout


def _refuse_own(actor: Actor, payout: Payout) -> None:
    if payout.cleaner_id == actor.user_id:
        raise OwnInterest


def _puzzle_of(uow: UnitOfWork, payout: Payout) -> Attempt:
    attempt = attempts.open_attempt(uow, payout_id=payout.id, lock=True)
    if attempt is None or attempt.status is not AttemptStatus.MANUAL:
        raise PayoutNotDue(status=payout.status.value)
    return attempt
