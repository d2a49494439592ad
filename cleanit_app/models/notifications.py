"""What is told: domain events on their way, people's notifications, alerts while something is wrong."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

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
