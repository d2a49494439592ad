"""Containers: several pictures in one file, what lies beside a picture, files cut short, cameras and canvases."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.photos import blocks as b
from tests.photos import files
from tests.photos.album_exif import NOON
from tests.photos.blocks import Block, gps
from tests.photos.files import chunk, encoded, jpeg, scene, segment, with_segments
from tests.photos.shot import LUCKNOW, Shot

XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><tiff:Orientation>6</tiff:Orientation></rdf:RDF></x:xmpmeta>"
GAIN_MAP = b'<x:xmpmeta><rdf:Description hdrgm:Version="1.0" GContainer:Directory="2"/></x:xmpmeta>'
XAP = b"http://ns.adobe.com/xap/1.0/\0"
FULL = Block(
    "<", [(b.MAKE, b.ASCII, "Phone"), (b.ORIENTATION, b.SHORT, [6])], [(b.TAKEN, b.ASCII, "2026:11:24 12:00:00")], gps()
)
SAID: dict[str, Any] = {"place": LUCKNOW, "taken_at": NOON, "orientation": 6}


def containers() -> Iterator[Shot]:
    """The three kinds with all that they carry, and kinds that are not taken."""
    yield from _several()
    yield from _jpegs()
    yield from _pngs()
    yield from _webps()
    for word, make in _NO_PHOTOS.items():
        yield Shot(word, make, "NOT_AN_IMAGE")


def _several() -> Iterator[Shot]:
    for count in (2, 3, 5):
        yield Shot(f"MPO with {count} pictures (Panasonic, Nikon, Sony)", partial(files.many, count))
    yield Shot("MPO with EXIF", lambda: with_segments(files.many(), files.exif_segment(FULL.bytes())), **SAID)
    yield Shot("MPO whose second picture is cut", lambda: files.many()[:-900])
    yield Shot(
        "MPO whose index is garbage",
        lambda: with_segments(jpeg(), segment(0xE2, b"MPF\0" + random.Random(1).randbytes(80))),
    )
    yield Shot("MPO whose index promises 4 billion pictures", _promising)
    gain = segment(0xE1, XAP + GAIN_MAP)
    yield Shot("a gain-map photo (Ultra HDR)", lambda: with_segments(files.many(), gain))
    yield Shot("a gain-map photo without an index", lambda: with_segments(jpeg(), gain) + jpeg(1))
    yield Shot("a motion photo (video behind the picture)", lambda: jpeg() + b"\0\0\0\x18ftypmp42" + bytes(5000))


def _promising() -> bytes:
    directory = struct.pack("<HHHI4sHHII", 2, 0xB000, 7, 4, b"0100", 0xB001, 4, 1, 0xFFFFFFFF)
    return with_segments(jpeg(), segment(0xE2, b"MPF\0II*\0\x08\0\0\0" + directory + bytes(4)))


def _jpegs() -> Iterator[Shot]:
    shots: dict[str, Callable[[], bytes]] = {
        "a plain JPEG": jpeg,
        "a progressive JPEG": lambda: encoded(scene(), progressive=True),
        "a JPEG without subsampling": lambda: encoded(scene(), subsampling=0),
        "a JPEG with restart markers": lambda: encoded(scene(), restart_marker_rows=2),
        "a grey JPEG": lambda: encoded(scene().convert("L")),
        "a JPEG without JFIF": lambda: jpeg()[:2] + jpeg()[20:],
        "fill bytes before a segment": lambda: jpeg()[:2] + b"\xff" * 7 + jpeg()[2:],
        "junk between segments": lambda: jpeg()[:20] + bytes(31) + jpeg()[20:],
        "a comment of 60 KB": lambda: with_segments(jpeg(), segment(0xFE, b"spoken " * 9000)),
        "2 MB of notes of its maker": lambda: with_segments(jpeg(), *[segment(0xE4, bytes(65_000))] * 32),
        "XMP that says it lies on its side": lambda: with_segments(jpeg(), segment(0xE1, XAP + XMP)),
        "XMP that is no XML": lambda: with_segments(jpeg(), segment(0xE1, XAP + b"<<<<" * 500)),
        "an APP1 of garbage": lambda: with_segments(jpeg(), segment(0xE1, random.Random(2).randbytes(900))),
        "an APP1 longer than the file": lambda: with_segments(jpeg(), b"\xff\xe1\xff\xfeExif\0\0II*\0"),
        "a JFIF segment of two bytes": lambda: with_segments(jpeg(), segment(0xE0, b"JF")),
        "an Adobe segment that is cut": lambda: with_segments(jpeg(), segment(0xEE, b"Adobe\0d")),
        "a Photoshop segment that is cut": lambda: with_segments(jpeg(), segment(0xED, b"Photoshop 3.0\x008BIM\x04")),
        "text behind the picture": lambda: jpeg() + b"<?php system($_GET[0]); ?>" * 40,
    }
    for word, make in shots.items():
        yield Shot(word, make)
    whole = files.exif_segment(FULL.bytes())
    bad = files.exif_segment(b"garbage" * 9)
    yield Shot("garbage EXIF before good EXIF", lambda: with_segments(jpeg(), bad, whole), **SAID)
    yield Shot("good EXIF before garbage EXIF", lambda: with_segments(jpeg(), whole, bad), **SAID)
    yield Shot("EXIF behind a comment", lambda: with_segments(jpeg(), segment(0xFE, b"x" * 300), whole), **SAID)
    yield Shot("EXIF behind 600 KB of a profile", lambda: with_segments(jpeg(), *_large_profile(), whole), **SAID)
    odd = segment(0xE1, b"Exif\0\xff" + FULL.bytes())
    yield Shot("EXIF whose head ends otherwise", lambda: with_segments(jpeg(), odd), **SAID)


def _large_profile() -> list[bytes]:
    return [segment(0xE2, b"ICC_PROFILE\0" + bytes([n, 10]) + bytes(60_000)) for n in range(1, 11)]


def _png() -> bytes:
    return encoded(scene(2), "PNG")


def _pngs() -> Iterator[Shot]:
    exif = chunk(b"eXIf", FULL.bytes())
    prefixed = chunk(b"eXIf", b"Exif\0\0" + FULL.bytes())
    yield Shot("a plain PNG", _png)
    yield Shot("an interlaced PNG", _interlaced)
    yield Shot("PNG with EXIF", lambda: files.png_with(_png(), exif), **SAID)
    yield Shot("PNG with EXIF at its end", lambda: files.png_with(_png(), exif, late=True), **SAID)
    yield Shot("PNG with EXIF as JPEG has it", lambda: files.png_with(_png(), prefixed), **SAID)
    shots: dict[str, bytes] = {
        "PNG with EXIF of noise": chunk(b"eXIf", random.Random(3).randbytes(700)),
        "PNG with XMP": chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP),
        "PNG with 5 MB of text in 5 KB": chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(5_000_000))),
        "PNG with a note whose sum is wrong": chunk(b"tEXt", b"Title\0spoiled")[:-4] + b"\0\0\0\0",
        "PNG with unknown chunks": chunk(b"vpAg", bytes(9)) + chunk(b"oFFs", bytes(9)),
    }
    for word, part in shots.items():
        yield Shot(word, partial(_png_with, part))
    yield Shot("an animated PNG", partial(files.moving, "PNG"), "NOT_AN_IMAGE")


def _png_with(part: bytes) -> bytes:
    return files.png_with(_png(), part)


def _interlaced() -> bytes:
    """A grey PNG whose rows come in seven passes (Adam7)."""
    image = scene(4, (400, 320)).convert("L")
    pixels, rows = image.load(), b""
    for x0, y0, dx, dy in (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ):
        for y in range(y0, image.height, dy):
            rows += b"\0" + bytes(pixels[x, y] for x in range(x0, image.width, dx))
    head = struct.pack(">IIBBBBB", image.width, image.height, 8, 0, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _webps() -> Iterator[Shot]:
    yield Shot("a plain WEBP", lambda: encoded(scene(5), "WEBP"))
    yield Shot("a WEBP without loss", lambda: encoded(scene(5), "WEBP", lossless=True))
    yield Shot("WEBP with EXIF", lambda: files.webp_with(scene(5), b"EXIF", FULL.bytes()), **SAID)
    yield Shot(
        "WEBP with EXIF as JPEG has it", lambda: files.webp_with(scene(5), b"EXIF", b"Exif\0\0" + FULL.bytes()), **SAID
    )
    yield Shot("WEBP with EXIF of noise", lambda: files.webp_with(scene(5), b"EXIF", random.Random(4).randbytes(701)))
    yield Shot("WEBP with XMP", lambda: files.webp_with(scene(5), b"XMP ", XMP))
    yield Shot("an animated WEBP", partial(files.moving, "WEBP"), "NOT_AN_IMAGE")


_NO_PHOTOS: dict[str, Callable[[], bytes]] = {
    "a GIF": lambda: encoded(scene(), "GIF"),
    "a BMP": lambda: encoded(scene(), "BMP"),
    "a TIFF": lambda: encoded(scene(), "TIFF"),
    "a HEIC of an iPhone": lambda: b"\0\0\0\x24ftypheic\0\0\0\0mif1heic" + bytes(4000),
    "an AVIF": lambda: b"\0\0\0\x1cftypavif\0\0\0\0avifmif1" + bytes(4000),
    "a raw picture (DNG)": lambda: FULL.bytes() + bytes(4000),
    "a drawing (SVG)": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
    "a PDF": lambda: b"%PDF-1.7\n1 0 obj<</JS(app.alert(1))>>",
    "a video": lambda: b"\0\0\0\x18ftypmp42" + bytes(4000),
}


def torn() -> Iterator[Shot]:
    """Files that end too early, or are damaged on the way."""
    for lost in (1, 2, 10, 200):
        yield Shot(f"a JPEG that lacks its last {lost} bytes", partial(_cut, jpeg, lost))
    for share in (5, 10):
        yield Shot(f"a JPEG that lacks its last {share} %", partial(_cut_share, jpeg, share))
    for share in (40, 70, 95):
        yield Shot(f"a JPEG that lacks its last {share} %", partial(_cut_share, jpeg, share), "PHOTO_BROKEN")
    whole = partial(files.with_exif, FULL.bytes())
    yield Shot("a JPEG with EXIF that lacks its end", partial(_cut, whole, 50), **SAID)
    slow = partial(encoded, scene(), progressive=True)
    for share in (2, 10, 40):
        yield Shot(
            f"a progressive JPEG that lacks its last {share} %", partial(_cut_share, slow, share), also="coarser"
        )
    yield Shot("a progressive JPEG that lacks its last 97 %", partial(_cut_share, slow, 97), "PHOTO_BROKEN")
    yield Shot("a JPEG that ends in its head", lambda: jpeg()[:300], "PHOTO_BROKEN")
    yield Shot("a JPEG of nothing", lambda: b"\xff\xd8\xff\xd9", "PHOTO_BROKEN")
    yield Shot("a JPEG of noise", lambda: b"\xff\xd8\xff" + random.Random(5).randbytes(3000), "PHOTO_BROKEN")
    yield Shot("a JPEG with 40 spoiled bytes in its middle", _spoiled, also="what is there is shown")
    yield Shot("a PNG that lacks its last rows", partial(_cut, _png, 3000), "PHOTO_BROKEN")
    yield Shot("a PNG of its head only", lambda: _png()[:60], "PHOTO_BROKEN")
    yield Shot(
        "a WEBP that lacks its last bytes", partial(_cut, partial(encoded, scene(5), "WEBP"), 3000), "PHOTO_BROKEN"
    )
    yield Shot("an empty file", lambda: b"", "PHOTO_MISSING")


def _cut(make: Callable[[], bytes], lost: int) -> bytes:
    return make()[:-lost]


def _cut_share(make: Callable[[], bytes], share: int) -> bytes:
    data = make()
    return data[: len(data) - len(data) * share // 100]


def _spoiled() -> bytes:
    data = bytearray(jpeg())
    middle = len(data) // 2
    data[middle : middle + 40] = bytes(40)
    return bytes(data)


def origins() -> Iterator[Shot]:
    """Whether a JPEG can be a page's canvas: it holds no more than browsers write there."""
    sizes = [(0xA001, b.SHORT, [1]), (0xA002, b.LONG, [400]), (0xA003, b.LONG, [320])]
    safari = Block(">", [(b.ORIENTATION, b.SHORT, [1]), (0x011A, b.RATIONAL, [72]), (0x011B, b.RATIONAL, [72])], sizes)
    nothing = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x008BIM\x04\x25\0\0\0\0\0\x10" + bytes.fromhex(
        "d41d8cd98f00b204e9800998ecf8427e"
    )
    empty = segment(0xED, nothing)
    yield _origin("a canvas of Chrome or Firefox", [], False)
    yield _origin("a canvas of Safari", [files.exif_segment(safari.bytes()), empty], False)
    yield _origin("a canvas with a colour profile", [segment(0xE2, b"ICC_PROFILE\0\x01\x01" + bytes(400))], False)
    for word, block in _CAMERAS.items():
        yield _origin(word, [files.exif_segment(block.bytes())], True, **_facts(word))
    yield _origin("XMP of an editor", [segment(0xE1, XAP + XMP)], True)
    yield _origin("EXIF that does not parse", [files.exif_segment(b"garbage" * 9)], True)
    yield _origin("a comment of a video program", [segment(0xFE, b"Lavc61.3.100")], True)
    yield _origin("an index of further pictures", [segment(0xE2, b"MPF\0" + bytes(40))], True)
    fb = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0e\x1c\x02\x28\0\x09FBMD01000\0"
    yield _origin("a picture saved from a network (IPTC)", [segment(0xED, fb)], True)
    yield _origin("notes of a maker in a segment of its own", [segment(0xE5, b"Samsung" + bytes(60))], True)


