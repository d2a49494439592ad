"""What the nightly checks found: runs, the rules of the books, and differences from the provider's book (PAY-13)."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from cleanit_app.models.base import id_field, maybe_moment, moment


class CheckRun(SQLModel, table=True):
    """One look at the books or at the provider's book, one of each kind a day; a repeat writes over it."""

    __tablename__ = "check_runs"
    __table_args__ = (
        CheckConstraint("kind IN ('BOOKS','RECONCILIATION')", name="kind_known"),
        UniqueConstraint("kind", "day_on"),
    )
    id: uuid.UUID = id_field()
    kind: str
    day_on: date
    started_at: datetime = moment()
    finished_at: datetime | None = maybe_moment()
    checked: int = 0
    problems: int = 0
    report: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))


class Difference(SQLModel, table=True):
    """Something the provider's book and ours say differently, until it is resolved with a way and a person."""

    __tablename__ = "reconciliation_differences"
    __table_args__ = (
        CheckConstraint("what IN ('PAYMENT','REFUND','PAYOUT','SETTLEMENT')", name="what_known"),
        CheckConstraint("(resolved_at IS NULL) = (resolution IS NULL)", name="resolved_fact"),
        CheckConstraint("resolution IS NULL OR resolution IN ('AGREES','ACCEPTED','BOOKED')", name="resolution_known"),
        Index(
            "uq_reconciliation_differences_open",
            "what",
            "provider_id",
            unique=True,
            postgresql_where=text("resolved_at IS NULL"),
        ),
        Index("ix_reconciliation_differences_newest", text("found_at DESC"), text("id DESC")),
    )
    id: uuid.UUID = id_field()
    run_id: uuid.UUID = Field(foreign_key="check_runs.id", ondelete="RESTRICT")
    what: str
    kind: str
    provider_id: str
    ours: str = ""
    theirs: str = ""
    found_at: datetime = moment()
    resolved_at: datetime | None = maybe_moment()
    resolved_by: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    resolution: str | None = None
    note: str = ""


class Seen(SQLModel, table=True):
    """Ids of the provider met during a run, so that memory stays the same however many there are."""

    __tablename__ = "reconciliation_seen"
    run_id: uuid.UUID = Field(primary_key=True)
    provider_id: str = Field(primary_key=True)
