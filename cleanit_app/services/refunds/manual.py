"""What admins do to refunds: send stuck ones again, record what went back at the bank, decide what nobody knows."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import ListChanged, MoneyStopped, OwnInterest, RefundNotWaiting, RefundTooOld
from cleanit_app.domain.events import RefundsOrdered
from cleanit_app.domain.flows import AfterNo, MoneyFlow
from cleanit_app.domain.statuses import AttemptStatus, RefundStatus
from cleanit_app.domain.transfer_reasons import TransferReason
from cleanit_app.models import Attempt, LedgerAccount, Payment, Refund
from cleanit_app.services.payouts.manual import bank_reference
from cleanit_app.services.refunds import campaign_progress, refunds
from cleanit_app.services.transfers import attempts, kill_switch
from cleanit_app.services.unit_of_work import UnitOfWork

MOST_AT_ONCE = 500


def order_refund_now(uow: UnitOfWork, *, actor: Actor, refund_id: UUID) -> Refund:
    """Send one stuck or waiting refund again, by the usual path (OPS-01).

    RefundTooOld after six months, MoneyStopped while refunds are stopped, RefundNotWaiting for others.
    """
    actor.must(Permission.RUN_PAYOUTS)
    _refuse_when_stopped(uow)
    refund = _order(uow, actor, refund_id)
    uow.record(RefundsOrdered(1, refund.amount_paise), by=actor)
    uow.hint("money", "workers.jobs.refunds.send_due_refunds")
    return refund


def order_refunds(
    uow: UnitOfWork, *, actor: Actor, refund_ids: list[UUID], seen_count: int, seen_paise: int
) -> list[Refund]:
    """Send many refunds again, all or none, exactly those of the dry run; else ListChanged (OPS-01).

    They go by the usual path, ten at a time; there is no second one.
    """
    actor.must(Permission.RUN_PAYOUTS)
    if len(refund_ids) > MOST_AT_ONCE or not refund_ids:
        raise ListChanged
    _refuse_when_stopped(uow)
    try:
        ordered = [_order(uow, actor, refund_id) for refund_id in sorted(set(refund_ids))]
    except (RefundNotWaiting, RefundTooOld) as changed:
        raise ListChanged from changed
    total = sum(refund.goes_back_paise for refund in ordered)
    if (len(ordered), total) != (seen_count, seen_paise):
        raise ListChanged
    uow.record(RefundsOrdered(len(ordered), total), by=actor)
    uow.hint("money", "workers.jobs.refunds.send_due_refunds")
    return ordered


def _refuse_when_stopped(uow: UnitOfWork) -> None:
    if kill_switch.is_stopped(uow, MoneyFlow.REFUNDS):
        raise MoneyStopped


def _order(uow: UnitOfWork, actor: Actor, refund_id: UUID) -> Refund:
    refund = _mine_to_decide(uow, actor, refund_id)
    if refund.status not in (RefundStatus.MANUAL, RefundStatus.PENDING):
        raise RefundNotWaiting(status=refund.status.value)
    if refunds.is_too_old(uow, uow.get(Payment, refund.payment_id)):
        raise RefundTooOld
    refund.next_try_at = uow.now
    if refund.status is RefundStatus.MANUAL:
        refund.move_to(RefundStatus.PENDING, by=actor, at=uow.now, why="sent again by hand")
    return refund


def record_manual_refund(uow: UnitOfWork, *, actor: Actor, refund_id: UUID, reference: object) -> Refund:
    """Note that a stuck refund was given back from our bank, with the bank's number; the books follow (PAY-08)."""
    actor.must(Permission.RUN_PAYOUTS)
    uow.audit(actor, "RecordRefundByHand", subject_id=refund_id)
    number = bank_reference(reference)
    refund = _mine_to_end(uow, actor, refund_id)
    if refund.status is not RefundStatus.MANUAL or attempts.open_attempt(uow, refund_id=refund.id):
        raise RefundNotWaiting(status=refund.status.value)
    refund.by_hand_reference, refund.initiated_at = number, refund.initiated_at or uow.now
    refunds.book_started(uow, refund, f"hand:{refund.id}")
    refunds.add_transaction(uow, refund, refund.id, "COMPLETED", number)
    refunds.arrive(
        uow, refund, of=f"hand:{refund.id}", paid_from=LedgerAccount.BANK, by=actor, why=f"by hand, {number}"
    )
    return refund


def decide_refund(uow: UnitOfWork, *, actor: Actor, refund_id: UUID, left: bool) -> Refund:
    """End a call of which nobody knows the outcome, after looking at the provider's books: it left, or not.

    RefundNotWaiting unless its call waits for a person.
    """
    actor.must(Permission.RUN_PAYOUTS)
    uow.audit(actor, "DecideRefund", subject_id=refund_id, left=left)
    refund = _mine_to_end(uow, actor, refund_id)
    attempt = _puzzle_of(uow, refund)
    if left:
        attempts.finish(uow, attempt, AttemptStatus.SUCCEEDED)
        refunds.arrive(
            uow, refund, of=str(attempt.id), paid_from=LedgerAccount.GATEWAY, by=actor, why="a person saw that it left"
        )
        attempts.note_transaction(uow, attempt, "COMPLETED")
    else:
        refunds.fail_refund(uow, refund=refund, attempt=attempt, reason=TransferReason.NEVER_LEFT, after=AfterNo.PERSON)
    return refund


def _mine_to_decide(uow: UnitOfWork, actor: Actor, refund_id: UUID) -> Refund:
    refund = uow.lock(Refund, refund_id)
    _refuse_own(actor, refund)
    return refund


def _mine_to_end(uow: UnitOfWork, actor: Actor, refund_id: UUID) -> Refund:
    """The same for a refund that may arrive with this."""
    refund = campaign_progress.lock_with_campaign(uow, refund_id)
    _refuse_own(actor, refund)
    return refund


def _refuse_own(actor: Actor, refund: Refund) -> None:
    if refund.contributor_id == actor.user_id:
        raise OwnInterest


def _puzzle_of(uow: UnitOfWork, refund: Refund) -> Attempt:
    attempt = attempts.open_attempt(uow, refund_id=refund.id, lock=True)
    if attempt is None or attempt.status is not AttemptStatus.MANUAL:
        raise RefundNotWaiting(status=refund.status.value)
    return attempt
