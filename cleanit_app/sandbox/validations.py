"""Account validation: a rupee is sent, the bank tells the name behind the account."""

from __future__ import annotations

from collections.abc import Mapping

from cleanit_app.sandbox import checks, contacts, fund_accounts
from cleanit_app.sandbox.errors import invalid, no_such_id
from cleanit_app.sandbox.events import emit
from cleanit_app.sandbox.ids import bank_reference, must_be_id, new_id
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World, public

_CLASSIC = ("account_number", "fund_account", "amount", "currency", "notes")
_COMPOSITE = ("source_account_number", "validation_type", "reference_id", "notes", "fund_account")


def create(world: World, body: Json) -> Json:
    """Begin a validation in either of the two request forms."""
    composite = "source_account_number" in body or "validation_type" in body
    checks.only(body, _COMPOSITE if composite else _CLASSIC)
    number = "source_account_number" if composite else "account_number"
    checks.required(body, number, "fund_account")
    if not isinstance(body["fund_account"], dict):
        raise invalid("The fund account field is required.", "fund_account")
    if body[number] != world.config.x_account:
        raise invalid("The RazorpayX Account number is invalid.", number)
    account = _account(world, body["fund_account"])
    validation = _entity(world, account, body, composite)
    world.store.add("validation", validation)
    world.schedule("validation_complete", validation["id"], world.delay("validation_delay"))
    return public(validation)


def _account(world: World, given: Json) -> Json:
    if "id" in given:
        return fund_accounts.load(world, str(given["id"]))
    checks.required(given, "contact", "account_type")
    contact = contacts.create(world, given["contact"])
    rest = {name: value for name, value in given.items() if name != "contact"}
    made = fund_accounts.create(world, {**rest, "contact_id": contact["id"]})
    return fund_accounts.load(world, made["id"])


def _entity(world: World, account: Json, body: Json, composite: bool) -> Json:
    vpa = account["account_type"] == "vpa"
    results: Json = {"account_status": None, "registered_name": None}
    extra: Json = {"results": results}
    if composite:
        reasons = {"description": None, "source": None, "reason": None}
        extra = {
            "validation_results": results,
            "status_details": reasons,
            "reference_id": body.get("reference_id"),
        }
    return {
        "id": new_id("fav_"), "entity": "fund_account.validation", "fund_account": public(account),
        "status": "created", "amount": None if vpa else body.get("amount", 100),
        "currency": None if vpa else "INR", "notes": checks.notes(body), **extra, "created_at": world.now(),
        "utr": None, "_results": "validation_results" if composite else "results",
    }  # fmt: skip


def complete(world: World, validation_id: str) -> bool:
    """Timer or hand: the bank answered. What it says of an account can be set beforehand (see control)."""
    validation = world.store.get("validation", validation_id)
    if validation is None or validation["status"] != "created":
        return False
    answer = _bank_answer(world, validation["fund_account"])
    valid = answer["account_status"] == "active"
    validation[validation["_results"]] = {
        **answer,
        "details": "The beneficiary account is valid." if valid else "The beneficiary account is invalid.",
        "name_match_score": 100 if valid else 0,
    }
    has_utr = valid and validation["amount"] is not None
    validation.update(status="completed", utr=bank_reference() if has_utr else None)
    world.store.save(validation)
    emit(world, "fund_account.validation.completed", {"fund_account.validation": validation})
    return True


def _bank_answer(world: World, account: Json) -> Json:
    kind = account["account_type"]
    details = account[kind]
    key = details["account_number"] if kind == "bank_account" else details["address"]
    contact = world.store.get("contact", account["contact_id"]) or {}
    holder = details.get("name") or contact.get("name")
    known = world.store.setting("bank_accounts", {}).get(key, {})
    status = known.get("account_status", "active")
    name = known.get("registered_name", holder) if status == "active" else None
    return {"account_status": status, "registered_name": name}


def fail(world: World, validation_id: str) -> bool:
    """Hand: a technical problem; nothing is known about the account."""
    validation = world.store.get("validation", validation_id)
    if validation is None or validation["status"] != "created":
        return False
    validation["status"] = "failed"
    validation[validation["_results"]] = {
        "account_status": "", "registered_name": "", "details": "null", "name_match_score": None,
    }  # fmt: skip
    world.store.save(validation)
    emit(world, "fund_account.validation.failed", {"fund_account.validation": validation})
    return True


def fetch(world: World, validation_id: str) -> Json:
    """One validation."""
    validation = world.store.get("validation", must_be_id("fav_", validation_id))
    if validation is None:
        raise no_such_id()
    return public(validation)


def listing(world: World, query: Mapping[str, str]) -> Json:
    """Validations of the merchant's account, newest first."""
    if query.get("account_number") != world.config.x_account:
        raise invalid("The RazorpayX Account number is invalid.", "account_number")
    found = world.store.find("validation", newest_first=True)
    return checks.collection([public(item) for item in checks.page(found, query)])
