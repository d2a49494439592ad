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
_PNG_PAINTS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
_WEBP_PAINTS = frozenset({b"VP8X", b"ALPH", b"VP8 ", b"VP8L", b"ANIM", b"ANMF"})
_WEBP_BESIDE = 0x2C  # flags that promise a profile, EXIF and XMP
MOST_SEGMENTS = 10_000  # cameras write fewer than 300
_MARKER = re.compile(rb"\xff[^\x00\xff]")  # after any filling
_BEHIND = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # the next one behind a scan's numbers
_SCAN, _END = 0xDA, 0xD9
_BETWEEN_SCANS = frozenset({0xC4, 0xDB, 0xDC, 0xDD, _SCAN})  # tables, the height, the next scan
_FRAMES = frozenset({*range(0xC0, 0xD0), 0xF7}) - {0xC4, 0xC8, 0xCC}
_KNOWN_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC9, 0xCA})  # not those without loss or in steps
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
    foreign: bool = False  # a JPEG of twelve bits, without loss, in steps: sound, but no browser shows it
    scans: int = 1  # those a JPEG needs for all its colours; of several it is there as a whole before its first row


def taken_apart(data: bytes, kind: str) -> Contents:
    """The contents of a JPEG, PNG or WEBP; whatever is broken beside the picture counts as not there."""
    return {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp}[kind](data)


def _jpeg(data: bytes) -> Contents:
    kept, tiff, beside, foreign, layers, scans = [data[:2]], b"", False, False, 0, 1
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
        if marker in _FRAMES:
            foreign = foreign or marker not in _KNOWN_FRAMES or body[:1] != b"\x08"
            layers = body[5] if len(body) > 5 else 0
        elif marker == _SCAN:
            beside = beside or _says_more(whole)
            scans = layers if whole[4:5] < bytes([layers]) else 1
    joined = b"".join(profile[number] for number in sorted(profile))
    return Contents(b"".join(kept), tiff, joined[: MOST_PROFILE_BYTES + 1], beside, foreign=foreign, scans=scans)


def _says_more(scans: bytes) -> bool:
    """Whether more than numbers and tables lies among the scans of a JPEG, or anything behind its end."""
    at = 0
    while found := _BEHIND.search(scans, at):
        at, marker = found.start(), scans[found.start() + 1]
        if marker not in _BETWEEN_SCANS:
            return marker != _END or at + 2 < len(scans)
        at += 2 + max(2, int.from_bytes(scans[at + 2 : at + 4], "big"))
    return False


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
        elif name == b"tRNS" and (hidden := _hidden_colour(body, data[24:26])):
            kept.append(_chunk(name, hidden))
        elif name == b"eXIf":
            tiff = tiff or _as_tiff(body)
        elif name == b"iCCP":
            profile = profile or _inflated(body.partition(b"\0")[2][1:])
        elif name == b"acTL":
            frames = int.from_bytes(body[:4], "big")
        beside = beside or name in (b"tEXt", b"zTXt", b"iTXt")
        at += 12 + length if name != b"IEND" else len(data)
    return Contents(b"".join(kept), tiff, profile, beside, frames > 1)


def _hidden_colour(body: bytes, depth_and_type: bytes) -> bytes:
    """The colour that means "nothing here" in the eight bits in which Pillow compares it; of sixteen the upper half.

    Nothing where it has another length than the picture's type asks for.
    """
    depth, colour_type = depth_and_type if len(depth_and_type) == 2 else (0, 0)
    if colour_type == 3:
        return body
    if len(body) != {0: 2, 2: 6}.get(colour_type):
        return b""
    if colour_type == 0 and depth in (2, 4):
        return bytes([0, body[1] * 255 // (2**depth - 1) & 0xFF])
    return bytes([0, body[0], 0, body[2], 0, body[4]]) if colour_type == 2 and depth == 16 else body


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, MOST_PROFILE_BYTES + 1)
    except zlib.error:
        return b""


def _webp(data: bytes) -> Contents:
    found: dict[bytes, bytes] = {}
    kept, at = b"", 12
    while at + 8 <= len(data):
        length, name = int.from_bytes(data[at + 4 : at + 8], "little"), data[at : at + 4]
        body = data[at + 8 : at + 8 + length]
        if name in _WEBP_PAINTS and not (name in found and name != b"ANMF"):
            promised = bytes([body[0] & ~_WEBP_BESIDE]) + body[1:] if name == b"VP8X" and body else body
            kept += data[at : at + 8] + promised + bytes(length % 2)
        found.setdefault(name, body)
        at += 8 + length + length % 2
    picture = b"RIFF" + (len(kept) + 4).to_bytes(4, "little") + b"WEBP" + kept
    profile = found.get(b"ICCP", b"")[: MOST_PROFILE_BYTES + 1]
    return Contents(picture, _as_tiff(found.get(b"EXIF", b"")), profile, b"XMP " in found, b"ANMF" in found)


def _as_tiff(block: bytes) -> bytes:
    """A block that begins as TIFF does, without the word that some put before it."""
    tiff = block[6:] if block.startswith(_EXIF) else block  # the second NUL of the word is not always one
    return tiff if tiff[:4] in (b"II*\0", b"MM\0*") else b""
