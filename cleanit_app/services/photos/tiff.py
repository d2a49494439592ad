"""The directories of a TIFF block, which is what EXIF is; `islands/exif.js` reads them by the same rules.

What lies outside the block counts as not there, so a torn or looping block gives what of it can be read.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, field

MOST_ENTRIES = 1000  # more than any camera writes; a block of garbage claims 65,535
MOST_NUMBERS = 16  # of those that are asked for
_POINTERS = frozenset({3, 4, 13})
_HEADER = 8  # bytes; no directory lies before their end
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_NUMBERS = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I"}
_FRACTIONS = {5: "II", 10: "ii"}


@dataclass(frozen=True)
class Directory:
    """The entries of one directory as they lie there: (type, count, bytes) by tag."""

    order: str = "<"
    entries: dict[int, tuple[int, int, bytes]] = field(default_factory=dict)

    def numbers(self, tag: int) -> list[float]:
        """The numbers of an entry, NaN where one has no denominator; none for what is no number."""
        kind, count, value = self.entries.get(tag, (0, 0, b""))
        if count > MOST_NUMBERS:
            return []
        if kind in _NUMBERS:
            return [float(v) for v in struct.unpack(f"{self.order}{count}{_NUMBERS[kind]}", value)]
        if kind in _FRACTIONS:
            pairs = struct.iter_unpack(self.order + _FRACTIONS[kind], value)
            return [above / below if below else math.nan for above, below in pairs]
        return []

    def text(self, tag: int) -> str:
        """The ASCII text of an entry up to its NUL, without blanks around it."""
        kind, _, value = self.entries.get(tag, (0, 0, b""))
        said = value.partition(b"\0")[0] if kind in (1, 2, 7) else b""
        return said.decode("ascii", "replace").strip(" \t\r\n")


@dataclass(frozen=True)
class Tiff:
    """A TIFF block; empty when it is none."""

    block: bytes

    @property
    def order(self) -> str:
        """The byte order for `struct`."""
        return "<" if self.block[:2] == b"II" else ">"

    def first(self) -> Directory:
        """The directory that the header points at."""
        return self.directory(self._number(4, 4))

    def below(self, directory: Directory, tag: int) -> Directory:
        """The directory that an entry points at; an empty one when there is none."""
        kind = directory.entries.get(tag, (0, 0, b""))[0]
        offset = directory.numbers(tag) if kind in _POINTERS else []
        return self.directory(int(offset[0]) if offset else 0)

    def directory(self, at: int) -> Directory:
        """The directory at an offset, as far as it lies inside the block."""
        found: dict[int, tuple[int, int, bytes]] = {}
        count = self._number(at, 2) if at >= _HEADER else 0
        for n in range(min(count, MOST_ENTRIES)):
            entry = at + 2 + 12 * n
            if entry + 12 > len(self.block):
                break
            tag, kind, length = struct.unpack(f"{self.order}HHI", self.block[entry : entry + 8])
            size = _SIZES.get(kind, 0) * length
            start = entry + 8 if size <= 4 else self._number(entry + 8, 4)
            if size and start + size <= len(self.block):
                found[tag] = kind, length, self.block[start : start + size]
        return Directory(self.order, found)

    def _number(self, at: int, size: int) -> int:
        part = self.block[at : at + size] if len(self.block) >= at + size else b""
        return int.from_bytes(part, "little" if self.order == "<" else "big")
