"""What seniors chose about the numbers of the business: a history that only grows (OPS-01)."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, text
from sqlmodel import Field, SQLModel

from cleanit_app.domain.house_settings import bounds_sql
from cleanit_app.models.base import id_field, moment

EVERY_CHOICE = text("SELECT name, value, effective_from FROM setting_choices ORDER BY id")
"""All that was ever chosen, in the order in which it was made: of a house with hundreds of choices a small answer."""


class SettingChoice(SQLModel, table=True):
    """One choice: from a moment on a setting has a value. The newest that has come into force counts.

    `was` is the value that was in force when it was made. The database refuses every change of a row.
    """

    __tablename__ = "setting_choices"
    __table_args__ = (
        CheckConstraint(bounds_sql(), name="value_in_bounds"),
        CheckConstraint("effective_from >= made_at", name="not_backwards"),
        CheckConstraint("btrim(why) <> ''", name="why_given"),
    )
    id: uuid.UUID = id_field()
    name: str
    was: int
    value: int
    why: str
    made_at: datetime = moment()
    made_by: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    effective_from: datetime = moment()
