"""Feature flags: for whom a feature is on, since when, by whose choice (OPS-06)."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ARRAY, CheckConstraint, Column, Uuid
from sqlmodel import Field, SQLModel

from cleanit_app.domain.features import FlagState
from cleanit_app.models.base import counted, moment


class FeatureFlag(SQLModel, table=True):
    """One feature's choice; a feature without a row is on for all, as it was before there were flags."""

    __tablename__ = "feature_flags"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(s.value) for s in FlagState)})", name="state_known"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_range"),
        CheckConstraint("cardinality(people) <= 500", name="people_few"),
    )
    key: str = Field(primary_key=True)
    state: str
    percent: int = counted()
    people: list[uuid.UUID] = Field(default_factory=list, sa_column=Column(ARRAY(Uuid), nullable=False))
    changed_at: datetime = moment()
    changed_by: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
