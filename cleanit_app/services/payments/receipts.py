"""Receipts: gapless numbers, and a page that a person can keep (PAY-02, PAY-10)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from cleanit_app.services.tax.document_layout import set_paper
from cleanit_app.services.tax.document_numbering import next_number
from cleanit_app.services.unit_of_work import UnitOfWork


def next_receipt_number(uow: UnitOfWork, *, paid_at: datetime) -> str:
    """The next receipt number of the year in which it was paid, like CL-2627-000123; a rollback gives it back."""
    return next_number(uow, "CL", "-", of=paid_at)


@dataclass(frozen=True)
class ReceiptPaper:
    """A receipt in ready words of one language: what it is called, how much, its lines, and what it is not.

    `named_note` is said when letters that no font has were named in brackets.
    """

    language: str
    title: str
    number: str
    amount: str
    lines: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    named_note: str


def receipt_pdf(paper: ReceiptPaper) -> bytes:
    """The receipt as an A5 PDF of as many pages as it needs, in every script of India."""
    content = asdict(paper)
    return set_paper("receipt.typ", content, named_note=content.pop("named_note"))
