"""What customers, banks and approvers do, by hand: every legal move of an order, payment, payout or refund."""

from __future__ import annotations

from cleanit_app.sandbox import (
    customer,
    payment_moves,
    payments,
    payout_moves,
    payouts,
    refunds,
    settlements,
    transactions,
    validations,
)
from cleanit_app.sandbox.errors import ApiError
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World

_BALANCES = ("pg_balance", "x_balance")


def pay_order(world: World, body: Json, order_id: str) -> Json:
    """`{outcome, method?, reason?, delay?}`: what a customer does on the payment page."""
    return customer.act(
        world, order_id, str(body.get("outcome", "success")), method=body.get("method", "upi"),
        reason=body.get("reason", "insufficient_funds"), delay=float(body.get("delay", 5)),
        person=body.get("person"),
    )  # fmt: skip


def move_payment(world: World, body: Json, payment_id: str, move: str) -> Json:
    """`authorise` (also late, after failed) or `fail` with `{reason?}`."""
    payment = payments.load(world, payment_id)
    allowed = {"authorise": ("created", "failed"), "fail": ("created",)}
    _must_allow(move, allowed.get(move, ()), payment)
    if move == "authorise":
        payment_moves.authorise(world, payment)
    else:
        payment_moves.fail(world, payment, body.get("reason", "payment_failed"))
    return payments.fetch(world, payment_id)


def move_payout(world: World, body: Json, payout_id: str, move: str) -> Json:
    """approve, reject, process `{utr?}`, fail `{reason?, credit?}`, reverse `{reason?}`, cancel."""
    payout = payouts.load(world, payout_id)
    states, act = payout_moves.MOVES.get(move, ((), None))
    _must_allow(move, states, payout)
    reason = body.get("reason")
    if reason is not None and reason not in payout_moves.BANK_REASONS:
        raise ApiError(f"reason is none of {', '.join(payout_moves.BANK_REASONS)}")
    if act is not None:
        act(world, payout, body)
    return payouts.fetch(world, payout_id)


def move_refund(world: World, body: Json, refund_id: str, move: str) -> Json:
    """`process` or `fail` a pending refund."""
    refund = refunds.fetch(world, refund_id)
    _must_allow(move, ("pending",) if move in ("process", "fail") else (), refund)
    (refunds.process if move == "process" else refunds.fail)(world, refund_id)
    return refunds.fetch(world, refund_id)


def move_validation(world: World, body: Json, validation_id: str, move: str) -> Json:
    """`complete` or `fail` an open validation."""
    validation = validations.fetch(world, validation_id)
    _must_allow(move, ("created",) if move in ("complete", "fail") else (), validation)
    (validations.complete if move == "complete" else validations.fail)(world, validation_id)
    return validations.fetch(world, validation_id)


def _must_allow(move: str, states: tuple[str, ...], entity: Json) -> None:
    if entity["status"] not in states:
        raise ApiError(f"cannot {move} from {entity['status']}", status=409)


def set_balances(world: World, body: Json) -> Json:
    """`{pg_balance?, x_balance?}` in paise; new payout money empties the queue of waiting payouts."""
    for name, value in body.items():
        if name not in _BALANCES or not isinstance(value, int) or value < 0:
            raise ApiError("pg_balance and x_balance are whole paise")
        difference = value - world.balance(name)
        if name == "pg_balance":
            world.move_balance(name, difference)
            world.store.set("pg_adjusted", world.store.setting("pg_adjusted", 0) + difference)
        elif difference:
            transactions.credit_transfer(world, difference)
            payout_moves.drain_queue(world)
    return {name: world.balance(name) for name in _BALANCES}


def settle(world: World, body: Json) -> Json:
    """Run a settlement; `settlement` is null when there was nothing to settle."""
    return {"settlement": settlements.run(world)}
