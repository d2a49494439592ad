"""Money that goes out: the pay of a cleaner for a job."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from cleanit_app.domain.statuses import PayoutStatus
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
        Index("ix_payouts_utr", "utr", postgresql_where=text("utr IS NOT NULL")),
        Index("ix_payouts_provider", "razorpay_payout_id", postgresql_where=text("razorpay_payout_id IS NOT NULL")),
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
