"""Settlements: collected money on its way to the merchant's bank, and the rows to reconcile it by."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from cleanit_app.sandbox import checks
from cleanit_app.sandbox.errors import invalid, no_such_id
from cleanit_app.sandbox.events import emit
from cleanit_app.sandbox.ids import must_be_id, new_id
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World, public

_INDIA = dt.timezone(dt.timedelta(hours=5, minutes=30))


def run(world: World) -> Json | None:
    """Settle everything not settled yet; None when that would be nothing or less."""
    open_rows = [row for row in _rows(world) if not row["settled"]]
    amount = sum(row["credit"] - row["debit"] for row in open_rows)
    if amount <= 0:
        return None
    now = world.now()
    settlement: Json = {
        "id": new_id("setl_"), "entity": "settlement", "amount": amount, "status": "processed", "fees": 0,
        "tax": 0,
        "utr": f"{now}{new_id()[:6].lower()}", "created_at": now,
    }  # fmt: skip
    world.store.add("settlement", settlement)
    world.move_balance("pg_balance", -amount)
    for row in open_rows:
        record = world.store.get(row["type"], row["entity_id"]) or {}
        mark = "_failed_settlement" if row["credit"] and row["type"] == "refund" else "_settlement"
        world.store.save({**record, mark: settlement["id"]})
    emit(world, "settlement.processed", {"settlement": settlement})
    return public(settlement)


def _rows(world: World) -> list[Json]:
    """One row per captured payment and refund; one that failed after it was settled comes back."""
    rows = []
    for payment in world.store.find("payment"):
        if payment["captured"]:
            credit = payment["amount"] - payment["fee"]
            rows.append(_row(world, "payment", payment, credit, 0, payment.get("_settlement")))
    for refund in world.store.find("refund"):
        settled = refund.get("_settlement")
        if refund.get("_uncaptured") or (refund["status"] == "failed" and settled is None):
            continue
        rows.append(_row(world, "refund", refund, 0, refund["amount"], settled))
        if refund["status"] == "failed":
            rows.append(_row(world, "refund", refund, refund["amount"], 0, refund.get("_failed_settlement")))
    return rows


def _row(world: World, kind: str, item: Json, credit: int, debit: int, settlement_id: str | None) -> Json:
    payment = item if kind == "payment" else (world.store.get("payment", item["payment_id"]) or {})
    order = world.store.get("order", payment["order_id"]) or {}
    settlement: dict[str, Any] = (world.store.get("settlement", settlement_id) if settlement_id else None) or {}
    return {
        "entity_id": item["id"], "type": kind, "debit": debit, "credit": credit, "amount": item["amount"],
        "currency": "INR", "fee": item.get("fee") or 0, "tax": item.get("tax") or 0, "on_hold": False,
        "settled": settlement_id is not None, "created_at": item["created_at"],
        "settled_at": settlement.get("created_at"), "settlement_id": settlement_id, "posted_at": None,
        "credit_type": "default", "description": item.get("description"),
        "notes": json.dumps(item["notes"]) if item["notes"] else None,
        "payment_id": None if kind == "payment" else payment["id"], "settlement_utr": settlement.get("utr"),
        "order_id": payment["order_id"], "order_receipt": order.get("receipt"), "method": payment["method"],
        "card_network": None, "card_issuer": None, "card_type": None, "dispute_id": None,
    }  # fmt: skip


def recon(world: World, query: Mapping[str, str]) -> Json:
    """The settled rows of a month or a day (Indian time)."""
    wanted = {"year": query.get("year", ""), "month": query.get("month", "")}
    if len(wanted["year"]) != 4 or not wanted["year"].isdigit():
        raise invalid("The year must be 4 digits.", "year")
    if not wanted["month"].isdigit() or not 1 <= int(wanted["month"]) <= 12:
        raise invalid("The month is not a valid month.", "month")
    day = query.get("day")
    if day is not None and not (day.isdigit() and 1 <= len(day) <= 2):
        raise invalid("The day must be between 1 and 2 digits.", "day")
    rows = [row for row in _rows(world) if row["settled"] and _falls(row["settled_at"], wanted, day)]
    return checks.collection(checks.page(rows, {k: v for k, v in query.items() if k in ("count", "skip")}, 1000))


def _falls(moment: int, wanted: Mapping[str, str], day: str | None) -> bool:
    on = dt.datetime.fromtimestamp(moment, _INDIA)
    same_month = (on.year, on.month) == (int(wanted["year"]), int(wanted["month"]))
    return same_month and (day is None or on.day == int(day))


def fetch(world: World, settlement_id: str) -> Json:
    """One settlement."""
    settlement = world.store.get("settlement", must_be_id("setl_", settlement_id))
    if settlement is None:
        raise no_such_id()
    return public(settlement)


def listing(world: World, query: Mapping[str, str]) -> Json:
    """Settlements, newest first."""
    found = world.store.find("settlement", newest_first=True)
    return checks.collection([public(item) for item in checks.page(found, query)])
