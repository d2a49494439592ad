"""The whole book as data: what this side of the wire knows, for tests to compare with."""

from __future__ import annotations

from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World, public

_KINDS = {
    "orders": "order", "payments": "payment", "refunds": "refund", "settlements": "settlement",
    "contacts": "contact", "fund_accounts": "fund_account", "validations": "validation", "payouts": "payout",
    "transactions": "transaction",
}  # fmt: skip


def everything(world: World) -> Json:
    """All records, balances and sums (paise); `agrees` is true when the records explain the balances."""
    records = {name: world.store.find(kind) for name, kind in _KINDS.items()}
    sums = _sums(world, records)
    balances = {name: world.balance(name) for name in ("pg_balance", "x_balance")}
    expected = {
        "pg_balance": sums["pg_opening"] + sums["pg_adjusted"] + sums["captured"] - sums["gateway_fees"]
        - sums["refunded"] - sums["settled"],
        "x_balance": sums["x_opening"] + sums["x_credited"] - sums["x_debited"],
    }  # fmt: skip
    shown = {name: [public(item) for item in items] for name, items in records.items()}
    return {
        **shown,
        "balances": balances,
        "expected_balances": expected,
        "sums": sums,
        "agrees": balances == expected,
    }


def _sums(world: World, records: dict[str, list[Json]]) -> dict[str, int]:
    captured = [item for item in records["payments"] if item["captured"]]
    refunds = [item for item in records["refunds"] if item["status"] != "failed" and not item.get("_uncaptured")]
    sent = [item for item in records["payouts"] if item["status"] == "processed"]
    return {
        "pg_opening": int(world.store.setting("pg_opening")),
        "pg_adjusted": int(world.store.setting("pg_adjusted", 0)),
        "captured": sum(item["amount"] for item in captured),
        "gateway_fees": sum(item["fee"] for item in captured),
        "refunded": sum(item["amount"] for item in refunds),
        "settled": sum(item["amount"] for item in records["settlements"]),
        "x_opening": int(world.store.setting("x_opening")),
        "x_credited": sum(item["credit"] for item in records["transactions"]),
        "x_debited": sum(item["debit"] for item in records["transactions"]),
        "paid_out": sum(item["amount"] for item in sent),
        "payout_fees": sum(item["fees"] for item in sent),
    }


def open_books(world: World) -> None:
    """Write the opening balances into an empty book; a book already begun keeps its own."""
    for name, paise in (("pg", world.config.pg_opening_paise), ("x", world.config.x_opening_paise)):
        if world.store.setting(f"{name}_opening") is None:
            world.store.set(f"{name}_opening", paise)
            world.store.set(f"{name}_balance", paise)
