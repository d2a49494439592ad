"""EXIF blocks, byte by byte, in whatever layout a camera or a broken program writes them."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

BYTE, ASCII, SHORT, LONG, RATIONAL, UNDEFINED, SLONG, SRATIONAL, FLOAT, DOUBLE = 1, 2, 3, 4, 5, 7, 9, 10, 11, 12
_LETTER = {BYTE: "B", SHORT: "H", LONG: "I", SLONG: "i", FLOAT: "f", DOUBLE: "d"}
MAKE, MODEL, ORIENTATION, EXIF_IFD, GPS_IFD = 0x010F, 0x0110, 0x0112, 0x8769, 0x8825
TAKEN, OFFSET, SUBSECOND, MAKER_NOTE = 0x9003, 0x9011, 0x9291, 0x927C
LAT_REF, LAT, LNG_REF, LNG, GPS_TIME, GPS_DATE = 1, 2, 3, 4, 7, 29

Entry = tuple[int, int, Any]


def ascii_(text: str) -> bytes:
    """Text as EXIF keeps it."""
    return text.encode("ascii") + b"\0"


@dataclass
class Block:
    """Three directories in one byte order; `raw` replaces single entries by (tag, type, count, four bytes)."""

    order: str = "<"
    first: list[Entry] = field(default_factory=list)
    detail: list[Entry] = field(default_factory=list)
    gps: list[Entry] = field(default_factory=list)
    raw: list[tuple[int, int, int, bytes]] = field(default_factory=list)

    def bytes(self) -> bytes:
        """The block as it stands in a file."""
        first = list(self.first)
        at = 8 + self._size(len(first) + len(self.raw) + bool(self.detail) + bool(self.gps))
        detail_at, gps_at = at, at + (self._size(len(self.detail)) if self.detail else 0)
        end = gps_at + (self._size(len(self.gps)) if self.gps else 0)
        if self.detail:
            first.append((EXIF_IFD, LONG, [detail_at]))
        if self.gps:
            first.append((GPS_IFD, LONG, [gps_at]))
        self._data, self._data_at = b"", end
        parts = [self._directory(first, self.raw)]
        parts += [self._directory(part) for part in (self.detail, self.gps) if part]
        mark = b"II*\0" if self.order == "<" else b"MM\0*"
        return mark + struct.pack(self.order + "I", 8) + b"".join(parts) + self._data

    @staticmethod
    def _size(entries: int) -> int:
        return 2 + 12 * entries + 4

    def _directory(self, entries: list[Entry], raw: Sequence[tuple[int, int, int, bytes]] = ()) -> bytes:
        lines = [self._entry(*entry) for entry in entries]
        lines += [struct.pack(self.order + "HHI", *line[:3]) + line[3] for line in raw]
        return struct.pack(self.order + "H", len(lines)) + b"".join(lines) + bytes(4)

    def _entry(self, tag: int, kind: int, value: Any) -> bytes:
        packed = self._packed(kind, value)
        size = {ASCII: 1, UNDEFINED: 1, RATIONAL: 8, SRATIONAL: 8}.get(kind) or struct.calcsize(_LETTER[kind])
        head = struct.pack(self.order + "HHI", tag, kind, len(packed) // size)
        if len(packed) <= 4:
            return head + packed.ljust(4, b"\0")
        at = self._data_at + len(self._data)
        self._data += packed + bytes(len(packed) % 2)
        return head + struct.pack(self.order + "I", at)

    def _packed(self, kind: int, value: Any) -> bytes:
        if kind in (ASCII, UNDEFINED):
            return ascii_(value) if isinstance(value, str) else bytes(value)
        if kind in (RATIONAL, SRATIONAL):
            letters = "II" if kind == RATIONAL else "ii"
            return b"".join(struct.pack(self.order + letters, *pair(one)) for one in value)
        return struct.pack(f"{self.order}{len(value)}{_LETTER[kind]}", *value)


def pair(value: Any) -> tuple[int, int]:
    """A number as numerator and denominator; a pair stays as it is."""
    if isinstance(value, tuple):
        return value
    fraction = Fraction(value).limit_denominator(1_000_000)
    return fraction.numerator, fraction.denominator


def sexagesimal(degrees: float) -> list[Any]:
    """Degrees, minutes and seconds as most phones write them, seconds in hundredths."""
    ticks = round(abs(degrees) * 3600 * 100)
    minutes, ticks = divmod(ticks, 6000)
    return [minutes // 60, minutes % 60, (ticks, 100)]


def gps(
    latitude: float = 26.8467,
    longitude: float = 80.9462,
    *,
    kind: int = RATIONAL,
    parts: tuple[list[Any], list[Any]] | None = None,
    refs: tuple[Any, Any] | None = None,
) -> list[Entry]:
    """The four entries of a place."""
    lat, lng = parts or (sexagesimal(latitude), sexagesimal(longitude))
    north, east = refs or ("N" if latitude >= 0 else "S", "E" if longitude >= 0 else "W")
    return [(LAT_REF, ASCII, north), (LAT, kind, lat), (LNG_REF, ASCII, east), (LNG, kind, lng)]
