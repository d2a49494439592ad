"""Picture files with any segments, chunks and profiles, made the same on every machine."""

from __future__ import annotations

import io
import random
import struct
import zlib
from functools import lru_cache
from typing import Any

from PIL import Image, ImageFilter, ImageOps

SIZE = (400, 320)


@lru_cache(maxsize=64)
def scene(seed: int = 0, size: tuple[int, int] = SIZE) -> Image.Image:
    """A street as a camera sees it: light from above, walls and ground with detail at every scale, rubbish."""
    rng, (width, height) = random.Random(seed), size
    picture = ImageOps.invert(Image.linear_gradient("L")).resize(size).convert("RGB")
    for octave in range(2, 8):  # each twice as fine; the finer ones show less, as in nature
        cells = (2**octave + 1, 2**octave * 3 // 4 + 1)
        layer = Image.frombytes("RGB", cells, rng.randbytes(3 * cells[0] * cells[1]))
        picture = Image.blend(picture, layer.resize(size, Image.Resampling.BICUBIC), 0.42 - 0.045 * octave)
    for _ in range(60):
        x, y, side = rng.randrange(width), rng.randrange(height // 2, height), rng.randrange(4, 4 + width // 16)
        picture.paste(tuple(rng.randrange(20, 235) for _ in range(3)), (x, y, x + side, y + side // 2))
    return picture


def encoded(image: Image.Image, kind: str = "JPEG", **more: Any) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    if kind == "JPEG":
        more.setdefault("quality", 85)
    image.save(out, kind, **more)
    return out.getvalue()


@lru_cache(maxsize=64)
def jpeg(seed: int = 0, size: tuple[int, int] = SIZE) -> bytes:
    """A plain JPEG of a scene."""
    return encoded(scene(seed, size))


def segment(marker: int, body: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def with_segments(data: bytes, *segments: bytes) -> bytes:
    """A JPEG with segments right behind its beginning."""
    return data[:2] + b"".join(segments) + data[2:]


def exif_segment(tiff: bytes) -> bytes:
    """An EXIF block as a segment."""
    return segment(0xE1, b"Exif\0\0" + tiff)


def with_exif(tiff: bytes, seed: int = 0) -> bytes:
    """A JPEG that carries this block."""
    return with_segments(jpeg(seed), exif_segment(tiff))


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_with(data: bytes, *chunks: bytes, late: bool = False) -> bytes:
    """A PNG with further chunks behind its header, or before its end."""
    at = len(data) - 12 if late else 33
    return data[:at] + b"".join(chunks) + data[at:]


def webp_with(image: Image.Image, name: bytes, body: bytes) -> bytes:
    """A WEBP of the extended kind with one further chunk at its end."""
    plain = encoded(image, "WEBP", quality=80)
    flags = {b"EXIF": 0x08, b"XMP ": 0x04, b"ICCP": 0x20}[name]
    canvas = (
        struct.pack("<I", flags) + (image.width - 1).to_bytes(3, "little") + (image.height - 1).to_bytes(3, "little")
    )
    extra = name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)
    parts = [extra, plain[12:]] if name == b"ICCP" else [plain[12:], extra]
    inner = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + canvas + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


def moving(kind: str) -> bytes:
    """Two pictures that play one after the other."""
    out = io.BytesIO()
    scene(0).save(out, kind, save_all=True, append_images=[scene(1)])
    return out.getvalue()


def many(count: int = 2) -> bytes:
    """A JPEG with several pictures, as stereo cameras and phones write them (MPO)."""
    out = io.BytesIO()
    more = [scene(seed, (160, 120)).rotate(180) for seed in range(1, count)]
    scene(0).save(out, "MPO", quality=85, save_all=True, append_images=more)
    return out.getvalue()


def blurred(image: Image.Image, share: float) -> Image.Image:
    """The picture out of focus by a share of its width."""
    return image.filter(ImageFilter.GaussianBlur(share * image.width))
