"""What a received photo turned out to be."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

MAX_PIXELS = 40_000_000
MAX_JPEG_PIXELS = 65_000_000  # what phones call 64 megapixels; unpacked at an eighth to a half
MAX_WEBP_PIXELS = 16_000_000  # its decoder keeps several whole pictures at once
MAX_SIDE = 12_000
MIN_SIDE = 320  # px; on a smaller picture nobody sees whether a place is clean

WIDTHS = (160, 320, 480, 800, 1600)
SENT_BYTES = 350_000  # what a phone tries to stay below before it sends a photo over a slow network
LOOKED_AT_WIDTH = 256  # px; light and sharpness are measured at this width
DARK_BELOW = 45.0
# Of 306 real phone photos 8 lay below (two blank, one thermal), of 101 strongly blurred ones all (docs/photos.md).
BLURRY_BELOW = 9.0


class Weakness(StrEnum):
    """Why a person may not be able to judge a photo (JOB-10)."""

    DARK = "dark"
    BLURRY = "blurry"


def weakness(brightness: float, sharpness: float) -> Weakness | None:
    """What a photo lacks, or None; where light is missing edges are weak anyway, so a dark one is dark and no more."""
    if brightness < DARK_BELOW:
        return Weakness.DARK
    return Weakness.BLURRY if sharpness < BLURRY_BELOW else None


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
    sharpness: float  # spread of the edges at 256 px, 0 to about 90; see BLURRY_BELOW
    place: tuple[float, float] | None  # from EXIF
    taken_at: datetime | None  # from EXIF
    camera: str = ""  # its name, from EXIF
    camera_data: bool = False  # says more than a page's canvas ever writes, so it was not taken in our viewfinder
    sizes: dict[int, bytes] = field(repr=False, default_factory=dict)
