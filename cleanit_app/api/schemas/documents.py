"""Invoices, credit notes and a cleaner's year, in the contract's shapes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from cleanit_app.api.schemas.base import Moment, Out
from cleanit_app.domain.statuses import PayoutStatus
from cleanit_app.reads.tax.invoices import FeePapers
from cleanit_app.reads.tax.statements import Statement
from cleanit_app.reads.tax.tax_quarters import TaxCheck, TaxQuarter


class InvoiceOut(Out):
    """An invoice of the fee, or the credit note that undoes one."""

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


class FeeSumsOut(Out):
    """Invoices less credit notes."""

    invoices: int
    credit_notes: int
    fee_paise: int
    taxable_paise: int
    gst_paise: int


class InvoicesOut(Out):
    """A page of papers with this month's and this financial year's sums."""

    items: list[InvoiceOut]
    next_cursor: str | None
    month: FeeSumsOut
    year: FeeSumsOut


def invoices_out(found: FeePapers) -> InvoicesOut:
    """A page of papers in the contract's shape."""
    return InvoicesOut(
        items=found.page.each(InvoiceOut.model_validate),
        next_cursor=found.page.next_cursor,
        month=FeeSumsOut.model_validate(found.month),
        year=FeeSumsOut.model_validate(found.year),
    )


class StatementLineOut(Out):
    """One payment of the year."""

    payout_id: UUID
    owed_at: Moment
    title: str
    gross_paise: int
    tax_paise: int
    pay_paise: int
    arrived_paise: int
    fee_paise: int
    status: PayoutStatus
    paid_at: Moment | None
    reference: str | None


class StatementQuarterOut(Out):
    """The sums of a quarter, 1 (April to June) to 4."""

    number: int
    first_on: date
    last_on: date
    payments: int
    gross_paise: int
    tax_paise: int
    pay_paise: int
    arrived_paise: int
    fee_paise: int


class StatementOut(Out):
    """A cleaner's financial year; `feePaise` is what neighbours paid beside the pay, and is not taken from it."""

    year: str
    first_on: date
    last_on: date
    years: list[str]
    gross_paise: int
    tax_paise: int
    pay_paise: int
    arrived_paise: int
    fee_paise: int
    quarters: list[StatementQuarterOut]
    items: list[StatementLineOut]


def statement_out(found: Statement) -> StatementOut:
    """A year in the contract's shape."""
    return StatementOut.of(
        found,
        years=list(found.years),
        quarters=[StatementQuarterOut.of(one, payments=len(one.lines)) for one in found.quarters],
        items=[StatementLineOut.model_validate(line) for line in found.lines],
    )


class PayeeTaxOut(Out):
    """One payee of a quarter."""

    payee_id: UUID
    name: str
    pan_mask: str | None
    payments: int
    gross_paise: int
    tds_paise: int
    without_pan: int


class TaxFindingOut(Out):
    """A check of a quarter that did not pass: how many it is about, and how much."""

    check: TaxCheck
    count: int
    amount_paise: int


class TaxQuarterOut(Out):
    """The tax of a quarter, with a page of its payees."""

    year: str
    quarter: int
    first_on: date
    last_on: date
    payer: str
    tan: str
    payees: int
    payments: int
    gross_paise: int
    tds_paise: int
    ledger_gross_paise: int
    ledger_tds_paise: int
    rate_without_pan_bps: int | None
    findings: list[TaxFindingOut]
    items: list[PayeeTaxOut]
    next_cursor: str | None


def tax_quarter_out(found: TaxQuarter) -> TaxQuarterOut:
    """A quarter in the contract's shape."""
    return TaxQuarterOut.of(
        found,
        findings=[TaxFindingOut.model_validate(one) for one in found.findings],
        items=found.page.each(PayeeTaxOut.model_validate),
        next_cursor=found.page.next_cursor,
    )
