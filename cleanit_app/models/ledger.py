"""The ledger: double entry, append-only; every balance shown anywhere is a sum of these lines.

Beside it stand where each contribution's money is and the lines that people read.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, text
from sqlmodel import BigInteger, Field, SQLModel

from cleanit_app.domain.statuses import EscrowStatus
from cleanit_app.models.base import id_field, maybe_moment, moment, one_of, paise, status_field


class LedgerAccount(StrEnum):
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
    created_at: datetime = moment(index=True)


class LedgerLine(SQLModel, table=True):
    """One side of a movement; never changed, never removed."""

    __tablename__ = "ledger_lines"
    __table_args__ = (
        CheckConstraint("amount_paise <> 0", name="amount_not_zero"),
        CheckConstraint(f"account IN ({', '.join(repr(a.value) for a in LedgerAccount)})", name="account_known"),
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


class EscrowTransaction(SQLModel, table=True):
    """Where the kept part of one contribution is: held, paid out or refunded (PAY-03)."""

    __tablename__ = "escrow_transactions"
    __table_args__ = (
        one_of("status_known", "status", EscrowStatus),
        CheckConstraint("amount_paise > 0", name="amount_positive"),
        CheckConstraint("released_for IS NULL OR released_for IN ('PAYOUT','REFUND')", name="purpose_known"),
        CheckConstraint("(status = 'HELD') = (released_at IS NULL)", name="released_fact"),
        CheckConstraint("(released_at IS NULL) = (released_for IS NULL)", name="released_purpose"),
        # money that may soon be too old to be refunded
        Index("ix_escrow_transactions_held", "held_at", "id", postgresql_where=text("status = 'HELD'")),
    )
    id: uuid.UUID = id_field()
    contribution_id: uuid.UUID = Field(foreign_key="contributions.id", ondelete="RESTRICT", unique=True)
    campaign_id: uuid.UUID = Field(foreign_key="campaigns.id", ondelete="RESTRICT", index=True)
    amount_paise: int = paise()
    status: EscrowStatus = status_field(EscrowStatus, EscrowStatus.HELD)
    held_at: datetime = moment()
    released_at: datetime | None = maybe_moment()
    released_for: str | None = None


_OF_A_PERSON = "{} <> 'PLATFORM_ESCROW'"


class Transaction(SQLModel, table=True):
    """One line a person understands about money that moved: from where, to where, how much, done or not."""

    __tablename__ = "transactions"
    __table_args__ = (
        CheckConstraint("type IN ('CONTRIBUTION','PAYOUT','REFUND')", name="type_known"),
        CheckConstraint("status IN ('PROCESSING','COMPLETED','FAILED')", name="status_known"),
        CheckConstraint("amount_paise > 0", name="amount_positive"),
        Index("ix_transactions_newest", text("created_at DESC"), text("id DESC")),
        Index("ix_transactions_amount", "amount_paise", "id"),
        Index("ix_transactions_type", "type", text("created_at DESC"), text("id DESC")),
        Index("ix_transactions_status", "status", text("created_at DESC"), text("id DESC")),
        Index("ix_transactions_by_kind", "type", "id"),
        Index("ix_transactions_by_state", "status", "id"),
        Index("ix_transactions_by_reference", text("coalesce(reference, '')"), "id"),
        Index("ix_transactions_reference", "reference", postgresql_where=text("reference IS NOT NULL")),
        Index("ix_transactions_from", "from_account", postgresql_where=text(_OF_A_PERSON.format("from_account"))),
        Index("ix_transactions_to", "to_account", postgresql_where=text(_OF_A_PERSON.format("to_account"))),
    )
    id: uuid.UUID = id_field()
    type: str
    from_account: str
    to_account: str
    amount_paise: int = paise()
    status: str
    reference: str | None = None
    source_id: uuid.UUID = Field(index=True)  # the payment, the attempt
    campaign_id: uuid.UUID = Field(foreign_key="campaigns.id", ondelete="RESTRICT", index=True)
    created_at: datetime = moment()
    updated_at: datetime = moment()
