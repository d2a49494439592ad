"""The numbers of the business as they hold, what they may be, what waits, and who chose what when (OPS-01)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.house_settings import SETTINGS, House, HouseSetting, SettingChange, house_at, standing
from cleanit_app.reads.paging import ask_list
from cleanit_app.services.unit_of_work import UnitOfWork

SHOWN = 20
"""So many choices of one setting are told, the newest first; the audit log has all of them."""


@dataclass(frozen=True)
class ChoiceItem:
    """One choice: what it changed to what, from when on, by whom and why."""

    id: UUID
    was: int
    value: int
    why: str
    made_at: datetime
    made_by_name: str
    effective_from: datetime


@dataclass(frozen=True)
class SettingItem:
    """One setting: its value now and by the house's own table, and what waits to come into force (None: nothing)."""

    setting: HouseSetting
    value: int
    usual: int
    waiting: SettingChange | None
    choices: tuple[ChoiceItem, ...]


def settings_with_history(uow: UnitOfWork, *, actor: Actor) -> tuple[SettingItem, ...]:
    """Each setting there is, in the order of the registry, by what the table says at this moment."""
    actor.must(Permission.MANAGE_ADMINS)
    rows = ask_list(
        uow,
        "choices of settings",
        """SELECT c.id, c.name AS setting, c.was, c.value, c.why, c.made_at, c.effective_from, u.name
           FROM setting_choices c JOIN users u ON u.id = c.made_by WHERE c.name = ANY(:known) ORDER BY c.id""",
        known=list(SETTINGS),
    )
    made: dict[str, list[ChoiceItem]] = {name: [] for name in SETTINGS}
    for name, item in rows.read(_item):
        made[name].append(item)
    return tuple(_setting(one, made[one.name], uow.now) for one in SETTINGS.values())


def _item(row: Row[Any]) -> tuple[str, ChoiceItem]:
    return row.setting, ChoiceItem(row.id, row.was, row.value, row.why, row.made_at, row.name, row.effective_from)


def _setting(setting: HouseSetting, made: Sequence[ChoiceItem], now: datetime) -> SettingItem:
    changes = [SettingChange(setting.name, one.value, one.effective_from) for one in made]
    waiting = next((one for one in standing(changes) if one.effective_from > now), None)
    value = setting.get(house_at(changes, now))
    return SettingItem(setting, value, setting.get(House()), waiting, tuple(reversed(made))[:SHOWN])
