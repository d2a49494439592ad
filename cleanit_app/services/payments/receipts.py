"""Receipts: gapless numbers, and a page that a person can keep (PAY-02, PAY-10)."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

from reportlab.lib.pagesizes import A5
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
    write,
)
from cleanit_app.services.tax.document_numbering import next_number
from cleanit_app.services.unit_of_work import UnitOfWork

WIDTH, HEIGHT = A5
MARGIN = 36.0
LABEL_WIDTH = 110.0


def next_receipt_number(uow: UnitOfWork, *, paid_at: datetime) -> str:
    """The next receipt number of the year in which it was paid, like CL-2627-000123; a rollback gives it back."""
    return next_number(uow, "CL", "-", of=paid_at)


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
    register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A5, pageCompression=1, invariant=1)
    canvas.setTitle(f"{paper.title} {paper.number}")
    canvas.setAuthor("Cleanit")
    y = _head(canvas, paper)
    for label, value in paper.lines:
        y = _line(canvas, label, value, y)
    y -= 10
    for note in paper.notes:
        y = paragraph(canvas, note, MARGIN, y, WIDTH - 2 * MARGIN, "regular", 9.5, QUIET) - 4
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _head(canvas: Canvas, paper: ReceiptPaper) -> float:
    """The plate with name and number, and the amount below it; returns where the lines begin."""
    canvas.setFillColor(MOR)
    canvas.rect(0, HEIGHT - 84, WIDTH, 84, stroke=0, fill=1)
    canvas.setFillColor(GENDA)
    canvas.rect(0, HEIGHT - 88, WIDTH, 4, stroke=0, fill=1)
    write(canvas, "Cleanit", MARGIN, HEIGHT - 38, "bold", 18, WHITE)
    write(canvas, f"{paper.title} {paper.number}", MARGIN, HEIGHT - 62, "regular", 12, WHITE)
    write(canvas, paper.amount, MARGIN, HEIGHT - 128, "bold", 28, TAR)
    return float(HEIGHT) - 156


def _line(canvas: Canvas, label: str, value: str, y: float) -> float:
    canvas.setStrokeColor(LINE)
    canvas.line(MARGIN, y + 15, WIDTH - MARGIN, y + 15)
    write(canvas, label, MARGIN, y, "regular", 10, QUIET)
    room = WIDTH - 2 * MARGIN - LABEL_WIDTH
    return paragraph(canvas, value, MARGIN + LABEL_WIDTH, y, room, "regular", 10.5, TAR) - 8
