"""Papers of money in their readers' words: invoices of the fee, and a cleaner's year."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from cleanit_app.i18n import Language, say_in
from cleanit_app.i18n.formats import IST, rupees
from cleanit_app.reads.payments.year_receipts import ReceiptLine, YearReceipts
from cleanit_app.reads.tax.invoices import CREDIT_NOTE, InvoicePaper
from cleanit_app.reads.tax.statements import Statement, StatementLine, StatementQuarter
from cleanit_app.services.payments.receipts import ReceiptPaper
from cleanit_app.services.tax.statements import Cell, StatementPaper


def invoice_paper(paper: InvoicePaper, lang: Language) -> ReceiptPaper:
    """An invoice or a credit note with all that the law wants on it (Rule 46, Rule 53)."""
    item, parties = paper.item, paper.parties
    note = item.kind == CREDIT_NOTE
    undone = f"{item.corrects}, {numeric(paper.corrects_on)}" if note and paper.corrects_on else ""
    lines = [
        ("date", numeric(item.issued_on)),
        ("corrects", undone),
        ("supplier", parties.get("supplier", "")),
        ("address", parties.get("supplierAddress", "")),
        ("gstin", parties.get("supplierGstin", "")),
        ("recipient", parties.get("recipient", "")),
        ("place_of_supply", parties.get("placeOfSupply", "")),
        ("service", say_in(lang, "invoice.service_is")),
        ("sac", paper.sac),
        ("taxable", exact(item.taxable_paise)),
        ("cgst", exact(item.cgst_paise) if item.cgst_paise else ""),
        ("sgst", exact(item.sgst_paise) if item.sgst_paise else ""),
        ("igst", exact(item.igst_paise) if item.igst_paise else ""),
        ("total", exact(item.fee_paise)),
        ("reverse_charge", say_in(lang, "invoice.no")),
    ]
    return ReceiptPaper(
        language=lang,
        title=say_in(lang, f"invoice.title_{item.kind}"),
        number=item.number,
        amount=rupees(item.fee_paise),
        lines=tuple((say_in(lang, f"invoice.{name}"), value) for name, value in lines if value),
        notes=(say_in(lang, "invoice.included"),),
        named_note=say_in(lang, "paper.named"),
    )


def statement_paper(found: Statement, lang: Language) -> StatementPaper:
    """A cleaner's year: what it is called, whose it is, each payment, the sums, and what it is not."""
    facts = [
        ("name", found.name),
        ("pan", found.pan_mask or ""),
        ("payer", ", ".join(part for part in (found.payer, found.payer_address) if part)),
        ("span", say_in(lang, "statement.from_to", first=numeric(found.first_on), last=numeric(found.last_on))),
        ("asked", numeric(found.asked_at)),
    ]
    sums = _amounts(found)
    total = say_in(lang, "statement.sum")
    arrived = say_in(lang, "statement.arrived", amount=exact(found.arrived_paise))
    return StatementPaper(
        language=lang,
        title=say_in(lang, "statement.title"),
        number=year_name(found.year),
        facts=tuple((say_in(lang, f"statement.{name}"), value) for name, value in facts if value),
        heads=tuple(say_in(lang, f"statement.col.{name}") for name in ("date", "work", *_AMOUNTS, "paid")),
        rows=tuple(_row(line, lang) for line in found.lines),
        sums=(total, "", *(exact(paise) for paise in sums), arrived),
        notes=(
            say_in(lang, "statement.note_tax"),
            say_in(lang, "statement.note_form"),
            say_in(lang, "statement.note_fee"),
        ),
        named_note=say_in(lang, "paper.named"),
        sheet=(
            *(_sheet_row(line, lang) for line in found.lines),
            (total, "", *map(in_rupees, sums), in_rupees(found.arrived_paise)),
        ),
        quarters=(
            tuple(say_in(lang, f"statement.col.{name}") for name in ("quarter", *_AMOUNTS)),
            *(_quarter(one, lang) for one in found.quarters),
        ),
    )


_AMOUNTS = ("gross", "tax", "pay", "fee")


def _amounts(of: Statement | StatementQuarter | StatementLine) -> tuple[int, ...]:
    """What stands under the heads of amounts."""
    return of.gross_paise, of.tax_paise, of.pay_paise, of.fee_paise


def _quarter(one: StatementQuarter, lang: Language) -> tuple[str, ...]:
    span = say_in(lang, "statement.from_to", first=numeric(one.first_on), last=numeric(one.last_on))
    return (span, *map(exact, _amounts(one)))


def receipts_paper(found: YearReceipts, lang: Language) -> StatementPaper:
    """A giver's year: each receipt with what was paid, what came back and what stayed, and the sums."""
    facts = [
        ("from", found.name),
        ("span", say_in(lang, "statement.from_to", first=numeric(found.first_on), last=numeric(found.last_on))),
        ("asked", numeric(found.asked_at)),
    ]
    sums = (found.amount_paise, found.back_paise, found.amount_paise - found.back_paise)
    return StatementPaper(
        language=lang,
        title=say_in(lang, "receipts.title"),
        number=year_name(found.year),
        facts=tuple((say_in(lang, f"receipts.{name}"), value) for name, value in facts),
        heads=tuple(
            say_in(lang, f"receipts.col.{name}") for name in ("date", "work", "paid", "back", "stays", "number")
        ),
        rows=tuple(_receipt_row(line) for line in found.lines),
        sums=(say_in(lang, "statement.sum"), "", *(exact(paise) for paise in sums), ""),
        notes=(say_in(lang, "paper.not_80g"), say_in(lang, "receipts.living")),
        named_note=say_in(lang, "paper.named"),
        sheet=(),
    )


def _receipt_row(line: ReceiptLine) -> tuple[str, ...]:
    amounts = (line.amount_paise, line.back_paise, line.amount_paise - line.back_paise)
    return (numeric(line.paid_at), line.title, *(exact(paise) for paise in amounts), line.number)


def _row(line: StatementLine, lang: Language) -> tuple[str, ...]:
    return (numeric(line.owed_at), line.title, *map(exact, _amounts(line)), _paid(line, lang))


def _paid(line: StatementLine, lang: Language) -> str:
    return f"{numeric(line.paid_at)} {line.reference or ''}".strip() if line.paid_at else say_in(lang, "statement.open")


def _sheet_row(line: StatementLine, lang: Language) -> tuple[Cell, ...]:
    return (numeric(line.owed_at), line.title, *map(in_rupees, _amounts(line)), _paid(line, lang))


def in_rupees(paise: int) -> Decimal:
    """An amount as a number that machines read: 123450 paise are 1234.50."""
    return Decimal(paise).scaleb(-2)


def year_name(year: str) -> str:
    """`2627` as people write a financial year: `2026-27`."""
    return f"20{year[:2]}-{year[2:]}"


def exact(paise: int) -> str:
    """An amount with its paise, always: `1,23,456.50`."""
    shown = rupees(paise).removeprefix("₹")
    return shown if "." in shown else f"{shown}.00"


def numeric(at: date | datetime) -> str:
    """A day in India as `24-11-2026`."""
    day = at.astimezone(IST) if isinstance(at, datetime) else at
    return f"{day:%d-%m-%Y}"
