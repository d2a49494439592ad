"""Which numbers of the business a senior may change while Cleanit runs, within which bounds, and what they come to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from cleanit_app.domain.business_limits import LIMITS, BusinessLimits, Window
from cleanit_app.domain.terms import MOST_FEE_BPS, TERMS, Terms


class Counts(StrEnum):
    """What a setting counts, in whole numbers; a page shows and reads a value by it."""

    BASIS_POINTS = "BASIS_POINTS"
    PAISE = "PAISE"
    MINUTES = "MINUTES"
    HOURS = "HOURS"
    DAYS = "DAYS"
    METRES = "METRES"
    KM = "KM"
    KM_AN_HOUR = "KM_AN_HOUR"
    PERCENT = "PERCENT"
    TIMES = "TIMES"


class Applies(StrEnum):
    """To what a change applies: what is done or looked at from then on, or only to what begins from then on."""

    AT_ONCE = "AT_ONCE"
    NEW_CLAIMS = "NEW_CLAIMS"
    NEW_CAMPAIGNS = "NEW_CAMPAIGNS"


class SettingGroup(StrEnum):
    """Under which heading a setting stands."""

    MONEY = "MONEY"
    CAMPAIGNS = "CAMPAIGNS"
    JOBS = "JOBS"
    REVIEW = "REVIEW"
    FRAUD = "FRAUD"
    CARE = "CARE"


@dataclass(frozen=True)
class House:
    """The numbers and terms of the house at one moment."""

    limits: BusinessLimits = LIMITS
    terms: Terms = TERMS


Put = Callable[[House, int], House]
Get = Callable[[House], int]


@dataclass(frozen=True)
class HouseSetting:
    """One number that may be changed: its bounds (both included), unit, and whether people accept it in the terms."""

    name: str
    group: SettingGroup
    counts: Counts
    least: int
    most: int
    row: str
    get: Get = field(repr=False)
    put: Put = field(repr=False)
    applies: Applies = Applies.AT_ONCE
    in_terms: bool = False


@dataclass(frozen=True)
class SettingChange:
    """One choice of a senior: from a moment on a setting has a value. Given in the order in which they were made."""

    name: str
    value: int
    effective_from: datetime


_TIMES: dict[Counts, timedelta] = {
    Counts.MINUTES: timedelta(minutes=1),
    Counts.HOURS: timedelta(hours=1),
    Counts.DAYS: timedelta(days=1),
}
_PARTS: dict[Counts, int] = {Counts.PERCENT: 100, Counts.METRES: 1000}


def _limit(
    name: str, group: SettingGroup, counts: Counts, least: int, most: int, row: str, **more: Any
) -> HouseSetting:
    """A setting that is a field of the table of limits; spans, shares and kilometres are read as whole numbers."""

    def get(house: House) -> int:
        value = getattr(house.limits, name)
        if isinstance(value, timedelta):
            return value // _TIMES[counts]
        if isinstance(value, float):
            return round(value * _PARTS.get(counts, 1))
        return int(value)

    def put(house: House, value: int) -> House:
        was = getattr(house.limits, name)
        chosen: dict[str, Any] = {name: value}
        if isinstance(was, timedelta):
            chosen = {name: value * _TIMES[counts]}
        elif isinstance(was, float):
            chosen = {name: value / _PARTS.get(counts, 1)}
        return replace(house, limits=replace(house.limits, **chosen))

    return HouseSetting(name, group, counts, least, most, row, get, put, **more)


def _window(place: int, name: str, least: int, most: int) -> HouseSetting:
    """How many days the campaigns of one size collect."""

    def put(house: House, value: int) -> House:
        windows = list(house.limits.campaign_windows)
        windows[place] = Window(windows[place].most_paise, value)
        return replace(house, limits=replace(house.limits, campaign_windows=tuple(windows)))

    return HouseSetting(
        name, SettingGroup.CAMPAIGNS, Counts.DAYS, least, most, "CAM-07",
        lambda house: house.limits.campaign_windows[place].days, put, Applies.NEW_CAMPAIGNS, in_terms=True,
    )  # fmt: skip


_FEE = HouseSetting(
    "fee_bps", SettingGroup.MONEY, Counts.BASIS_POINTS, 0, 2_000, "LAW-06",
    lambda house: house.terms.fee_bps,
    lambda house, value: replace(house, terms=replace(house.terms, fee_bps=value)),
    Applies.NEW_CAMPAIGNS, in_terms=True,
)  # fmt: skip
assert _FEE.most <= MOST_FEE_BPS

_M, _J, _R = SettingGroup.MONEY, SettingGroup.JOBS, SettingGroup.REVIEW
_F, _C = SettingGroup.FRAUD, SettingGroup.CARE
_ALL: tuple[HouseSetting, ...] = (
    _FEE,
    _window(0, "window_small_days", 10, 40),
    _window(1, "window_middle_days", 41, 55),
    _window(2, "window_large_days", 56, 120),
    _limit("claim_time", _J, Counts.DAYS, 3, 21, "JOB-04", applies=Applies.NEW_CLAIMS, in_terms=True),
    _limit("claim_limit", _J, Counts.TIMES, 1, 20, "JOB-04"),
    _limit("proof_radius_km", _J, Counts.METRES, 100, 2_000, "JOB-10"),
    _limit("contributions_an_hour", _M, Counts.TIMES, 2, 50, "SEC-10"),
    _limit("failed_tries_an_hour", _M, Counts.TIMES, 2, 50, "SEC-10"),
    _limit("big_first_contribution_paise", _M, Counts.PAISE, 50_000, 5_000_000, "SEC-10"),
    _limit("added_most_paise", _M, Counts.PAISE, 0, 2_000_000, "JOB-08"),
    _limit("rejections_before_review", _R, Counts.TIMES, 1, 20, "VER-05"),
    _limit("area_days", _F, Counts.DAYS, 7, 90, "OPS-04"),
    _limit("area_share", _F, Counts.PERCENT, 30, 95, "OPS-04"),
    _limit("area_least_jobs", _F, Counts.TIMES, 3, 50, "OPS-04"),
    _limit("quick_cancels", _F, Counts.TIMES, 2, 20, "OPS-04"),
    _limit("quick_cancel_days", _F, Counts.DAYS, 1, 30, "OPS-04"),
    _limit("fastest_km_an_hour", _F, Counts.KM_AN_HOUR, 40, 200, "OPS-04"),
    _limit("accounts_on_device", _F, Counts.TIMES, 2, 20, "OPS-04"),
    _limit("accounts_on_payout", _F, Counts.TIMES, 2, 10, "OPS-04"),
    _limit("disputes_a_day", _C, Counts.TIMES, 1, 50, "OPS-03"),
    _limit("questions_a_day", _C, Counts.TIMES, 3, 100, "OPS-02"),
    _limit("questions_from_address_a_day", _C, Counts.TIMES, 5, 500, "OPS-02"),
    _limit("messages_an_hour", _C, Counts.TIMES, 5, 200, "OPS-02"),
)
SETTINGS: dict[str, HouseSetting] = {one.name: one for one in _ALL}
"""Every number that may be changed while Cleanit runs, in the order of the page."""


def bounds_sql() -> str:
    """The bounds of every setting as one condition on the columns `name` and `value`."""
    return " OR ".join(f"(name = '{one.name}' AND value BETWEEN {one.least} AND {one.most})" for one in _ALL)


def house_at(changes: Sequence[SettingChange], at: datetime) -> House:
    """The numbers and terms that hold at a moment; of each setting the newest choice that has come into force.

    Each choice that changes what people accept makes another version of the terms, numbered in the order in which
    they came into force. A name that is no setting any more is passed over.
    """
    return _house(tuple(one for one in standing(changes) if one.effective_from <= at))


def standing(changes: Sequence[SettingChange]) -> list[SettingChange]:
    """Choices in the order in which they come into force, without those whose place a later one took before that."""
    kept = [
        one
        for number, one in enumerate(changes)
        if not any(o.name == one.name and o.effective_from <= one.effective_from for o in changes[number + 1 :])
    ]
    return sorted(kept, key=lambda one: one.effective_from)


@lru_cache(maxsize=64)
def _house(in_force: tuple[SettingChange, ...]) -> House:
    house, editions = House(), 0
    for change in in_force:
        known = SETTINGS.get(change.name)
        if known is None:
            continue
        editions += known.in_terms and known.get(house) != change.value
        house = known.put(house, change.value)
    if editions:
        house = replace(house, terms=replace(house.terms, version=f"{house.terms.version}.{editions}"))
    return house
