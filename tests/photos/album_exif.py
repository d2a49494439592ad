"""Place, time and side as cameras and programs write them into EXIF."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from tests.photos import blocks as b
from tests.photos import files
from tests.photos.blocks import Block, gps
from tests.photos.shot import LUCKNOW, Shot

NOON = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
ORDERS = {"little": "<", "big": ">"}
DECIMALS = ([26.8467, 0, 0], [80.9462, 0, 0])
MINUTES = ([26, (50802, 1000), 0], [80, (56772, 1000), 0])
ODD = ([(80540, 3010), (50802, 1009), (7, 13)], [(242838, 3000), (0, 1), (0, 7)])


def _jpeg(block: Block) -> bytes:
    return files.with_exif(block.bytes())


def _shot(name: str, block: Block, **right: Any) -> Shot:
    return Shot(name, partial(_jpeg, block), **right)


def places() -> Iterator[Shot]:
    """GPS blocks: every type of number, sign and order; and those that are half there."""
    for word, order in ORDERS.items():
        yield from _whole(word, order)
    for word, place in _CORNERS.items():
        yield _shot(word, Block(gps=gps(*place)), place=place)
    for word, refs in _REFS.items():
        yield _shot(f"sides as {word}", Block(gps=gps(refs=refs)), place=LUCKNOW)
    for word, entries in _HALVES.items():
        yield _shot(word, Block(gps=entries))


def _whole(word: str, order: str) -> Iterator[Shot]:
    for name, kind in {"RATIONAL": b.RATIONAL, "SRATIONAL (Nokia, HMD)": b.SRATIONAL}.items():
        for style, parts in {"seconds": None, "decimal degrees": DECIMALS, "decimal minutes": MINUTES}.items():
            block = Block(order, gps=gps(kind=kind, parts=parts))
            yield _shot(f"{name}, {style}, {word}-endian", block, place=LUCKNOW)
    whole = ([26, 50, 48], [80, 56, 46])
    for name, kind in {"BYTE": b.BYTE, "SHORT": b.SHORT, "LONG": b.LONG, "SLONG": b.SLONG}.items():
        yield _shot(
            f"{name} degrees, {word}-endian", Block(order, gps=gps(kind=kind, parts=whole)), place=_degrees(whole)
        )
    for name, kind in {"FLOAT": b.FLOAT, "DOUBLE": b.DOUBLE}.items():
        yield _shot(f"{name} degrees, {word}-endian", Block(order, gps=gps(kind=kind, parts=DECIMALS)), place=LUCKNOW)
    odd = (80540 / 3010 + 50802 / 1009 / 60 + 7 / 13 / 3600, 242838 / 3000)
    yield _shot(f"odd denominators, {word}-endian", Block(order, gps=gps(parts=ODD)), place=odd)


def _degrees(parts: tuple[list[int], list[int]]) -> tuple[float, float]:
    first, second = (d + m / 60 + s / 3600 for d, m, s in parts)
    return first, second


_CORNERS = {
    "south and east": (-33.8568, 151.2153), "south and west": (-22.9519, -43.2105),
    "north and west": (38.8977, -77.0365),
    "on the equator": (0.0, 32.5811), "on the first meridian": (51.4779, 0.0), "at the date line": (-16.5, 180.0),
    "at the pole": (90.0, 12.0),
}  # fmt: skip
_REFS = {
    "small letters": ("n", "e"), "letters and two NULs": (b"N\0\0", b"E\0\0"), "one byte without a NUL": (b"N", b"E"),
    "letters and a blank": (b"N \0", b"E \0"),
}  # fmt: skip
_FULL = gps()
_HALVES: dict[str, list[b.Entry]] = {
    "no sides": [e for e in _FULL if e[0] in (b.LAT, b.LNG)],
    "a side that is none": gps(refs=("X", "E")),
    "sides swapped": gps(refs=("E", "N")),
    "sides of blanks": gps(refs=(b" \0", b" \0")),
    "no latitude": [e for e in _FULL if e[0] != b.LAT],
    "no longitude": [e for e in _FULL if e[0] != b.LNG],
    "a GPS block with a version only": [(0, b.BYTE, [2, 3, 0, 0])],
    "nothing but zeroes": gps(parts=([0, 0, 0], [0, 0, 0])),
    "0/0 in every part": gps(parts=([(0, 0)] * 3, [(0, 0)] * 3)),
    "0/0 in the seconds": gps(parts=([26, 50, (0, 0)], [80, 56, (0, 0)])),
    "26/0 degrees": gps(parts=([(26, 0), 50, 48], [80, 56, 46])),
    "91 degrees north": gps(parts=([91, 0, 0], [80, 56, 46])),
    "181 degrees east": gps(parts=([26, 50, 48], [181, 0, 0])),
    "60 minutes": gps(parts=([26, 60, 0], [80, 56, 46])),
    "75 seconds": gps(parts=([26, 50, 75], [80, 56, 46])),
    "degrees below zero": gps(kind=b.SRATIONAL, parts=([-26, 50, 48], [80, 56, 46])),
    "minutes below zero": gps(kind=b.SRATIONAL, parts=([26, -50, 48], [80, 56, 46])),
    "two parts instead of three": gps(parts=([26, 50], [80, 56])),
    "four parts": gps(parts=([26, 50, 48, 0], [80, 56, 46, 0])),
    "degrees as text": [(b.LAT_REF, b.ASCII, "N"), (b.LAT, b.ASCII, "26.8467"), (b.LNG_REF, b.ASCII, "E"),
                        (b.LNG, b.ASCII, "80.9462")],
    "not a number": gps(kind=b.DOUBLE, parts=([float("nan")] * 3, [float("nan")] * 3)),
    "endless": gps(kind=b.FLOAT, parts=([float("inf"), 0, 0], [80, 0, 0])),
}  # fmt: skip


def times() -> Iterator[Shot]:
    """Times with and without a zone, with and without a place, and those that are none."""
    for word, (taken, offset) in _WHOLE_TIMES.items():
        for order_word, order in ORDERS.items() if word in _BOTH_ORDERS else [("little", "<")]:
            detail = [(b.TAKEN, b.ASCII, taken), *([(b.OFFSET, b.ASCII, offset)] if offset is not None else [])]
            name = f"{word}, {order_word}-endian" if word in _BOTH_ORDERS else word
            yield _shot(name, Block(order, detail=detail), taken_at=NOON)
    for word, text in _NO_TIMES.items():
        yield _shot(f"time {word}", Block(detail=[(b.TAKEN, b.ASCII, text)]))
    edge = [(b.TAKEN, b.ASCII, "9999:12:31 23:59:59"), (b.OFFSET, b.ASCII, "-12:00")]
    yield _shot("the last second of year 9999 in the west", Block(detail=edge))
    early = [(b.TAKEN, b.ASCII, "2000:01:01 03:00:00")]
    yield _shot("the year 2000 in India, 1999 elsewhere", Block(detail=early))
    yield from _with_satellites()


_BOTH_ORDERS = ("a time without a zone is Indian", "+05:30 said")
_WHOLE_TIMES: dict[str, tuple[Any, Any]] = {
    "a time without a zone is Indian": ("2026:11:24 12:00:00", None),
    "+05:30 said": ("2026:11:24 12:00:00", "+05:30"),
    "UTC as Z": ("2026:11:24 06:30:00", "Z"),
    "UTC as +00:00": ("2026:11:24 06:30:00", "+00:00"),
    "west of Greenwich": ("2026:11:23 18:30:00", "-12:00"),
    "far east": ("2026:11:24 20:30:00", "+14:00"),
    "+0530 without a colon": ("2026:11:24 12:00:00", "+0530"),
    "a zone of blanks is Indian": ("2026:11:24 12:00:00", "      "),
    "a zone that is none is Indian": ("2026:11:24 12:00:00", "+5h30"),
    "a zone beyond the world is Indian": ("2026:11:24 12:00:00", "+23:00"),
    "a time with hyphens and T": ("2026-11-24T12:00:00", None),
    "a time without its NUL": (b"2026:11:24 12:00:00", None),
    "a time with blanks behind": ("2026:11:24 12:00:00  ", None),
    "a time with parts of a second": ("2026:11:24 12:00:00.417", None),
}
_NO_TIMES: dict[str, Any] = {
    "of zeroes": "0000:00:00 00:00:00",
    "in the year 1": "0001:01:01 00:00:00",
    "in the year 9999": "9999:12:31 23:59:59",
    "in 1970": "1970:01:01 00:00:00",
    "of blanks": "    :  :     :  :  ",
    "of NULs": bytes(20),
    "on the 30th of February": "2026:02:30 12:00:00",
    "at 24:00": "2026:11:24 24:00:00",
    "at 12:60": "2026:11:24 12:60:00",
    "of a day only": "2026:11:24",
    "in words": "yesterday at noon",
    "in Devanagari digits": "२०२६:११:२४ १२:००:००".encode(),
}


def _with_satellites() -> Iterator[Shot]:
    stamp = [(b.GPS_DATE, b.ASCII, "2026:11:24"), (b.GPS_TIME, b.RATIONAL, [6, 30, 0])]
    local = [(b.TAKEN, b.ASCII, "2026:11:24 12:00:00")]
    yield _shot("the satellites' time only", Block(gps=stamp), taken_at=NOON)
    yield _shot("the satellites' time and place", Block(gps=gps() + stamp), place=LUCKNOW, taken_at=NOON)
    late = [(b.GPS_DATE, b.ASCII, "2026:11:24"), (b.GPS_TIME, b.RATIONAL, [5, 0, 0])]
    yield _shot("the camera's time goes before the satellites'", Block(detail=local, gps=late), taken_at=NOON)
    empty = [(b.TAKEN, b.ASCII, "0001:01:01 00:00:00")]
    yield _shot("the satellites' time where the camera's is empty", Block(detail=empty, gps=stamp), taken_at=NOON)
    yield _shot("the satellites' time without a day", Block(gps=stamp[1:]))
    broken = [stamp[0], (b.GPS_TIME, b.RATIONAL, [(0, 0)] * 3)]
    yield _shot("the satellites' time of 0/0", Block(gps=broken))
    yield _shot("a time and no place", Block(detail=[*local, (b.SUBSECOND, b.ASCII, "417")]), taken_at=NOON)
    yield _shot("a place and no time", Block(gps=gps()), place=LUCKNOW)
    every = Block(">", [(b.MAKE, b.ASCII, "HMD Global"), (b.ORIENTATION, b.SHORT, [6])], local, gps(kind=b.SRATIONAL))
    yield _shot("everything a Nokia writes", every, place=LUCKNOW, taken_at=NOON, orientation=6)


def sides() -> Iterator[Shot]:
    """Orientation: the eight there are, and what else is written there."""
    for word, order in ORDERS.items():
        for way in range(1, 9):
            yield _shot(
                f"orientation {way}, {word}-endian", Block(order, [(b.ORIENTATION, b.SHORT, [way])]), orientation=way
            )
    for word, entry in {
        "0": (b.SHORT, [0]), "9": (b.SHORT, [9]), "x": (b.ASCII, "x"), "nothing": (b.ASCII, b""),
        "65535": (b.SHORT, [65535]),
    }.items():  # fmt: skip
        yield _shot(f"orientation {word} is upright", Block(first=[(b.ORIENTATION, *entry)]))
    for word, kind in {"LONG": b.LONG, "BYTE": b.BYTE}.items():
        yield _shot(f"orientation 6 as {word}", Block(first=[(b.ORIENTATION, kind, [6])]), orientation=6)


def torn() -> Iterator[Shot]:
    """EXIF blocks that are cut, loop, point anywhere or are no EXIF at all."""
    whole = Block("<", [(b.MAKE, b.ASCII, "Phone of the street")], [(b.TAKEN, b.ASCII, "2026:11:24 12:00:00")], gps())
    full = whole.bytes()
    for at in (3, 7, 9, 20, 40):
        yield Shot(f"EXIF cut after {at} bytes", partial(files.with_exif, full[:at]))
    place_cut = full[: full.index(b"Phone") + 24]
    yield Shot("EXIF cut before its numbers", partial(files.with_exif, place_cut))
    yield Shot("EXIF cut within its last number", partial(files.with_exif, full[:-6]), taken_at=NOON)
    for word, block in _broken_blocks(full).items():
        yield Shot(word, partial(files.with_exif, block))
    for word, at in {
        "into itself": 8,
        "into the header": 2,
        "to zero": 0,
        "beyond the end": 70_000,
        "far away": 0xFFFFFFF0,
    }.items():
        looped = Block(
            raw=[(b.EXIF_IFD, b.LONG, 1, struct.pack("<I", at)), (b.GPS_IFD, b.LONG, 1, struct.pack("<I", at))]
        )
        yield _shot(f"directories that point {word}", looped)
    yield _shot("a directory pointed at by a fraction", Block(first=[(b.GPS_IFD, b.DOUBLE, [float("nan")])]))
    good = Block(
        gps=gps(), raw=[(0x9999, 5, 0x40000000, bytes(4)), (0x9998, 77, 3, bytes(4)), (b.MAKE, 2, 900, b"\xff" * 4)]
    )
    yield _shot("a place beside entries that point outside", good, place=LUCKNOW)


def _broken_blocks(full: bytes) -> dict[str, bytes]:
    noise = random.Random(9).randbytes(3000)
    return {
        "an empty EXIF segment": b"",
        "EXIF of zeroes": bytes(500),
        "EXIF of noise": noise,
        "noise behind a good head": b"II*\0\x08\0\0\0" + noise,
        "65,535 entries promised": full[:8] + b"\xff\xff" + bytes(30),
        "a wrong magic number": full[:2] + b"\x2b\0" + full[4:],
        "byte orders mixed": b"MM" + full[2:],
        "EXIF of text": b"<?xml version='1.0'?><exif/>" * 20,
    }
