"""From what paints to an upright picture of a public size, within little memory (JOB-09, SEC-06)."""

from __future__ import annotations

import io
import math
import warnings

from PIL import Image, JpegImagePlugin

from cleanit_app.domain.errors import PhotoBroken, PhotoTooSmall, TooManyPixels
from cleanit_app.domain.pictures import MAX_JPEG_PIXELS, MAX_PIXELS, MAX_SIDE, MAX_WEBP_PIXELS, MIN_SIDE, WIDTHS
from cleanit_app.services.photos import colour_conversion
from cleanit_app.services.photos.image_containers import Contents

BROKEN = (OSError, ValueError, SyntaxError, ArithmeticError, EOFError)
"""What a decoder raises for bytes that are no picture."""
LEAST_THERE = 0.8  # of a torn picture's height
MOST_COEFFICIENT_BYTES = 320 * 1024 * 1024  # of the 512 MB that the process may have
MOST_SCANS = 1000  # encoders write some ten; each goes over the whole picture, and 64 MP of them would take minutes
_END_OF_JPEG, _SCAN_OF_JPEG = b"\xff\xd9", b"\xff\xda"
_NOT_THERE = (128, 128)  # what the decoder paints where a JPEG has no data: no difference to the middle
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def decoded(contents: Contents, kind: str, orientation: int) -> tuple[Image.Image, tuple[int, int]]:
    """The picture upright as sRGB, no wider than any size needs, and how large it was.

    Raises TooManyPixels, PhotoTooSmall or PhotoBroken.
    """
    turned = orientation in (5, 6, 7, 8)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image, size = _loaded(contents.picture, kind, turned, contents.scans)
            needed = _within(size, turned)
            part = max(1, min(image.width // (2 * needed[0]), image.height // (2 * needed[1])))
            small = colour_conversion.flat(image, part=part)
            small.thumbnail(needed)
            return _upright(colour_conversion.as_srgb(small, contents.profile), orientation), size[
                ::-1
            ] if turned else size
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise TooManyPixels(most_side=MAX_SIDE) from bomb
    except BROKEN as broken:
        raise PhotoBroken from broken


def _loaded(picture: bytes, kind: str, turned: bool, scans: int) -> tuple[Image.Image, tuple[int, int]]:
    """The pixels, of a JPEG at a half, a quarter or an eighth where that is enough, and the whole size."""
    image = Image.open(io.BytesIO(picture), formats=(kind,))
    size = image.size
    _check_size(size, kind)  # known from the header, before a pixel is unpacked
    _check_coefficients(image, scans)
    if kind == "JPEG" and picture.count(_SCAN_OF_JPEG) > MOST_SCANS:
        raise PhotoBroken
    image.draft("RGB", _within(size, turned))
    image.decodermaxblock = len(picture)  # arithmetic coding cannot be read in pieces
    try:
        image.load()
    except OSError:
        if kind != "JPEG" or picture.endswith(_END_OF_JPEG):
            raise
        return _torn(picture, turned, scans), size
    return image, size


def _torn(picture: bytes, turned: bool, scans: int) -> Image.Image:
    """A JPEG that lacks its last bytes; PhotoBroken when too much of it is missing."""
    image, _ = _loaded(picture + _END_OF_JPEG, "JPEG", turned, scans)
    rows = image.height
    while rows and all(band == _NOT_THERE for band in _extremes(image, rows - 1)):
        rows -= 1
    if rows < LEAST_THERE * image.height:
        raise PhotoBroken
    return image


def _extremes(image: Image.Image, row: int) -> list[tuple[int, int]]:
    found = image.crop((0, row, image.width, row + 1)).convert("RGB").getextrema()
    return [(int(low), int(high)) for low, high in found]  # type: ignore[misc]  # one pair a band


def _check_size(size: tuple[int, int], kind: str) -> None:
    """Refuse a picture with too few pixels, or with too many, saying how long its longest side may be."""
    width, height = size
    most = {"JPEG": MAX_JPEG_PIXELS, "PNG": MAX_PIXELS, "WEBP": MAX_WEBP_PIXELS}[kind]
    if max(width, height) > MAX_SIDE:
        raise TooManyPixels(most_side=MAX_SIDE)
    if width * height > most:
        raise TooManyPixels(most_side=int(max(width, height) * math.sqrt(most / (width * height))))
    if min(width, height) < MIN_SIDE:
        raise PhotoTooSmall(least_side=MIN_SIDE)


def _check_coefficients(image: Image.Image, scans: int) -> None:
    """Refuse a JPEG in several scans that cannot be held: all of it is there before the first row comes out."""
    if not isinstance(image, JpegImagePlugin.JpegImageFile):
        return
    if scans == 1 and not image.info.get("progressive"):
        return
    samples = [across * down for _, across, down, _ in image.layer]
    needed = 2 * image.width * image.height * sum(samples) / max(samples)
    if needed > MOST_COEFFICIENT_BYTES:
        raise TooManyPixels(most_side=int(max(image.size) * math.sqrt(MOST_COEFFICIENT_BYTES / needed)))


def _within(size: tuple[int, int], turned: bool) -> tuple[int, int]:
    """The largest public size of a picture, as it lies before it is turned."""
    across, down = reversed(size) if turned else size
    part = min(1.0, WIDTHS[-1] / across, 4 * WIDTHS[-1] / down)
    return max(1, round(size[0] * part)), max(1, round(size[1] * part))


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    return image.transpose(_TURNS[orientation]) if orientation in _TURNS else image
