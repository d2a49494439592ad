"""Tax: dated rules, what was kept back from each payout, invoices of the platform's fee, the numbers of documents."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from cleanit_app.models.base import id_field, moment, paise


class TdsRuleRow(SQLModel, table=True):
    """One rule of the tax kept back at source and the days it holds; rows are added, not changed (LAW-04)."""

    __tablename__ = "tds_rules"
    __table_args__ = (
        CheckConstraint("regime IN ('M','C')", name="regime_known"),
        CheckConstraint("payee_kind IN ('INDIVIDUAL','OTHER')", name="payee_known"),
        CheckConstraint("cross_mode IN ('WHOLE','EXCESS')", name="cross_mode_known"),
        CheckConstraint("rate_bps BETWEEN 0 AND 10000 AND year_threshold_paise >= 0", name="sums_natural"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="days_in_order"),
        UniqueConstraint("regime", "payee_kind", "has_pan", "cross_mode", "valid_from"),
    )
    id: str = Field(primary_key=True)  # as M-INDIVIDUAL-PAN-WHOLE-20260401
    regime: str
    valid_from: date
    valid_to: date | None = None
    payee_kind: str
    has_pan: bool
    rate_bps: int
    single_threshold_paise: int | None = None
    year_threshold_paise: int = paise()
    cross_mode: str
    section_label: str
    payment_code: str


class TdsDeduction(SQLModel, table=True):
    """The tax of one payout with everything it was made of; `number` counts a payee's payouts of a tax year."""

    __tablename__ = "tds_deductions"
    __table_args__ = (
        UniqueConstraint("payee_id", "tax_year", "number"),
        CheckConstraint("gross_paise > 0 AND base_paise >= 0 AND tds_paise >= 0", name="sums_natural"),
        CheckConstraint("tds_paise <= greatest(due_paise, 0) AND tds_paise < gross_paise", name="kept_range"),
        Index("ix_tds_deductions_day", "credited_at"),
    )
    payout_id: uuid.UUID = Field(primary_key=True, foreign_key="payouts.id", ondelete="RESTRICT")
    payee_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    tax_year: str
    number: int
    rule_id: str = Field(foreign_key="tds_rules.id", ondelete="RESTRICT")
    gross_paise: int = paise()
    gross_before_paise: int = paise()
    untaxed_before_paise: int = paise()
    owed_before_paise: int = paise()
    base_paise: int = paise()
    due_paise: int = paise()
    tds_paise: int = paise()
    whole_rupees: bool
    credited_at: datetime = moment()


# Of the moments from :since until :until; what was taken back with its pay is as if it had never been.
TDS_COUNTED = """tds_deductions d JOIN tds_rules r ON r.id = d.rule_id JOIN users u ON u.id = d.payee_id
  JOIN cleaners k ON k.user_id = d.payee_id
  WHERE d.credited_at >= CAST(:since AS timestamptz) AND d.credited_at < CAST(:until AS timestamptz)
    AND NOT EXISTS (SELECT FROM tds_returns b WHERE b.payout_id = d.payout_id)"""


class TdsReturn(SQLModel, table=True):
    """A deduction that was taken back with its pay; payments from number `before` of its year on do not count it."""

    __tablename__ = "tds_returns"
    payout_id: uuid.UUID = Field(primary_key=True, foreign_key="tds_deductions.payout_id", ondelete="RESTRICT")
    before: int
    returned_at: datetime = moment()


class FeeInvoice(SQLModel, table=True):
    """An invoice of the platform's fee for one job, or the credit note that undoes it (LAW-05, Rule 46)."""

    __tablename__ = "fee_invoices"
    __table_args__ = (
        CheckConstraint("kind IN ('INVOICE','CREDIT_NOTE')", name="kind_known"),
        CheckConstraint("(kind = 'CREDIT_NOTE') = (corrects_id IS NOT NULL)", name="corrects_fact"),
        CheckConstraint("number ~ '^[A-Za-z0-9/-]{1,16}$'", name="number_form"),
        CheckConstraint(
            "taxable_paise + cgst_paise + sgst_paise + igst_paise = fee_paise AND cgst_paise = sgst_paise"
            " AND taxable_paise >= 0 AND cgst_paise >= 0 AND igst_paise >= 0",
            name="parts_sum",
        ),
        Index("uq_fee_invoices_job", "job_id", unique=True, postgresql_where=text("kind = 'INVOICE'")),
        Index("ix_fee_invoices_newest", text("issued_at DESC"), text("id DESC")),
        Index(
            "ix_fee_invoices_credit_notes",
            text("issued_at DESC"),
            text("id DESC"),
            postgresql_where=text("kind = 'CREDIT_NOTE'"),
        ),
    )
    id: uuid.UUID = id_field()
    number: str = Field(unique=True)
    kind: str
    corrects_id: uuid.UUID | None = Field(default=None, foreign_key="fee_invoices.id", unique=True)
    job_id: uuid.UUID = Field(foreign_key="jobs.id", ondelete="RESTRICT")
    campaign_id: uuid.UUID = Field(foreign_key="campaigns.id", ondelete="RESTRICT")
    issued_at: datetime = moment()
    issued_on: date
    fee_paise: int = paise()
    taxable_paise: int = paise()
    cgst_paise: int = paise()
    sgst_paise: int = paise()
    igst_paise: int = paise()
    sac: str
    # who it is from and to, as it was on that day
    parties: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))


class ReceiptCounter(SQLModel, table=True):
    """Last number given in a series; taken in the same transaction, so that no number is skipped."""

    __tablename__ = "receipt_counters"
    series: str = Field(primary_key=True)
    last: int
