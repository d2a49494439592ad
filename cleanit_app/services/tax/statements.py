"""A cleaner's year on paper: facts on top, one line a payment, sums at the end (LAW-04)."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TypeAlias

from cleanit_app.services.tax.document_layout import set_paper

Cell: TypeAlias = str | Decimal
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
_FULL_WIDTH = str.maketrans("＝＋－＠", "=+-@")


@dataclass(frozen=True)
class StatementPaper:
    """A statement in ready words of one language; each row and the sums have a cell for each head.

    The cells of `sheet` are those for a spreadsheet: plain numbers and texts. `quarters` are rows of sums under their
    own heads, none where nobody asks by the quarter.
    """

    language: str
    title: str
    number: str
    facts: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[str, ...]
    notes: tuple[str, ...]
    named_note: str
    sheet: tuple[tuple[Cell, ...], ...]
    quarters: tuple[tuple[str, ...], ...] = ()


def statement_csv(paper: StatementPaper) -> bytes:
    """The rows and their sums for a spreadsheet: amounts as 1234.50, and no words that it could take for a formula."""
    out = io.StringIO()
    sheet = csv.writer(out)
    for row in (paper.heads, *paper.sheet):
        sheet.writerow([safe_cell(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def safe_cell(cell: Cell) -> str:
    """A number as it is; words with a mark before them when a spreadsheet would read them as a formula."""
    if isinstance(cell, Decimal):
        return f"{cell:.2f}"
    first = cell.translate(_FULL_WIDTH).lstrip(" \u00a0\u3000\ufeff")
    return f"'{cell}" if first.startswith(_RISKY) or cell.startswith(_RISKY) else cell


def statement_pdf(paper: StatementPaper) -> bytes:
    """The statement as an A4 PDF of as many pages as it needs, in every script of India."""
    content = asdict(paper)
    del content["sheet"]
    return set_paper("statement.typ", content, named_note=content.pop("named_note"))
