"""What each message of the payment provider means to us: stored once, worked later, forward only."""

from __future__ import annotations

import hashlib
import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DataError
from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.bounds import said
from cleanit_app.domain.errors import DomainError, NotFound, UnknownSubject
from cleanit_app.domain.events import MessageParked, MessageUnknown
from cleanit_app.models import Attempt, Contribution, ErrorLog, Payment, WebhookEvent, new_id
from cleanit_app.ports import (
    ProviderDispute,
    ProviderFormat,
    ProviderPayment,
    ProviderPayout,
    ProviderRefund,
    ProviderThing,
    ProviderValidation,
)
from cleanit_app.services.notifications.alerts import now_wrong
from cleanit_app.services.payments import payments
from cleanit_app.services.payments.payment_flags import note_chargeback
from cleanit_app.services.payouts import payouts
from cleanit_app.services.people import bank_account_checks
from cleanit_app.services.refunds import refunds
from cleanit_app.services.transfers import attempts
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork

log = logging.getLogger(__name__)
MOST_TRIES = 12
FIRST_WAIT = timedelta(seconds=5)
UNKNOWN_FOR = timedelta(minutes=10)  # our own call has long had its answer by then
UNKNOWN, MOST_TOLD = "MESSAGE_UNKNOWN", 100
UNREADABLE = "unreadable"


def store_webhook(uow: UnitOfWork, *, raw: bytes, event_id: str | None, form: ProviderFormat) -> UUID | None:
    """Keep a message whose signature was checked, as it came; None when it was here before (PAY-01).

    The id header is not signed, so the body's hash counts as well. One that nobody can read is parked at once, for
    the provider would send it again and again and then switch our address off.
    """
    digest = hashlib.sha256(raw).digest()
    try:
        event, trouble = form.envelope(raw).event, None
    except ValueError as nonsense:
        event, trouble = UNREADABLE, f"{type(nonsense).__name__} {nonsense}"
    row_id = new_id()
    table = WebhookEvent.__table__  # type: ignore[attr-defined]  # SQLModel does not tell
    kept = (
        insert(table)
        .values(
            id=row_id,
            event_id=said(event_id, most=64) or digest.hex(),
            body_sha256=digest,
            event=event,
            body=raw,
            request_id=uow.request_id,
            received_at=uow.now,
            next_try_at=uow.now,
            tries=0,
        )
        .on_conflict_do_nothing()
        .returning(table.c.id)
    )
    if uow.run(kept).first() is None:
        return None
    if trouble is None:
        hint_work(uow)
    else:
        _give_up(uow, row_id, event, trouble)
    return row_id


def hint_work(uow: UnitOfWork) -> None:
    """Ask for a worker that works on whatever waits: one that waits speaks for all messages of that moment."""
    uow.hint("money", "workers.jobs.webhooks.work_webhooks")


