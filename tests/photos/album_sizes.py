"""Sizes: what today's phones take is taken, what nobody can judge by or hold is refused with a sentence."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from functools import partial
from typing import Any

from PIL import Image

from tests.photos.files import chunk, encoded
from tests.photos.shot import Shot

_PHONES = {
    "12 MP": (4032, 3024), "16 MP, 16:9": (5312, 2988), "48 MP (iPhone)": (8064, 6048),
    "50 MP (Pixel, Samsung)": (8160, 6120), "64 MP (Redmi)": (9248, 6936), "a panorama": (12_000, 2_500),
    "a tall screen": (1080, 2400), "VGA": (640, 480), "the smallest": (320, 320),
}  # fmt: skip
_TOO_MANY = {"108 MP": (12_000, 9_000), "200 MP": (16_320, 12_240), "a side of 12,001": (12_001, 400)}
_TOO_FEW = {"319 px high": (640, 319), "319 px wide": (319, 640), "a thumbnail": (160, 120), "one point": (1, 1)}


def sizes() -> Iterator[Shot]:
    """JPEG, PNG and WEBP at and beyond each limit."""
    for word, size in _PHONES.items():
        yield Shot(f"JPEG of {word}, {size[0]}×{size[1]}", partial(_flat, size), size=size)
    for word, size in {"50 MP": (8160, 6120), "64 MP": (9248, 6936)}.items():
        yield Shot(f"progressive JPEG of {word}", partial(_flat, size, progressive=True), size=size)
    for word, more in {"CMYK of 64 MP": {"mode": "CMYK"}, "4:4:4 of 64 MP": {"subsampling": 0}}.items():
        name = f"progressive JPEG in {word}"
        yield Shot(
            name, partial(_flat, (9248, 6936), progressive=True, **more), "TOO_MANY_PIXELS", also="too much to hold"
        )
    for word, size in _TOO_MANY.items():
        yield Shot(f"JPEG of {word}", partial(_claims, size), "TOO_MANY_PIXELS")
    for word, size in _TOO_FEW.items():
        yield Shot(f"JPEG {word}", partial(_flat, size), "PHOTO_TOO_SMALL")
        yield Shot(f"PNG {word}", partial(_flat, size, "PNG"), "PHOTO_TOO_SMALL")
    yield Shot("PNG of 40 MP", partial(_flat, (7300, 5470), "PNG"), size=(7300, 5470))
    yield Shot("PNG of 48 MP", partial(_png_head, 8064, 6048), "TOO_MANY_PIXELS")
    yield Shot("PNG of 900 MP in 90 bytes", partial(_png_head, 30_000, 30_000), "TOO_MANY_PIXELS")
    yield Shot("WEBP of 16 MP", partial(_flat, (4600, 3450), "WEBP", quality=20, method=0), size=(4600, 3450))
    yield Shot("WEBP of 20 MP", partial(_flat, (5200, 3900), "WEBP", quality=20, method=0), "TOO_MANY_PIXELS")
    yield Shot("JPEG of 11 MB", lambda: _flat((640, 480)) + bytes(11 << 20), "PHOTO_TOO_LARGE")


def _flat(size: tuple[int, int], kind: str = "JPEG", mode: str = "RGB", **more: Any) -> bytes:
    colour = (120, 130, 90) if mode == "RGB" else (90, 20, 60, 10)
    return encoded(Image.new(mode, size, colour), kind, **more)


def _claims(size: tuple[int, int]) -> bytes:
    """A small JPEG whose head claims another size."""
    data = _flat((640, 480))
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", size[1], size[0]) + data[at + 4 :]


def _png_head(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
