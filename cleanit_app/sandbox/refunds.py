"""Refunds: paid from the collected balance, once per idempotency key."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleanit_app.sandbox import checks, idempotency, payments
from cleanit_app.sandbox.errors import ApiError, invalid, no_such_id, refused
from cleanit_app.sandbox.events import emit
from cleanit_app.sandbox.ids import bank_reference, must_be_id, new_id
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World, public

_SIX_MONTHS = 183 * 86400
_KEY = re.compile(r"[A-Za-z0-9_-]+\Z")


def create(world: World, payment_id: str, body: Json, key: str | None) -> Json:
    """Give back a captured payment, wholly or in part; the same key and body give the same refund."""
    checks.only(body, ("amount", "speed", "notes", "receipt"))
    if body.get("speed", "normal") not in ("normal", "optimum"):
        raise invalid("The selected speed is invalid.", "speed")
    if "amount" in body:
        checks.required(body, "amount")
        checks.amount(body)
    checks.text(body, "receipt", longest=40)
    checks.notes(body)
    request_hash = idempotency.fingerprint(payment_id, body)
    if key is not None:
        repeated = _repeated(world, key, request_hash)
        if repeated is not None:
            return repeated
    refund = _make(world, payments.load(world, payment_id), body)
    if key is not None:
        idempotency.remember(world, "refund", key, request_hash, refund["id"])
    return public(refund)


def create_by_body(world: World, body: Json, key: str | None) -> Json:
    """The same with the payment named in the body."""
    checks.required(body, "payment_id")
    rest = {name: value for name, value in body.items() if name != "payment_id"}
    return create(world, str(body["payment_id"]), rest, key)


def _repeated(world: World, key: str, request_hash: str) -> Json | None:
    if len(key) < 10:
        raise ApiError("The idempotency key must be at least 10 characters long.")
    if not _KEY.match(key):
        raise ApiError("The idempotency key must only contain alphanumeric characters, underscores, and hyphens")
    refund_id, same = idempotency.known(world, "refund", key, request_hash)
    if not same:
        raise ApiError(
            "Different request with the same idempotency key has already been processed.",
            status=int(world.behaviour("refund_key_conflict_status")),
        )
    return None if refund_id is None else fetch(world, refund_id)


def _make(world: World, payment: Json, body: Json) -> Json:
    left = payment["amount"] - payment["amount_refunded"]
    if payment["status"] == "refunded":
        raise refused("The payment has been fully refunded already")
    if payment["status"] != "captured":
        raise refused("The payment status should be captured for action to be taken")
    amount: int = body["amount"] if "amount" in body else payment["amount"]
    if amount > left:
        raise invalid("The refund amount provided is greater than amount captured", "amount")
    if world.now() - payment["created_at"] > _SIX_MONTHS:
        raise ApiError("Refund is not supported by the bank because the payment is more than 6 months old",
                       source=None, step=None, reason=None)  # fmt: skip
    if world.balance("pg_balance") < amount:
        raise refused("invalid request sent")
    return _book(world, payment, body, amount)


def _book(world: World, payment: Json, body: Json, amount: int) -> Json:
    refund: Json = {
        "id": new_id("rfnd_"),
        "entity": "refund",
        "amount": amount,
        "currency": "INR",
        "payment_id": payment["id"],
        "notes": checks.notes(body),
        "receipt": body.get("receipt"),
        "acquirer_data": {"arn": None},
        "created_at": world.now(),
        "batch_id": None,
        "status": "pending",
        "speed_processed": "normal",
        "speed_requested": body.get("speed", "normal"),
    }
    world.store.add("refund", refund)
    world.move_balance("pg_balance", -amount)
    _count_refunded(world, payment, amount)
    _tell(world, "refund.created", refund)
    if refund["speed_requested"] == "optimum":
        _tell(world, "refund.speed_changed", refund)
    world.schedule("refund_process", refund["id"], world.delay("refund_delay"))
    return refund


def _count_refunded(world: World, payment: Json, delta: int) -> None:
    total = payment["amount_refunded"] + delta
    full = total == payment["amount"]
    payment["amount_refunded"] = total
    payment["refund_status"] = "full" if full else ("partial" if total else None)
    payment["status"] = "refunded" if full else "captured"
    world.store.save(payment)


def process(world: World, refund_id: str) -> bool:
    """Timer or hand: the refund reached the customer's bank. False when it was no longer pending."""
    refund = world.store.get("refund", refund_id)
    if refund is None or refund["status"] != "pending":
        return False
    refund.update(status="processed", acquirer_data={"arn": bank_reference()})
    world.store.save(refund)
    _tell(world, "refund.processed", refund)
    return True


def fail(world: World, refund_id: str) -> bool:
    """Hand: the bank sent the refund back; the money is the merchant's again."""
    refund = world.store.get("refund", refund_id)
    if refund is None or refund["status"] != "pending":
        return False
    refund["status"] = "failed"
    world.store.save(refund)
    world.move_balance("pg_balance", refund["amount"])
    if not world.behaviour("failed_refund_keeps_amount"):
        payment = world.store.get("payment", refund["payment_id"]) or {}
        _count_refunded(world, payment, -refund["amount"])
    _tell(world, "refund.failed", refund)
    return True


def _tell(world: World, event: str, refund: Json) -> None:
    payment = world.store.get("payment", refund["payment_id"]) or {}
    provider = {"account_id": None, "gateway_provider": "Razorpay", "provider": None, "settled_by": None,
               "source_channel": "online", "terminal_id": None, "token_id": None}  # fmt: skip
    emit(world, event, {"refund": refund, "payment": {**payment, **provider}})


def fetch(world: World, refund_id: str) -> Json:
    """One refund by its id."""
    refund = world.store.get("refund", must_be_id("rfnd_", refund_id))
    if refund is None:
        raise no_such_id()
    return public(refund)


def fetch_of_payment(world: World, payment_id: str, refund_id: str) -> Json:
    """One refund of one payment."""
    refund = fetch(world, refund_id)
    if refund["payment_id"] != payments.load(world, payment_id)["id"]:
        raise no_such_id()
    return refund


def listing(world: World, query: Mapping[str, str], payment_id: str | None = None) -> Json:
    """All refunds or those of one payment, newest first."""
    where = {} if payment_id is None else {"payment_id": payments.load(world, payment_id)["id"]}
    found = world.store.find("refund", newest_first=True, **where)
    return checks.collection([public(refund) for refund in checks.page(found, query)])


def edit(world: World, refund_id: str, body: Json) -> Json:
    """Change the notes."""
    checks.only(body, ("notes",))
    checks.required(body, "notes")
    fetch(world, refund_id)
    refund = world.store.get("refund", refund_id) or {}
    refund["notes"] = checks.notes(body)
    return public(world.store.save(refund))
