"""What a received photo turned out to be."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

WIDTHS = (160, 320, 480, 800, 1600)


@dataclass(frozen=True)
class Stamp:
    """Place and time that the viewfinder knew, to be written into the private original."""

    place: tuple[float, float]
    at: datetime


@dataclass(frozen=True)
class ExaminedPhoto:
    """What a received file turned out to be; `sizes` are WebP without any metadata, by width in px.

    `original` is what came in, with the stamp if there was one; `sha256` is of what came in.
    """

    original: bytes
    kind: str
    sha256: bytes
    dhash: int
    width: int
    height: int
    brightness: float  # 0 black to 255 white
    sharpness: float  # spread of the edges; below about 6 is blurry
    place: tuple[float, float] | None  # from EXIF
    taken_at: datetime | None  # from EXIF
    sizes: dict[int, bytes] = field(repr=False, default_factory=dict)
