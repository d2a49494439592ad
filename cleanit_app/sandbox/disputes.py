"""Disputes: a customer's bank wants a payment back. What is deducted for one is not kept in this book."""

from __future__ import annotations

from cleanit_app.sandbox import payments
from cleanit_app.sandbox.errors import ApiError, no_such_id
from cleanit_app.sandbox.events import emit
from cleanit_app.sandbox.ids import must_be_id, new_id
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World, public

_DAYS_TO_RESPOND = 7
STATUSES = {"action_required": "open", "under_review": "under_review", "won": "won", "lost": "lost", "closed": "closed"}
"""Move → the status it leads to; each has an event of its name."""


def open_dispute(world: World, body: Json, payment_id: str) -> Json:
    """`{amount?}`: a chargeback of a captured payment begins."""
    payment = payments.load(world, payment_id)
    if not payment["captured"]:
        raise ApiError(f"cannot dispute from {payment['status']}", status=409)
    dispute = world.store.add("dispute", {
        "id": new_id("disp_"), "entity": "dispute", "payment_id": payment["id"],
        "amount": body.get("amount", payment["amount"]), "currency": "INR", "amount_deducted": 0,
        "reason_code": "goods_or_services_not_provided", "respond_by": world.now() + _DAYS_TO_RESPOND * 86400,
        "status": "open", "phase": "chargeback", "evidence": {}, "created_at": world.now(),
    })  # fmt: skip
    return _told(world, "created", dispute)


def move_dispute(world: World, body: Json, dispute_id: str, move: str) -> Json:
    """Let it go on: one of STATUSES."""
    if move not in STATUSES:
        raise ApiError(f"move is none of {', '.join(STATUSES)}", status=409)
    dispute = _load(world, dispute_id)
    dispute["status"] = STATUSES[move]
    return _told(world, move, world.store.save(dispute))


def _told(world: World, what: str, dispute: Json) -> Json:
    payment = payments.load(world, dispute["payment_id"])
    emit(world, f"payment.dispute.{what}", {"payment": payment, "dispute": dispute})
    return public(dispute)


def _load(world: World, dispute_id: str) -> Json:
    dispute = world.store.get("dispute", must_be_id("disp_", dispute_id))
    if dispute is None:
        raise no_such_id()
    return dispute


def fetch(world: World, dispute_id: str) -> Json:
    """One dispute."""
    return public(_load(world, dispute_id))
