"""Which town a place lies in, and under which PIN codes."""

from __future__ import annotations

import math

from cleanit_app.gazetteer.files import Office, Town, places, town_of

_REACH_KM = 30.0
_NEXT_DOOR_KM, _PIN_KM, _MOST_PINS = 1.0, 5.0, 3
_PEOPLE_A_KM2 = 6_000


def towns_around(latitude: float, longitude: float) -> list[Town]:
    """The town a place lies in, then the cities that reach as far: Dharavi, then Mumbai."""
    near = list(places().around(latitude, longitude, _REACH_KM))
    own = town_of(near)
    reaching = [thing for away, thing in near if isinstance(thing, Town) and away <= _reach_km(thing)]
    return list(dict.fromkeys(([own] if own else []) + sorted(reaching, key=lambda town: -town.population)))


def _reach_km(town: Town) -> float:
    """How far a town reaches from its middle, as if it were round and evenly built."""
    return math.sqrt(town.population / _PEOPLE_A_KM2 / math.pi)


def pins_around(latitude: float, longitude: float) -> list[str]:
    """PIN codes of the post offices next door, three at most, or of the nearest one within five km."""
    near = sorted(
        (
            (away, thing.pin)
            for away, thing in places().around(latitude, longitude, _PIN_KM)
            if isinstance(thing, Office)
        )
    )
    next_door = [pin for away, pin in near if away <= _NEXT_DOOR_KM]
    return list(dict.fromkeys(next_door or [pin for _, pin in near[:1]]))[:_MOST_PINS]
