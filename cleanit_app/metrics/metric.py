"""What a figure of the boards says of itself: its name, how often it is counted, in what, for whom, and how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cleanit_app.domain.actors import Permission


class Period(StrEnum):
    """What a figure is counted over, as India counts: days from midnight, weeks from Monday."""

    DAY = "DAY"
    WEEK = "WEEK"


class MetricUnit(StrEnum):
    """What the number of a figure is; shares and times are a sum over a base, so that they add up exactly."""

    COUNT = "COUNT"
    PAISE = "PAISE"
    SHARE = "SHARE"  # value of base
    SECONDS = "SECONDS"  # value seconds over base things


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One figure. `sql` gives `cohort_on`, `value` and `base` for the moments from :begin to before :end.

    `cohort_on` is NULL but for figures of people who joined in the same week; `base` is NULL for counts and money.
    Without a permission of its own it is for everybody who sees boards.
    Each statement finds its rows by an index that leads with their moment, so that a day costs what happened in it.
    """

    name: str
    period: Period
    unit: MetricUnit
    permission: Permission | None
    sql: str

    @property
    def words_key(self) -> str:
        """Where its name stands in the catalogue."""
        return f"boards.metric.{self.name}"
