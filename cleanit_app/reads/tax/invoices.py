"""Invoices of the platform's fee and credit notes, for finance to read (LAW-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.calendar import financial_year, ist_date, midnight, year_of
from cleanit_app.domain.errors import NotFound
from cleanit_app.reads.paging import (
    Page,
    about_one,
    ask,
    ask_list,
    json_object,
    moment_key,
    one_page,
    page_size,
    read_cursor,
)
from cleanit_app.services.unit_of_work import UnitOfWork

INVOICE, CREDIT_NOTE = "INVOICE", "CREDIT_NOTE"


@dataclass(frozen=True)
class InvoiceItem:
    """One paper; a credit note names the invoice it undoes. Amounts in paise, the parts sum to `fee_paise`."""

    id: UUID
    number: str
    kind: str
    corrects: str | None
    campaign_id: UUID
    campaign_title: str
    issued_on: date
    fee_paise: int
    taxable_paise: int
    cgst_paise: int
    sgst_paise: int
    igst_paise: int


@dataclass(frozen=True)
class FeeSums:
    """Invoices less credit notes of a span: how many of each, and what is left, in paise."""

    invoices: int
    credit_notes: int
    fee_paise: int
    taxable_paise: int
    gst_paise: int


@dataclass(frozen=True)
class FeePapers:
    """A page of papers, newest first, with the sums of this month and of this financial year."""

    page: Page[InvoiceItem]
    month: FeeSums
    year: FeeSums
    year_name: str


@dataclass(frozen=True)
class InvoicePaper:
    """All that stands on one paper (Rule 46, Rule 53)."""

    item: InvoiceItem
    sac: str
    parties: dict[str, str]
    corrects_on: date | None


_PAPER = """
SELECT i.*, c.title, o.number AS corrects, o.issued_on AS corrects_on FROM fee_invoices i
JOIN campaigns c ON c.id = i.campaign_id LEFT JOIN fee_invoices o ON o.id = i.corrects_id
"""


def fee_papers(
    uow: UnitOfWork, *, actor: Actor, kind: str | None = None, cursor: str | None = None, limit: int | None = None
) -> FeePapers:
    """Invoices and credit notes, newest first, or those of one kind (LAW-05)."""
    actor.must(Permission.SEE_FINANCES)
    size = page_size(limit)
    keys = read_cursor(cursor, moment_key, UUID)
    only = [f"i.kind = '{kind}'"] if kind in (INVOICE, CREDIT_NOTE) else []
    after = ["(i.issued_at, i.id) < (CAST(:at AS timestamptz), CAST(:last AS uuid))"] if keys else []
    where = f"WHERE {' AND '.join([*only, *after])}" if only or after else ""
    rows = ask_list(
        uow,
        "fee papers",
        f"{_PAPER} {where} ORDER BY i.issued_at DESC, i.id DESC LIMIT :size",
        size=size + 1,
        **(dict(zip(("at", "last"), keys, strict=True)) if keys else {}),
    )
    page = one_page(rows, size, _item, lambda row: (row.issued_at, row.id))
    month, year = _sums(uow)
    return FeePapers(page, month, year, financial_year(ist_date(uow.now)))


def _sums(uow: UnitOfWork) -> tuple[FeeSums, FeeSums]:
    today = ist_date(uow.now)
    first_of_year, _ = year_of(financial_year(today))
    found = []
    for first in (today.replace(day=1), first_of_year):
        (row,) = ask(
            uow,
            """SELECT count(*) FILTER (WHERE kind = 'INVOICE') AS invoices,
                 count(*) FILTER (WHERE kind = 'CREDIT_NOTE') AS notes,
                 coalesce(sum(s.sign * fee_paise), 0)::bigint AS fee,
                 coalesce(sum(s.sign * taxable_paise), 0)::bigint AS taxable
               FROM fee_invoices, LATERAL (SELECT CASE kind WHEN 'INVOICE' THEN 1 ELSE -1 END AS sign) s
               WHERE issued_at >= CAST(:since AS timestamptz) AND issued_at < CAST(:until AS timestamptz)""",
            since=midnight(first),
            until=midnight(today + timedelta(days=1)),
        )
        found.append(FeeSums(row.invoices, row.notes, row.fee, row.taxable, row.fee - row.taxable))
    return found[0], found[1]


@about_one
def fee_paper(uow: UnitOfWork, *, actor: Actor, invoice_id: UUID) -> InvoicePaper:
    """One invoice or credit note with all that stands on it; NotFound when there is none."""
    actor.must(Permission.SEE_FINANCES)
    rows = ask(uow, f"{_PAPER} WHERE i.id = :id", id=invoice_id)
    if not rows:
        raise NotFound(what="FeeInvoice")
    row = rows[0]
    return InvoicePaper(_item(row), row.sac, json_object(row.parties), row.corrects_on)


def _item(row: Row[Any]) -> InvoiceItem:
    return InvoiceItem(
        id=row.id,
        number=row.number,
        kind=row.kind,
        corrects=row.corrects,
        campaign_id=row.campaign_id,
        campaign_title=row.title,
        issued_on=row.issued_on,
        fee_paise=row.fee_paise,
        taxable_paise=row.taxable_paise,
        cgst_paise=row.cgst_paise,
        sgst_paise=row.sgst_paise,
        igst_paise=row.igst_paise,
    )