def waiting_webhooks(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    """Messages that were not worked yet and are due, oldest first."""
    due = (
        select(col(WebhookEvent.id))
        .where(col(WebhookEvent.processed_at).is_(None), col(WebhookEvent.next_try_at) <= uow.now)
        .order_by(col(WebhookEvent.next_try_at), col(WebhookEvent.id))
        .limit(limit)
    )
    return list(uow.run(due).scalars())


def work_webhook(open_uow: OpenUow, *, webhook_id: UUID, form: ProviderFormat) -> None:
    """Apply one stored message in one transaction; what cannot be applied yet waits, what never can is parked."""
    try:
        with open_uow() as uow:
            row = _locked(uow, webhook_id)
            if not row.worked:
                uow.request_id = row.request_id or uow.request_id  # what follows is that request's errand (MON-06)
                _is_worked(uow, webhook_id, _apply(uow, form.read(row.body)))
                log.info("a message was worked on", extra={"message_id": str(webhook_id), "request_id": row.request_id})
    except UnknownSubject as unknown:
        _try_later(open_uow, webhook_id, str(unknown))
    except (DomainError, DataError, ValueError) as refusal:
        # A signed message of a shape nobody expects must not stop the ones behind it.
        _park(open_uow, webhook_id, f"{type(refusal).__name__} {refusal}")


def _try_later(open_uow: OpenUow, webhook_id: UUID, why: str) -> None:
    """The message may be faster than the answer to our own call: wait a little, then park it."""
    with open_uow() as uow:
        put_off(uow, webhook_id, why)


def put_off(uow: UnitOfWork, webhook_id: UUID, why: str = "it could not be worked on") -> None:
    """Try a message again later, each time after a longer pause; after some hours it is parked (PAY-01)."""
    row = _locked(uow, webhook_id)
    if row.worked:
        return
    tries = row.tries + 1
    later = uow.now + FIRST_WAIT * 2 ** min(tries, 10)
    uow.run(_this(webhook_id).values(tries=tries, next_try_at=later))
    if tries >= MOST_TRIES:
        _give_up(uow, webhook_id, row.event, why)


def _park(open_uow: OpenUow, webhook_id: UUID, why: str) -> None:
    with open_uow() as uow:
        _give_up(uow, webhook_id, _locked(uow, webhook_id).event, why)


def _give_up(uow: UnitOfWork, webhook_id: UUID, event: str, why: str) -> None:
    """Nobody will work on this message again by itself: it is kept as a failure, and finance hears (MON-05)."""
    why = said(why, most=900) or "no reason"
    _is_worked(uow, webhook_id, f"parked: {why}"[:200])
    uow.add(ErrorLog(source="webhook", subject_id=webhook_id, message=f"{event}: {why}"[:1000], at=uow.now))
    uow.record(MessageParked(webhook_id, event), by=SYSTEM)


def _locked(uow: UnitOfWork, webhook_id: UUID) -> Any:
    """What is needed of a message, locked; no moment of it, for one that nobody can read must not hold it up."""
    row = uow.run(_LOCKED, {"row_id": webhook_id}).first()
    if row is None:
        raise NotFound(what="WebhookEvent")
    return row


def _is_worked(uow: UnitOfWork, webhook_id: UUID, outcome: str) -> None:
    uow.run(_this(webhook_id).values(processed_at=uow.now, outcome=outcome))


def _this(webhook_id: UUID) -> Any:
    return update(WebhookEvent).where(col(WebhookEvent.id) == webhook_id)


_LOCKED = (
    select(WebhookEvent.event, WebhookEvent.body, WebhookEvent.tries, WebhookEvent.request_id)
    .add_columns(col(WebhookEvent.processed_at).is_not(None).label("worked"))
    .where(col(WebhookEvent.id) == bindparam("row_id"))
    .with_for_update(key_share=True)
    .execution_options(prepared=True)
)


def watch_messages(uow: UnitOfWork) -> int:
    """Tell finance once of each message about something that is not known here for ten minutes (PAY-13). How many."""
    late = select(col(WebhookEvent.id), col(WebhookEvent.event)).where(
        col(WebhookEvent.processed_at).is_(None), col(WebhookEvent.received_at) <= uow.now - UNKNOWN_FOR
    )
    waiting = {str(one): event for one, event in uow.run(late.limit(MOST_TOLD))}
    for message_id in now_wrong(uow, kind=UNKNOWN, subjects=list(waiting)):
        uow.record(MessageUnknown(UUID(message_id), waiting[message_id]), by=SYSTEM)
    return len(waiting)


def _apply(uow: UnitOfWork, about: ProviderThing | None) -> str:
    """Book what a message says; what happened in a word."""
    if isinstance(about, ProviderPayment):
        return _apply_payment(uow, about)
    if isinstance(about, ProviderDispute):
        return _apply_chargeback(uow, about)
    if isinstance(about, ProviderRefund):
        return _apply_refund(uow, about)
    if isinstance(about, ProviderPayout):
        return _apply_payout(uow, about)
    if isinstance(about, ProviderValidation):
        return _apply_validation(uow, about)
    return "noted"  # settlements are booked from their rows, at night


def _apply_validation(uow: UnitOfWork, answer: ProviderValidation) -> str:
    check_id = bank_account_checks.check_of_provider(uow, answer.id)
    bank_account_checks.apply_validation(uow, check_id=check_id, answer=answer)
    return f"applied to account check {check_id}"


def _apply_payment(uow: UnitOfWork, payment: ProviderPayment) -> str:
    contribution_id = payments.contribution_of_order(uow, payment.order_id)
    payments.apply_payment(uow, contribution_id=contribution_id, payment=payment)
    return f"applied to contribution {contribution_id}"


def _apply_chargeback(uow: UnitOfWork, dispute: ProviderDispute) -> str:
    payment = uow.first(Payment, Payment.razorpay_payment_id == dispute.payment_id)
    if payment is None:
        raise UnknownSubject(what=f"payment {dispute.payment_id}")
    contribution = uow.get(Contribution, payment.contribution_id)
    note_chargeback(uow, contribution=contribution, dispute_id=dispute.id, amount_paise=dispute.amount_paise)
    return f"told about contribution {contribution.id}"


def _apply_refund(uow: UnitOfWork, answer: ProviderRefund) -> str:
    attempt = uow.first(Attempt, Attempt.reference == answer.receipt)
    if attempt is None or attempt.refund_id is None:
        raise UnknownSubject(what=f"refund {answer.id}")
    attempts.must_fit(attempt, answer.amount_paise)
    refunds.apply_refund(uow, attempt_id=attempt.id, answer=answer)
    return f"applied to refund {attempt.refund_id}"


def _apply_payout(uow: UnitOfWork, answer: ProviderPayout) -> str:
    attempt = uow.first(Attempt, Attempt.reference == answer.reference_id)
    if attempt is None or attempt.payout_id is None:
        raise UnknownSubject(what=f"payout {answer.id}")
    attempts.must_fit(attempt, answer.amount_paise)
    payouts.apply_payout(uow, attempt_id=attempt.id, answer=answer)
    return f"applied to payout {attempt.payout_id}"
