"""Identifiers: a prefix and fourteen case-sensitive letters or digits."""

from __future__ import annotations

import re
import secrets
import string
import uuid

from cleanit_app.sandbox.errors import invalid

_ALPHABET = string.ascii_letters + string.digits
_TAIL = re.compile(r"[A-Za-z0-9]{14}\Z")


def new_id(prefix: str = "") -> str:
    """A fresh id such as `order_…`; an empty prefix gives the bare fourteen characters of an event id."""
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(14))


def must_be_id(prefix: str, value: str) -> str:
    """The value itself when it is shaped like an id with this prefix, else the provider's error."""
    if not (value.startswith(prefix) and _TAIL.match(value[len(prefix) :])):
        raise invalid(f"{value.removeprefix(prefix)} is not a valid id")
    return value


def bank_reference() -> str:
    """Twelve digits as banks print them (RRN, UTR)."""
    return str(secrets.randbelow(9 * 10**11) + 10**11)


def upi_transaction() -> str:
    """The 32 hexadecimal characters of a UPI transaction id."""
    return uuid.uuid4().hex.upper()
