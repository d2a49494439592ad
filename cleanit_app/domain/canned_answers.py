"""Answers that are ready at the support desk: the shipped ones, what a senior made of them, and in which language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

LANGUAGES = ("en", "hi", "mr")
"""In which an answer is written, in the order in which one takes the place of another that is missing."""

SHIPPED: dict[str, frozenset[str]] = {
    "debited": frozenset({"refund_days_least", "refund_days_most"}),
    "refund": frozenset({"refund_days_least", "refund_days_most"}),
    "photo": frozenset(),
    "papers": frozenset(),
}
"""The answers of the catalogue, with the figures of the house that their words say and must go on saying."""

FIGURES = frozenset(
    {
        "answer_hours", "check_days", "claim_days", "claim_limit", "cooling_hours", "dispute_hours", "fee_share",
        "go_ahead", "grievance_days", "grievance_hours", "payout_hour", "refund_days_least", "refund_days_most",
        "unclaim_hours",
    }
)  # fmt: skip
"""Figures of the house that an answer may say, written `{house.refund_days_most}`, so that none is typed by hand."""

_FIGURE = re.compile(r"\{house\.(\w+)\}")


@dataclass(frozen=True)
class CannedWords:
    """An answer in one language: under which topic it is found, and what is put into the answer."""

    topic: str
    text: str


@dataclass(frozen=True)
class CannedVersion:
    """One choice of a senior about one answer; the newest counts. Languages without words are left out of `words`."""

    id: UUID
    answer: str
    words: Mapping[str, CannedWords]
    retired: bool
    made_at: datetime


def figures_in(text: str) -> tuple[frozenset[str], bool]:
    """The figures of the house that a text says, and whether other braces are left in it."""
    left = _FIGURE.sub("", text)
    return frozenset(_FIGURE.findall(text)), "{" in left or "}" in left


def spoken_instead(words: Mapping[str, CannedWords], language: str) -> str:
    """The language in which an answer is given to who reads `language`: that one, else the first there are words in."""
    return language if language in words else next(one for one in LANGUAGES if one in words)


def newest(versions: Sequence[CannedVersion]) -> dict[str, CannedVersion]:
    """The version that counts of each answer; versions in the order in which they were made."""
    return {one.answer: one for one in versions}
