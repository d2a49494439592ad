"""Campaigns: everything a page or a caller may ask about them; one's own, and those that wait for an admin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.places import chord_of_km, km_of_chord, unit_vector
from cleanit_app.reads.campaigns.campaign_detail import (
    CampaignDetail,
    CampaignMoney,
    ContributorView,
    JobSummary,
    Viewer,
    campaign_detail,
)
from cleanit_app.reads.campaigns.discovery import CARD, CampaignCard, DiscoverSort, card_of, discover
from cleanit_app.reads.campaigns.timeline import StepKind, TimelineStep
from cleanit_app.reads.paging import Page, ask, ask_list, moment_key, one_page, page_size, read_cursor
from cleanit_app.reads.photos.photos import PhotoView, photo_columns, photo_of
from cleanit_app.services.unit_of_work import UnitOfWork

__all__ = [
    "CampaignCard",
    "CampaignDetail",
    "CampaignMoney",
    "ContributorView",
    "DiscoverSort",
    "DuplicateNearby",
    "JobSummary",
    "StepKind",
    "TimelineStep",
    "Viewer",
    "WaitingCampaign",
    "campaign_detail",
    "campaigns_waiting",
    "discover",
    "my_campaigns",
    "near_duplicate",
]


def my_campaigns(
    uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None
) -> Page[CampaignCard]:
    """The campaigns this person started, newest first, whatever became of them."""
    actor.must(Permission.MANAGE_SELF)
    size = page_size(limit)
    keys = read_cursor(cursor, UUID)
    after = "AND id < CAST(:last AS uuid)" if keys else ""
    rows = ask_list(
        uow,
        "my campaigns",
        f"""WITH found AS (SELECT id, CAST(NULL AS float8) AS chord FROM campaigns
                           WHERE creator_id = :me {after} ORDER BY id DESC LIMIT :size)
            {CARD} ORDER BY c.id DESC""",
        me=actor.user_id,
        size=size + 1,
        **({"last": keys[0]} if keys else {}),
    )
    return one_page(rows, size, card_of, lambda row: (row.id,))


@dataclass(frozen=True)
class WaitingCampaign:
    """A campaign that waits for an admin; `nearby_count` are others within 100 m of the last 30 days."""

    id: UUID
    title: str
    description: str
    address: str
    latitude: float
    longitude: float
    target_paise: int
    created_at: datetime
    photo: PhotoView
    creator_id: UUID
    creator_name: str
    creator_since: datetime
    creator_campaigns: int
    possible_spam: bool
    nearby_count: int
    corrections: int  # how often it was corrected; to be handed back with the decision
    own_interest: bool


def campaigns_waiting(
    uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None
) -> Page[WaitingCampaign]:
    """Campaigns that wait for approval, the oldest first (CAM-06, CAM-09)."""
    actor.must(Permission.APPROVE_CAMPAIGNS)
    size = page_size(limit)
    keys = read_cursor(cursor, moment_key, UUID)
    after = "AND (c.created_at, c.id) > (CAST(:at AS timestamptz), CAST(:last AS uuid))" if keys else ""
    rows = ask_list(
        uow,
        "campaigns waiting",
        f"""SELECT c.*, u.name AS creator_name, u.created_at AS creator_since, {photo_columns("p", "before")},
              (SELECT count(*) FROM campaigns m WHERE m.creator_id = c.creator_id) AS creator_campaigns,
              (SELECT coalesce(max(e.number), 0) FROM campaign_corrections e WHERE e.campaign_id = c.id) AS corrections,
              (SELECT count(*) FROM campaigns o WHERE o.id <> c.id AND o.status <> 'CANCELLED'
                 AND o.created_at > CAST(:since AS timestamptz)
                 AND o.position <@ cube_enlarge(c.position, :r, 3) AND o.position <-> c.position <= :r) AS nearby
            FROM campaigns c JOIN users u ON u.id = c.creator_id JOIN photos p ON p.id = c.photo_id
            WHERE c.status = 'DRAFT' {after} ORDER BY c.created_at, c.id LIMIT :size""",
        size=size + 1,
        since=uow.now - timedelta(days=LIMITS.same_place_days),
        r=chord_of_km(LIMITS.same_place_km),
        **({"at": keys[0], "last": keys[1]} if keys else {}),
    )
    return one_page(rows, size, lambda row: _waiting(row, actor), lambda row: (row.created_at, row.id))


def _waiting(row: Row[Any], actor: Actor) -> WaitingCampaign:
    photo = photo_of(row, "before")
    return WaitingCampaign(
        id=row.id,
        title=row.title,
        description=row.description,
        address=row.address,
        latitude=row.latitude,
        longitude=row.longitude,
        target_paise=row.target_paise,
        created_at=row.created_at,
        photo=photo,
        creator_id=row.creator_id,
        creator_name=row.creator_name,
        creator_since=row.creator_since,
        creator_campaigns=row.creator_campaigns,
        possible_spam=row.possible_spam,
        nearby_count=row.nearby,
        corrections=row.corrections,
        own_interest=row.creator_id == actor.id,
    )


@dataclass(frozen=True)
class DuplicateNearby:
    """A campaign that already collects for this spot."""

    id: UUID
    title: str
    distance_m: int
    photo: PhotoView


def near_duplicate(
    uow: UnitOfWork, *, actor: Actor, latitude: float, longitude: float, beside: UUID | None = None
) -> DuplicateNearby | None:
    """The nearest campaign that collects within 100 m of a place, for "is it this one?"; not the one `beside` which."""
    actor.must(Permission.START_CAMPAIGNS)
    x, y, z = unit_vector(latitude, longitude)
    rows = ask(
        uow,
        f"""SELECT c.id, c.title, c.position <-> cube(ARRAY[:x, :y, :z]) AS chord, {photo_columns("p", "before")}
            FROM campaigns c JOIN photos p ON p.id = c.photo_id
            WHERE c.status = 'ACTIVE' AND c.position <@ cube_enlarge(cube(ARRAY[:x, :y, :z]), :r, 3)
              AND c.id IS DISTINCT FROM CAST(:beside AS uuid)
            ORDER BY chord LIMIT 1""",
        beside=beside,
        x=x,
        y=y,
        z=z,
        r=chord_of_km(LIMITS.same_place_km),
    )
    if not rows or rows[0].chord > chord_of_km(LIMITS.same_place_km):
        return None
    photo = photo_of(rows[0], "before")
    return DuplicateNearby(rows[0].id, rows[0].title, round(1000 * km_of_chord(rows[0].chord)), photo)
