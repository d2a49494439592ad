"""The places of India as the files hold them. Towns: GeoNames, CC BY 4.0; post offices: India Post, GODL-India."""

from __future__ import annotations

import csv
import gzip
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import TypeVar

from cleanit_app.domain.places import distance_km, town_weight
from cleanit_app.domain.searching.sounds import is_indian, sounds_of
from cleanit_app.domain.searching.words import words_of

TOWNS = Path(__file__).with_name("towns.csv.gz")
OFFICES = Path(__file__).with_name("post_offices.csv.gz")
QUARTERS = Path(__file__).with_name("quarters.csv")
LANDMARKS = Path(__file__).with_name("landmarks.csv")
Key = TypeVar("Key")
_CELL = 0.25  # degrees
_MOST_KEYS = 4


@dataclass(frozen=True, slots=True)
class Town:
    """A town or city: `others` are its names in other languages and of other times."""

    id: int
    name: str
    latitude: float
    longitude: float
    population: int
    state: str
    hindi: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """A post office and its PIN code: most are named as the quarter around them; `town` is the one it lies in.

    `known`: a quarter that all of the town calls so, or a landmark, whatever its post office is called; `others`
    are its other names.
    """

    pin: str
    name: str
    latitude: float
    longitude: float
    town: Town
    known: bool = False
    others: tuple[str, ...] = ()


@dataclass(slots=True)
class Names:
    """Things by the letters of their names, by how they sound, and by how they begin."""

    by_letters: dict[str, list[Town | Office]] = field(default_factory=dict)
    by_sound: dict[tuple[bool, str], list[Town | Office]] = field(default_factory=dict)
    sorted_letters: list[str] = field(default_factory=list)
    sorted_sounds: list[tuple[bool, str]] = field(default_factory=list)

    def add(self, name: str, thing: Town | Office) -> None:
        """Let a thing be found by this name."""
        words = words_of(name)
        self._put(self.by_letters, "".join(words), thing)
        for key in joined_sounds(words):
            self._put(self.by_sound, (is_indian(name), key), thing)

    @staticmethod
    def _put(names: dict[Key, list[Town | Office]], key: Key, thing: Town | Office) -> None:
        things = names.setdefault(key, [])
        if not things or things[-1] is not thing:
            things.append(thing)


def joined_sounds(words: Iterable[str]) -> list[str]:
    """How several words sound as one; digits stay; a word too short for a sound of its own stays as it is."""
    return ["".join(keys) for keys in list(product(*(sounds_of(word) or (word,) for word in words)))[:_MOST_KEYS]]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All towns and post offices, and the ways to find them."""

    towns: tuple[Town, ...]
    offices: tuple[Office, ...]
    names: Names
    by_pin: dict[str, list[Office]]
    cells: dict[tuple[int, int], list[Town | Office]]

    def around(self, latitude: float, longitude: float, km: float) -> Iterator[tuple[float, Town | Office]]:
        """Towns and post offices within so many km, with their distance, in no order."""
        reach = math.ceil(km / 111 / _CELL / max(0.2, math.cos(math.radians(latitude))))
        row, column = _cell(latitude, longitude)
        for north, east in product(range(-reach, reach + 1), repeat=2):
            for thing in self.cells.get((row + north, column + east), ()):
                away = distance_km((latitude, longitude), (thing.latitude, thing.longitude))
                if away <= km:
                    yield away, thing


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return math.floor(latitude / _CELL), math.floor(longitude / _CELL)


@lru_cache(maxsize=1)
def places() -> Gazetteer:
    """The files, read once in a process; about a second and 60 MB."""
    names, cells = Names(), dict[tuple[int, int], list[Town | Office]]()
    towns = tuple(_read_towns())
    for town in towns:
        cells.setdefault(_cell(town.latitude, town.longitude), []).append(town)
        for name in (town.name, town.hindi, *town.others):
            names.add(name, town)
    by_id = {town.id: town for town in towns}
    offices = tuple(_read_offices(by_id))
    by_pin: dict[str, list[Office]] = {}
    for office in offices:
        names.add(office.name, office)
        by_pin.setdefault(office.pin, []).append(office)
        cells.setdefault(_cell(office.latitude, office.longitude), []).append(office)
    for office in (*_read_known(QUARTERS, towns), *_read_known(LANDMARKS, towns)):
        offices += (office,)
        for name in (office.name, *office.others):
            names.add(name, office)
        cells.setdefault(_cell(office.latitude, office.longitude), []).append(office)
    names.by_letters.pop("", None)
    names.sorted_letters, names.sorted_sounds = sorted(names.by_letters), sorted(names.by_sound)
    return Gazetteer(towns, offices, names, by_pin, cells)


def _read_towns() -> Iterator[Town]:
    with gzip.open(TOWNS, "rt", encoding="utf-8") as file:
        for number, name, lat, lng, people, state, hindi, others in csv.reader(file):
            yield Town(
                int(number),
                name,
                float(lat),
                float(lng),
                int(people),
                state,
                hindi,
                tuple(filter(None, others.split("|"))),
            )


def _read_offices(towns: dict[int, Town]) -> Iterator[Office]:
    with gzip.open(OFFICES, "rt", encoding="utf-8") as file:
        for pin, name, lat, lng, town in csv.reader(file):
            yield Office(pin, name, float(lat), float(lng), towns[int(town)])


def _read_known(path: Path, towns: Iterable[Town]) -> Iterator[Office]:
    """Quarters and landmarks that no post office is named after, with their other names; written down for Cleanit."""
    largest = {town.name: town for town in sorted(towns, key=lambda one: one.population)}
    with path.open(encoding="utf-8") as file:
        for pin, names, lat, lng, town in csv.reader(file):
            name, *others = names.split("|")
            yield Office(pin, name, float(lat), float(lng), largest[town], known=True, others=tuple(others))


def town_of(near: Iterable[tuple[float, Town | Office]]) -> Town | None:
    """The town that people say a place lies in: the one that weighs most (`town_weight`)."""
    towns = [(away, thing) for away, thing in near if isinstance(thing, Town)]
    return max(towns, key=lambda one: town_weight(one[1].population, one[0]), default=(0.0, None))[1]
