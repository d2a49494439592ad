"""Orders: what is to be paid, and how far it got."""

from __future__ import annotations

from collections.abc import Mapping

from cleanit_app.sandbox import checks
from cleanit_app.sandbox.errors import invalid, no_such_id
from cleanit_app.sandbox.ids import must_be_id, new_id
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World, public

_FIELDS = ("amount", "currency", "receipt", "notes", "partial_payment", "first_payment_min_amount", "payment",
           "payment_capture")  # fmt: skip


def create(world: World, body: Json) -> Json:
    """A new order to be paid once."""
    checks.only(body, _FIELDS)
    checks.required(body, "amount", "currency")
    amount = checks.amount(body)
    if amount > world.config.max_order_paise:
        raise invalid("Amount exceeds maximum amount allowed.", "amount")
    if body["currency"] != "INR":
        raise invalid("Currency is not supported", "currency")
    order: Json = {
        "id": new_id("order_"),
        "entity": "order",
        "amount": amount,
        "amount_paid": 0,
        "amount_due": amount,
        "currency": "INR",
        "receipt": checks.text(body, "receipt", longest=40),
        "offer_id": None,
        "status": "created",
        "attempts": 0,
        "notes": checks.notes(body),
        "created_at": world.now(),
        "_capture": _capture_mode(body),
    }
    return public(world.store.add("order", order))


def _capture_mode(body: Json) -> str:
    """`automatic` unless the order asks for `manual`, in the new field or the legacy flag."""
    payment = body.get("payment")
    if payment is not None and not isinstance(payment, dict):
        raise invalid("The payment must be an array.", "payment")
    mode = (payment or {}).get("capture")
    if mode is None:
        mode = "manual" if body.get("payment_capture") in (0, False, "0") else "automatic"
    if mode not in ("automatic", "manual"):
        raise invalid("The selected payment.capture is invalid.", "payment.capture")
    return str(mode)


def load(world: World, order_id: str) -> Json:
    """The order with our own fields; the provider's error when the id is bad or belongs to nothing."""
    order = world.store.get("order", must_be_id("order_", order_id))
    if order is None:
        raise no_such_id()
    return order


def fetch(world: World, order_id: str) -> Json:
    """The order as the API shows it."""
    return public(load(world, order_id))


def listing(world: World, query: Mapping[str, str]) -> Json:
    """Orders, newest first, by receipt or by having an authorised payment."""
    where = {"receipt": query["receipt"]} if query.get("receipt") else {}
    orders = world.store.find("order", newest_first=True, **where)
    if query.get("authorized") in ("0", "1"):
        wanted = query["authorized"] == "1"
        orders = [order for order in orders if (order["status"] == "paid" or _is_authorised(world, order)) == wanted]
    return checks.collection([public(order) for order in checks.page(orders, query)])


def _is_authorised(world: World, order: Json) -> bool:
    return bool(world.store.find("payment", order_id=order["id"], status="authorized"))


def edit(world: World, order_id: str, body: Json) -> Json:
    """Change the notes; nothing else can be."""
    checks.only(body, ("notes",))
    checks.required(body, "notes")
    order = load(world, order_id)
    order["notes"] = checks.notes(body)
    return public(world.store.save(order))


def payments(world: World, order_id: str) -> Json:
    """Every attempt on the order, newest first."""
    load(world, order_id)
    found = world.store.find("payment", newest_first=True, order_id=order_id)
    return checks.collection([public(payment) for payment in found])
