"""What each message of the payment provider means to us: stored once, worked later, forward only."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DataError
from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.bounds import (
    moment_of_epoch,
    paise_or_nothing,
    provider_id,
    said,
    shown,
    text_within,
    whole_paise,
)
from cleanit_app.domain.errors import DomainError, UnknownSubject
from cleanit_app.domain.events import MessageParked, MessageUnknown
from cleanit_app.models import Attempt, Contribution, ErrorLog, Payment, WebhookEvent, new_id
from cleanit_app.ports import ProviderPayment, ProviderPayout, ProviderRefund, ProviderValidation, payment_status
from cleanit_app.services import account_checks, attempts, payments, payouts, refunds
from cleanit_app.services.alerts import now_wrong
from cleanit_app.services.odd_payments import note_chargeback
from cleanit_app.services.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
OpenUow = Callable[[], AbstractContextManager[UnitOfWork]]
MOST_TRIES = 12
FIRST_WAIT = timedelta(seconds=5)
UNKNOWN_FOR = timedelta(minutes=10)  # our own call has long had its answer by then
UNKNOWN, MOST_TOLD = "MESSAGE_UNKNOWN", 100
UNREADABLE = "unreadable"
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)


def store_webhook(uow: UnitOfWork, *, raw: bytes, event_id: str | None) -> UUID | None:
    """Keep a message whose signature was checked, as it came; None when it was here before (PAY-01).

    The id header is not signed, so the body's hash counts as well. One that nobody can read is parked at once, for
    the provider would send it again and again and then switch our address off.
    """
    digest = hashlib.sha256(raw).digest()
    try:
        event, trouble = text_within(read_message(raw)["event"], most=64), None
    except _UNREADABLE as nonsense:
        event, trouble = UNREADABLE, f"{type(nonsense).__name__} {nonsense}"
    row_id = new_id()
    table = WebhookEvent.__table__  # type: ignore[attr-defined]
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
        _give_up(uow, uow.lock(WebhookEvent, row_id), trouble)
    return row_id


def hint_work(uow: UnitOfWork) -> None:
    """Ask for a worker that works on whatever waits: one that waits speaks for all messages of that moment."""
    uow.hint("money", "workers.jobs.provider.work_webhooks")


def read_message(raw: bytes) -> dict[str, Any]:
    """A message of the provider as JSON; ValueError unless it is one object that says each thing once.

    Numbers beyond JSON (NaN, Infinity) and whatever Python cannot hold, such as 100,000 lists in lists, are none.
    """
    try:
        message = json.loads(raw.decode("utf-8"), object_pairs_hook=_said_once, parse_constant=_no_number)
    except RecursionError as deep:
        raise ValueError("nested too deep") from deep
    return _object(message)


def _said_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is said twice")
    return found


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"no object: {shown(value)}")
    return value


def waiting_webhooks(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    """Messages that were not worked yet and are due, oldest first."""
    due = (
        select(col(WebhookEvent.id))
        .where(col(WebhookEvent.processed_at).is_(None), col(WebhookEvent.next_try_at) <= uow.now)
        .order_by(col(WebhookEvent.next_try_at), col(WebhookEvent.id))
        .limit(limit)
    )
    return list(uow.run(due).scalars())


def work_webhook(open_uow: OpenUow, *, webhook_id: UUID) -> None:
    """Apply one stored message in one transaction; what cannot be applied yet waits, what never can is parked."""
    try:
        with open_uow() as uow:
            row = uow.lock(WebhookEvent, webhook_id)
            if row.processed_at is None:
                uow.request_id = row.request_id or uow.request_id  # what follows is that request's errand (MON-06)
                row.outcome = _apply(uow, row)
                row.processed_at = uow.now
                log.info("a message was worked on", extra={"message_id": str(row.id), "request_id": row.request_id})
    except UnknownSubject as unknown:
        _try_later(open_uow, webhook_id, str(unknown))
    except (DomainError, DataError, *_UNREADABLE) as refusal:
        # A signed message of a shape nobody expects must not stop the ones behind it.
        _park(open_uow, webhook_id, f"{type(refusal).__name__} {refusal}")


def _try_later(open_uow: OpenUow, webhook_id: UUID, why: str) -> None:
    """The message may be faster than the answer to our own call: wait a little, then park it."""
    with open_uow() as uow:
        put_off(uow, webhook_id, why)


def put_off(uow: UnitOfWork, webhook_id: UUID, why: str = "it could not be worked on") -> None:
    """Try a message again later, each time after a longer pause; after some hours it is parked (PAY-01)."""
    row = uow.lock(WebhookEvent, webhook_id)
    if row.processed_at is not None:
        return
    row.tries += 1
    row.next_try_at = uow.now + FIRST_WAIT * 2 ** min(row.tries, 10)
    if row.tries >= MOST_TRIES:
        _give_up(uow, row, why)


def _park(open_uow: OpenUow, webhook_id: UUID, why: str) -> None:
    with open_uow() as uow:
        _give_up(uow, uow.lock(WebhookEvent, webhook_id), why)


def _give_up(uow: UnitOfWork, row: WebhookEvent, why: str) -> None:
    """Nobody will work on this message again by itself: it is kept as a failure, and finance hears (MON-05)."""
    why = said(why, most=900) or "no reason"
    row.processed_at, row.outcome = uow.now, f"parked: {why}"[:200]
    uow.add(ErrorLog(source="webhook", subject_id=row.id, message=f"{row.event}: {why}"[:1000], at=uow.now))
    uow.record(MessageParked(row.id, row.event), by=SYSTEM)


def watch_messages(uow: UnitOfWork) -> int:
    """Tell finance once of each message about something that is not known here for ten minutes (PAY-13). How many."""
    late = select(col(WebhookEvent.id)).where(
        col(WebhookEvent.processed_at).is_(None), col(WebhookEvent.received_at) <= uow.now - UNKNOWN_FOR
    )
    waiting = [str(one) for one in uow.run(late.limit(MOST_TOLD)).scalars()]
    for message_id in now_wrong(uow, kind=UNKNOWN, subjects=waiting):
        row = uow.get(WebhookEvent, UUID(message_id))
        uow.record(MessageUnknown(row.id, row.event), by=SYSTEM)
    return len(waiting)


def _apply(uow: UnitOfWork, row: WebhookEvent) -> str:
    payload = read_message(row.body).get("payload") or {}
    kind = row.event.split(".")[0]
    if row.event in ("payment.authorized", "payment.captured", "payment.failed", "order.paid"):
        return _apply_payment(uow, _entity(payload, "payment"))
    if row.event.startswith("payment.dispute."):
        return _apply_chargeback(uow, _entity(payload, "dispute"))
    if kind == "refund" and row.event != "refund.speed_changed":
        return _apply_refund(uow, _entity(payload, "refund"))
    if kind == "payout" and not row.event.startswith("payout.downtime"):
        return _apply_payout(uow, _entity(payload, "payout"))
    if row.event in ("fund_account.validation.completed", "fund_account.validation.failed"):
        return _apply_validation(uow, _entity(payload, "fund_account.validation"))
    return "noted"


def _entity(payload: Any, name: str) -> dict[str, Any]:
    """The thing a message is about; ValueError when there is none, or another shape."""
    return _object(_object(_object(payload).get(name)).get("entity"))


def _part(entity: Mapping[str, Any], name: str) -> dict[str, Any]:
    """An object inside an entity; empty when it is not said (empty ones come as a list too)."""
    return _object(entity.get(name) or {})


def _apply_validation(uow: UnitOfWork, entity: Mapping[str, Any]) -> str:
    results = _part(entity, "results") or _part(entity, "validation_results")
    answer = ProviderValidation(
        id=entity["id"],
        status=entity["status"],
        account_status=results.get("account_status") or None,
        registered_name=results.get("registered_name") or None,
    )
    check_id = account_checks.check_of_provider(uow, answer.id)
    account_checks.apply_validation(uow, check_id=check_id, answer=answer)
    return f"applied to account check {check_id}"


def _apply_payment(uow: UnitOfWork, entity: Mapping[str, Any]) -> str:
    payment = payment_of(entity)
    contribution_id = payments.contribution_of_order(uow, payment.order_id)
    payments.apply_payment(uow, contribution_id=contribution_id, payment=payment)
    return f"applied to contribution {contribution_id}"


def _apply_chargeback(uow: UnitOfWork, entity: Mapping[str, Any]) -> str:
    dispute_id, payment_id = provider_id(entity["id"]), provider_id(entity["payment_id"])
    amount_paise = whole_paise(entity["amount"], least=1)
    payment = uow.first(Payment, Payment.razorpay_payment_id == payment_id)
    if payment is None:
        raise UnknownSubject(what=f"payment {payment_id}")
    gift = uow.get(Contribution, payment.contribution_id)
    note_chargeback(uow, gift=gift, dispute_id=dispute_id, amount_paise=amount_paise)
    return f"told about contribution {gift.id}"


def _apply_refund(uow: UnitOfWork, entity: Mapping[str, Any]) -> str:
    answer = ProviderRefund(
        id=entity["id"],
        payment_id=entity["payment_id"],
        amount_paise=entity["amount"],
        status=entity["status"],
        receipt=entity.get("receipt"),
        arn=None,
    )
    attempt = uow.first(Attempt, Attempt.reference == answer.receipt)
    if attempt is None or attempt.refund_id is None:
        raise UnknownSubject(what=f"refund {answer.id}")
    attempts.must_fit(attempt, answer.amount_paise)
    refunds.apply_refund(uow, attempt_id=attempt.id, answer=answer)
    return f"applied to refund {attempt.refund_id}"


def _apply_payout(uow: UnitOfWork, entity: Mapping[str, Any]) -> str:
    details = _part(entity, "status_details")
    answer = ProviderPayout(
        id=entity["id"],
        amount_paise=entity["amount"],
        status=entity["status"],
        reference_id=entity.get("reference_id"),
        utr=entity.get("utr"),
        fees_paise=paise_or_nothing(entity.get("fees")),
        tax_paise=paise_or_nothing(entity.get("tax")),
        reason=details.get("reason"),
        description=details.get("description"),
    )
    attempt = uow.first(Attempt, Attempt.reference == answer.reference_id)
    if attempt is None or attempt.payout_id is None:
        raise UnknownSubject(what=f"payout {answer.id}")
    attempts.must_fit(attempt, answer.amount_paise)
    payouts.apply_payout(uow, attempt_id=attempt.id, answer=answer)
    return f"applied to payout {attempt.payout_id}"


def payment_of(entity: Mapping[str, Any]) -> ProviderPayment:
    """A payment entity in our words; ValueError for figures out of bounds."""
    acquirer = entity.get("acquirer_data")
    references = acquirer if isinstance(acquirer, dict) else {}
    return ProviderPayment(
        id=entity["id"],
        order_id=entity.get("order_id"),
        amount_paise=entity["amount"],
        currency=entity["currency"],
        status=payment_status(text_within(entity["status"], most=64), entity.get("captured")),
        method=entity.get("method"),
        fee_paise=entity.get("fee"),
        tax_paise=entity.get("tax"),
        amount_refunded_paise=paise_or_nothing(entity.get("amount_refunded")),
        error_reason=entity.get("error_reason"),
        error_description=entity.get("error_description"),
        reference=next((v for v in references.values() if v and isinstance(v, str)), None),
        created_at=moment_of_epoch(entity["created_at"]),
    )
