"""Features that can be switched on for few and off for all (OPS-06): which there are, and for whom one is on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Feature(StrEnum):
    """What a flag switches; each has its words under `feature.<name>` in the catalogue."""

    WORD_SEARCH = "WORD_SEARCH"  # finding cleanups by words: whoever has it not sees the lists
    CONTRIBUTION_BACK = "CONTRIBUTION_BACK"  # taking the own gift back while its campaign collects
    FRAUD_LOOK = "FRAUD_LOOK"  # the clock's look for signs of fraud; nobody's, so by percent it is all or nothing


class FlagState(StrEnum):
    """OFF for nobody, PEOPLE for the named ones, PERCENT for them and a share of all, ON for all.

    KILLED is off whatever else stands, at once, and stays so until somebody chooses again.
    """

    OFF = "OFF"
    PEOPLE = "PEOPLE"
    PERCENT = "PERCENT"
    ON = "ON"
    KILLED = "KILLED"


BUCKETS = 10_000


def bucket(feature: str, person: str) -> int:
    """Where a person stands for a feature, from 0 to 9,999: always the same, and another for each feature."""
    return int.from_bytes(hashlib.sha256(f"{feature}:{person}".encode()).digest()[:8], "big") % BUCKETS


@dataclass(frozen=True)
class Rollout:
    """For whom a feature is on; `percent` of all people, from 0 to 100."""

    state: FlagState = FlagState.ON
    percent: int = 0
    people: frozenset[UUID] = frozenset()

    def reaches(self, feature: str, person: UUID | None) -> bool:
        """Whether somebody has it; nobody's own errands (None) have it when it is on for all."""
        if self.state is FlagState.ON or (self.state is FlagState.PERCENT and self.percent >= 100):
            return True
        if self.state in (FlagState.OFF, FlagState.KILLED) or person is None:
            return False
        if person in self.people:
            return True
        return self.state is FlagState.PERCENT and bucket(feature, str(person)) < self.percent * BUCKETS // 100
