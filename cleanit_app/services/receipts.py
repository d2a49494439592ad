"""Receipts: gapless numbers, and a page that a person can keep (PAY-02, PAY-10)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A5
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, shapeStr
from reportlab.pdfgen.canvas import Canvas

from cleanit_app.services.numbers import next_number
from cleanit_app.services.unit_of_work import UnitOfWork

FONTS = Path(__file__).parent / "receipt_fonts"
WIDTH, HEIGHT = A5
MARGIN = 36.0
LABEL_WIDTH = 110.0
TAR, QUIET, MOR, GENDA, LINE = (HexColor(c) for c in ("#14211F", "#5C6865", "#06373F", "#F4B223", "#E8E0CF"))
# A shaper takes one script at a time, so Devanagari and everything else are set apart.
_RUNS = re.compile(r"[\u0900-\u097f\u200c\u200d]+|[^\u0900-\u097f\u200c\u200d]+")


def next_receipt_number(uow: UnitOfWork) -> str:
    """The next receipt number of the financial year, like CL-2627-000123; a rollback gives it back."""
    return next_number(uow, "CL", "-")


@dataclass(frozen=True)
class ReceiptPaper:
    """A receipt in ready words of one language: what it is called, how much, its lines, and what it is not."""

    title: str
    number: str
    amount: str
    lines: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def receipt_pdf(paper: ReceiptPaper) -> bytes:
    """The receipt as an A5 PDF with its fonts inside, in Latin and Devanagari."""
    _register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A5, pageCompression=1, invariant=1)
    canvas.setTitle(f"{paper.title} {paper.number}")
    canvas.setAuthor("Cleanit")
    y = _head(canvas, paper)
    for label, value in paper.lines:
        y = _line(canvas, label, value, y)
    y -= 10
    for note in paper.notes:
        y = _paragraph(canvas, note, MARGIN, y, WIDTH - 2 * MARGIN, "regular", 9.5, QUIET) - 4
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    pdfmetrics.registerFont(TTFont("regular", str(FONTS / "anek-430.ttf")))
    pdfmetrics.registerFont(TTFont("bold", str(FONTS / "anek-700.ttf")))


def _head(canvas: Canvas, paper: ReceiptPaper) -> float:
    """The plate with name and number, and the amount below it; returns where the lines begin."""
    canvas.setFillColor(MOR)
    canvas.rect(0, HEIGHT - 84, WIDTH, 84, stroke=0, fill=1)
    canvas.setFillColor(GENDA)
    canvas.rect(0, HEIGHT - 88, WIDTH, 4, stroke=0, fill=1)
    white = HexColor("#FFFFFF")
    _write(canvas, "Cleanit", MARGIN, HEIGHT - 38, "bold", 18, white)
    _write(canvas, f"{paper.title} {paper.number}", MARGIN, HEIGHT - 62, "regular", 12, white)
    _write(canvas, paper.amount, MARGIN, HEIGHT - 128, "bold", 28, TAR)
    return float(HEIGHT) - 156


def _line(canvas: Canvas, label: str, value: str, y: float) -> float:
    canvas.setStrokeColor(LINE)
    canvas.line(MARGIN, y + 15, WIDTH - MARGIN, y + 15)
    _write(canvas, label, MARGIN, y, "regular", 10, QUIET)
    room = WIDTH - 2 * MARGIN - LABEL_WIDTH
    return _paragraph(canvas, value, MARGIN + LABEL_WIDTH, y, room, "regular", 10.5, TAR) - 8


def _paragraph(
    canvas: Canvas, text: str, x: float, y: float, room: float, font: str, size: float, colour: HexColor
) -> float:
    """Words in as many lines as they need; returns the height below the last one."""
    line = ""
    for word in _words(text, font, size, room):
        longer = f"{line} {word}".strip()
        if line and _width(longer, font, size) > room:
            _write(canvas, line, x, y, font, size, colour)
            y, line = y - size * 1.4, word
        else:
            line = longer
    _write(canvas, line, x, y, font, size, colour)
    return y - size * 1.4


def _words(text: str, font: str, size: float, room: float) -> Iterator[str]:
    """The words of a text; one that is longer than a line comes in pieces."""
    for word in text.split():
        while len(word) > 1 and _width(word, font, size) > room:
            fits = max(1, int(len(word) * room / _width(word, font, size)) - 1)
            yield word[:fits]
            word = word[fits:]
        yield word


def _write(canvas: Canvas, text: str, x: float, y: float, font: str, size: float, colour: HexColor) -> None:
    canvas.setFillColor(colour)
    canvas.setFont(font, size)
    for run in _RUNS.findall(text):
        canvas.drawString(x, y, shapeStr(run, font, size))
        x += _width(run, font, size)


def _width(text: str, font: str, size: float) -> float:
    """The printed width in points; what the shaper moved together or apart is counted."""
    total = 0.0
    for run in _RUNS.findall(text):
        moves = getattr(shapeStr(run, font, size, force=True), "__shapeData__", ())
        total += sum(move.x_advance for move in moves) * size / 1000
    return total
