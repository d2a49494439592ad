"""The names that a map without tiles writes down: towns, and near by the quarters around their post offices."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from cleanit_app.domain.actors import Actor
from cleanit_app.gazetteer.files import Office, Town, places
from cleanit_app.services.unit_of_work import UnitOfWork

MOST_NAMES, MOST_PLACES, REACH_KM = 24, 60, 40.0
Place = tuple[float, float]


def map_names(uow: UnitOfWork, *, actor: Actor, around: Sequence[Place], hindi: bool = False) -> list[dict[str, Any]]:
    """Names around these places as points of a map, the weightiest towns first, never two at one spot; for anybody."""
    return names_around(around, hindi=hindi)


def names_around(around: Sequence[Place], *, hindi: bool = False) -> list[dict[str, Any]]:
    """As `map_names`, for who asks without a page; needs neither network nor database."""
    found: dict[tuple[int, int], Town | Office] = {}
    for place in list(around)[:MOST_PLACES]:
        for thing in _weightiest(place):
            found.setdefault(_spot(thing), thing)
    ordered = sorted(found.values(), key=_weight, reverse=True)
    return [_point(thing, hindi) for thing in ordered[:MOST_NAMES]]


def _weightiest(place: Place) -> Iterable[Town | Office]:
    near = sorted(places().around(*place, REACH_KM), key=lambda one: one[0])
    towns = sorted((thing for _, thing in near if isinstance(thing, Town)), key=_weight, reverse=True)
    quarters = [thing for away, thing in near if isinstance(thing, Office) and away < 5]
    return [*towns[:8], *quarters[:6]]


def _weight(thing: Town | Office) -> int:
    return thing.population if isinstance(thing, Town) else 0


def _spot(thing: Town | Office) -> tuple[int, int]:
    return round(thing.latitude * 50), round(thing.longitude * 50)


def _point(thing: Town | Office, hindi: bool) -> dict[str, Any]:
    name = thing.hindi if hindi and isinstance(thing, Town) and thing.hindi else thing.name
    kind = "town" if isinstance(thing, Town) else "quarter"
    where = {"latitude": thing.latitude, "longitude": thing.longitude}
    return {**where, "kind": kind, "name": name, "spreadM": _spread_m(thing) if isinstance(thing, Town) else 0}


def _spread_m(town: Town) -> int:
    """How far a town reaches around its middle, in metres, by its people: some 5,000 of them on a square kilometre."""
    return round(1000 * math.sqrt(max(town.population, 2_000) / 5_000 / math.pi))
