"""Banners of the site: each that ever stood, and who took one away before its time (OPS-01)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, text
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlmodel import Field, SQLModel

from cleanit_app.domain.banners import BannerTone
from cleanit_app.models.base import id_field, maybe_moment, moment


class SiteBanner(SQLModel, table=True):
    """One banner; only its end may come earlier than planned. Two never stand at the same time."""

    __tablename__ = "site_banners"
    __table_args__ = (
        CheckConstraint(f"tone IN ({', '.join(repr(one.value) for one in BannerTone)})", name="tone_known"),
        CheckConstraint("from_at < until_at", name="not_backwards"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_fact"),
        CheckConstraint("said ?& array['en', 'hi', 'mr']", name="said_in_all"),
        ExcludeConstraint(
            (text("tstzrange(from_at, until_at)"), "&&"), where=text("ended_at IS NULL"), name="ex_site_banners_alone"
        ),
    )
    id: uuid.UUID = id_field()
    said: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    tone: str
    link: str = ""
    from_at: datetime = moment()
    until_at: datetime = moment()
    made_at: datetime = moment()
    made_by: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    ended_at: datetime | None = maybe_moment()
    ended_by: uuid.UUID | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
