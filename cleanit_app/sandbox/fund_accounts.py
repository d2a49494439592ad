"""Fund accounts: bank accounts and UPI ids of contacts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleanit_app.sandbox import checks, contacts
from cleanit_app.sandbox.errors import ApiError, invalid, no_such_id
from cleanit_app.sandbox.ids import must_be_id, new_id
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World, public

_ACCOUNT = re.compile(r"[A-Za-z0-9]{5,35}\Z")
_IFSC = re.compile(r"[A-Z]{4}0[A-Z0-9]{6}\Z")
_VPA = re.compile(r"[A-Za-z0-9._-]+@[A-Za-z0-9.-]+\Z")
_BANKS = {
    "HDFC": "HDFC Bank", "SBIN": "State Bank of India", "ICIC": "ICICI Bank", "UTIB": "Axis Bank",
    "PUNB": "Punjab National Bank", "BARB": "Bank of Baroda", "CNRB": "Canara Bank",
    "KKBK": "Kotak Mahindra Bank",
    "YESB": "Yes Bank", "IOBA": "Indian Overseas Bank",
}  # fmt: skip


def create(world: World, body: Json) -> Json:
    """A new fund account, or the existing one for the same contact and details."""
    checks.only(body, ("contact_id", "account_type", "bank_account", "vpa"))
    checks.required(body, "contact_id", "account_type")
    details = _details(body)
    if world.store.get("contact", must_be_id("cont_", str(body["contact_id"]))) is None:
        raise invalid("The contact id provided does not exist.", "contact_id")
    kind = body["account_type"]
    for existing in world.store.find("fund_account", contact_id=body["contact_id"]):
        if existing["account_type"] == kind and existing[kind] == details:
            return public(existing)
    account = {
        "id": new_id("fa_"), "entity": "fund_account", "contact_id": body["contact_id"], "account_type": kind,
        kind: details, "active": True, "batch_id": None, "created_at": world.now(),
    }  # fmt: skip
    return public(world.store.add("fund_account", account))


def _details(body: Json) -> Json:
    kind = body["account_type"]
    if kind not in ("bank_account", "vpa"):
        raise invalid("The selected account type is invalid.", "account_type")
    if not isinstance(body.get(kind), dict):
        raise invalid(f"The {kind.replace('_', ' ')} field is required.", kind)
    return _bank(body[kind]) if kind == "bank_account" else _vpa(body[kind])


def _bank(given: Json) -> Json:
    checks.only(given, ("name", "ifsc", "account_number"))
    checks.required(given, "name", "ifsc", "account_number")
    checks.text(given, "name", longest=120, shortest=3)
    ifsc, number = str(given["ifsc"]), str(given["account_number"])
    if len(ifsc) != 11:
        raise invalid("The IFSC must be 11 characters.", "ifsc")
    if not _IFSC.match(ifsc):
        raise invalid("Invalid IFSC Code in Bank Account", "ifsc")
    if not _ACCOUNT.match(number):
        raise invalid("The account number format is invalid.", "account_number")
    bank = _BANKS.get(ifsc[:4], "Unknown Bank")
    return {"ifsc": ifsc, "bank_name": bank, "name": given["name"], "account_number": number, "notes": []}


def _vpa(given: Json) -> Json:
    checks.only(given, ("address",))
    checks.required(given, "address")
    address = checks.text(given, "address", longest=100, shortest=3) or ""
    if not _VPA.match(address):
        raise invalid("Invalid VPA. Please enter a valid Virtual Payment Address", "address")
    username, _, handle = address.partition("@")
    return {"username": username, "handle": handle, "address": address}


def load(world: World, account_id: str) -> Json:
    """The stored fund account, or the provider's error."""
    account = world.store.get("fund_account", must_be_id("fa_", account_id))
    if account is None:
        raise no_such_id()
    return account


def fetch(world: World, account_id: str) -> Json:
    """One fund account."""
    return public(load(world, account_id))


def edit(world: World, account_id: str, body: Json) -> Json:
    """Switch on or off; details cannot be edited."""
    checks.only(body, ("active",))
    if not isinstance(body.get("active"), bool):
        raise ApiError("The active field must be true or false.", field="active")
    account = load(world, account_id)
    account["active"] = body["active"]
    return public(world.store.save(account))


def listing(world: World, query: Mapping[str, str]) -> Json:
    """Fund accounts, newest first."""
    where = {name: query[name] for name in ("contact_id", "account_type") if query.get(name)}
    found = world.store.find("fund_account", newest_first=True, **where)
    return checks.collection([public(account) for account in checks.page(found, query)])


def must_be_payable(world: World, account_id: str) -> Json:
    """The fund account, when it and its contact are active."""
    account = load(world, account_id)
    if not account["active"]:
        raise ApiError("Payouts cannot be created on an inactive fund account")
    if not contacts.load(world, account["contact_id"])["active"]:
        raise ApiError("Payouts cannot be created on an inactive contact")
    return account
