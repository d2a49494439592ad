"""A cleaner's year on paper: facts on top, one line a payment, sums at the end (LAW-04)."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from cleanit_app.services.tax.document_layout import (
    GENDA,
    LINE,
    MOR,
    QUIET,
    TAR,
    WHITE,
    paragraph,
    register_fonts,
    width,
    write,
)

WIDTH, HEIGHT = A4
MARGIN, BOTTOM = 40.0, 70.0
SMALL, LEADING = 9.0, 12.6
# Where each column begins and ends; amounts end at its right.
COLUMNS = ((40.0, 96.0), (100.0, 250.0), (254.0, 326.0), (330.0, 390.0), (394.0, 462.0), (468.0, 555.0))
AMOUNTS = (2, 3, 4)
_RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class StatementPaper:
    """A statement in ready words of one language; each row and the sums have a cell for each head."""

    title: str
    number: str
    facts: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[str, ...]
    notes: tuple[str, ...]


def statement_csv(paper: StatementPaper) -> bytes:
    """The rows and their sums for a spreadsheet, which must not take any words of them for a formula."""
    out = io.StringIO()
    sheet = csv.writer(out)
    for row in (paper.heads, *paper.rows, paper.sums):
        sheet.writerow([f"'{cell}" if cell.startswith(_RISKY) else cell for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def statement_pdf(paper: StatementPaper) -> bytes:
    """The statement as an A4 PDF of as many pages as it needs, in Latin and Devanagari."""
    register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=1, invariant=1)
    canvas.setTitle(f"{paper.title} {paper.number}")
    canvas.setAuthor("Cleanit")
    y = _table_head(canvas, paper, _facts(canvas, paper, _plate(canvas, paper)))
    for row in paper.rows:
        if y < BOTTOM:
            canvas.showPage()
            y = _table_head(canvas, paper, _plate(canvas, paper))
        y = _row(canvas, row, y, "regular")
    if y < BOTTOM + 40 + 30 * len(paper.notes):
        canvas.showPage()
        y = _plate(canvas, paper)
    y = _row(canvas, paper.sums, y, "bold") - 10
    for note in paper.notes:
        y = paragraph(canvas, note, MARGIN, y, WIDTH - 2 * MARGIN, "regular", SMALL, QUIET) - 4
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _plate(canvas: Canvas, paper: StatementPaper) -> float:
    """The plate on top of each page; returns where its page goes on."""
    canvas.setFillColor(MOR)
    canvas.rect(0, HEIGHT - 72, WIDTH, 72, stroke=0, fill=1)
    canvas.setFillColor(GENDA)
    canvas.rect(0, HEIGHT - 76, WIDTH, 4, stroke=0, fill=1)
    write(canvas, "Cleanit", MARGIN, HEIGHT - 34, "bold", 18, WHITE)
    write(canvas, f"{paper.title} {paper.number}", MARGIN, HEIGHT - 56, "regular", 12, WHITE)
    page = str(canvas.getPageNumber())
    write(canvas, page, WIDTH - MARGIN - width(page, "regular", SMALL), HEIGHT - 56, "regular", SMALL, WHITE)
    return float(HEIGHT) - 104


def _facts(canvas: Canvas, paper: StatementPaper, y: float) -> float:
    for label, value in paper.facts:
        write(canvas, label, MARGIN, y, "regular", 10, QUIET)
        y = paragraph(canvas, value, MARGIN + 130, y, WIDTH - 2 * MARGIN - 130, "regular", 10.5, TAR) - 2
    return y - 14


def _table_head(canvas: Canvas, paper: StatementPaper, y: float) -> float:
    return _row(canvas, paper.heads, y, "bold") - 2


def _row(canvas: Canvas, cells: tuple[str, ...], y: float, font: str) -> float:
    """One line of the table, as high as its longest cell; returns where the next one stands."""
    lowest = y - LEADING
    for number, (cell, (left, right)) in enumerate(zip(cells, COLUMNS, strict=True)):
        if number in AMOUNTS and width(cell, font, SMALL) <= right - left:
            write(canvas, cell, right - width(cell, font, SMALL), y, font, SMALL, TAR)
        else:
            lowest = min(lowest, paragraph(canvas, cell, left, y, right - left, font, SMALL, TAR))
    canvas.setStrokeColor(LINE)
    canvas.line(MARGIN, lowest + LEADING - 5, WIDTH - MARGIN, lowest + LEADING - 5)
    return lowest - 4
