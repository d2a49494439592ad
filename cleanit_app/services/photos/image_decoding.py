"""Taking a received photo apart, byte by byte, before anything else believes it (CAM-05, JOB-09, SEC-06).

This touches what strangers made, so doors let a process of its own do it (`cleanit_app.decoder`): nothing is
imported here that such a process should not know.
"""

from __future__ import annotations

import hashlib
import io

from PIL import Image, ImageFilter, ImageStat

from cleanit_app.domain.errors import NotAnImage, PhotoBroken, PhotoMissing, PhotoTooLarge
from cleanit_app.domain.pictures import LOOKED_AT_WIDTH, WIDTHS, ExaminedPhoto, Stamp
from cleanit_app.services.photos import exif, image_containers
from cleanit_app.services.photos.difference_hash import difference_hash, signed
from cleanit_app.services.photos.renditions import BROKEN, decoded

_MAGIC = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}


def examine(data: bytes, *, most_bytes: int, kinds: tuple[str, ...], stamp: Stamp | None = None) -> ExaminedPhoto:
    """Check and take apart a received photo, without I/O; `stamp` is written into an original from a canvas.

    What comes with camera data of its own was never taken in a page's viewfinder: it keeps what it says.

    Raises PhotoMissing, PhotoTooLarge, NotAnImage, TooManyPixels, PhotoTooSmall or PhotoBroken.
    """
    if not data:
        raise PhotoMissing
    if len(data) > most_bytes:
        raise PhotoTooLarge(most_mb=most_bytes // (1024 * 1024))
    kind = _kind_of(data)
    if kind not in kinds:
        raise NotAnImage(kinds=", ".join("JPG" if k == "JPEG" else k for k in kinds))
    contents = image_containers.taken_apart(data, kind)
    if contents.moves:
        raise NotAnImage(kinds="JPG, PNG")
    if contents.foreign:
        raise NotAnImage(kinds="JPG (8 bit), PNG")
    said = exif.said_in(contents.tiff)
    image, (width, height) = decoded(contents, kind, said.orientation)
    brightness, sharpness = _look(image)
    camera_data = kind != "JPEG" or contents.beside or said.beyond_canvas
    written = None if camera_data else stamp
    return ExaminedPhoto(
        original=_stamped(data, written) if written else data,
        kind=kind,
        sha256=hashlib.sha256(data).digest(),
        dhash=signed(difference_hash(image)),
        width=width,
        height=height,
        brightness=brightness,
        sharpness=sharpness,
        place=written.place if written else said.place,
        taken_at=written.at if written else said.taken_at,
        camera=said.camera,
        camera_data=camera_data,
        sizes={width: _webp(image, width) for width in WIDTHS},
    )


def _stamped(jpeg: bytes, stamp: Stamp) -> bytes:
    try:
        return exif.write(jpeg, place=stamp.place, at=stamp.at)
    except BROKEN as broken:
        raise PhotoBroken from broken


def _kind_of(data: bytes) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), None)


def _look(image: Image.Image) -> tuple[float, float]:
    """Light and sharpness on a small grey copy; `islands/photo.js` measures the same."""
    width = LOOKED_AT_WIDTH
    grey = image.convert("L").resize((width, max(3, width * image.height // image.width)), Image.Resampling.BICUBIC)
    # The filter copies the outermost points as they are, which would count a bright border as edges.
    edges = grey.filter(ImageFilter.FIND_EDGES).crop((1, 1, grey.width - 1, grey.height - 1))
    return round(ImageStat.Stat(grey).mean[0], 1), round(ImageStat.Stat(edges).stddev[0], 1)


def _webp(image: Image.Image, width: int) -> bytes:
    """The image at most `width` px wide (a small one stays small, so that every size can be asked for)."""
    shrunk = image.copy()
    shrunk.thumbnail((width, 4 * width))
    bare = Image.new("RGB", shrunk.size)
    bare.paste(shrunk)
    out = io.BytesIO()
    bare.save(out, "WEBP", quality=78, method=3)
    return out.getvalue()
