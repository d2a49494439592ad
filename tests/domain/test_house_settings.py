"""Which choice holds when: the newest that has come into force, and what it makes of numbers and terms."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest

from cleanit_app.domain.business_limits import LIMITS, BusinessLimits
from cleanit_app.domain.house_settings import SETTINGS, House, HouseSetting, SettingChange, house_at
from cleanit_app.i18n.house_settings import setting_name, setting_value
from tests.rows import rows
from tests.support.words import WORDS, in_both

DAY = datetime(2026, 12, 1, tzinfo=UTC)
pytestmark = pytest.mark.row("OPS-01")


def change(value: int, days: float, name: str = "questions_a_day") -> SettingChange:
    """A choice that holds from so many days on."""
    return SettingChange(name, value, DAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("made", "days", "holds"),
    [
        ([], 0, 10),
        ([change(20, 1)], 0.9, 10),
        ([change(20, 1)], 1, 20),
        ([change(20, 1), change(30, 2)], 1.5, 20),
        ([change(20, 1), change(30, 2)], 9, 30),
        ([change(20, 7), change(30, 1)], 9, 30),  # what was chosen later takes the place of what still waits
        ([change(20, 7), change(30, 1)], 0.5, 10),
        ([change(20, 1), change(30, 7), change(40, 3)], 2, 20),
        ([change(20, 1), change(30, 7), change(40, 3)], 8, 40),
        ([change(7, 0, "a number of an older edition")], 1, 10),
    ],
)
def test_the_newest_choice_in_force_holds(made: list[SettingChange], days: float, holds: int) -> None:
    house = house_at(made, DAY + timedelta(days=days))
    assert house.limits.questions_a_day == holds
    assert house.terms == House().terms


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda one: one.name)
def test_every_setting_is_read_as_it_was_put(setting: HouseSetting) -> None:
    usual = setting.get(House())
    assert setting.least <= usual <= setting.most
    assert setting.row in rows()
    for value in {setting.least, setting.most, usual, (setting.least + setting.most) // 2}:
        assert setting.get(setting.put(House(), value)) == value
    assert setting.put(House(), usual) == House()
    changed = setting.put(House(), setting.most if usual != setting.most else setting.least)
    differ = [
        one.name for one in fields(BusinessLimits) if getattr(changed.limits, one.name) != getattr(LIMITS, one.name)
    ]
    assert len(differ) + (changed.terms != House().terms) == 1


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_has_words(name: str) -> None:
    assert {f"setting.{name}", f"setting.{name}.what"} <= WORDS.keys()
    assert len(set(in_both(lambda: setting_name(name)))) == 2
    assert all(in_both(lambda: setting_value(name, SETTINGS[name].least)))
