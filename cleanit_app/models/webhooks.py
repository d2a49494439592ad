"""The provider's messages, kept as they came."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, LargeBinary, SQLModel

from cleanit_app.models.base import id_field, maybe_moment, moment


class WebhookEvent(SQLModel, table=True):
    """One message of the provider, stored once, worked later. The id header is unsigned, so the body counts too."""

    __tablename__ = "webhook_events"
    __table_args__ = (
        Index("ix_webhook_events_waiting", "next_try_at", postgresql_where=text("processed_at IS NULL")),
        Index("ix_webhook_events_bodies", "id", postgresql_where=text("body <> '' AND processed_at IS NOT NULL")),
    )
    id: uuid.UUID = id_field()
    event_id: str = Field(unique=True)
    body_sha256: bytes = Field(sa_type=LargeBinary, unique=True)
    event: str
    body: bytes = Field(sa_type=LargeBinary)  # as it came and was signed; emptied after its time
    received_at: datetime = moment()
    next_try_at: datetime = moment()
    tries: int = 0
    processed_at: datetime | None = maybe_moment()
    outcome: str | None = None
    request_id: str | None = None
