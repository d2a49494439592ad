"""Payouts: asking for one, reading them, taking back one that still waits for money."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleanit_app.sandbox import checks, contacts, fund_accounts, idempotency
from cleanit_app.sandbox.errors import ApiError, invalid, no_such_id
from cleanit_app.sandbox.ids import must_be_id, new_id
from cleanit_app.sandbox.payout_moves import cancel as do_cancel
from cleanit_app.sandbox.payout_moves import fees_and_tax, start
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.transactions import must_be_ours
from cleanit_app.sandbox.world import World, public

_FIELDS = ("account_number", "fund_account_id", "fund_account", "amount", "currency", "mode", "purpose",
           "queue_if_low_balance", "reference_id", "narration", "notes")  # fmt: skip
_PURPOSES = ("refund", "cashback", "payout", "salary", "utility bill", "vendor bill")
_MODES = {"bank_account": ("NEFT", "RTGS", "IMPS"), "vpa": ("UPI",)}
_LIMITS = {
    "IMPS": (100, 5_00_000_00),
    "UPI": (100, 1_00_000_00),
    "NEFT": (100, 10**12),
    "RTGS": (2_00_000_00, 10**12),
}
_KEY = re.compile(r"[A-Za-z0-9_ -]{4,36}\Z")
_NARRATION = re.compile(r"[A-Za-z0-9 ]*\Z")


def create(world: World, body: Json, key: str | None) -> Json:
    """Send money out; the same key and body give the same payout in its present state."""
    _check_key(key)
    _check(world, body)
    request_hash = idempotency.fingerprint("payouts", body)
    payout_id, same = idempotency.known(world, "payout", key or "", request_hash)
    if not same:
        raise ApiError("Different request body sent for the same Idempotency Header",
                       source=None, step=None, reason=None)  # fmt: skip
    if payout_id is not None:
        return fetch(world, payout_id)
    payout = _make(world, body)
    idempotency.remember(world, "payout", key or "", request_hash, payout["id"])
    return public(payout)


def _check_key(key: str | None) -> None:
    if not key:
        raise ApiError("Idempotency key is missing. Include idempotency header and key in the request.",
                       source="business", step=None, reason="null", field="X-Payout-Idempotency")  # fmt: skip
    if not _KEY.match(key):
        raise ApiError("The idempotency key must be between 4 and 36 characters.", field="X-Payout-Idempotency")


def _check(world: World, body: Json) -> None:
    checks.only(body, _FIELDS)
    if not body.get("account_number"):
        raise invalid("The account number field is required", "account_number")
    checks.required(body, "amount", "currency", "mode", "purpose")
    if not body.get("fund_account_id") and not isinstance(body.get("fund_account"), dict):
        raise invalid("The fund account id field is required.", "fund_account_id")
    checks.amount(body)
    if body["account_number"] != world.config.x_account:
        raise invalid("The RazorpayX Account number is invalid.", "account_number")
    if body["currency"] != "INR":
        raise invalid("The selected currency is invalid.", "currency")
    if body["purpose"] not in _PURPOSES:
        raise invalid(f"Invalid purpose: {body['purpose']}", "purpose")
    checks.text(body, "reference_id", longest=40)
    narration = checks.text(body, "narration", longest=30)
    if narration is not None and not _NARRATION.match(narration):
        raise invalid("The narration format is invalid.", "narration")
    if not isinstance(body.get("queue_if_low_balance", False), bool):
        raise invalid("The queue if low balance field must be true or false.", "queue_if_low_balance")
    checks.notes(body)


def _make(world: World, body: Json) -> Json:
    account = _account(world, body)
    mode, amount = body["mode"], body["amount"]
    if mode not in _MODES[account["account_type"]]:
        raise invalid("The selected mode is invalid for the fund account.", "mode")
    lowest, highest = _LIMITS[mode]
    if not lowest <= amount <= highest:
        raise invalid(f"The amount is outside the limits of {mode}.", "amount")
    total = amount + fees_and_tax(amount)[0]
    short = world.balance("x_balance") < total
    if short and not body.get("queue_if_low_balance", False):
        raise ApiError("Your account does not have enough balance to carry out the payout operation.",
                       source="business", step=None, reason="insufficient_funds")  # fmt: skip
    payout = world.store.add("payout", _entity(world, account, body))
    start(world, payout)
    return payout


def _account(world: World, body: Json) -> Json:
    nested = body.get("fund_account")
    if body.get("fund_account_id"):
        return fund_accounts.must_be_payable(world, str(body["fund_account_id"]))
    if not isinstance(nested, dict) or not isinstance(nested.get("contact"), dict):
        raise invalid("The contact field is required.", "contact")
    contact = contacts.create(world, nested["contact"])
    rest = {name: value for name, value in nested.items() if name != "contact"}
    made = fund_accounts.create(world, {**rest, "contact_id": contact["id"]})
    return fund_accounts.must_be_payable(world, made["id"])


def _entity(world: World, account: Json, body: Json) -> Json:
    return {
        "id": new_id("pout_"), "entity": "payout", "fund_account_id": account["id"], "amount": body["amount"],
        "currency": "INR", "notes": checks.notes(body), "fees": 0, "tax": 0, "status": "created",
        "purpose": body["purpose"], "utr": None, "mode": body["mode"],
        "reference_id": body.get("reference_id"),
        "narration": body.get("narration") or world.config.merchant_name, "batch_id": None,
        "failure_reason": None,
        "created_at": world.now(), "fee_type": None,
        "status_details": {"reason": None, "description": None, "source": None},
        "merchant_id": world.config.account_id.removeprefix("acc_"), "status_details_id": None,
        "error": {
            "source": None, "reason": None, "description": None, "code": "NA", "step": "NA", "metadata": {},
        },
        "_taken": 0,
    }  # fmt: skip


def load(world: World, payout_id: str) -> Json:
    """The stored payout, or the provider's error."""
    payout = world.store.get("payout", must_be_id("pout_", payout_id))
    if payout is None:
        raise no_such_id()
    return payout


def fetch(world: World, payout_id: str) -> Json:
    """One payout."""
    return public(load(world, payout_id))


def listing(world: World, query: Mapping[str, str]) -> Json:
    """Payouts of the merchant's account by reference, status, mode, fund account; newest first."""
    must_be_ours(world, query)
    names = ("reference_id", "status", "mode", "fund_account_id")
    where = {name: query[name] for name in names if query.get(name)}
    found = world.store.find("payout", newest_first=True, **where)
    if query.get("contact_id"):
        accounts = {item["id"] for item in world.store.find("fund_account", contact_id=query["contact_id"])}
        found = [payout for payout in found if payout["fund_account_id"] in accounts]
    return checks.collection([public(payout) for payout in checks.page(found, query)])


def cancel(world: World, payout_id: str, body: Json) -> Json:
    """Take back a payout that is still queued."""
    checks.only(body, ("remarks",))
    payout = load(world, payout_id)
    if payout["status"] != "queued":
        raise ApiError("Payout cannot be cancelled in its current state.", source="business", step=None, reason=None)
    do_cancel(world, payout)
    return public(payout)
