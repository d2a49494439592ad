"""Pixels of any kind as sRGB on white paper: what a browser shows, and what people judge (JOB-09)."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image, ImageCms

from cleanit_app.services.photos.image_containers import MOST_PROFILE_BYTES

_SRGB = ImageCms.createProfile("sRGB")
# Of each kind of profile: in which mode it is used, and for pictures of which modes it can be.
_SPACES = {"RGB ": ("RGB", ("RGB", "L")), "CMYK": ("CMYK", ("CMYK",)), "GRAY": ("L", ("L",))}
_STRIP = 64  # rows of the small picture that are made at once


def flat(image: Image.Image, strip: int = _STRIP, part: int = 1) -> Image.Image:
    """A loaded picture at a `part`th of its size without anything that shines through, as RGB, L or CMYK.

    It goes strip by strip, so that a picture of forty million points is never there twice.
    """
    opaque = _opaque(image)
    width, height = -(-image.width // part), -(-image.height // part)
    whole = Image.new(opaque(image.crop((0, 0, 1, 1))).mode, (width, height))
    for top in range(0, height, strip):
        end = min(image.height, (top + strip) * part)
        piece = opaque(image.crop((0, top * part, image.width, end)))
        whole.paste(piece.reduce(part) if part > 1 else piece, (0, top))
    return whole


def _opaque(image: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """How a strip of such a picture becomes opaque."""
    if image.mode == "I;16":
        return _upper_half
    if image.has_transparency_data:
        return _on_white
    return lambda strip: strip if strip.mode in ("RGB", "L", "CMYK") else strip.convert(_paper_mode(strip))


def _upper_half(strip: Image.Image) -> Image.Image:
    """Grey of sixteen bits in eight; a value that means "nothing here" becomes paper."""
    bits = strip.tobytes()
    low, high = (Image.frombytes("L", strip.size, bits[half::2]) for half in (0, 1))
    hidden = strip.info.get("transparency")
    if isinstance(hidden, int):
        nothing = _equal(low, hidden & 0xFF)
        high.paste(255, mask=Image.composite(_equal(high, hidden >> 8), nothing, nothing))
    return high


def _equal(grey: Image.Image, value: int) -> Image.Image:
    return grey.point([255 if v == value else 0 for v in range(256)])


def _paper_mode(strip: Image.Image) -> str:
    """Grey stays grey, for profiles of grey pictures are for no others."""
    return "L" if strip.mode in ("1", "L", "LA") else "RGB"


def _on_white(strip: Image.Image) -> Image.Image:
    paper = Image.new(_paper_mode(strip), strip.size, "white")
    seen = strip.convert("LA" if paper.mode == "L" else "RGBA")
    paper.paste(seen, mask=seen)
    return paper


def as_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """An opaque picture as sRGB; one whose profile is missing, broken or not for it counts as sRGB already."""
    if 0 < len(profile) <= MOST_PROFILE_BYTES:
        try:
            return _converted(image, profile)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return image.convert("RGB")


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    fitting, modes = _SPACES.get(source.profile.xcolor_space, ("", ()))
    if image.mode not in modes:
        raise ValueError("a profile for other pixels")
    pixels = image if image.mode == fitting else image.convert(fitting)
    made = ImageCms.profileToProfile(pixels, source, _SRGB, ImageCms.Intent.PERCEPTUAL, "RGB")
    if made is None:
        raise ValueError("no picture came out")
    return made
