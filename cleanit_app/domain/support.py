"""Questions to support: what they are about, the code of who has no account, and where somebody was when asking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from cleanit_app.domain.limits import Limit, Use
from cleanit_app.domain.reading.signs import folded


class Topic(StrEnum):
    """What a question is about (OPS-02)."""

    PAYMENT = "PAYMENT"
    JOB = "JOB"
    ACCOUNT = "ACCOUNT"
    OTHER = "OTHER"


CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and digits that nobody takes for another when reading them aloud or copying them by hand."""
CODE_LENGTH = 12
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)


def grouped(code: str) -> str:
    """A code as it is shown, in groups of four."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def read_code(typed: object) -> str:
    """The code in what was typed, however grouped or written; an empty text, which fits none, for what is no code."""
    plain = re.sub(r"[\s\W_]", "", folded(typed)).upper()
    fits = len(plain) == CODE_LENGTH and set(plain) <= set(CODE_SIGNS)
    return plain if fits else ""


@dataclass(frozen=True)
class Whereabouts:
    """Which things the page shows that somebody came from, as its address says."""

    campaign_id: UUID | None = None
    contribution_id: UUID | None = None
    job_id: UUID | None = None
    payout_id: UUID | None = None


NOWHERE = Whereabouts()


def number_of(ticket_id: UUID) -> str:
    """What people call a question by, on the phone as on paper (E-Commerce Rules 2020: each complaint has one)."""
    return ticket_id.hex[-8:].upper()


def asked_by(person: UUID, *, a_day: int) -> Use:
    """What a new question of a person uses up."""
    return Use(f"support:asked:{person}", Limit(a_day, _DAY))


def questions_by(person: UUID, *, a_day: int) -> Use:
    """What a new dispute of a person uses up."""
    return Use(f"dispute:raised:{person}", Limit(a_day, _DAY))


def asked_from(address: str, *, a_day: int) -> Use:
    """What a question of somebody without an account uses up of an address."""
    return Use(f"support:asked-from:{address}", Limit(a_day, _DAY))


def written_by(who: object, *, an_hour: int) -> Use:
    """What one more message in threads of a person, or under one code, uses up."""
    return Use(f"support:written:{who}", Limit(an_hour, _HOUR))
