"""Where a visitor is, as a browser told it: rounded, checked, kept in the tab alone."""

from __future__ import annotations

_DIGITS = 3  # about 100 m: enough for "near me", too little for a doorstep


def rounded_place(latitude: object, longitude: object) -> tuple[float, float] | None:
    """Latitude and longitude in degrees to about 100 m; None for anything that is no place on earth."""
    try:
        place = round(float(latitude), _DIGITS), round(float(longitude), _DIGITS)  # type: ignore[arg-type]  # what is no number is caught
    except (TypeError, ValueError, OverflowError):
        return None
    return place if abs(place[0]) <= 90 and abs(place[1]) <= 180 else None
