"""Money that goes back to those who paid it."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import BigInteger, Field, SQLModel

from cleanit_app.domain.statuses import RefundStatus
from cleanit_app.models.base import HasStatus, counted, id_field, maybe_moment, moment, one_of, paise, status_field


class Refund(HasStatus, SQLModel, table=True):
    """Money that goes back to the person who paid it; one row for each payment and cause."""

    __tablename__ = "refunds"
    __table_args__ = (
        one_of("status_known", "status", RefundStatus),
        CheckConstraint("amount_paise > 0", name="amount_positive"),
        CheckConstraint("cause IN ('SURPLUS','LATE','CAMPAIGN_ENDED','SPLIT','TAKEN_BACK')", name="cause_known"),
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
        Index("ix_refunds_by_hand", "by_hand_reference", postgresql_where=text("by_hand_reference IS NOT NULL")),
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
