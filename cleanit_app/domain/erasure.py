"""Erasing an account: what must be over before, and what its owner is called afterwards (LAW-02)."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

ERASED_NAME = "Deleted User"


class Obstacle(StrEnum):
    """Something of an account that is open still; `field.erasure_<value>` says it to the person."""

    DUTIES = "duties"  # an admin's
    CONTRIBUTIONS_HELD = "contributions_held"
    REFUNDS_OPEN = "refunds_open"
    CAMPAIGNS_OPEN = "campaigns_open"
    JOBS_OPEN = "jobs_open"
    PAY_OPEN = "pay_open"
    DISPUTES_OPEN = "disputes_open"
    CASES_OPEN = "cases_open"
    # These end by themselves within days, so they only put it off.
    PAYMENTS_OPEN = "payments_open"
    PAY_MAY_RETURN = "pay_may_return"


ENDS_BY_ITSELF = frozenset({Obstacle.PAYMENTS_OPEN, Obstacle.PAY_MAY_RETURN})
"""What does not refuse the wish, for it is over within its days; until then nothing is erased."""


class InTheWay(NamedTuple):
    """How many things of one kind stand in the way."""

    what: Obstacle
    n: int
