"""What the clock did: its daily runs by Indian date, when each sweep last went well, what is wrong now."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from cleanit_app.models.base import id_field, maybe_moment, moment


class DailyRun(SQLModel, table=True):
    """One daily job on one Indian date: it runs once, late if need be, or is skipped with a reason."""

    __tablename__ = "daily_runs"
    __table_args__ = (
        CheckConstraint("finished_at IS NULL OR skipped_because IS NULL", name="done_or_skipped"),
        CheckConstraint("(started_at IS NULL) = (skipped_because IS NOT NULL)", name="started_fact"),
    )
    name: str = Field(primary_key=True)
    on_date: date = Field(primary_key=True)
    started_at: datetime | None = maybe_moment()
    lease_until: datetime | None = maybe_moment()
    finished_at: datetime | None = maybe_moment()
    skipped_because: str | None = None
    tries: int = 0
    trouble: str | None = None


class SweepBeat(SQLModel, table=True):
    """When a job of the clock last went well, by the database's own clock; /health looks at it (MON-06)."""

    __tablename__ = "sweep_beats"
    name: str = Field(primary_key=True)
    well_at: datetime = moment()
    took_ms: int = 0
    may_be_silent_seconds: int


class Alert(SQLModel, table=True):
    """Something that is wrong from `raised_at` to `cleared_at`; people hear of it once."""

    __tablename__ = "alerts"
    __table_args__ = (
        Index("uq_alerts_open", "kind", "subject", unique=True, postgresql_where=text("cleared_at IS NULL")),
        Index("ix_alerts_subject", "subject"),
    )
    id: uuid.UUID = id_field()
    kind: str
    subject: str = ""
    raised_at: datetime = moment()
    cleared_at: datetime | None = maybe_moment()
