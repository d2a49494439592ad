"""Pictures that few programs write: sound all the same, or sound and shown by no browser."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial

from PIL import Image

from tests.photos import blocks as b
from tests.photos import files, profiles
from tests.photos.album_colours import patches
from tests.photos.album_files import FULL, SAID
from tests.photos.files import SIZE, chunk, encoded, jpeg, scene, segment
from tests.photos.profiles import Colour
from tests.photos.shot import Shot

# A grey ramp with a dark square in arithmetic coding, and colours that come in three scans, both by cjpeg.
_ARITHMETIC = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wCDEAA1ACUAKAAvACgAIQA1AC8AKwAvADwAOQA1AD8AUACFAFcAUABJAEkAUACjAHUAewBhAIUAwQCq"
    "AMsAyAC+AKoAugC3ANUA8AEyAQQA1QDiASIA5gC3ALoBCgFrAQ4BIgE8AUYBVwFaAVcAzgEAAXgBkwF1AU0BkAEyAVABVwFK/8kACwgBQAGQ"
    "AQERAP/MAAYAEBAF/9oACAEBAAA/AP7bLEfElF5SY1dY7VXyciJbHsU5LFiMGhqhq4lZoJqm1Bvw85hBWyviPjWI3Y5juVvrt9q7220BnZ+p"
    "zQ1STV1boWFqbAInF6dOZvYu6z6Orkto1h+s7A28iHKynCmXM7YZ+V3KV9ROvFjPjZO4cj/4Z7H+BQuWFDZNfWEdySQGGLn3kPS1GFohuOj/"
    "ANkAcingoOdP8vF9ypGxwDB4XsZQlMAcaRbIWUU2Ebyk/9k="
)
_SCANS_APART = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wCDEABQADcAPABGADwAMgBQAEYAQQBGAFoAVQBQAF8AeADIAIIAeABuAG4AeAD1AK8AuQCRAMgBIgD/"
    "ATEBLAEdAP8BGAETAUABaAHMAYYBQAFUAbMBWQETARgBkAIhAZUBswHbAeoCAwIIAgMBNgGBAjUCXQIwAfQCWAHMAfkCAwHv/9sAgxEAVQBa"
    "AFoAeABpAHgA6wCCAIIA6wHvAUoBGAFKAe8B7wHvAe8B7wHvAe8B7wHvAe8B7wHvAe8B7wHvAe8B7wHvAe8B7wHvAe8B7wHvAe8B7wHvAe8B"
    "7wHvAe8B7wHvAe8B7wHvAe8B7wHvAe8B7wHvAe8B7wHvAe8B7wHvAe8B7//BABEIAUABkAMBIgACEQEDEQH/xAAYAAEBAQEBAAAAAAAAAAAA"
    "AAAAAQIDBP/EABgQAQEBAQEAAAAAAAAAAAAAAABBAgED/9oACAEBAAA/APKAAAAAAAAAAAAAAAAKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAKAAAAAAAAAAAAAAAAAAAAAAAACAAAAAC8AAFAAQA"
    "AAAAAAAAAAOKAAAAHUAAAAAAAAAAAOKAAoACdAAAAABAAAAABeKAAAAHUAAAAAEAAAAAFyoACgAJ1AAAAABAAAAABctAAAACdAAAAABkAAAA"
    "AayoACgAM6QAAAAAQAAAAAazWgAAABNRkAAAAAQAAAAAaxWgAFAAZ1GQAAAAAAAAAAGsVoAAAAZ1EAAAAAEAAAAAGsVoABQAGdRkAAAAAQAA"
    "AAAaxWwAAABnUQAAAAAZAAAAAG/OtAAKAAzqMgAAAADIAAAAA351sAAAAZ3GQAAAABkAAAAAb862AAoADO4yAAAAAMAAAAADfnXQAAAAZ3GQ"
    "AAAABgAAAAAdPKtgAKAAgAAAAAKAAAAAAAAAAAAAAAAAAAAAAAACgAIAAAAACgAAAAAAAAAAAAAAAAAAAAAAAAoAAgAAAAAoAAAAAAAAAAAA"
    "AAAAAAAAAAAAKAAIAAAAAKAAAAAAAAAAAAAAAAAAAAAAAACgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAKAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACgAAAAAAAAAAAAAAAD//EABcBAQEBAQAAAAAAAAAAAAAAAAABAgT/xAAZEQEAAwEBAAAA"
    "AAAAAAAAAAAAARESAjH/2gAIAQIRAD8A6wAAAAAAAEAAAAAAAAQAAAAAAABAAAAAAAAEAAAAAAAAZBQAAAAAEBAFAABQABEBAJmmdmzZs2bN"
    "m2uZtoAAZkBASfGAABvhsAAZkBASfGAABvlsAAZkBkCWQABvloAAZlAQBAABrlsAAYn1AQBmyyyyyyy2uZa0aNGjRo0aZmQEBJQAAWFAAABA"
    "RAABYUAAAGQAAAAAAAEAAAAAAAAQAAAAAAABAAAAAAAAEAAAAAAAAf/EABcBAQEBAQAAAAAAAAAAAAAAAAABAgP/xAAcEQEBAQEBAAMBAAAA"
    "AAAAAAAAARICMQMRISL/2gAIAQMRAD8AyAAAAAAAAAAAAAAAAKAAAAAAAAAAAAAAAAACAACxQABAABAABYoAAgABWQABrloAASoCglZAAG+W"
    "gABmgAJWQABvloAAZoACXxkAAb4bAAGb6gAJfGAAB04dAABi+oACXxgAAdPjdQABzvqAAWfbOTJkyZMmTLXP8t6NGjRo0aNM39QFAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAFAAAAAAAAAAAAAAAAH/2Q=="
)
_FRAME = 0xC0


def rare() -> Iterator[Shot]:
    """Codings, scans, palettes and containers beside the common ones."""
    yield Shot("JPEG in arithmetic coding", lambda: _ARITHMETIC, size=SIZE)
    yield Shot("JPEG in arithmetic coding that does not fit into one block", _padded, size=SIZE)
    yield Shot("JPEG whose colours come one after the other", lambda: _SCANS_APART, size=SIZE)
    yield Shot("the same in 4:4:4 of 64 MP", _scans_apart_64_mp, "TOO_MANY_PIXELS", also="too much to hold")
    yield Shot("progressive JPEG of 500 scans", partial(_in_scans, 490), also="slow to unpack")
    yield Shot("progressive JPEG of 5000 scans", partial(_in_scans, 5000), "PHOTO_BROKEN", also="made to keep us busy")
    for word, (marker, bits) in _NOT_SHOWN.items():
        yield Shot(word, partial(_framed, marker, bits), "NOT_AN_IMAGE")
    for word, (bits, colour_type, rows, hidden) in _NOTHING_THERE.items():
        yield Shot(f"{word}: what is hidden stays hidden", partial(_png, bits, colour_type, rows, hidden), seen=_white)
    for word, (bits, colour_type, row, hidden) in _NOTHING_SAID.items():
        yield Shot(word, partial(_png, bits, colour_type, row, hidden), size=SIZE)
    yield Shot("PNG that ends in its first chunk", lambda: _png(8, 0, b"", b"\0\0")[:20], "PHOTO_BROKEN")
    yield Shot("PNG that is a tRNS only", lambda: _png(8, 0, b"", b"")[:8] + chunk(b"tRNS", b""), "PHOTO_BROKEN")
    for kind in ("JPEG", "PNG"):
        make = partial(encoded, _mud_image(), kind, icc_profile=profiles.grey_gamma())
        yield Shot(f"{kind} in colours with a profile for grey", make, seen=_mud)
    yield from _webps()
    yield from _origins()


def _padded() -> bytes:
    """With 65 KB of tables before the scan, so that whoever reads in blocks of 64 KB has only a part of it."""
    at = _ARITHMETIC.index(b"\xff\xdb")
    table = _ARITHMETIC[at : at + 2 + int.from_bytes(_ARITHMETIC[at + 2 : at + 4], "big")]
    scan = _ARITHMETIC.index(b"\xff\xda")
    return _ARITHMETIC[:at] + table * ((65_536 - scan) // len(table)) + _ARITHMETIC[at:]


def _in_scans(more: int) -> bytes:
    """A progressive JPEG whose last scan comes many times more."""
    data = encoded(Image.new("RGB", SIZE, (90, 100, 110)), progressive=True)
    last = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + last * more + data[-2:]


def _framed(marker: int, bits: int) -> bytes:
    """A JPEG whose frame says that it is of another kind."""
    data = jpeg()
    at = data.index(bytes([0xFF, _FRAME]))
    return data[: at + 1] + bytes([marker]) + data[at + 2 : at + 4] + bytes([bits]) + data[at + 5 :]


def _scans_apart_64_mp() -> bytes:
    data = encoded(scene(), subsampling=0)
    at, scan = data.index(bytes([0xFF, _FRAME])) + 5, data.index(b"\xff\xda")
    one = segment(0xDA, bytes([1, 1, 0, 0, 63, 0]))
    return data[:at] + struct.pack(">HH", 6936, 9248) + data[at + 4 : scan] + one + bytes(100)


_NOT_SHOWN = {
    "JPEG of 12 bits": (0xC1, 12), "JPEG without loss": (0xC3, 8), "JPEG in steps": (0xC5, 8),
    "JPEG-LS": (0xF7, 8), "JPEG without loss, in arithmetic coding": (0xCB, 8),
}  # fmt: skip
_NOTHING_THERE = {
    "one grey of 1 bit that is none": (1, 0, b"\0" * 50, b"\0\0"),
    "one grey of 2 bits that is none": (2, 0, b"\x55" * 100, b"\0\1"),
    "one grey of 4 bits that is none": (4, 0, b"\x55" * 200, b"\0\5"),
    "one colour of 16 bits that is none": (16, 2, b"\xc8\x12\x0a\x34\x0a\x56" * 400, b"\xc8\x12\x0a\x34\x0a\x56"),
    "a palette of 1 bit with transparency": (1, 3, b"\0" * 50, b"\0"),
}

_NOTHING_SAID = {
    "one grey that is none, in no bytes": (8, 0, b"\x55" * 400, b""),
    "one grey that is none, in one byte": (8, 0, b"\x55" * 400, b"\0"),
    "one colour that is none, in two bytes": (8, 2, b"\x55" * 1200, b"\0\x55"),
    "a palette in which nothing is transparent": (1, 3, b"\0" * 50, b""),
}


def _png(bits: int, colour_type: int, row: bytes, hidden: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", *SIZE, bits, colour_type, 0, 0, 0)
    palette = chunk(b"PLTE", bytes([200, 0, 0, 0, 0, 99])) if colour_type == 3 else b""
    pixels = chunk(b"IDAT", zlib.compress((b"\0" + row) * SIZE[1]))
    body = chunk(b"IHDR", head) + palette + chunk(b"tRNS", hidden) + pixels + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _white() -> list[Colour]:
    return patches(Image.new("RGB", SIZE, "white"))


def _mud_image() -> Image.Image:
    return Image.new("RGB", SIZE, (150, 90, 30))


def _mud() -> list[Colour]:
    return patches(_mud_image())


def _webps() -> Iterator[Shot]:
    def whole() -> bytes:
        return files.webp_with(scene(5), b"EXIF", FULL.bytes())

    yield Shot("WEBP whose EXIF lacks its end", lambda: whole()[:-40], **{**SAID, "place": None})
    yield Shot("WEBP whose head promises 2 GB", lambda: whole()[:4] + b"\xff\xff\xff\x7f" + whole()[8:], **SAID)
    yield Shot("WEBP with text behind the picture", lambda: whole() + b"<?php ?>" * 40, **SAID)


def _origins() -> Iterator[Shot]:
    """Where else than in its head a JPEG says more than a page's canvas."""
    for word, more in _BEHIND.items():
        yield Shot(word, partial(_followed, more), camera_data=True, also="camera data")
    yield Shot("a comment between two scans", _comment_between, camera_data=True, also="camera data")
    yield Shot("a canvas that lacks its end", lambda: jpeg(6)[:-2], camera_data=False, also="as a canvas")
    block = b.Block(">", [(0x0103, b.SHORT, [6]), (b.ORIENTATION, b.SHORT, [1])], [(0xA001, b.SHORT, [1])])
    safari = partial(files.with_exif, block.bytes(), 6)
    yield Shot("a canvas of Safari that says how it is packed", safari, camera_data=False, also="as a canvas")
    slow = partial(encoded, scene(6), progressive=True)
    yield Shot("a canvas in many scans", slow, camera_data=False, also="as a canvas")


_BEHIND: dict[str, Callable[[], bytes]] = {
    "one byte behind the picture": lambda: b"\0",
    "a second picture behind the first": lambda: jpeg(7),
    "a phone's own block behind the picture": lambda: b"\0\0\1\x0aImage_UTC_Data1764000000SEFHSEFT",
    "an archive behind the picture": lambda: b"PK\3\4" + bytes(400),
}


def _followed(more: Callable[[], bytes]) -> bytes:
    return jpeg(6) + more()


def _comment_between() -> bytes:
    data = encoded(scene(6), progressive=True)
    at = data.rindex(b"\xff\xda")
    return data[:at] + segment(0xFE, b"edited") + data[at:]
