"""What was said: domain events on their way, the provider's messages, people's notifications, failures."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, LargeBinary, SQLModel

from cleanit_app.models.base import id_field, maybe_moment, moment


class OutboxEvent(SQLModel, table=True):
    """A domain event, stored with the change that caused it; it stays as the activity log (JOB-05)."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_waiting", "id", postgresql_where=text("relayed_at IS NULL")),
        Index("ix_outbox_actor", "actor_id", "occurred_at"),
    )
    id: uuid.UUID = id_field()
    name: str
    payload: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    actor_id: uuid.UUID | None = None
    occurred_at: datetime = moment()
    relayed_at: datetime | None = maybe_moment()
    request_id: str | None = None  # of the request, page event or job that caused it (MON-06)


class WebhookEvent(SQLModel, table=True):
    """One message of the provider, stored once, worked later. The id header is unsigned, so the body counts too."""

    __tablename__ = "webhook_events"
    __table_args__ = (Index("ix_webhook_events_waiting", "next_try_at", postgresql_where=text("processed_at IS NULL")),)
    id: uuid.UUID = id_field()
    event_id: str = Field(unique=True)
    body_sha256: bytes = Field(sa_type=LargeBinary, unique=True)
    event: str
    body: bytes = Field(sa_type=LargeBinary)  # as it came and was signed
    received_at: datetime = moment()
    next_try_at: datetime = moment()
    tries: int = 0
    processed_at: datetime | None = maybe_moment()
    outcome: str | None = None
    request_id: str | None = None


class Notification(SQLModel, table=True):
    """Something one person is told, in the app. Words are made when it is read, in the reader's language."""

    __tablename__ = "notifications"
    __table_args__ = (
        Index("ix_notifications_person", "user_id", text("id DESC")),
        Index("ix_notifications_unread", "user_id", postgresql_where=text("read_at IS NULL")),
        Index("ix_notifications_undelivered", "user_id", postgresql_where=text("delivered_at IS NULL")),
    )
    id: uuid.UUID = id_field()
    user_id: uuid.UUID = Field(foreign_key="users.id")
    kind: str
    values: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))
    link: str
    dedupe_key: str = Field(unique=True)
    created_at: datetime = moment()
    delivered_at: datetime | None = maybe_moment()
    read_at: datetime | None = maybe_moment()


class ErrorLog(SQLModel, table=True):
    """A failure that matters to money or work, with who, what and where, kept for a person to look at (MON-05).

    The unit of work that keeps it fills in request and environment.
    """

    __tablename__ = "error_logs"
    __table_args__ = (
        Index("ix_error_logs_source", "source", text("id DESC")),
        # a row that cannot be read is noted once, whoever comes upon it
        Index("uq_error_logs_unreadable", "subject_id", unique=True, postgresql_where=text("source = 'unreadable'")),
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
