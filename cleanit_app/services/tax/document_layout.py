"""Drawing words on paper: both scripts with their letters put together, in lines that fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, shapeStr
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).parent / "fonts"
TAR, QUIET, MOR, GENDA, LINE, WHITE = (
    HexColor(c) for c in ("#14211F", "#5C6865", "#06373F", "#F4B223", "#E8E0CF", "#FFFFFF")
)
# A shaper takes one script at a time, so Devanagari and everything else are set apart.
_RUNS = re.compile(r"[\u0900-\u097f\u200c\u200d]+|[^\u0900-\u097f\u200c\u200d]+")


@lru_cache(maxsize=1)
def register_fonts() -> None:
    """Make the fonts of papers known, once for each process."""
    pdfmetrics.registerFont(TTFont("regular", str(FONTS / "anek-430.ttf")))
    pdfmetrics.registerFont(TTFont("bold", str(FONTS / "anek-700.ttf")))


def paragraph(
    canvas: Canvas, text: str, x: float, y: float, room: float, font: str, size: float, colour: HexColor
) -> float:
    """Words in as many lines as they need; returns the height below the last one."""
    line = ""
    for word in _words(text, font, size, room):
        longer = f"{line} {word}".strip()
        if line and width(longer, font, size) > room:
            write(canvas, line, x, y, font, size, colour)
            y, line = y - size * 1.4, word
        else:
            line = longer
    write(canvas, line, x, y, font, size, colour)
    return y - size * 1.4


def _words(text: str, font: str, size: float, room: float) -> Iterator[str]:
    """The words of a text; one that is longer than a line comes in pieces."""
    for word in text.split():
        while len(word) > 1 and width(word, font, size) > room:
            fits = max(1, int(len(word) * room / width(word, font, size)) - 1)
            yield word[:fits]
            word = word[fits:]
        yield word


def write(canvas: Canvas, text: str, x: float, y: float, font: str, size: float, colour: HexColor) -> None:
    """One line of words from a point on to the right."""
    canvas.setFillColor(colour)
    canvas.setFont(font, size)
    for run in _RUNS.findall(text):
        canvas.drawString(x, y, shapeStr(run, font, size))
        x += width(run, font, size)


def width(text: str, font: str, size: float) -> float:
    """The printed width in points; what the shaper moved together or apart is counted."""
    total = 0.0
    for run in _RUNS.findall(text):
        moves = getattr(shapeStr(run, font, size, force=True), "__shapeData__", ())
        total += sum(move.x_advance for move in moves) * size / 1000
    return total
