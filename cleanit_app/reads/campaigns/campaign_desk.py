"""A campaign for admins: neighbours of a possible spam, held job, history, notes, who gave (CAM-06)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.places import chord_of_km, km_of_chord
from cleanit_app.domain.statuses import CampaignStatus, ContributionStatus
from cleanit_app.reads.campaigns.campaign_detail import CampaignDetail, campaign_detail
from cleanit_app.reads.paging import Page, about_one, ask, ask_list, json_object, one_page, page_size, read_cursor
from cleanit_app.reads.photos.photos import PhotoView, photo_columns, photo_of
from cleanit_app.services.unit_of_work import UnitOfWork

MOST_SHOWN = 50


@dataclass(frozen=True)
class Neighbour:
    """Another campaign within 100 m that was created in the 30 days around, and not cancelled (CAM-06)."""

    id: UUID
    title: str
    status: CampaignStatus
    distance_m: int
    created_at: datetime
    creator_id: UUID
    creator_name: str
    same_creator: bool
    before: PhotoView


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened: a move of the campaign or its job (`state`), an admin's act (`act`), or a note.

    Of a `correction` the `state` names the changed fields and `details` holds what stood there before.
    """

    at: datetime
    kind: str
    state: str
    by_id: UUID | None
    by_name: str | None
    text: str
    details: Mapping[str, Any]


@dataclass(frozen=True)
class DeskContribution:
    """A contribution with whoever gave it, also without a name on the page: admins answer for the money."""

    id: UUID
    contributor_id: UUID
    contributor_name: str
    anonymous: bool
    status: ContributionStatus
    amount_paise: int
    kept_paise: int
    receipt_number: str | None
    at: datetime


@dataclass(frozen=True)
class CampaignDesk:
    """Everything about one campaign that admins see; `detail` is what its own page shows."""

    detail: CampaignDetail
    creator_campaigns: int
    spam_decided: bool
    neighbours: tuple[Neighbour, ...]
    problem_note: str | None
    problem_at: datetime | None
    held_since: datetime | None
    claims: int
    pay_paise: int
    added_paise: int
    most_pay_paise: int
    history: tuple[HistoryLine, ...]
    contributions: tuple[DeskContribution, ...]
    payout_id: UUID | None
    own_interest: bool
    for_marketing: bool  # starter and cleaner said yes to showing their photos where Cleanit speaks of itself (LAW-07)


def must_see_campaigns(actor: Actor) -> None:
    """For who approves campaigns or checks work."""
    if not actor.may(Permission.VERIFY_JOBS):
        actor.must(Permission.APPROVE_CAMPAIGNS)


@about_one
def campaign_desk(uow: UnitOfWork, *, actor: Actor, campaign_id: UUID) -> CampaignDesk:
    """One campaign with all that admins decide by; NotFound when there is none. The newest 50 of each list."""
    must_see_campaigns(actor)
    detail = campaign_detail(uow, actor=actor, campaign_id=campaign_id)
    row = ask(
        uow,
        """SELECT c.problem_note, c.problem_at, j.review_since, coalesce(j.claim_count, 0) AS claims,
             coalesce(j.amount_paise, 0) AS pay, coalesce(j.platform_added_paise, 0) AS added, o.id AS payout_id,
             (SELECT count(*) FROM campaigns m WHERE m.creator_id = c.creator_id) AS started,
             EXISTS (SELECT FROM admin_actions a WHERE a.subject_id = c.id AND a.action = 'SpamMarkPutAway') AS decided,
             (SELECT w.marketing_consent AND w.status = 'ACTIVE' AND k.marketing_consent AND k.status = 'ACTIVE'
              FROM users w, users k WHERE w.id = c.creator_id AND k.id = j.claimed_by) AS for_marketing,
             c.creator_id = :me OR EXISTS (SELECT FROM contributions g WHERE g.campaign_id = c.id
               AND g.contributor_id = :me AND g.status = 'SUCCESS') AS own
           FROM campaigns c LEFT JOIN jobs j ON j.id = c.job_id LEFT JOIN payouts o ON o.job_id = j.id
           WHERE c.id = :id""",
        id=campaign_id,
        me=actor.user_id,
    )[0]
    return CampaignDesk(
        detail=detail,
        creator_campaigns=row.started,
        spam_decided=row.decided,
        neighbours=_neighbours(uow, campaign_id),
        problem_note=row.problem_note,
        problem_at=row.problem_at,
        held_since=row.review_since,
        claims=row.claims,
        pay_paise=row.pay,
        added_paise=row.added,
        most_pay_paise=row.pay - row.added + uow.limits.added_most_paise,
        history=_history(uow, campaign_id),
        contributions=_contributions(uow, campaign_id),
        payout_id=row.payout_id,
        own_interest=row.own,
        for_marketing=bool(row.for_marketing),
    )


