"""Colour profiles of known formulas, and the formulas, so that what comes out can be reckoned."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterable, Sequence
from functools import lru_cache

Colour = tuple[float, ...]
Matrix = tuple[Colour, Colour, Colour]
D50 = (0.9642, 1.0, 0.8249)
# Rows: X, Y, Z; columns: red, green and blue, adapted to D50.
SRGB: Matrix = ((0.43607, 0.38515, 0.14307), (0.22249, 0.71687, 0.06061), (0.01392, 0.09708, 0.71410))
P3: Matrix = ((0.51512, 0.29198, 0.15710), (0.24120, 0.69225, 0.06657), (-0.00105, 0.04189, 0.78407))
ADOBE: Matrix = ((0.60974, 0.20528, 0.14919), (0.31111, 0.62567, 0.06322), (0.01947, 0.06087, 0.74457))
ADOBE_GAMMA = 563 / 256
# How much red, green and blue light passes full ink of cyan, magenta, yellow and black.
INKS = ((0.05, 0.60, 0.86), (0.85, 0.12, 0.50), (0.98, 0.90, 0.14), (0.13, 0.12, 0.12))
GRID = 13


def _bent(light: float) -> float:
    light = min(1.0, max(0.0, light))
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _straight(number: float) -> float:
    return number / 12.92 if number <= 0.04045 else ((number + 0.055) / 1.055) ** 2.4


def bent(light: Iterable[float]) -> Colour:
    """Light as the numbers of sRGB, both 0 to 1."""
    return tuple(_bent(part) for part in light)


def straight(numbers: Iterable[float]) -> Colour:
    """The numbers of sRGB as light."""
    return tuple(_straight(part) for part in numbers)


def _times(matrix: Matrix, colour: Colour) -> Colour:
    return tuple(sum(a * b for a, b in zip(row, colour, strict=True)) for row in matrix)


def _inverse(m: Matrix) -> Matrix:
    (a, b, c), (d, e, f), (g, h, i) = m
    rows = (e * i - f * h, c * h - b * i, b * f - c * e), (f * g - d * i, a * i - c * g, c * d - a * f)
    last = (d * h - e * g, b * g - a * h, a * e - b * d)
    whole = a * rows[0][0] + b * rows[1][0] + c * last[0]
    first, second, third = (tuple(v / whole for v in row) for row in (*rows, last))
    return first, second, third


def to_p3(srgb: Colour) -> Colour:
    """A colour of sRGB as Display P3 numbers it, both 0 to 1."""
    return bent(_times(_inverse(P3), _times(SRGB, straight(srgb))))


def to_adobe(srgb: Colour) -> Colour:
    """A colour of sRGB as Adobe RGB numbers it."""
    light = _times(_inverse(ADOBE), _times(SRGB, straight(srgb)))
    return tuple(min(1.0, max(0.0, part)) ** (1 / ADOBE_GAMMA) for part in light)


def printed(cmyk: Colour) -> Colour:
    """What inks (0 to 1) look like on paper, as sRGB."""
    seen = (1.0, 1.0, 1.0)
    for amount, passes in zip(cmyk, INKS, strict=True):
        seen = tuple(s * (1 - amount * (1 - p)) for s, p in zip(seen, passes, strict=True))
    return seen


def lab(srgb: Colour) -> Colour:
    """CIE Lab (D50) of sRGB numbers 0 to 1."""
    xyz = (part / white for part, white in zip(_times(SRGB, straight(srgb)), D50, strict=True))
    x, y, z = (v ** (1 / 3) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(a: Sequence[Colour], b: Sequence[Colour]) -> float:
    """The mean ΔE (1976) of two lists of sRGB colours, numbers 0 to 255."""
    pairs = [(lab(tuple(v / 255 for v in p)), lab(tuple(v / 255 for v in q))) for p, q in zip(a, b, strict=True)]
    return sum(sum((v - w) ** 2 for v, w in zip(p, q, strict=True)) ** 0.5 for p, q in pairs) / len(pairs)


def _profile(
    kind: bytes, space: bytes, connection: bytes, tags: dict[bytes, bytes], version: int = 0x02400000
) -> bytes:
    white = struct.pack(">3i", *(round(v * 65536) for v in D50))
    at, table, body = 128 + 4 + 12 * len(tags), struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    size = at + len(body)
    head = struct.pack(">I4sI4s4s4s12x4s28x", size, b"", version, kind, space, connection, b"acsp") + white
    return head.ljust(128, b"\0") + table + body


def _xyz(column: Iterable[float]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in column))


def _matrix_profile(primaries: Matrix, curve: bytes) -> bytes:
    tags = {b"wtpt": _xyz(D50)}
    for n, name in enumerate((b"r", b"g", b"b")):
        tags |= {name + b"XYZ": _xyz(row[n] for row in primaries), name + b"TRC": curve}
    return _profile(b"mntr", b"RGB ", b"XYZ ", tags, 0x04300000)


@lru_cache(maxsize=1)
def display_p3() -> bytes:
    """The profile of phones' screens and cameras."""
    numbers = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    curve = b"para\0\0\0\0" + struct.pack(">HH5i", 3, 0, *(round(v * 65536) for v in numbers))
    return _matrix_profile(P3, curve)


@lru_cache(maxsize=1)
def adobe_rgb() -> bytes:
    """The profile of cameras that say Adobe RGB."""
    return _matrix_profile(ADOBE, b"curv\0\0\0\0" + struct.pack(">IH", 1, 0x0233) + b"\0\0")


@lru_cache(maxsize=1)
def grey_gamma() -> bytes:
    """A profile for grey pictures, gamma 1.8."""
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, 0x01CD) + b"\0\0"
    return _profile(b"mntr", b"GRAY", b"XYZ ", {b"wtpt": _xyz(D50), b"kTRC": curve})


@lru_cache(maxsize=1)
def inks() -> bytes:
    """A printer's profile for `printed`."""
    steps = [n / (GRID - 1) for n in range(GRID)]
    table = bytearray()
    for cmyk in itertools.product(steps, repeat=4):
        lightness, a, b = lab(printed(cmyk))
        table += struct.pack(">3H", round(lightness * 652.8), round(a * 256 + 32768), round(b * 256 + 32768))
    one = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    ends = struct.pack(">2H", 0, 65535)
    head = b"mft2\0\0\0\0" + struct.pack(">4B", 4, 3, GRID, 0) + one + struct.pack(">2H", 2, 2)
    tags = {b"wtpt": _xyz(D50), b"A2B0": head + 4 * ends + bytes(table) + 3 * ends}
    return _profile(b"prtr", b"CMYK", b"Lab ", tags)
