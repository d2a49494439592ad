"""The statement of the account payouts are made from: every debit and credit, and the balance."""

from __future__ import annotations

from collections.abc import Mapping

from cleanit_app.sandbox import checks
from cleanit_app.sandbox.errors import ApiError, invalid, no_such_id
from cleanit_app.sandbox.events import emit
from cleanit_app.sandbox.ids import must_be_id, new_id
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World, public

_SOURCE = (
    "id",
    "entity",
    "fund_account_id",
    "amount",
    "notes",
    "fees",
    "tax",
    "status",
    "utr",
    "mode",
    "created_at",
)


def debit_payout(world: World, payout: Json) -> None:
    """Take amount and fees of a payout from the balance."""
    total = payout["amount"] + payout["fees"]
    source = {name: payout[name] for name in _SOURCE}
    _record(world, -total, source)


def credit_reversal(world: World, payout: Json, amount: int) -> None:
    """Put back what a payout had taken."""
    source: Json = {
        "id": new_id("rvrsl_"), "entity": "reversal", "payout_id": payout["id"], "amount": amount,
        "currency": "INR",
        "fee": 0, "tax": 0, "utr": payout["id"].removeprefix("pout_"), "created_at": world.now(),
    }  # fmt: skip
    _record(world, amount, source)


def credit_transfer(world: World, amount: int) -> None:
    """Money loaded into the account (positive) or taken out by hand (negative)."""
    source: Json = {
        "id": new_id("bt_"), "entity": "bank_transfer", "amount": abs(amount), "payer_name": "Cleanit",
        "created_at": world.now(),
    }  # fmt: skip
    _record(world, amount, source)


def _record(world: World, delta: int, source: Json) -> None:
    balance = world.move_balance("x_balance", delta)
    transaction: Json = {
        "id": new_id("txn_"), "entity": "transaction", "account_number": world.config.x_account,
        "amount": abs(delta), "currency": "INR", "credit": max(delta, 0), "debit": max(-delta, 0),
        "balance": balance, "source": source, "created_at": world.now(),
    }  # fmt: skip
    world.store.add("transaction", transaction)
    emit(world, "transaction.created", {"transaction": transaction})


def fetch(world: World, transaction_id: str) -> Json:
    """One line of the statement."""
    transaction = world.store.get("transaction", must_be_id("txn_", transaction_id))
    if transaction is None:
        raise no_such_id()
    return public(transaction)


def listing(world: World, query: Mapping[str, str]) -> Json:
    """The statement, newest first."""
    must_be_ours(world, query)
    found = world.store.find("transaction", newest_first=True)
    return checks.collection([public(item) for item in checks.page(found, query)])


def must_be_ours(world: World, query: Mapping[str, str]) -> None:
    """Lists of the payout side demand the merchant's account number."""
    if not query.get("account_number"):
        raise invalid("The account number field is required", "account_number")
    if query["account_number"] != world.config.x_account:
        raise invalid("The RazorpayX Account number is invalid.", "account_number")


def banking_balances(world: World, query: Mapping[str, str]) -> Json:
    """What can be paid out now."""
    kind = query.get("account_type", "razorpayx_lite")
    if kind not in ("razorpayx_lite", "current_account"):
        raise ApiError("The selected account type is invalid.", field="account_type")
    amount = world.balance("x_balance")
    item: Json = {
        "entity": "banking_balance", "currency": "INR", "account_number": world.config.x_account,
        "account_type": "razorpayx_lite", "bank_name": None, "bank_code": None, "amount": amount,
        "available_amount": amount, "refreshed_at": world.now(), "created_at": world.now(),
    }  # fmt: skip
    items = [item] if kind == "razorpayx_lite" else []
    shown = [{k: v for k, v in one.items() if k != "created_at"} for one in checks.page(items, query)]
    return checks.collection(shown)
