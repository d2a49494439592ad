"""Every call that moves money out or back, and the switch that stops them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from cleanit_app.domain.statuses import AttemptStatus
from cleanit_app.models.base import HasStatus, id_field, maybe_moment, moment, one_of, paise, status_field


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
