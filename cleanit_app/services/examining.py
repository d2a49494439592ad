"""Taking a received photo apart, byte by byte, before anything else believes it (CAM-05, JOB-09, SEC-06).

This touches what strangers made, so doors let a process of its own do it (`cleanit_app.decoder`): nothing is
imported here that such a process should not know.
"""

from __future__ import annotations

import hashlib
import io
import warnings

import imagehash
from PIL import Image, ImageFilter, ImageOps, ImageStat

from cleanit_app.domain import rules
from cleanit_app.domain.errors import NotAnImage, PhotoBroken, PhotoMissing, PhotoTooLarge, TooManyPixels
from cleanit_app.domain.pictures import WIDTHS, ExaminedPhoto
from cleanit_app.services import exif

_MAGIC = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}


def examine(data: bytes, *, most_bytes: int, kinds: tuple[str, ...]) -> ExaminedPhoto:
    """Check and take apart a received photo, without I/O.

    Raises PhotoMissing, PhotoTooLarge, NotAnImage, TooManyPixels or PhotoBroken.
    """
    if not data:
        raise PhotoMissing
    if len(data) > most_bytes:
        raise PhotoTooLarge(most_mb=most_bytes // (1024 * 1024))
    kind = _kind_of(data)
    if kind not in kinds:
        raise NotAnImage(kinds=", ".join("JPG" if k == "JPEG" else k for k in kinds))
    image = _decode(data, kind)
    grey = image.convert("L").resize((256, max(1, 256 * image.height // image.width)))
    place, taken_at = exif.read(data)
    return ExaminedPhoto(
        original=data,
        kind=kind,
        sha256=hashlib.sha256(data).digest(),
        dhash=_signed(int(str(imagehash.dhash(image)), 16)),
        width=image.width,
        height=image.height,
        brightness=round(ImageStat.Stat(grey).mean[0], 1),
        sharpness=round(ImageStat.Stat(grey.filter(ImageFilter.FIND_EDGES)).stddev[0], 1),
        place=place,
        taken_at=taken_at,
        sizes={width: _webp(image, width) for width in WIDTHS},
    )


def _kind_of(data: bytes) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), None)


def _decode(data: bytes, kind: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(io.BytesIO(data), formats=(kind,))
            # The size is known from the header, before a pixel is unpacked.
            if image.width * image.height > rules.MAX_PIXELS or max(image.size) > rules.MAX_SIDE:
                raise TooManyPixels(most_side=rules.MAX_SIDE)
            if getattr(image, "n_frames", 1) > 1:
                raise NotAnImage(kinds="JPG, PNG")
            image.load()
            return ImageOps.exif_transpose(image).convert("RGB")
    except (TooManyPixels, NotAnImage):
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise TooManyPixels(most_side=rules.MAX_SIDE) from bomb
    except (OSError, ValueError, SyntaxError, ArithmeticError, EOFError) as broken:
        raise PhotoBroken from broken


def _webp(image: Image.Image, width: int) -> bytes:
    """The image at most `width` px wide (a small one stays small, so that every size can be asked for)."""
    shrunk = image.copy()
    shrunk.thumbnail((width, 4 * width))
    bare = Image.new("RGB", shrunk.size)
    bare.paste(shrunk)
    out = io.BytesIO()
    bare.save(out, "WEBP", quality=78, method=3)
    return out.getvalue()


def _signed(bits: int) -> int:
    return bits - (1 << 64) if bits >= 1 << 63 else bits
