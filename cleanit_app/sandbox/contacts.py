"""Contacts: who can be paid."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleanit_app.sandbox import checks
from cleanit_app.sandbox.errors import ApiError, invalid, no_such_id
from cleanit_app.sandbox.ids import must_be_id, new_id
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World, public

_FIELDS = ("name", "email", "contact", "type", "reference_id", "notes")
_SAME = ("name", "email", "contact", "type", "reference_id")
_TYPES = ("vendor", "customer", "employee", "self")
_NAME = re.compile(r"[a-zA-Z0-9 ’\-_/().]{2,49}[a-zA-Z0-9.]\Z")


def create(world: World, body: Json) -> Json:
    """A new contact, or the existing one when all five identifying fields are equal."""
    checks.only(body, _FIELDS)
    _check(body)
    wanted = {name: body.get(name) for name in _SAME}
    for contact in world.store.find("contact", reference_id=body["reference_id"]) if body.get("reference_id") else []:
        if {name: contact[name] for name in _SAME} == wanted:
            return public(contact)
    contact = {
        "id": new_id("cont_"), "entity": "contact", **wanted, "batch_id": None, "active": True,
        "notes": checks.notes(body), "created_at": world.now(),
    }  # fmt: skip
    return public(world.store.add("contact", contact))


def _check(body: Json) -> None:
    checks.required(body, "name")
    name = checks.text(body, "name", longest=50, shortest=3)
    if name is None or not _NAME.match(name):
        raise invalid("The name field is invalid.", "name")
    kind = checks.text(body, "type", longest=40)
    if kind is not None and kind not in _TYPES:
        raise invalid(f"Invalid type: {kind}", "type")
    checks.text(body, "reference_id", longest=40)
    checks.notes(body)


def load(world: World, contact_id: str) -> Json:
    """The stored contact, or the provider's error."""
    contact = world.store.get("contact", must_be_id("cont_", contact_id))
    if contact is None:
        raise no_such_id()
    return contact


def fetch(world: World, contact_id: str) -> Json:
    """One contact."""
    return public(load(world, contact_id))


def edit(world: World, contact_id: str, body: Json) -> Json:
    """Change a contact, or switch it off with `active`."""
    checks.only(body, (*_FIELDS, "active"))
    contact = load(world, contact_id)
    changed = {**contact, **body}
    _check(changed)
    if not isinstance(changed["active"], bool):
        raise ApiError("The active field must be true or false.", field="active")
    changed["notes"] = checks.notes(changed)
    return public(world.store.save(changed))


def listing(world: World, query: Mapping[str, str]) -> Json:
    """Contacts by any identifying field, newest first."""
    where = {name: query[name] for name in _SAME if query.get(name)}
    found = world.store.find("contact", newest_first=True, **where)
    if query.get("active") in ("0", "1"):
        found = [contact for contact in found if contact["active"] == (query["active"] == "1")]
    return checks.collection([public(contact) for contact in checks.page(found, query)])
