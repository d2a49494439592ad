"""Taking a received photo apart, byte by byte, before anything else believes it (CAM-05, JOB-09, SEC-06).

This touches what strangers made, so doors let a process of its own do it (`cleanit_app.decoder`): nothing is
imported here that such a process should not know.
"""

from __future__ import annotations

import hashlib
import io
import math
import warnings

from PIL import ExifTags, Image, ImageFilter, ImageOps, ImageStat

from cleanit_app.domain import rules
from cleanit_app.domain.errors import NotAnImage, PhotoBroken, PhotoMissing, PhotoTooLarge, TooManyPixels
from cleanit_app.domain.pictures import WIDTHS, ExaminedPhoto, Stamp
from cleanit_app.services import exif
from cleanit_app.services.difference_hash import difference_hash, signed

_MAGIC = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}


def examine(data: bytes, *, most_bytes: int, kinds: tuple[str, ...], stamp: Stamp | None = None) -> ExaminedPhoto:
    """Check and take apart a received photo, without I/O; `stamp` is written into the original of a JPEG.

    Raises PhotoMissing, PhotoTooLarge, NotAnImage, TooManyPixels or PhotoBroken.
    """
    if not data:
        raise PhotoMissing
    if len(data) > most_bytes:
        raise PhotoTooLarge(most_mb=most_bytes // (1024 * 1024))
    kind = _kind_of(data)
    if kind not in kinds:
        raise NotAnImage(kinds=", ".join("JPG" if k == "JPEG" else k for k in kinds))
    image, (width, height) = _decode(data, kind)
    grey = image.convert("L").resize((256, max(1, 256 * image.height // image.width)))
    written = stamp if kind == "JPEG" else None
    place, taken_at = (written.place, written.at) if written else exif.read(data)
    return ExaminedPhoto(
        original=_stamped(data, written) if written else data,
        kind=kind,
        sha256=hashlib.sha256(data).digest(),
        dhash=signed(difference_hash(image)),
        width=width,
        height=height,
        brightness=round(ImageStat.Stat(grey).mean[0], 1),
        sharpness=round(ImageStat.Stat(grey.filter(ImageFilter.FIND_EDGES)).stddev[0], 1),
        place=place,
        taken_at=taken_at,
        sizes={width: _webp(image, width) for width in WIDTHS},
    )


def _stamped(jpeg: bytes, stamp: Stamp) -> bytes:
    try:
        return exif.write(jpeg, place=stamp.place, at=stamp.at)
    except (OSError, ValueError, SyntaxError, ArithmeticError, EOFError) as broken:
        raise PhotoBroken from broken


def _kind_of(data: bytes) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), None)


def _decode(data: bytes, kind: str) -> tuple[Image.Image, tuple[int, int]]:
    """The picture upright, no wider than any size needs, and how large it was; never two large copies at once."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(io.BytesIO(data), formats=(kind,))
            # The size is known from the header, before a pixel is unpacked.
            _check_size(image, kind)
            if getattr(image, "n_frames", 1) > 1:
                raise NotAnImage(kinds="JPG, PNG")
            size, turned = image.size, image.getexif().get(ExifTags.Base.Orientation) in (5, 6, 7, 8)
            needed = _within(size, turned)
            image.draft("RGB", needed)  # a JPEG is unpacked at a half, a quarter or an eighth where that is enough
            image.load()
            image = image.convert("RGB")
            image.thumbnail(needed)
            return ImageOps.exif_transpose(image), (size[1], size[0]) if turned else size
    except (TooManyPixels, NotAnImage):
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise TooManyPixels(most_side=rules.MAX_SIDE) from bomb
    except (OSError, ValueError, SyntaxError, ArithmeticError, EOFError) as broken:
        raise PhotoBroken from broken


def _check_size(image: Image.Image, kind: str) -> None:
    """Refuse a picture with too many pixels, saying how long its longest side may be."""
    width, height = image.size
    most = rules.MAX_WEBP_PIXELS if kind == "WEBP" else rules.MAX_PIXELS
    if max(width, height) > rules.MAX_SIDE:
        raise TooManyPixels(most_side=rules.MAX_SIDE)
    if width * height > most:
        raise TooManyPixels(most_side=int(max(width, height) * math.sqrt(most / (width * height))))


def _within(size: tuple[int, int], turned: bool) -> tuple[int, int]:
    """The largest public size of a picture, as it lies before it is turned."""
    across, down = reversed(size) if turned else size
    part = min(1.0, WIDTHS[-1] / across, 4 * WIDTHS[-1] / down)
    return max(1, round(size[0] * part)), max(1, round(size[1] * part))


def _webp(image: Image.Image, width: int) -> bytes:
    """The image at most `width` px wide (a small one stays small, so that every size can be asked for)."""
    shrunk = image.copy()
    shrunk.thumbnail((width, 4 * width))
    bare = Image.new("RGB", shrunk.size)
    bare.paste(shrunk)
    out = io.BytesIO()
    bare.save(out, "WEBP", quality=78, method=3)
    return out.getvalue()
