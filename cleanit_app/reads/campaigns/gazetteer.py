"""Indian towns by name, for people who find a spot without map or device location. Data: GeoNames, CC BY 4.0."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).with_name("places_in_india.csv")
MOST = 8


@dataclass(frozen=True)
class KnownPlace:
    """A town: its name in English and, where known, Hindi, and its middle in degrees."""

    name: str
    hindi: str
    latitude: float
    longitude: float


@lru_cache(maxsize=1)
def _places() -> tuple[tuple[str, KnownPlace], ...]:
    """Every place with the text it is found by, largest first."""
    with DATA.open(encoding="utf-8") as file:
        rows = [KnownPlace(name, hindi, float(lat), float(lng)) for name, lat, lng, _, hindi in csv.reader(file)]
    return tuple((f"{_plain(p.name)}|{_plain(p.hindi)}", p) for p in rows)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not 0x300 <= ord(c) <= 0x36F)


def find_places(q: str) -> list[KnownPlace]:
    """Towns whose name begins with a word of what was typed (its last part first), largest first, eight at most.

    Of "Gali No. 4, Aminabad, Lucknow 226018" it finds Lucknow: numbers are left out, later parts count first.
    """
    parts = [_plain(" ".join(w for w in part.split() if not any(c.isdigit() for c in w))) for part in q.split(",")]
    for part in reversed([p for p in parts if len(p) >= 2]):
        found = [p for key, p in _places() if key.startswith(part) or f"|{part}" in key]
        if found:
            return found[:MOST]
    return []
