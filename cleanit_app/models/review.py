"""Doubts about accepted work: disputes of those who started or paid for it (OPS-03), cases for compliance (VER-06)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from cleanit_app.domain.statuses import DisputeStatus
from cleanit_app.models.base import HasStatus, id_field, maybe_moment, moment, one_of, status_field

_OPEN = text("status = 'OPEN'")


class Dispute(HasStatus, SQLModel, table=True):
    """One person's doubt about one accepted result; while it is open the pay stays here."""

    __tablename__ = "disputes"
    __table_args__ = (
        one_of("status_known", "status", DisputeStatus),
        CheckConstraint("(status = 'OPEN') = (decided_at IS NULL)", name="decided_fact"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decided_by_fact"),
        Index("uq_disputes_open_of_person", "job_id", "raised_by", unique=True, postgresql_where=_OPEN),
        Index("ix_disputes_open", "raised_at", "id", postgresql_where=_OPEN),
        Index("ix_disputes_open_payout", "payout_id", postgresql_where=_OPEN),
    )
    kind: ClassVar[str] = "dispute"
    id: uuid.UUID = id_field()
    job_id: uuid.UUID = Field(foreign_key="jobs.id", ondelete="RESTRICT")
    campaign_id: uuid.UUID = Field(foreign_key="campaigns.id", ondelete="RESTRICT", index=True)
    payout_id: uuid.UUID = Field(foreign_key="payouts.id", ondelete="RESTRICT")
    raised_by: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT", index=True)
    raised_at: datetime = moment()
    reason: str
    status: DisputeStatus = status_field(DisputeStatus, DisputeStatus.OPEN)
    decided_by: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    decided_at: datetime | None = maybe_moment()
    note: str | None = None


class FraudCase(SQLModel, table=True):
    """Something a person in compliance must look into (VER-06)."""

    __tablename__ = "fraud_cases"
    __table_args__ = (Index("ix_fraud_cases_open", "opened_at", postgresql_where=text("closed_at IS NULL")),)
    id: uuid.UUID = id_field()
    kind_of_case: str
    cleaner_id: uuid.UUID = Field(foreign_key="users.id")
    job_id: uuid.UUID | None = Field(default=None, foreign_key="jobs.id")
    notes: str = ""
    opened_by: uuid.UUID | None = None
    opened_at: datetime = moment()
    closed_at: datetime | None = maybe_moment()
