"""What a customer can do with an order: pay, fail, pay and vanish, pay late, cancel."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

from cleanit_app.sandbox import payment_moves, payments
from cleanit_app.sandbox.errors import invalid
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World

OUTCOMES = ("success", "close", "fail", "late", "pending", "cancel")
_BANK_PATIENCE = 600.0


def act(
    world: World,
    order_id: str,
    outcome: str,
    *,
    method: str = "upi",
    reason: str = "insufficient_funds",
    delay: float = 5.0,
    person: Mapping[str, str] | None = None,
) -> Json:
    """Try to pay the order; `delay` (seconds) counts for `late` only. Returns what a browser is told."""
    if outcome not in OUTCOMES:
        raise invalid(f"outcome is none of {', '.join(OUTCOMES)}", "outcome")
    if reason not in payment_moves.REASONS:
        raise invalid(f"reason is none of {', '.join(payment_moves.REASONS)}", "reason")
    payment = payments.begin(world, order_id, method, person)
    if outcome in ("success", "close"):
        payment_moves.authorise(world, payment)
        return _success(world, payment)
    if outcome == "pending":
        world.schedule("payment_time_out", payment["id"], _BANK_PATIENCE)
        return {"razorpay_payment_id": payment["id"], "razorpay_order_id": order_id}
    why = {"late": "payment_timed_out", "cancel": "payment_cancelled"}.get(outcome, reason)
    payment_moves.fail(world, payment, why)
    if outcome == "late":
        world.schedule("late_authorise", payment["id"], max(delay, 0.0))
    return {"error": _error(payment)}


def _success(world: World, payment: Json) -> Json:
    message = f"{payment['order_id']}|{payment['id']}".encode()
    signature = hmac.new(world.config.key_secret.encode(), message, hashlib.sha256).hexdigest()
    return {
        "razorpay_payment_id": payment["id"],
        "razorpay_order_id": payment["order_id"],
        "razorpay_signature": signature,
    }


def _error(payment: Json) -> Json:
    return {
        "code": payment["error_code"],
        "description": payment["error_description"],
        "source": payment["error_source"],
        "step": payment["error_step"],
        "reason": payment["error_reason"],
        "metadata": {"payment_id": payment["id"], "order_id": payment["order_id"]},
    }
