"""Campaigns: a dirty place, a target, the money raised so far, and its life."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Column, Computed, Index, Integer, text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.types import UserDefinedType
from sqlmodel import Field, SQLModel

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.statuses import CampaignRefundStatus, CampaignStatus
from cleanit_app.models.base import (
    HasStatus,
    id_field,
    maybe_moment,
    moment,
    one_of,
    paise,
    status_field,
    write_history,
)


class Cube(UserDefinedType[str]):
    """PostgreSQL's cube: a point on the unit sphere that a GiST index finds nearest first (JOB-03)."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """The name of the type in SQL."""
        return "cube"


UNIT_SPHERE = (
    "cube(ARRAY[cos(radians(latitude)) * cos(radians(longitude)),"
    " cos(radians(latitude)) * sin(radians(longitude)), sin(radians(latitude))])"
)


# When an ended campaign ended: paid, cancelled, or out of time.
ENDED_AT = "coalesce(closed_at, cancelled_at, expires_at)"


class Campaign(HasStatus, SQLModel, table=True):
    """A place somebody wants clean. `raised_paise` is a cache of ledger lines, checked by the books.

    `fee_bps` and `terms_version` are the terms it was created under; a trigger lets nobody change them.
    """

    __tablename__ = "campaigns"
    __table_args__ = (
        one_of("status_known", "status", CampaignStatus),
        one_of("refund_status_known", "refund_status", CampaignRefundStatus),
        CheckConstraint("target_paise BETWEEN 50000 AND 5000000", name="target_range"),
        CheckConstraint("fee_bps BETWEEN 0 AND 5000", name="fee_range"),
        CheckConstraint("length(words) <= 20000", name="words_few"),
        CheckConstraint("raised_paise >= 0 AND raised_paise <= target_paise", name="raised_range"),
        CheckConstraint("latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180", name="on_earth"),
        CheckConstraint("(activated_at IS NULL) = (expires_at IS NULL)", name="expiry_from_activation"),
        CheckConstraint("status NOT IN ('FUNDED','COMPLETED','CLOSED') OR funded_at IS NOT NULL", name="funded_fact"),
        CheckConstraint("status NOT IN ('FUNDED','COMPLETED','CLOSED') OR job_id IS NOT NULL", name="funded_job"),
        CheckConstraint("(status = 'CANCELLED') = (cancelled_at IS NOT NULL)", name="cancelled_fact"),
        CheckConstraint("(status = 'CLOSED') = (closed_at IS NOT NULL)", name="closed_fact"),
        Index("ix_campaigns_status_new", "status", text("activated_at DESC"), text("id DESC")),
        Index("ix_campaigns_status_ending", "status", "expires_at", "id"),
        Index("ix_campaigns_status_progress", "status", text("raised_bps DESC"), text("id DESC")),
        Index(
            "ix_campaigns_public_new",
            text("activated_at DESC"),
            text("id DESC"),
            postgresql_where=text("activated_at IS NOT NULL AND archived_at IS NULL"),
        ),
        CheckConstraint(
            "archived_at IS NULL OR status IN ('CLOSED','EXPIRED','CANCELLED')",
            name="archived_fact",
        ),
        Index(
            "ix_campaigns_to_archive",
            text(ENDED_AT),
            "id",
            postgresql_where=text("archived_at IS NULL AND status IN ('CLOSED','EXPIRED','CANCELLED')"),
        ),
        Index("ix_campaigns_waiting", "created_at", "id", postgresql_where=text("status = 'DRAFT'")),
        Index("ix_campaigns_cancelled", "cancelled_at", postgresql_where=text("cancelled_at IS NOT NULL")),
        Index("ix_campaigns_marked", text("id DESC"), postgresql_where=text("possible_spam")),
        Index("ix_campaigns_created", "created_at"),
        Index("ix_campaigns_title", "title", "id"),
        Index("ix_campaigns_funded", "funded_at", postgresql_where=text("funded_at IS NOT NULL")),
        Index("ix_campaigns_creator", "creator_id", text("id DESC")),
        Index(
            "ix_campaigns_idempotency_key",
            "creator_id",
            "idempotency_key",
            unique=True,
            postgresql_where=text("idempotency_key IS NOT NULL"),
        ),
        Index("ix_campaigns_position", "position", postgresql_using="gist"),
        Index("ix_campaigns_words", "words", postgresql_using="gin"),
    )
    kind: ClassVar[str] = "campaign"
    id: uuid.UUID = id_field()
    creator_id: uuid.UUID = Field(foreign_key="users.id")
    title: str
    description: str
    target_paise: int = paise()
    raised_paise: int = paise(0)
    fee_bps: int
    terms_version: str
    raised_bps: int | None = Field(
        default=None,
        sa_column=Column(Integer, Computed("(raised_paise * 10000 / target_paise)::int", persisted=True)),
    )
    status: CampaignStatus = status_field(CampaignStatus, CampaignStatus.DRAFT)
    latitude: float
    longitude: float
    position: str | None = Field(default=None, sa_column=Column(Cube(), Computed(UNIT_SPHERE, persisted=True)))
    address: str
    words: str | None = Field(default=None, sa_column=Column(TSVECTOR))  # see services.campaigns.campaign_words
    photo_id: uuid.UUID = Field(foreign_key="photos.id", unique=True)
    idempotency_key: str | None = None  # of the wish it was started with, if the caller named one
    possible_spam: bool = False
    refund_status: CampaignRefundStatus = status_field(CampaignRefundStatus, CampaignRefundStatus.NONE)
    job_id: uuid.UUID | None = Field(default=None, foreign_key="jobs.id")
    created_at: datetime = moment()
    activated_at: datetime | None = maybe_moment()
    expires_at: datetime | None = maybe_moment()
    funded_at: datetime | None = maybe_moment()
    completed_at: datetime | None = maybe_moment()
    closed_at: datetime | None = maybe_moment()
    cancelled_at: datetime | None = maybe_moment()
    archived_at: datetime | None = maybe_moment()  # left the public lists, its page stays (OPS-05)
    approved_by: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    cancel_reason: str | None = None
    problem_note: str | None = None  # why an admin marked it as problematic (JOB-08)
    problem_at: datetime | None = maybe_moment()

    @property
    def missing_paise(self) -> int:
        """Paise that are still missing to the target."""
        return self.target_paise - self.raised_paise

    def move_refunds_to(self, target: CampaignRefundStatus, *, by: Actor, at: datetime) -> None:
        """Move `refund_status` and write its own line of history; MoveRefused when the table has no such move."""
        move_refunds_of_all([self], target, by=by, at=at)


class CampaignCorrection(SQLModel, table=True):
    """One change of a campaign's words or place by its creator: what stood there before; rows only added (LAW-03)."""

    __tablename__ = "campaign_corrections"
    __table_args__ = (Index("uq_campaign_corrections_number", "campaign_id", "number", unique=True),)
    id: uuid.UUID = id_field()
    campaign_id: uuid.UUID = Field(foreign_key="campaigns.id", ondelete="RESTRICT")
    number: int  # from 1
    changed: str  # the names of the changed fields, with blanks
    before: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))  # title, description, address, place
    at: datetime = moment()


def move_refunds_of_all(
    campaigns: Sequence[Campaign], target: CampaignRefundStatus, *, by: Actor, at: datetime
) -> None:
    """Move the `refund_status` of many locked campaigns, their history in one statement; all or none."""
    for campaign in campaigns:
        campaign.refund_status.check_move(target)
    sources = [campaign.refund_status for campaign in campaigns]
    write_history(campaigns, sources, target, by=by, at=at, why="", kind="campaign_refunds")
    for campaign in campaigns:
        campaign.refund_status = target
