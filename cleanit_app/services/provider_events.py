"""What each message of the payment provider means to us: stored once, worked later, forward only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.errors import DomainError, MalformedRequest, UnknownSubject
from cleanit_app.domain.events import MessageParked, MessageUnknown
from cleanit_app.models import Attempt, Contribution, ErrorLog, Payment, WebhookEvent, new_id
from cleanit_app.ports import ProviderPayment, ProviderPayout, ProviderRefund, ProviderValidation, payment_status
from cleanit_app.services import account_checks, attempts, payments, payouts, refunds
from cleanit_app.services.alerts import now_wrong
from cleanit_app.services.odd_payments import note_chargeback
from cleanit_app.services.unit_of_work import UnitOfWork

OpenUow = Callable[[], AbstractContextManager[UnitOfWork]]
MOST_TRIES = 12
FIRST_WAIT = timedelta(seconds=5)
UNKNOWN_FOR = timedelta(minutes=10)  # our own call has long had its answer by then
UNKNOWN, MOST_TOLD = "MESSAGE_UNKNOWN", 100


def store_webhook(uow: UnitOfWork, *, raw: bytes, event_id: str | None) -> UUID | None:
    """Keep a message whose signature was checked; None when it was here before (PAY-01).

    The id header is not signed, so the body's hash counts as well. MalformedRequest when it is not JSON.
    """
    try:
        message = json.loads(raw)
        event = str(message["event"])
    except (ValueError, KeyError, TypeError) as nonsense:
        raise MalformedRequest(field="body") from nonsense
    digest = hashlib.sha256(raw).digest()
    row_id = new_id()
    table = WebhookEvent.__table__  # type: ignore[attr-defined]
    kept = (
        insert(table)
        .values(
            id=row_id,
            event_id=(event_id or digest.hex())[:64],
            body_sha256=digest,
            event=event[:64],
            body=raw.decode("utf-8"),
            received_at=uow.now,
            next_try_at=uow.now,
            tries=0,
        )
        .on_conflict_do_nothing()
        .returning(table.c.id)
    )
    if uow.run(kept).first() is None:
        return None
    uow.hint("money", "workers.jobs.provider.work_webhook", str(row_id))
    return row_id


def waiting_webhooks(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    """Messages that were not worked yet and are due, oldest first."""
    due = (
        select(col(WebhookEvent.id))
        .where(col(WebhookEvent.processed_at).is_(None), col(WebhookEvent.next_try_at) <= uow.now)
        .order_by(col(WebhookEvent.next_try_at))
        .limit(limit)
    )
    return list(uow.run(due).scalars())


def work_webhook(open_uow: OpenUow, *, webhook_id: UUID) -> None:
    """Apply one stored message in one transaction; what cannot be applied yet waits, what never can is parked."""
    try:
        with open_uow() as uow:
            row = uow.lock(WebhookEvent, webhook_id)
            if row.processed_at is None:
                row.outcome = _apply(uow, row)
                row.processed_at = uow.now
    except UnknownSubject as unknown:
        _try_later(open_uow, webhook_id, str(unknown))
    except (DomainError, KeyError, TypeError, ValueError) as refusal:
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
    message = json.loads(row.body)
    payload = message.get("payload") or {}
    kind = row.event.split(".")[0]
    if row.event in ("payment.authorized", "payment.captured", "payment.failed", "order.paid"):
        return _apply_payment(uow, payload["payment"]["entity"])
    if row.event.startswith("payment.dispute."):
        return _apply_chargeback(uow, payload["dispute"]["entity"])
    if kind == "refund" and row.event != "refund.speed_changed":
        return _apply_refund(uow, payload["refund"]["entity"])
    if kind == "payout" and not row.event.startswith("payout.downtime"):
        return _apply_payout(uow, payload["payout"]["entity"])
    if row.event in ("fund_account.validation.completed", "fund_account.validation.failed"):
        return _apply_validation(uow, payload["fund_account.validation"]["entity"])
    return "noted"


def _apply_validation(uow: UnitOfWork, entity: Mapping[str, Any]) -> str:
    check_id = account_checks.check_of_provider(uow, str(entity["id"]))
    results = entity.get("results") or entity.get("validation_results") or {}
    answer = ProviderValidation(
        id=str(entity["id"]),
        status=str(entity["status"]),
        account_status=results.get("account_status") or None,
        registered_name=results.get("registered_name") or None,
    )
    account_checks.apply_validation(uow, check_id=check_id, answer=answer)
    return f"applied to account check {check_id}"


def _apply_payment(uow: UnitOfWork, entity: Mapping[str, Any]) -> str:
    payment = payment_of(entity)
    contribution_id = payments.contribution_of_order(uow, payment.order_id)
    payments.apply_payment(uow, contribution_id=contribution_id, payment=payment)
    return f"applied to contribution {contribution_id}"


def _apply_chargeback(uow: UnitOfWork, entity: Mapping[str, Any]) -> str:
    payment = uow.first(Payment, Payment.razorpay_payment_id == str(entity["payment_id"]))
    if payment is None:
        raise UnknownSubject(what=f"payment {entity['payment_id']}")
    gift = uow.get(Contribution, payment.contribution_id)
    note_chargeback(uow, gift=gift, dispute_id=str(entity["id"]), amount_paise=int(entity["amount"]))
    return f"told about contribution {gift.id}"


def _apply_refund(uow: UnitOfWork, entity: Mapping[str, Any]) -> str:
    attempt = uow.first(Attempt, Attempt.reference == entity.get("receipt"))
    if attempt is None or attempt.refund_id is None:
        raise UnknownSubject(what=f"refund {entity.get('id')}")
    answer = ProviderRefund(
        id=str(entity["id"]),
        payment_id=str(entity["payment_id"]),
        amount_paise=int(entity["amount"]),
        status=str(entity["status"]),
        receipt=entity.get("receipt"),
        arn=None,
    )
    attempts.must_fit(attempt, answer.amount_paise)
    refunds.apply_refund(uow, attempt_id=attempt.id, answer=answer)
    return f"applied to refund {attempt.refund_id}"


def _apply_payout(uow: UnitOfWork, entity: Mapping[str, Any]) -> str:
    attempt = uow.first(Attempt, Attempt.reference == entity.get("reference_id"))
    if attempt is None or attempt.payout_id is None:
        raise UnknownSubject(what=f"payout {entity.get('id')}")
    details = entity.get("status_details") or {}
    answer = ProviderPayout(
        id=str(entity["id"]),
        amount_paise=int(entity["amount"]),
        status=str(entity["status"]),
        reference_id=entity.get("reference_id"),
        utr=entity.get("utr"),
        fees_paise=int(entity.get("fees") or 0),
        tax_paise=int(entity.get("tax") or 0),
        reason=details.get("reason"),
        description=details.get("description"),
    )
    attempts.must_fit(attempt, answer.amount_paise)
    payouts.apply_payout(uow, attempt_id=attempt.id, answer=answer)
    return f"applied to payout {attempt.payout_id}"


def payment_of(entity: Mapping[str, Any]) -> ProviderPayment:
    """A payment entity in our words."""
    acquirer = entity.get("acquirer_data")
    references = acquirer if isinstance(acquirer, dict) else {}
    return ProviderPayment(
        id=str(entity["id"]),
        order_id=entity.get("order_id"),
        amount_paise=int(entity["amount"]),
        currency=str(entity["currency"]),
        status=payment_status(str(entity["status"]), entity.get("captured")),
        method=entity.get("method"),
        fee_paise=entity.get("fee"),
        tax_paise=entity.get("tax"),
        amount_refunded_paise=int(entity.get("amount_refunded") or 0),
        error_reason=entity.get("error_reason"),
        error_description=entity.get("error_description"),
        reference=next((str(v) for v in references.values() if v), None),
        created_at=datetime.fromtimestamp(int(entity["created_at"]), UTC),
    )
