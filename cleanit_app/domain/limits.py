"""How often something may be asked for, and how long one waits after too much (SEC-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

QUARTER_HOUR = timedelta(minutes=15)


@dataclass(frozen=True)
class Limit:
    """`most` times within `window`; with `longest` each window that was used up doubles the next, up to it."""

    most: int
    window: timedelta
    longest: timedelta | None = None

    @property
    def ceiling(self) -> timedelta:
        """The longest window there can be."""
        return self.longest or self.window


@dataclass(frozen=True)
class Use:
    """One use of something limited: whose it is and what the limit is."""

    key: str
    limit: Limit


LONGEST_WAIT = timedelta(hours=4)
STRIKES_FORGOTTEN_AFTER = timedelta(hours=24)
FAILURES_BEFORE_ALERT = 5  # more than this many within a quarter of an hour alert the person and admins (SEC-10)
FAILURES_BEFORE_LOCK = 10  # more than this many, from wherever, lock the account for browsers it does not know
LOCKED_FOR = timedelta(hours=24)


class Burst(StrEnum):
    """What many of in a short time are a sign that somebody tries something (SEC-10)."""

    BAD_SIGNATURES = "BAD_SIGNATURES"
    REFUSED_FOR_NUMBER = "REFUSED_FOR_NUMBER"


BURSTS = {Burst.BAD_SIGNATURES: Limit(10, QUARTER_HOUR), Burst.REFUSED_FOR_NUMBER: Limit(300, QUARTER_HOUR)}
"""So many go by as mistakes; one more is a burst."""
TOLD_OF_A_BURST = Limit(1, timedelta(hours=1))


def general(most: int) -> Limit:
    """Requests of one person or one address."""
    return Limit(most, QUARTER_HOUR)


def admin(most: int) -> Limit:
    """Requests of one admin."""
    return Limit(most, timedelta(minutes=1))


def guessing(most: int) -> Limit:
    """Tries at a password or code: the wait doubles each time the tries are used up."""
    return Limit(most, QUARTER_HOUR, LONGEST_WAIT)


def at_one_address(most: int) -> Limit:
    """Tries of everybody behind one address; no doubling, for many phones share one."""
    return Limit(most, QUARTER_HOUR)


@dataclass(frozen=True)
class Pace:
    """`burst` at once, then `a_second`."""

    burst: int
    a_second: float


def events_of_a_tab(a_second: int) -> Pace:
    """Page events of one tab."""
    return Pace(3 * a_second, a_second)


def events_of_one(a_second: int) -> Pace:
    """Page events of all tabs of one person."""
    return Pace(8 * a_second, 2 * a_second)


def events_of_nobody(a_second: int) -> Pace:
    """Page events of all tabs of one address in which nobody is signed in: phones share addresses."""
    return Pace(75 * a_second, 20 * a_second)


def arrivals_at_an_address(tabs: int) -> Pace:
    """Tabs that connect from one address: all phones behind it may come back at once, but nobody knocks for ever."""
    return Pace(50 * tabs, tabs)


TABS_OF_AN_ADDRESS = 10  # as many times those of a person
LARGEST_EVENT_CHARACTERS = 100_000
