"""Picture files as containers: what paints kept, what is said beside it set apart (JOB-09, SEC-06).

Decoders get only what paints, so nothing that a stranger wrote beside the pixels can refuse a sound picture, and of
several pictures in one file (MPO, gain maps) only the first is ever seen. `islands/exif.js` walks files the same way.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

MOST_PROFILE_BYTES = 4 * 1024 * 1024  # the largest in use, of printers, have three
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_PAINTS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
MOST_SEGMENTS = 10_000  # cameras write fewer than 300
_MARKER = re.compile(rb"\xff[^\x00\xff]")  # after any filling
_SCAN, _END = 0xDA, 0xD9
_NO_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})  # markers that stand alone
_EXIF, _ICC, _IPTC = b"Exif\0", b"ICC_PROFILE\0", b"Photoshop 3.0\0"
# What ImageIO writes into every JPEG, also a canvas's: an empty record and the digest of nothing.
_IPTC_OF_NOTHING = frozenset({(0x0404, b""), (0x0425, bytes.fromhex("d41d8cd98f00b204e9800998ecf8427e"))})


@dataclass(frozen=True)
class Contents:
    """A picture file taken apart: `picture` paints, `tiff` is its EXIF block and `profile` its colours, if any."""

    picture: bytes
    tiff: bytes = b""
    profile: bytes = b""
    beside: bool = False  # says more than EXIF: things that a page's canvas never writes
    moves: bool = False


def taken_apart(data: bytes, kind: str) -> Contents:
    """The contents of a JPEG, PNG or WEBP; whatever is broken beside the picture counts as not there."""
    return {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp}[kind](data)


def _jpeg(data: bytes) -> Contents:
    kept, tiff, beside = [data[:2]], b"", False
    profile: dict[bytes, bytes] = {}
    for marker, body, whole in islice(_segments(data), MOST_SEGMENTS):
        if marker == 0xE1 and body.startswith(_EXIF):
            tiff = tiff or _as_tiff(body)
            beside = beside or not tiff
        elif marker == 0xE2 and body.startswith(_ICC):
            profile.setdefault(body[12:13], body[14:])
        elif _is_beside(marker, body):
            beside = beside or not (marker == 0xED and _is_empty(body))
        else:
            kept.append(whole)
    joined = b"".join(profile[number] for number in sorted(profile))
    return Contents(b"".join(kept), tiff, joined[: MOST_PROFILE_BYTES + 1], beside)


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """(marker, body, all its bytes) up to the first scan, which comes with everything behind it."""
    at = 2
    while found := _MARKER.search(data, at):
        at, marker = found.start(), data[found.start() + 1]
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in (_SCAN, _END):
            yield marker, b"", data[at:]
            return
        if marker in _NO_LENGTH or end < at + 4 or end > len(data):  # a length that cannot be is not believed
            at += 2 if marker in _NO_LENGTH else 4
            continue
        yield marker, data[at + 4 : end], data[at:end]
        at = end


def _is_beside(marker: int, body: bytes) -> bool:
    """Whether a segment says something instead of painting; JFIF and Adobe tell which colours the numbers are."""
    if marker == 0xE0:
        return not body.startswith(b"JFIF\0") or len(body) < 14
    if marker == 0xEE:
        return not body.startswith(b"Adobe") or len(body) < 12
    return 0xE1 <= marker <= 0xEF or marker == 0xFE


def _is_empty(body: bytes) -> bool:
    """Whether Photoshop's segment holds nothing, as ImageIO's."""
    if not body.startswith(_IPTC):
        return False
    at = len(_IPTC)
    while body[at : at + 4] == b"8BIM":
        size = int.from_bytes(body[at + 8 : at + 12], "big")
        resource = int.from_bytes(body[at + 4 : at + 6], "big"), body[at + 12 : at + 12 + size]
        if body[at + 6 : at + 8] != b"\0\0" or resource not in _IPTC_OF_NOTHING:
            return False
        at += 12 + size
    return at == len(body)


def _png(data: bytes) -> Contents:
    kept, tiff, profile, beside, frames, at = [data[:8]], b"", b"", False, 0, 8
    while at < len(data):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + length]
        if name in _PNG_PAINTS:
            kept.append(data[at : at + 12 + length])
        elif name == b"eXIf":
            tiff = tiff or _as_tiff(body)
        elif name == b"iCCP":
            profile = profile or _inflated(body.partition(b"\0")[2][1:])
        elif name == b"acTL":
            frames = int.from_bytes(body[:4], "big")
        beside = beside or name in (b"tEXt", b"zTXt", b"iTXt")
        at += 12 + length if name != b"IEND" else len(data)
    return Contents(b"".join(kept), tiff, profile, beside, frames > 1)


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, MOST_PROFILE_BYTES + 1)
    except zlib.error:
        return b""


def _webp(data: bytes) -> Contents:
    found: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        found.setdefault(data[at : at + 4], data[at + 8 : at + 8 + length])
        at += 8 + length + length % 2
    profile = found.get(b"ICCP", b"")[: MOST_PROFILE_BYTES + 1]
    return Contents(data, _as_tiff(found.get(b"EXIF", b"")), profile, b"XMP " in found, b"ANMF" in found)


def _as_tiff(block: bytes) -> bytes:
    """A block that begins as TIFF does, without the word that some put before it."""
    tiff = block[6:] if block.startswith(_EXIF) else block  # the second NUL of the word is not always one
    return tiff if tiff[:4] in (b"II*\0", b"MM\0*") else b""
