"""The numbers of the business as the contract shows them to seniors."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.api.schemas.base import In, MaybeText, Moment, Out, Text, Whole
from cleanit_app.domain.house_settings import Applies, Counts, SettingGroup


class ChoiceOut(Out):
    """One choice: what it changed to what, from when on, by whom and why."""

    id: UUID
    was: int
    value: int
    why: str
    made_at: Moment
    made_by_name: str
    effective_from: Moment


class WaitingOut(Out):
    """What waits to come into force."""

    value: int
    effective_from: Moment


class HouseSettingOut(Out):
    """One setting; `value` holds now, `usual` is what a new house begins with. `least` and `most` may be chosen."""

    name: str
    group: SettingGroup
    counts: Counts
    least: int
    most: int
    applies: Applies
    in_terms: bool
    value: int
    usual: int
    waiting: WaitingOut | None
    choices: list[ChoiceOut]


class HouseSettingsOut(Out):
    """Every setting there is."""

    items: list[HouseSettingOut]


class SettingTrialOut(Out):
    """What a rule did in the last 30 days by the value of now, and by the one tried.

    `counted` is false where that cannot be counted back; then both numbers are null.
    """

    value: int
    counted: bool
    before: int | None
    after: int | None


class SettingIn(In):
    """A choice: the value, why, from when on (now), and the value that was seen, so that two do not cross."""

    value: Whole = None
    why: Text = None
    seen: Whole = None
    effective_from: MaybeText = None
