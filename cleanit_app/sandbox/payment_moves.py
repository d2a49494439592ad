"""What can become of a payment: authorised, captured, failed, authorised late, given back uncaptured."""

from __future__ import annotations

from cleanit_app.sandbox.events import emit
from cleanit_app.sandbox.ids import new_id
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World

_DAY = 86400
_REASONS: dict[str, tuple[str, str, str, str]] = {
    "insufficient_funds": (
        "Your payment could not be completed due to insufficient account balance. Try again "
        "with another account.",
        "customer", "payment_authorization", "BAD_REQUEST_ERROR"),
    "payment_failed": (
        "Payment was unsuccessful due to a temporary issue. If amount got deducted, it will be refunded "
        "within 5-7 working days.", "gateway", "payment_response", "BAD_REQUEST_ERROR"),
    "payment_cancelled": (
        "You may have cancelled the payment or there was a delay in response from the UPI app.",
        "customer", "payment_authentication", "BAD_REQUEST_ERROR"),
    "payment_timed_out": (
        "Payment was not completed on time.", "customer", "payment_authentication", "BAD_REQUEST_ERROR"),
    "card_declined": (
        "Your payment was declined by the bank.", "bank", "payment_authorization", "BAD_REQUEST_ERROR"),
    "gateway_technical_error": (
        "Payment processing failed due to error at bank or wallet gateway",
        "gateway", "payment_authorization", "GATEWAY_ERROR"),
}  # fmt: skip
REASONS = tuple(_REASONS)


def fee_and_tax(amount: int) -> tuple[int, int]:
    """Two per cent rounded half up, and 18 % tax on that; the fee returned includes the tax. Paise."""
    base = (amount * 2 + 50) // 100
    tax = (base * 18 + 50) // 100
    return base + tax, tax


def authorise(world: World, payment: Json) -> None:
    """The bank says yes. A second yes for one order is given back at once; else capture as the order asks."""
    payment.update(status="authorized", error_code=None, error_description=None, error_source=None,
                   error_step=None, error_reason=None)  # fmt: skip
    world.store.save(payment)
    emit(world, "payment.authorized", {"payment": _snapshot(payment, "reward", "base_amount")})
    order = world.store.get("order", payment["order_id"]) or {}
    if order["status"] == "paid":
        give_back(world, payment)
    elif order["_capture"] == "automatic":
        capture(world, payment)
    else:
        world.schedule("auto_refund", payment["id"], float(world.behaviour("auto_refund_after_days")) * _DAY)


def capture(world: World, payment: Json) -> None:
    """The money is the merchant's: fee and tax are known, the order is paid."""
    fee, tax = fee_and_tax(payment["amount"])
    payment.update(status="captured", captured=True, fee=fee, tax=tax)
    world.store.save(payment)
    order = world.store.get("order", payment["order_id"]) or {}
    order.update(status="paid", amount_paid=order["amount"], amount_due=0)
    world.store.save(order)
    world.move_balance("pg_balance", payment["amount"] - fee)
    emit(world, "payment.captured", {"payment": payment})
    shown = {**order, "description": None, "checkout": None}
    emit(world, "order.paid", {"payment": _snapshot(payment, "base_amount"), "order": shown})


def fail(world: World, payment: Json, reason: str = "payment_failed") -> None:
    """The attempt is over for now; a late yes of the bank may still come."""
    description, source, step, code = _REASONS.get(reason, _REASONS["payment_failed"])
    payment.update(status="failed", error_code=code, error_description=description, error_source=source,
                   error_step=step, error_reason=reason)  # fmt: skip
    world.store.save(payment)
    emit(world, "payment.failed", {"payment": _snapshot(payment, "reward", "base_amount")})


def give_back(world: World, payment: Json) -> None:
    """An authorised payment nobody captured returns to the customer; the merchant never had it."""
    payment.update(status="refunded", amount_refunded=payment["amount"], refund_status="full")
    world.store.save(payment)
    world.store.add("refund", {
        "id": new_id("rfnd_"), "entity": "refund", "amount": payment["amount"], "currency": "INR",
        "payment_id": payment["id"], "notes": [], "receipt": None, "acquirer_data": {"arn": None},
        "created_at": world.now(), "batch_id": None, "status": "processed", "speed_processed": "normal",
        "speed_requested": "normal", "_uncaptured": True,
    })  # fmt: skip


def late_authorise(world: World, payment_id: str) -> None:
    """Timer: the bank's yes arrives after the attempt had failed."""
    payment = world.store.get("payment", payment_id)
    if payment is not None and payment["status"] in ("failed", "created"):
        authorise(world, payment)


def time_out(world: World, payment_id: str) -> None:
    """Timer: ten minutes without an answer of the bank."""
    payment = world.store.get("payment", payment_id)
    if payment is not None and payment["status"] == "created":
        fail(world, payment, "payment_timed_out")


def auto_refund(world: World, payment_id: str) -> None:
    """Timer: authorised for days and never captured."""
    payment = world.store.get("payment", payment_id)
    if payment is not None and payment["status"] == "authorized":
        give_back(world, payment)


def _snapshot(payment: Json, *left_out: str) -> Json:
    return {name: value for name, value in payment.items() if name not in left_out}
