"""Money that comes in, goes out and goes back, and every call that moves it."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import BigInteger, Field, SQLModel

from cleanit_app.domain.statuses import (
    AttemptStatus,
    ContributionStatus,
    EscrowStatus,
    PayoutStatus,
    RefundStatus,
)
from cleanit_app.models.base import (
    HasStatus,
    counted,
    id_field,
    maybe_moment,
    moment,
    one_of,
    paise,
    paise_from,
    status_field,
)


class Contribution(HasStatus, SQLModel, table=True):
    """One person's wish to give to one campaign, and the provider's order for it."""

    __tablename__ = "contributions"
    __table_args__ = (
        one_of("status_known", "status", ContributionStatus),
        CheckConstraint("amount_paise >= 100", name="amount_smallest"),  # the provider takes no less
        CheckConstraint("kept_paise >= 0 AND kept_paise <= amount_paise", name="kept_range"),
        CheckConstraint("(status = 'SUCCESS') = (paid_at IS NOT NULL)", name="paid_fact"),
        CheckConstraint("status <> 'PENDING' OR razorpay_order_id IS NOT NULL", name="order_fact"),
        UniqueConstraint("contributor_id", "idempotency_key"),
        Index("ix_contributions_campaign", "campaign_id", text("paid_at DESC"), text("id DESC")),
        Index("ix_contributions_person", "contributor_id", text("id DESC")),
        Index("ix_contributions_open", "next_check_at", postgresql_where=text("status IN ('CREATED','PENDING')")),
    )
    kind: ClassVar[str] = "contribution"
    id: uuid.UUID = id_field()
    campaign_id: uuid.UUID = Field(foreign_key="campaigns.id", ondelete="RESTRICT")
    contributor_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    amount_paise: int = paise()
    kept_paise: int = paise(0)
    anonymous: bool = False
    status: ContributionStatus = status_field(ContributionStatus, ContributionStatus.CREATED)
    idempotency_key: str
    razorpay_order_id: str | None = Field(default=None, unique=True)
    razorpay_payment_id: str | None = Field(default=None, unique=True)
    receipt_number: str | None = Field(default=None, unique=True)
    order_claimed_until: datetime | None = maybe_moment()
    """Until then the order is got by one caller alone; committed before the provider is called (PAY-01)."""
    created_at: datetime = moment()
    next_check_at: datetime = moment()
    checks: int = 0
    paid_at: datetime | None = maybe_moment()
    failed_at: datetime | None = maybe_moment()
    failure_reason: str | None = None


class Payment(SQLModel, table=True):
    """Captured money, once for each payment id of the provider."""

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("amount_paise > 0 AND kept_paise >= 0 AND kept_paise <= amount_paise", name="kept_range"),
        CheckConstraint("fee_paise >= 0 AND tax_paise >= 0 AND tax_paise <= fee_paise", name="fee_range"),
    )
    id: uuid.UUID = id_field()
    razorpay_payment_id: str = Field(unique=True)
    contribution_id: uuid.UUID = Field(foreign_key="contributions.id", ondelete="RESTRICT", index=True)
    amount_paise: int = paise()
    kept_paise: int = paise()
    fee_paise: int = paise(0)
    tax_paise: int = paise(0)
    method: str | None = None
    reference: str | None = None
    captured_at: datetime = moment(index=True)


class Refund(HasStatus, SQLModel, table=True):
    """Money that goes back to the person who paid it; one row for each payment and cause."""

    __tablename__ = "refunds"
    __table_args__ = (
        one_of("status_known", "status", RefundStatus),
        CheckConstraint("amount_paise > 0", name="amount_positive"),
        CheckConstraint("cause IN ('SURPLUS','LATE','CAMPAIGN_ENDED')", name="cause_known"),
        CheckConstraint("fee_withheld_paise >= 0 AND fee_withheld_paise < amount_paise", name="fee_range"),
        CheckConstraint("(status = 'COMPLETED') = (completed_at IS NOT NULL)", name="completed_fact"),
        UniqueConstraint("payment_id", "cause"),
        Index("ix_refunds_due", "next_try_at", "id", postgresql_where=text("status IN ('PENDING','FAILED')")),
        Index(
            "ix_refunds_open",
            "due_on",
            "id",
            postgresql_where=text("status IN ('PENDING','PROCESSING','MANUAL')"),
        ),
        Index(
            "ix_refunds_desk",
            text("(status <> 'MANUAL')"),
            "due_on",
            "id",
            postgresql_where=text("status IN ('PENDING','PROCESSING','MANUAL')"),
        ),
        Index("ix_refunds_person", "contributor_id", text("id DESC")),
        # the kept part of a contribution goes back once, whatever ends its campaign
        Index(
            "uq_refunds_ended",
            "contribution_id",
            unique=True,
            postgresql_where=text("cause = 'CAMPAIGN_ENDED'"),
        ),
        Index("ix_refunds_unfinished", "campaign_id", postgresql_where=text("status <> 'COMPLETED'")),
    )
    kind: ClassVar[str] = "refund"
    id: uuid.UUID = id_field()
    payment_id: uuid.UUID = Field(foreign_key="payments.id", ondelete="RESTRICT")
    contribution_id: uuid.UUID = Field(foreign_key="contributions.id", ondelete="RESTRICT", index=True)
    campaign_id: uuid.UUID = Field(foreign_key="campaigns.id", ondelete="RESTRICT", index=True)
    contributor_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    amount_paise: int = paise()  # what leaves the campaign; `goes_back_paise` of it reaches the person
    fee_withheld_paise: int = Field(
        default=0, sa_type=BigInteger, nullable=False, sa_column_kwargs={"server_default": "0"}
    )
    cause: str
    status: RefundStatus = status_field(RefundStatus, RefundStatus.PENDING)
    razorpay_refund_id: str | None = Field(default=None, unique=True)
    created_at: datetime = moment()
    due_on: date
    next_try_at: datetime = moment()
    initiated_at: datetime | None = maybe_moment()
    completed_at: datetime | None = maybe_moment()
    failures: int = counted()
    failure_reason: str | None = None
    by_hand_reference: str | None = None

    @property
    def goes_back_paise(self) -> int:
        """What reaches the person: all of it, less a gateway fee that the policy keeps (PAY-08)."""
        return self.amount_paise - self.fee_withheld_paise


class Payout(HasStatus, SQLModel, table=True):
    """A cleaner's pay for one job; one row for each job, however many tries it takes.

    `amount_paise` is what is sent: the job's amount without `tds_paise`, the tax kept back.
    """

    __tablename__ = "payouts"
    __table_args__ = (
        one_of("status_known", "status", PayoutStatus),
        CheckConstraint("amount_paise > 0", name="amount_positive"),
        CheckConstraint("tds_paise >= 0", name="tds_natural"),
        CheckConstraint("(status = 'PAID') = (paid_at IS NOT NULL)", name="paid_fact"),
        CheckConstraint("NOT paid_by_hand OR status = 'PAID'", name="by_hand_fact"),
        Index("ix_payouts_due", "scheduled_for", "id", postgresql_where=text("status = 'PENDING'")),
        Index(
            "ix_payouts_open",
            "scheduled_for",
            "id",
            postgresql_where=text("status IN ('PENDING','PROCESSING','MANUAL')"),
        ),
        Index(
            "ix_payouts_desk",
            text("(status <> 'MANUAL')"),
            "scheduled_for",
            "id",
            postgresql_where=text("status IN ('PENDING','PROCESSING','MANUAL')"),
        ),
        Index("ix_payouts_cleaner", "cleaner_id", text("id DESC")),
        Index("ix_payouts_campaign", "campaign_id"),
        Index("ix_payouts_by_hand", text("paid_at DESC"), text("id DESC"), postgresql_where=text("paid_by_hand")),
    )
    kind: ClassVar[str] = "payout"
    id: uuid.UUID = id_field()
    job_id: uuid.UUID = Field(foreign_key="jobs.id", ondelete="RESTRICT", unique=True)
    campaign_id: uuid.UUID = Field(foreign_key="campaigns.id", ondelete="RESTRICT")
    cleaner_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    amount_paise: int = paise()
    tds_paise: int = paise_from(0)
    status: PayoutStatus = status_field(PayoutStatus, PayoutStatus.PENDING)
    scheduled_for: datetime = moment()
    created_at: datetime = moment()
    initiated_at: datetime | None = maybe_moment()
    paid_at: datetime | None = maybe_moment()
    razorpay_payout_id: str | None = None
    utr: str | None = None
    failures: int = counted()
    failure_reason: str | None = None
    held_at: datetime | None = maybe_moment()
    held_by: uuid.UUID | None = None
    hold_reason: str | None = None
    paid_by_hand: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})  # a person said it left
    hand_tries: int = counted()


class Attempt(HasStatus, SQLModel, table=True):
    """One call to the provider that moves money: stored with its key before it is made."""

    __tablename__ = "transfer_attempts"
    __table_args__ = (
        one_of("status_known", "status", AttemptStatus),
        CheckConstraint("(payout_id IS NULL) <> (refund_id IS NULL)", name="one_purpose"),
        CheckConstraint("idempotency_key ~ '^[A-Za-z0-9_-]{10,36}$'", name="key_form"),
        CheckConstraint("(status = 'SENDING') = (lease_until IS NOT NULL)", name="lease_fact"),
        UniqueConstraint("payout_id", "number"),
        UniqueConstraint("refund_id", "number"),
        Index(
            "uq_transfer_attempts_open_payout",
            "payout_id",
            unique=True,
            postgresql_where=text("status NOT IN ('FAILED','REVERSED')"),
        ),
        Index(
            "uq_transfer_attempts_open_refund",
            "refund_id",
            unique=True,
            postgresql_where=text("status NOT IN ('FAILED','REVERSED')"),
        ),
        Index(
            "ix_transfer_attempts_open",
            "next_try_at",
            postgresql_where=text("status IN ('READY','SENDING','UNKNOWN','ACCEPTED','MANUAL')"),
        ),
        # pay that arrived lately: a bank may still send it back
        Index(
            "ix_transfer_attempts_arrived",
            "finished_at",
            "id",
            postgresql_where=text("status = 'SUCCEEDED' AND payout_id IS NOT NULL"),
        ),
    )
    kind: ClassVar[str] = "attempt"
    id: uuid.UUID = id_field()
    payout_id: uuid.UUID | None = Field(default=None, foreign_key="payouts.id", ondelete="RESTRICT")
    refund_id: uuid.UUID | None = Field(default=None, foreign_key="refunds.id", ondelete="RESTRICT")
    number: int
    idempotency_key: str = Field(unique=True)
    reference: str = Field(unique=True)
    request: str  # the exact body, so that a repeat is byte for byte the same
    amount_paise: int = paise()
    status: AttemptStatus = status_field(AttemptStatus, AttemptStatus.READY)
    tries: int = 0
    lease_until: datetime | None = maybe_moment()
    next_try_at: datetime = moment()
    provider_id: str | None = Field(default=None, unique=True)
    provider_status: str | None = None
    failure_reason: str | None = None
    created_at: datetime = moment(index=True)
    first_sent_at: datetime | None = maybe_moment()
    alerted_at: datetime | None = maybe_moment()
    finished_at: datetime | None = maybe_moment()


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


class Transaction(SQLModel, table=True):
    """One line a person understands about money that moved: from where, to where, how much, done or not."""

    __tablename__ = "transactions"
    __table_args__ = (
        CheckConstraint("type IN ('CONTRIBUTION','PAYOUT','REFUND')", name="type_known"),
        CheckConstraint("status IN ('PROCESSING','COMPLETED','FAILED')", name="status_known"),
        CheckConstraint("amount_paise > 0", name="amount_positive"),
        Index("ix_transactions_newest", text("created_at DESC"), text("id DESC")),
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


class ReceiptCounter(SQLModel, table=True):
    """Last number given in a series; taken in the same transaction, so that no number is skipped."""

    __tablename__ = "receipt_counters"
    series: str = Field(primary_key=True)
    last: int


class MoneySwitch(SQLModel, table=True):
    """Whether one flow of money is stopped, by whom and why; one row for each flow, made with the table."""

    __tablename__ = "money_switches"
    __table_args__ = (
        CheckConstraint("flow IN ('PAYOUTS','REFUNDS')", name="flow_known"),
        CheckConstraint("(stopped_at IS NULL) = (reason IS NULL)", name="stopped_fact"),
    )
    flow: str = Field(primary_key=True)
    stopped_at: datetime | None = maybe_moment()
    stopped_by: uuid.UUID | None = None
    reason: str | None = None


class FailedTry(SQLModel, table=True):
    """One try to pay that failed, once for each payment id of the provider (SEC-10)."""

    __tablename__ = "failed_tries"
    __table_args__ = (Index("ix_failed_tries_person", "contributor_id", "at"),)
    razorpay_payment_id: str = Field(primary_key=True)
    contribution_id: uuid.UUID = Field(foreign_key="contributions.id", ondelete="RESTRICT")
    contributor_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    reason: str
    at: datetime = moment()


class PaymentFlag(SQLModel, table=True):
    """A payment that looks odd, for somebody in finance to look at; it blocks nothing (SEC-10)."""

    __tablename__ = "payment_flags"
    __table_args__ = (
        CheckConstraint("(seen_at IS NULL) = (seen_by IS NULL)", name="seen_fact"),
        Index("ix_payment_flags_open", "id", postgresql_where=text("seen_at IS NULL")),
    )
    id: uuid.UUID = id_field()
    rule: str
    user_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    contribution_id: uuid.UUID = Field(foreign_key="contributions.id", ondelete="RESTRICT")
    campaign_id: uuid.UUID = Field(foreign_key="campaigns.id", ondelete="RESTRICT")
    found: int
    once_key: str = Field(unique=True)
    raised_at: datetime = moment()
    seen_at: datetime | None = maybe_moment()
    seen_by: uuid.UUID | None = None
