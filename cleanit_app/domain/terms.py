"""The terms that new campaigns are created under; each campaign keeps its own (LAW-06)."""

from __future__ import annotations

from dataclasses import dataclass

MOST_FEE_BPS = 5_000
"""No terms ever took more than half; the table refuses it too."""


@dataclass(frozen=True)
class Terms:
    """One version of the terms: what people accept, and the share of what is raised that the platform keeps.

    `fee_bps` is in basis points of what was raised, 0 to MOST_FEE_BPS; ValueError for any other.
    """

    version: str
    fee_bps: int

    def __post_init__(self) -> None:
        """Refuse a share that no campaign could be created under."""
        if type(self.fee_bps) is not int or not 0 <= self.fee_bps <= MOST_FEE_BPS:
            raise ValueError(f"no share of a fee: {self.fee_bps}")

    @property
    def cleaner_bps(self) -> int:
        """The cleaner's share, in basis points of what was raised."""
        return 10_000 - self.fee_bps


TERMS = Terms(version="2027-01", fee_bps=500)
"""The terms of today. Another version asks everybody again; running campaigns keep the share they were created with."""
