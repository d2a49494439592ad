"""A share of people is the same people each time, and grows without putting anybody out (OPS-06)."""

from __future__ import annotations

from uuid import UUID, uuid5

import pytest

from cleanit_app.domain.features import Feature, FlagState, Rollout

pytestmark = pytest.mark.row("OPS-06")
PEOPLE = [uuid5(UUID(int=7), str(n)) for n in range(10_000)]
SEARCH = Feature.WORD_SEARCH.value


def having(percent: int, feature: str = SEARCH) -> set[UUID]:
    """Who of ten thousand has a feature at this share."""
    rollout = Rollout(FlagState.PERCENT, percent)
    return {one for one in PEOPLE if rollout.reaches(feature, one)}


def test_ten_percent_are_about_ten_percent_always_the_same_and_stay_at_twenty() -> None:
    ten, twenty = having(10), having(20)
    assert 900 <= len(ten) <= 1_100
    assert 1_850 <= len(twenty) <= 2_150
    assert having(10) == ten
    assert ten < twenty
    assert (having(0), having(100)) == (set(), set(PEOPLE))


def test_another_feature_has_other_people() -> None:
    both = having(10) & having(10, "ANOTHER")
    assert 50 <= len(both) <= 150  # as chance has it: a tenth of a tenth


@pytest.mark.parametrize("state", FlagState)
def test_named_people_are_in_while_it_is_not_off_for_all(state: FlagState) -> None:
    named, nobody = PEOPLE[0], None
    rollout = Rollout(state, 0, frozenset({named}))
    assert rollout.reaches(SEARCH, named) == (state in (FlagState.PEOPLE, FlagState.PERCENT, FlagState.ON))
    assert rollout.reaches(SEARCH, PEOPLE[1]) == (state is FlagState.ON)
    assert rollout.reaches(SEARCH, nobody) == (state is FlagState.ON)
    assert Rollout(state, 100).reaches(SEARCH, nobody) == (state in (FlagState.ON, FlagState.PERCENT))
