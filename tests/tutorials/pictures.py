"""Pictures from what was filmed, each as sharp as its weight allows."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from tests.tutorials.film import Look
from tests.tutorials.screens import Screen

_ROOM, _ROUND, _EDGE, _LINE = 5, 12, 5, 3.5  # CSS pixels
_TAR, _GENDA = "#14211f", "#f4b223"
_MOST_PICTURE_BYTES = 32_000


def webp(png: bytes, most_bytes: int = _MOST_PICTURE_BYTES) -> bytes:
    """The same picture as WebP."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in range(82, 10, -4):
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=6)
        if len(out.getvalue()) <= most_bytes:
            break
    return out.getvalue()


def marked(look: Look, screen: Screen) -> bytes:
    """The screen as a PNG, with a line around what is pressed on it."""
    if look.target is None:
        return look.png
    image = Image.open(io.BytesIO(look.png)).convert("RGB")
    left, top, width, height = look.target
    box = [(left - _ROOM), (top - _ROOM), (left + width + _ROOM), (top + height + _ROOM)]
    large = [value * screen.sharpness for value in box]
    pen = ImageDraw.Draw(image)
    for colour, line in ((_TAR, _EDGE), (_GENDA, _LINE)):
        pen.rounded_rectangle(large, _ROUND * screen.sharpness, outline=colour, width=round(line * screen.sharpness))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
