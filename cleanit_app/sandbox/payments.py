"""Payments: how they begin, and what the API lets a merchant read and change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleanit_app.sandbox import checks, orders
from cleanit_app.sandbox.errors import ApiError, invalid, no_such_id, refused
from cleanit_app.sandbox.ids import bank_reference, must_be_id, new_id, upi_transaction
from cleanit_app.sandbox.payment_moves import capture as do_capture
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World, public

METHODS = ("upi", "card", "netbanking")


def begin(world: World, order_id: str, method: str = "upi", person: Mapping[str, str] | None = None) -> Json:
    """A customer starts to pay an order: a payment in `created`, the order in `attempted`."""
    order = orders.load(world, order_id)
    if order["status"] == "paid":
        raise refused(
            "Your payment has been declined as the order is already paid. Please initiate the payment with a new order."
        )
    if world.store.find("payment", order_id=order_id, status="authorized"):
        raise refused("Payment already in progress for this order")
    if method not in METHODS:
        raise invalid("The selected method is invalid.", "method")
    order["status"] = "attempted"
    order["attempts"] += 1
    world.store.save(order)
    payment = _entity(world, order, method, person or {})
    return world.store.add("payment", payment)


def _entity(world: World, order: Json, method: str, person: Mapping[str, str]) -> Json:
    return {
        "id": new_id("pay_"),
        "entity": "payment",
        "amount": order["amount"],
        "currency": order["currency"],
        "base_amount": order["amount"],
        "status": "created",
        "order_id": order["id"],
        "invoice_id": None,
        "international": False,
        "method": method,
        "amount_refunded": 0,
        "amount_transferred": 0,
        "refund_status": None,
        "captured": False,
        "description": person.get("description") or None,
        "card_id": new_id("card_") if method == "card" else None,
        "bank": "HDFC" if method == "netbanking" else None,
        "wallet": None,
        "vpa": "customer@exampleupi" if method == "upi" else None,
        "email": person.get("email") or "void@razorpay.com",
        "contact": person.get("contact") or "+919000090000",
        "notes": order["notes"],
        "fee": None,
        "tax": None,
        "error_code": None,
        "error_description": None,
        "error_source": None,
        "error_step": None,
        "error_reason": None,
        "created_at": world.now(),
        "reward": None,
        **_method_details(method),
    }


def _method_details(method: str) -> dict[str, Any]:
    if method == "upi":
        reference = {"rrn": bank_reference(), "upi_transaction_id": upi_transaction()}
        return {"acquirer_data": reference, "upi": {"vpa": "customer@exampleupi", "flow": "intent"}}
    if method == "card":
        return {"acquirer_data": {"auth_code": bank_reference()[:6]}, "card": _card()}
    return {"acquirer_data": {"bank_transaction_id": bank_reference()}}


def _card() -> Json:
    return {
        "id": new_id("card_"), "entity": "card", "name": "", "last4": "1005", "network": "RuPay",
        "type": "debit",
        "issuer": "SBIN", "international": False, "emi": False, "sub_type": "consumer", "token_iin": None,
    }  # fmt: skip


def load(world: World, payment_id: str) -> Json:
    """The payment with our own fields, or the provider's error."""
    payment = world.store.get("payment", must_be_id("pay_", payment_id))
    if payment is None:
        raise no_such_id()
    return payment


def fetch(world: World, payment_id: str) -> Json:
    """The payment as the API shows it."""
    return public(load(world, payment_id))


def listing(world: World, query: Mapping[str, str]) -> Json:
    """All payments, newest first."""
    found = world.store.find("payment", newest_first=True)
    return checks.collection([public(payment) for payment in checks.page(found, query)])


def edit(world: World, payment_id: str, body: Json) -> Json:
    """Change the notes."""
    checks.only(body, ("notes",))
    checks.required(body, "notes")
    payment = load(world, payment_id)
    payment["notes"] = checks.notes(body)
    return public(world.store.save(payment))


def capture(world: World, payment_id: str, body: Json) -> Json:
    """Take an authorised payment: the whole amount, once."""
    checks.only(body, ("amount", "currency"))
    checks.required(body, "amount", "currency")
    amount = checks.amount(body)
    payment = load(world, payment_id)
    _must_be_capturable(payment)
    if amount != payment["amount"]:
        raise invalid("Capture amount must be equal to the amount authorized", "amount")
    do_capture(world, payment)
    return public(payment)


def _must_be_capturable(payment: Json) -> None:
    if payment["captured"]:
        raise ApiError("This payment has already been captured")
    if payment["status"] != "authorized":
        raise refused("Only payments which have been authorized and not yet captured can be captured")
