"""How the machinery does: daily runs by Indian date, when each sweep last went well, failures for a person."""

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


class ScheduledJob(SQLModel, table=True):
    """A job of the clock as its workers know it; `asked_at` is when somebody asked for a run that has not begun."""

    __tablename__ = "scheduled_jobs"
    name: str = Field(primary_key=True)
    queue: str
    cron: str
    most_seconds: int
    asked_at: datetime | None = maybe_moment()


class ScheduledRun(SQLModel, table=True):
    """One run of a job of the clock; `trouble` is what ended it, None when it went well."""

    __tablename__ = "scheduled_runs"
    __table_args__ = (Index("ix_scheduled_runs_name", "name", text("id DESC")),)
    id: uuid.UUID = id_field()
    name: str
    started_at: datetime = moment()
    took_ms: int
    manual: bool
    trouble: str | None = None


class ErrorLog(SQLModel, table=True):
    """A failure that matters to money or work, with who, what and where, kept for a person to look at (MON-05).

    The unit of work that keeps it fills in request and environment.
    """

    __tablename__ = "error_logs"
    __table_args__ = (
        Index("ix_error_logs_source", "source", text("id DESC")),
        # a row that cannot be read is noted once, whoever comes upon it
        Index("uq_error_logs_unreadable", "subject_id", unique=True, postgresql_where=text("source = 'unreadable'")),
        Index("uq_error_logs_fingerprint", "fingerprint", unique=True),  # surprises that are alike are one row
    )
    id: uuid.UUID = id_field()
    source: str
    subject_id: uuid.UUID | None = None
    message: str
    stack: str | None = None
    user_id: uuid.UUID | None = None
    request_id: str | None = None
    environment: str = Field(default="", sa_column_kwargs={"server_default": ""})
    at: datetime = moment(index=True)
    fingerprint: str | None = None
    first_at: datetime | None = maybe_moment()
    times: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    asked: str = Field(default="", sa_column_kwargs={"server_default": ""})
    release: str = Field(default="", sa_column_kwargs={"server_default": ""})


class SavedView(SQLModel, table=True):
    """A question about transactions that an admin keeps by name; `question` as it stands in an address."""

    __tablename__ = "saved_views"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name_there"),
        Index("uq_saved_views_name", "admin_id", text("lower(name)"), unique=True),
    )
    id: uuid.UUID = id_field()
    admin_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    name: str
    question: str
    saved_at: datetime = moment()
