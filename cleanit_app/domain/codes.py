"""One-time codes: what they are for, how long they hold, how often one may ask and guess (SEC-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from cleanit_app.domain.limits import Limit, Use, at_one_address

CODE_DIGITS = 6
CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5
CODE_SENDINGS = 3  # how often one and the same code is handed to the message service when that refuses
CODE_KEPT = timedelta(days=1)  # then its row is cleared away
SEND_AGAIN_AFTER = timedelta(minutes=1)
SIGN_UP_LIFE = timedelta(hours=1)  # how long a wish to join waits for its code; another code begins it anew
SIGN_UP_ENDS = timedelta(days=1)  # however many codes are asked for


class CodePurpose(StrEnum):
    """What a code opens."""

    JOIN = "JOIN"
    RESET_PASSWORD = "RESET_PASSWORD"  # noqa: S105 (a name, no secret)
    OWN_PHONE = "OWN_PHONE"
    OWN_EMAIL = "OWN_EMAIL"


@dataclass(frozen=True)
class ContactKind:
    """A kind of contact: the field of an account it stands in, and the purpose of its codes."""

    field: str
    purpose: CodePurpose


PHONE = ContactKind("phone", CodePurpose.OWN_PHONE)
EMAIL = ContactKind("email", CodePurpose.OWN_EMAIL)
CONTACTS = {kind.field: kind for kind in (PHONE, EMAIL)}


def sendings_to(contact: str) -> list[Use]:
    """What asking for a code to one phone or mailbox uses up: once a minute, 3 an hour, 10 a day."""
    return [
        Use(f"code:minute:{contact}", Limit(1, SEND_AGAIN_AFTER)),
        Use(f"code:hour:{contact}", Limit(3, timedelta(hours=1))),
        Use(f"code:day:{contact}", Limit(10, timedelta(days=1))),
    ]


def asked_at(address: str, most: int) -> Use:
    """What asking for a code uses up of an address."""
    return Use(f"code:address:{address}", at_one_address(most))


def guessed_at(address: str, most: int) -> Use:
    """What typing a code uses up of an address."""
    return Use(f"code:guess:{address}", at_one_address(most))


def masked(contact: str) -> str:
    """A phone number or email address that its owner recognises and nobody else learns."""
    name, at, domain = contact.partition("@")
    return f"{name[:2]}•••@{domain}" if at else f"••••••{contact[-4:]}"
