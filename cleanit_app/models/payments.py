"""Money that comes in: contributions, what was captured for them, tries that failed, payments that look odd."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from cleanit_app.domain.statuses import ContributionStatus
from cleanit_app.models.base import HasStatus, id_field, maybe_moment, moment, one_of, paise, status_field


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
        Index("ix_contributions_paid", "paid_at", postgresql_where=text("paid_at IS NOT NULL")),
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
        Index("ix_payments_reference", "reference", postgresql_where=text("reference IS NOT NULL")),
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
