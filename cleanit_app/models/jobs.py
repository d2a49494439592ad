"""Jobs: paid work at a place, who has it, how long, and what became of it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar, cast

from sqlalchemy import CheckConstraint, Column, Computed, DateTime, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, LargeBinary, SQLModel

from cleanit_app.domain.statuses import JobStatus
from cleanit_app.models.base import HasStatus, id_field, maybe_moment, moment, one_of, paise, paise_from, status_field
from cleanit_app.models.campaigns import UNIT_SPHERE, Cube


class Job(HasStatus, SQLModel, table=True):
    """Work that a funded campaign pays for."""

    __tablename__ = "jobs"
    __table_args__ = (
        one_of("status_known", "status", JobStatus),
        CheckConstraint("amount_paise > 0 AND platform_fee_paise >= 0", name="amounts_positive"),
        CheckConstraint("platform_added_paise BETWEEN 0 AND amount_paise", name="added_range"),
        CheckConstraint(
            "status IN ('RELEASED','REJECTED') OR (status IN ('AVAILABLE','CANCELLED')) = (claimed_by IS NULL)",
            name="has_cleaner",
        ),
        CheckConstraint("(claimed_by IS NULL) = (claimed_at IS NULL)", name="claim_moment"),
        CheckConstraint("(status = 'CLAIMED') = (completion_deadline IS NOT NULL)", name="deadline_fact"),
        CheckConstraint(
            "status NOT IN ('COMPLETED','VERIFIED','PAID') OR completion_photo_id IS NOT NULL",
            name="photo_fact",
        ),
        CheckConstraint("status NOT IN ('VERIFIED','PAID') OR verified_at IS NOT NULL", name="verified_fact"),
        CheckConstraint("(status = 'PAID') = (paid_at IS NOT NULL)", name="paid_fact"),
        Index(
            "ix_jobs_open_position",
            "position",
            postgresql_using="gist",
            postgresql_where=text("status = 'AVAILABLE'"),
        ),
        Index("ix_jobs_open_pay", text("amount_paise DESC"), "id", postgresql_where=text("status = 'AVAILABLE'")),
        Index(
            "ix_jobs_in_hand",
            "claimed_by",
            "completion_deadline",
            postgresql_where=text("status = 'CLAIMED'"),
        ),
        Index("ix_jobs_claimed_by", "claimed_by", text("claimed_at DESC")),
        # who has how many jobs of an area (OPS-04)
        Index("ix_jobs_claimed_at", "claimed_at", postgresql_where=text("claimed_at IS NOT NULL")),
        Index(
            "ix_jobs_taken_position",
            "position",
            postgresql_using="gist",
            postgresql_where=text("claimed_at IS NOT NULL"),
        ),
        CheckConstraint("review_since IS NULL OR status = 'AVAILABLE'", name="review_fact"),
        # Says more than the status, so that counting a cleaner's claims never walks through everybody's.
        Index(
            "ix_jobs_deadline",
            "completion_deadline",
            "id",
            postgresql_where=text("status = 'CLAIMED' AND completion_deadline IS NOT NULL"),
        ),
        Index("ix_jobs_open_expiry", "expires_at", "id", postgresql_where=text("status = 'AVAILABLE'")),
        Index("ix_jobs_in_review", "review_since", "id", postgresql_where=text("review_since IS NOT NULL")),
        Index("ix_jobs_to_verify", "completed_at", "id", postgresql_where=text("status = 'COMPLETED'")),
    )
    kind: ClassVar[str] = "job"
    id: uuid.UUID = id_field()
    campaign_id: uuid.UUID = Field(
        sa_column=Column(ForeignKey("campaigns.id", ondelete="RESTRICT", use_alter=True), nullable=False, index=True)
    )
    status: JobStatus = status_field(JobStatus, JobStatus.AVAILABLE)
    amount_paise: int = paise()
    platform_fee_paise: int = paise()
    platform_added_paise: int = paise_from(0)  # the part of amount_paise that Cleanit adds from its own money (JOB-08)
    latitude: float
    longitude: float
    position: str | None = Field(default=None, sa_column=Column(Cube(), Computed(UNIT_SPHERE, persisted=True)))
    created_at: datetime = moment()
    expires_at: datetime = moment(index=True)
    claimed_by: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    claimed_at: datetime | None = maybe_moment()
    completion_deadline: datetime | None = maybe_moment()
    claim_count: int = 0
    review_since: datetime | None = maybe_moment()  # held back for an admin after three lost claims (JOB-08)
    last_claimed_by: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    unclaim_reason: str | None = None
    unclaimed_at: datetime | None = maybe_moment()
    completed_at: datetime | None = maybe_moment()
    completion_photo_id: uuid.UUID | None = Field(default=None, foreign_key="photos.id")
    flags: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False))
    verified_by: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    verified_at: datetime | None = maybe_moment()
    checklist: dict[str, bool] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))
    verification_notes: str | None = None
    rejected_by: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    rejected_at: datetime | None = maybe_moment()
    rejection_reason: str | None = None
    rejection_notes: str | None = None
    retry_allowed: bool | None = None
    paid_at: datetime | None = maybe_moment()


class Penalty(SQLModel, table=True):
    """A claim that ran out of time; one for each claim (JOB-06)."""

    __tablename__ = "cleaner_penalties"
    __table_args__ = (UniqueConstraint("job_id", "claim_number"),)
    id: uuid.UUID = id_field()
    cleaner_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT", index=True)
    job_id: uuid.UUID = Field(foreign_key="jobs.id", ondelete="RESTRICT")
    claim_number: int
    deadline_at: datetime = moment()
    created_at: datetime = moment()
    lifted_at: datetime | None = maybe_moment()  # a dispute found that it was not the cleaner's fault


class DeadlineReminder(SQLModel, table=True):
    """A cleaner was reminded of a deadline so many hours before it; once each."""

    __tablename__ = "deadline_reminders"
    job_id: uuid.UUID = Field(foreign_key="jobs.id", ondelete="RESTRICT", primary_key=True)
    deadline_at: datetime = Field(sa_type=cast(Any, DateTime(timezone=True)), primary_key=True)
    hours: int = Field(primary_key=True)
    sent_at: datetime = moment()


class CaptureToken(SQLModel, table=True):
    """Leave to take one after-photo in the page's own viewfinder; used once."""

    __tablename__ = "capture_tokens"
    id: uuid.UUID = id_field()
    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    job_id: uuid.UUID = Field(foreign_key="jobs.id", index=True)
    cleaner_id: uuid.UUID = Field(foreign_key="users.id")
    issued_at: datetime = moment()
    expires_at: datetime = moment()
    used_at: datetime | None = maybe_moment()
