"""DIGIPIN: India Post's code of ten signs for a square of about four metres (Department of Posts, 2025)."""

from __future__ import annotations

import re

_GRID = ("FC98", "J327", "K456", "LMPT")  # north to south, west to east
_SOUTH, _WEST, _SPAN, _SIGNS = 2.5, 63.5, 36.0, 10
_TYPED = re.compile(r"(?<![\w-])([2-9CFJKLMPT]{3})[- ]?([2-9CFJKLMPT]{3})[- ]?([2-9CFJKLMPT]{4})(?![\w-])", re.I)


def digipin_of(latitude: float, longitude: float) -> str:
    """The ten signs, without dashes, of a place inside the grid (latitude 2.5 to 38.5, longitude 63.5 to 99.5)."""
    south, west, side = _SOUTH, _WEST, _SPAN
    signs = ""
    for _ in range(_SIGNS):
        side /= 4
        row = min(3, max(0, int((latitude - south) / side)))
        column = min(3, max(0, int((longitude - west) / side)))
        signs += _GRID[3 - row][column]
        south, west = south + row * side, west + column * side
    return signs


def place_of(digipin: str) -> tuple[float, float]:
    """Latitude and longitude in degrees of the middle of a DIGIPIN's square; dashes do not matter."""
    south, west, side = _SOUTH, _WEST, _SPAN
    for sign in digipin.replace("-", "").upper():
        side /= 4
        row = next(number for number, signs in enumerate(_GRID) if sign in signs)
        south, west = south + (3 - row) * side, west + _GRID[row].index(sign) * side
    return south + side / 2, west + side / 2


def digipins_in(typed: str) -> tuple[list[str], str]:
    """The DIGIPINs in what was typed, and the rest of it; ten digits are a phone number, ten letters a word."""
    found = [m for m in _TYPED.finditer(typed) if re.search("[0-9]", m[0]) and re.search("[A-Za-z]", m[0])]
    rest = typed
    for match in reversed(found):
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    return ["".join(match.groups()).upper() for match in found], rest
