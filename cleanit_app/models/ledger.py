"""The ledger: double entry, append-only; every balance shown anywhere is a sum of these lines."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, text
from sqlmodel import BigInteger, Field, SQLModel

from cleanit_app.models.base import id_field, moment, paise


class Account(StrEnum):
    """What a line is about; the subject says whose. Positive lines are debits."""

    GATEWAY = "GATEWAY"  # what the payment provider owes us
    BANK = "BANK"  # the account payouts leave from
    HELD = "HELD"  # subject: campaign. Neighbours' money that waits for the work
    SURPLUS = "SURPLUS"  # subject: contribution. Late or too much; goes back
    CLEANER_PAYABLE = "CLEANER_PAYABLE"  # subject: cleaner
    FEE_INCOME = "FEE_INCOME"
    GST_OUTPUT = "GST_OUTPUT"
    TDS_PAYABLE = "TDS_PAYABLE"  # subject: cleaner. Kept back from the pay, owed to the tax office
    # subject: campaign for what Cleanit added to a job from its own money; payment for what was given back without us
    PLATFORM_FUNDS = "PLATFORM_FUNDS"
    GATEWAY_FEES = "GATEWAY_FEES"
    PAYOUT_FEES = "PAYOUT_FEES"
    PAYOUT_CLEARING = "PAYOUT_CLEARING"  # subject: payout
    REFUND_CLEARING = "REFUND_CLEARING"  # subject: refund


class LedgerTransfer(SQLModel, table=True):
    """One movement of money: lines that sum to zero. `business_key` forbids booking a thing twice."""

    __tablename__ = "ledger_transfers"
    id: uuid.UUID = id_field()
    kind: str
    business_key: str = Field(unique=True)
    reverses: uuid.UUID | None = Field(default=None, foreign_key="ledger_transfers.id", unique=True)
    campaign_id: uuid.UUID | None = Field(default=None, foreign_key="campaigns.id", index=True)
    created_at: datetime = moment()


class LedgerLine(SQLModel, table=True):
    """One side of a movement; never changed, never removed."""

    __tablename__ = "ledger_lines"
    __table_args__ = (
        CheckConstraint("amount_paise <> 0", name="amount_not_zero"),
        CheckConstraint(f"account IN ({', '.join(repr(a.value) for a in Account)})", name="account_known"),
        Index("ix_ledger_lines_balance", "account", "subject_id", postgresql_include=["amount_paise"]),
        Index("ix_ledger_lines_transfer", text("transfer_id")),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    transfer_id: uuid.UUID = Field(
        sa_column=Column(ForeignKey("ledger_transfers.id", ondelete="RESTRICT"), nullable=False)
    )
    account: str
    subject_id: uuid.UUID | None = None
    amount_paise: int = paise()