def _origin(name: str, segments: list[bytes], camera_data: bool, **facts: Any) -> Shot:
    make = partial(_with, segments)
    return Shot(name, make, camera_data=camera_data, also="camera data" if camera_data else "as a canvas", **facts)


def _with(segments: list[bytes]) -> bytes:
    return with_segments(jpeg(6), *segments)


def _facts(word: str) -> dict[str, Any]:
    return {"place": LUCKNOW} if word == "a place only" else {"taken_at": NOON} if word == "a time only" else {}


_CAMERAS = {
    "a camera's name only": Block(first=[(b.MAKE, b.ASCII, "Xiaomi"), (b.MODEL, b.ASCII, "23053RN02A")]),
    "a program's name only": Block(first=[(0x0131, b.ASCII, "GIMP 3.0")]),
    "a time only": Block(detail=[(b.TAKEN, b.ASCII, "2026:11:24 12:00:00")]),
    "a place only": Block(gps=gps()),
    "notes of the maker only": Block(detail=[(b.MAKER_NOTE, b.UNDEFINED, bytes(200))]),
    "an exposure only": Block(detail=[(0x829A, b.RATIONAL, [(1, 250)])]),
    "an empty GPS block": Block(gps=[(0, b.BYTE, [2, 3, 0, 0])]),
}
