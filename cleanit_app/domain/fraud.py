"""Signs of fraud: what is looked for, and what a case may become. Machines flag, people decide (OPS-04, VER-06)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID


class FraudKind(StrEnum):
    """What a case is about."""

    FAKE_COMPLETION = "FAKE_COMPLETION"  # a photo was turned down as faked (VER-06)
    AREA_TAKEN = "AREA_TAKEN"  # one cleaner has most of the jobs of an area
    PHOTO_REUSED = "PHOTO_REUSED"  # a photo looks like another one
    CREATE_DELETE = "CREATE_DELETE"  # campaigns are started and taken back at once
    GPS_SPOOFED = "GPS_SPOOFED"  # places that no phone can have been at
    SHARED_DEVICE = "SHARED_DEVICE"  # several accounts in one browser
    SHARED_ACCOUNT = "SHARED_ACCOUNT"  # several accounts with one bank account, UPI id or PAN
    REPORTED = "REPORTED"  # somebody here saw something


FOUND_BY_THE_CLOCK = frozenset(FraudKind) - {FraudKind.FAKE_COMPLETION, FraudKind.REPORTED}


class FraudRule(StrEnum):
    """By which rule something was found; each has its sentence and its likely innocent reason in the catalogue."""

    AREA = "AREA"
    LOOKALIKE = "LOOKALIKE"
    QUICK_CANCELS = "QUICK_CANCELS"
    TOO_FAST = "TOO_FAST"
    EXACT_PIN = "EXACT_PIN"
    SAME_PLACE = "SAME_PLACE"
    ZERO_ACCURACY = "ZERO_ACCURACY"
    DEVICE = "DEVICE"
    PAYOUT_ACCOUNT = "PAYOUT_ACCOUNT"
    PAN = "PAN"


KIND_OF_RULE: dict[FraudRule, FraudKind] = {
    FraudRule.AREA: FraudKind.AREA_TAKEN,
    FraudRule.LOOKALIKE: FraudKind.PHOTO_REUSED,
    FraudRule.QUICK_CANCELS: FraudKind.CREATE_DELETE,
    FraudRule.TOO_FAST: FraudKind.GPS_SPOOFED,
    FraudRule.EXACT_PIN: FraudKind.GPS_SPOOFED,
    FraudRule.SAME_PLACE: FraudKind.GPS_SPOOFED,
    FraudRule.ZERO_ACCURACY: FraudKind.GPS_SPOOFED,
    FraudRule.DEVICE: FraudKind.SHARED_DEVICE,
    FraudRule.PAYOUT_ACCOUNT: FraudKind.SHARED_ACCOUNT,
    FraudRule.PAN: FraudKind.SHARED_ACCOUNT,
}
ONGOING = frozenset({FraudRule.AREA, FraudRule.QUICK_CANCELS})
"""Rules that stay true for days: while a case is open, and for a month after it was closed, they say nothing new."""


@dataclass(frozen=True)
class SignOfFraud:
    """One thing a rule found about a person; `evidence` names it for ever, so that it is found once.

    `people`: everybody it is about, that person too. `facts` are the numbers that explain it: names as the sentence of
    the rule has them, distances in km, speeds in km/h.
    """

    rule: FraudRule
    evidence: str
    person_id: UUID
    people: tuple[UUID, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)
    job_id: UUID | None = None
    campaign_id: UUID | None = None
    photo_id: UUID | None = None
    other_photo_id: UUID | None = None
