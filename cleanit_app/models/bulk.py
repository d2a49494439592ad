"""Runs of one thing done to many, and their rows, each done by itself (OPS-01)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from cleanit_app.domain.bulk import BulkAction, BulkObstacle
from cleanit_app.domain.statuses import BulkRowStatus, BulkRunStatus
from cleanit_app.models.base import HasStatus, id_field, maybe_moment, moment, one_of, paise_from, status_field


class BulkRun(HasStatus, SQLModel, table=True):
    """What an admin ordered for many things; `total` is the number that was typed to confirm it."""

    __tablename__ = "bulk_runs"
    __table_args__ = (
        one_of("status_known", "status", BulkRunStatus),
        CheckConstraint(f"action IN ({', '.join(repr(one.value) for one in BulkAction)})", name="action_known"),
        CheckConstraint("total > 0", name="total_some"),
        CheckConstraint("(action = 'NOTICES') = (notice IS NOT NULL)", name="notice_fact"),
        CheckConstraint("action = 'NOTICES' OR NOT marketing", name="marketing_fact"),
        CheckConstraint("(status = 'DONE') = (ended_at IS NOT NULL)", name="ended_fact"),
        UniqueConstraint("started_by", "idempotency_key"),
        Index("ix_bulk_runs_running", "id", postgresql_where=text("status = 'RUNNING'")),
    )
    kind: ClassVar[str] = "bulk_run"
    id: uuid.UUID = id_field()
    action: str
    status: BulkRunStatus = status_field(BulkRunStatus, BulkRunStatus.RUNNING)
    started_by: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    idempotency_key: str
    reason: str
    total: int
    notice: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True), nullable=True))
    """What is told, by language."""
    marketing: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    started_at: datetime = moment()
    ended_at: datetime | None = maybe_moment()


class BulkRow(HasStatus, SQLModel, table=True):
    """What is done to one thing of a run; a thing stands in a run once. `refunded_paise` is what goes back by it."""

    __tablename__ = "bulk_rows"
    __table_args__ = (
        one_of("status_known", "status", BulkRowStatus),
        CheckConstraint(f"why IN ({', '.join(repr(one.value) for one in BulkObstacle)})", name="why_known"),
        CheckConstraint("(status IN ('SKIPPED','FAILED')) = (why IS NOT NULL)", name="why_fact"),
        CheckConstraint("(status = 'WAITING') = (done_at IS NULL)", name="done_fact"),
        UniqueConstraint("run_id", "campaign_id"),
        UniqueConstraint("run_id", "person_id"),
        CheckConstraint("(campaign_id IS NULL) <> (person_id IS NULL)", name="of_one_thing"),
        Index("ix_bulk_rows_person_id", "person_id"),
        Index("ix_bulk_rows_campaign_id", "campaign_id"),
        Index("ix_bulk_rows_waiting", "run_id", "id", postgresql_where=text("status = 'WAITING'")),
        Index("ix_bulk_rows_run", "run_id", "status", "id"),
    )
    kind: ClassVar[str] = "bulk_row"
    id: uuid.UUID = id_field()
    run_id: uuid.UUID = Field(foreign_key="bulk_runs.id", ondelete="RESTRICT")
    campaign_id: uuid.UUID | None = Field(default=None, foreign_key="campaigns.id", ondelete="RESTRICT")
    person_id: uuid.UUID | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    status: BulkRowStatus = status_field(BulkRowStatus, BulkRowStatus.WAITING)
    why: str | None = None
    refunded_paise: int = paise_from(0)
    done_at: datetime | None = maybe_moment()
