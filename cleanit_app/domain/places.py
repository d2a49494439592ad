"""Places on the ground: whether one is in India, and how far two are apart."""

from __future__ import annotations

import math

from cleanit_app.domain.errors import FieldProblem

# Mainland to Indira Point, Arabian Sea to Arunachal; the box also holds some neighbours (CAM-04).
INDIA_LATITUDE = (6.70, 37.20)
INDIA_LONGITUDE = (68.05, 97.45)
EARTH_KM = 6371.0088


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in km between two (latitude, longitude) points in degrees."""
    lat1, lng1, lat2, lng2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lng2 - lng1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def metres_between(a: tuple[float, float], b: tuple[float, float]) -> int:
    """Distance in whole metres, half a metre up: the figure that is shown is the one that is judged (JOB-10)."""
    return math.floor(1000 * distance_km(a, b) + 0.5)


def town_weight(people: int, km: float) -> float:
    """How much a town so far away is the one that people name for a place: its people over the cube of the distance."""
    return (people + 1) / (km + 2) ** 3


def unit_vector(latitude: float, longitude: float) -> tuple[float, float, float]:
    """The place as a point on the unit sphere, which a cube index can search nearest first (JOB-03)."""
    lat, lng = math.radians(latitude), math.radians(longitude)
    return math.cos(lat) * math.cos(lng), math.cos(lat) * math.sin(lng), math.sin(lat)


def chord_of_km(km: float) -> float:
    """Straight-line distance on the unit sphere for a distance in km along the ground."""
    return 2 * math.sin(min(math.pi, km / EARTH_KM) / 2)


def km_of_chord(chord: float) -> float:
    """Distance in km along the ground for a straight-line distance on the unit sphere."""
    return 2 * EARTH_KM * math.asin(min(1.0, chord / 2))


def is_in_india(latitude: float, longitude: float) -> bool:
    """Whether a point is finite and inside the box around India (CAM-04)."""
    return (
        math.isfinite(latitude)
        and math.isfinite(longitude)
        and INDIA_LATITUDE[0] <= latitude <= INDIA_LATITUDE[1]
        and INDIA_LONGITUDE[0] <= longitude <= INDIA_LONGITUDE[1]
    )


def place_problem(latitude: float | None, longitude: float | None) -> FieldProblem | None:
    """What is wrong with a place, or None (CAM-04)."""
    if latitude is None or longitude is None:
        return FieldProblem("place_missing")
    if latitude == 0 and longitude == 0:
        return FieldProblem("place_missing")
    return None if is_in_india(latitude, longitude) else FieldProblem("place_outside_india")
