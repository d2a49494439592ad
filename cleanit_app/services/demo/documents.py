"""A picture of an ID that nobody could take for a real one, for the demo data."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

SIZE = (960, 600)


def specimen_card(name: str, number: str) -> bytes:
    """A JPEG of a card with a name and a number, marked as a specimen."""
    card = Image.new("RGB", SIZE, "#f3efe2")
    draw = ImageDraw.Draw(card)
    draw.rectangle((24, 24, SIZE[0] - 24, SIZE[1] - 24), outline="#31502f", width=6)
    draw.rectangle((60, 150, 300, 450), fill="#c9d3c2", outline="#31502f", width=3)
    draw.ellipse((130, 190, 230, 300), fill="#8fa087")
    draw.pieslice((90, 300, 270, 540), 180, 360, fill="#8fa087")
    lines = ((60, "SPECIMEN - NOT A REAL ID", 40), (200, name, 52), (290, number, 46), (400, "Cleanit demo", 34))
    for top, words, size in lines:
        draw.text((60 if top < 150 else 350, top), words, fill="#22331f", font_size=size)
    out = io.BytesIO()
    card.save(out, "JPEG", quality=82)
    return out.getvalue()