def _neighbours(uow: UnitOfWork, campaign_id: UUID) -> tuple[Neighbour, ...]:
    rows = ask_list(
        uow,
        "neighbours of a campaign",
        f"""SELECT o.id, o.title, o.status, o.created_at, o.creator_id, u.name, o.position <-> c.position AS chord,
              o.creator_id = c.creator_id AS same_creator, {photo_columns("p", "before")}
            FROM campaigns c JOIN campaigns o ON o.position <@ cube_enlarge(c.position, :r, 3) AND o.id <> c.id
            JOIN users u ON u.id = o.creator_id JOIN photos p ON p.id = o.photo_id
            WHERE c.id = :id AND o.position <-> c.position <= :r AND o.status <> 'CANCELLED'
              AND o.created_at BETWEEN c.created_at - :days AND c.created_at + :days
            ORDER BY chord, o.id LIMIT :most""",
        id=campaign_id,
        r=chord_of_km(LIMITS.same_place_km),
        days=timedelta(days=LIMITS.same_place_days),
        most=MOST_SHOWN,
    )
    return tuple(rows.read(_neighbour))


def _neighbour(row: Row[Any]) -> Neighbour:
    return Neighbour(
        id=row.id,
        title=row.title,
        status=CampaignStatus(row.status),
        distance_m=round(1000 * km_of_chord(row.chord)),
        created_at=row.created_at,
        creator_id=row.creator_id,
        creator_name=row.name,
        same_creator=row.same_creator,
        before=photo_of(row, "before"),
    )


def _history(uow: UnitOfWork, campaign_id: UUID) -> tuple[HistoryLine, ...]:
    """What happened, the newest first; an act that moved the campaign is its move, told once."""
    rows = ask_list(
        uow,
        "history of a campaign",
        """SELECT * FROM (
             SELECT h.at, h.kind, h.to_status AS state, h.by_id, u.name, h.why AS text, '{}'::jsonb AS details,
                 h.id AS step
               FROM status_history h LEFT JOIN users u ON u.id = h.by_id
               WHERE h.subject_id IN (SELECT CAST(:id AS uuid) UNION ALL SELECT id FROM jobs WHERE campaign_id = :id)
                 AND h.kind IN ('campaign', 'job')
             UNION ALL SELECT a.at, 'act', a.action, a.admin_id, u.name, '', a.details, 0
               FROM admin_actions a JOIN users u ON u.id = a.admin_id WHERE a.subject_id = :id
                 AND NOT EXISTS (SELECT FROM status_history m WHERE m.subject_id = :id AND m.kind = 'campaign'
                   AND m.at = a.at AND m.by_id = a.admin_id)
             UNION ALL SELECT e.at, 'correction', e.changed, c.creator_id, u.name, '', e.before, 0
               FROM campaign_corrections e JOIN campaigns c ON c.id = e.campaign_id
               JOIN users u ON u.id = c.creator_id WHERE e.campaign_id = :id
             UNION ALL SELECT n.at, 'note', '', n.author_id, u.name, n.note, '{}'::jsonb, 0
               FROM desk_notes n JOIN users u ON u.id = n.author_id WHERE n.subject_id = :id) line
           ORDER BY at DESC, step DESC LIMIT :most""",
        id=campaign_id,
        most=MOST_SHOWN,
    )
    return tuple(
        rows.read(lambda r: HistoryLine(r.at, r.kind, r.state, r.by_id, r.name, r.text, json_object(r.details)))
    )


def _contributions(uow: UnitOfWork, campaign_id: UUID) -> tuple[DeskContribution, ...]:
    rows = ask_list(
        uow,
        "contributions of a campaign",
        """SELECT g.*, u.name FROM contributions g JOIN users u ON u.id = g.contributor_id
           WHERE g.campaign_id = :id ORDER BY g.paid_at DESC NULLS LAST, g.id DESC LIMIT :most""",
        id=campaign_id,
        most=MOST_SHOWN,
    )
    return tuple(rows.read(_contribution))


def _contribution(row: Row[Any]) -> DeskContribution:
    return DeskContribution(
        id=row.id,
        contributor_id=row.contributor_id,
        contributor_name=row.name,
        anonymous=row.anonymous,
        status=ContributionStatus(row.status),
        amount_paise=row.amount_paise,
        kept_paise=row.kept_paise,
        receipt_number=row.receipt_number,
        at=row.paid_at or row.created_at,
    )


@dataclass(frozen=True)
class MarkedCampaign:
    """A campaign that is marked as possible spam, also of a creator who was approved before (CAM-06)."""

    id: UUID
    title: str
    address: str
    status: CampaignStatus
    creator_name: str
    created_at: datetime


def marked_campaigns(
    uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None
) -> Page[MarkedCampaign]:
    """Campaigns that are marked as possible spam and go on, whoever started them, the newest first."""
    must_see_campaigns(actor)
    size, keys = page_size(limit), read_cursor(cursor, UUID)
    rows = ask_list(
        uow,
        "marked campaigns",
        f"""SELECT c.id, c.title, c.address, c.status, c.created_at, u.name FROM campaigns c
            JOIN users u ON u.id = c.creator_id WHERE c.possible_spam AND c.status <> 'CANCELLED'
            {"AND c.id < CAST(:last AS uuid)" if keys else ""} ORDER BY c.id DESC LIMIT :size""",
        size=size + 1,
        **({"last": keys[0]} if keys else {}),
    )
    return one_page(rows, size, _marked, lambda row: (row.id,))


def _marked(row: Row[Any]) -> MarkedCampaign:
    return MarkedCampaign(row.id, row.title, row.address, CampaignStatus(row.status), row.name, row.created_at)
