"""The boards: figures of days and weeks, counted by the clock from what happened (MON-04)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column
from sqlmodel import BigInteger, Field, SQLModel

from cleanit_app.models.base import moment


class BoardFigure(SQLModel, table=True):
    """One figure of one day or week. It is counted anew as often as one likes, and replaces itself.

    `cohort_on` is the Monday of the week in which the people joined that it is about, else the first day itself.
    """

    __tablename__ = "board_figures"
    __table_args__ = (CheckConstraint("cohort_on <= starts_on", name="cohort_before"),)
    metric: str = Field(primary_key=True)
    starts_on: date = Field(primary_key=True)
    cohort_on: date = Field(primary_key=True)
    value: int = Field(sa_column=Column(BigInteger, nullable=False))
    base: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    counted_at: datetime = moment()
