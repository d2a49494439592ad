"""Every feature with what was chosen about it, for seniors (OPS-06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.features import Feature, FlagState
from cleanit_app.reads.paging import ask_list
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class FlagItem:
    """One feature; without a choice it is ON for all and nobody changed it. `contacts` name the people."""

    feature: Feature
    state: FlagState
    percent: int
    people: tuple[UUID, ...]
    contacts: tuple[str, ...]
    changed_at: datetime | None
    changed_by_name: str | None


def feature_flags(uow: UnitOfWork, *, actor: Actor) -> tuple[FlagItem, ...]:
    """Each feature there is, in the order of the registry."""
    actor.must(Permission.MANAGE_ADMINS)
    rows = ask_list(
        uow,
        "feature flags",
        """SELECT f.*, u.name, ARRAY(SELECT coalesce(p.email, p.phone) FROM users p WHERE p.id = ANY(f.people)
             ORDER BY array_position(f.people, p.id)) AS contacts
           FROM feature_flags f JOIN users u ON u.id = f.changed_by WHERE f.key = ANY(:known)""",
        known=[one.value for one in Feature],
    )
    known = {one.feature: one for one in rows.read(_item)}
    return tuple(known.get(one, FlagItem(one, FlagState.ON, 0, (), (), None, None)) for one in Feature)


def _item(row: Row[Any]) -> FlagItem:
    return FlagItem(
        feature=Feature(row.key),
        state=FlagState(row.state),
        percent=row.percent,
        people=tuple(row.people),
        contacts=tuple(row.contacts),
        changed_at=row.changed_at,
        changed_by_name=row.name,
    )
