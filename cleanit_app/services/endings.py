"""Campaigns that end: time is over, and what was raised goes on to a job or back to who gave it (CAM-10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text, tuple_
from sqlmodel import col, select

from cleanit_app.domain import rules
from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.events import CampaignExpired
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.models import Campaign, move_all
from cleanit_app.services import refund_progress
from cleanit_app.services.jobs import fund_campaign
from cleanit_app.services.refunds import REFUND_WORKING_DAYS
from cleanit_app.services.unit_of_work import UnitOfWork

Place = tuple[datetime, UUID]

# One statement however many gave: a waiting refund for each payment of which a part was kept, with its history.
OWE_BACK = text(
    """WITH owed AS (
         INSERT INTO refunds (id, payment_id, contribution_id, campaign_id, contributor_id, amount_paise, cause,
                              status, created_at, due_on, next_try_at)
         SELECT new_uuid_v7(CAST(:now AS timestamptz)), p.id, b.id, b.campaign_id, b.contributor_id, p.kept_paise,
                'CAMPAIGN_ENDED', 'PENDING', :now, :due_on, :now
         FROM contributions b JOIN payments p ON p.contribution_id = b.id
         WHERE b.campaign_id = ANY(CAST(:campaigns AS uuid[])) AND p.kept_paise > 0
         RETURNING id, campaign_id, amount_paise),
       written AS (
         INSERT INTO status_history (kind, subject_id, to_status, at, why)
         SELECT 'refund', id, 'PENDING', :now, 'CAMPAIGN_ENDED' FROM owed)
       SELECT campaign_id, sum(amount_paise)::bigint AS paise FROM owed GROUP BY campaign_id"""
)


class NotAllGoesBack(Exception):
    """The payments of a campaign do not sum to what it raised: nothing is changed, a person must look."""


def due_to_close(uow: UnitOfWork, *, limit: int, after: Place | None = None) -> list[Place]:
    """Campaigns whose collecting time is over, the longest over first; `after` goes on behind an earlier answer."""
    place = tuple_(col(Campaign.expires_at), col(Campaign.id))
    due = select(col(Campaign.expires_at), col(Campaign.id)).where(
        col(Campaign.status) == CampaignStatus.ACTIVE, col(Campaign.expires_at) <= uow.now
    )
    if after is not None:
        due = due.where(place > after)
    due = due.order_by(col(Campaign.expires_at), col(Campaign.id)).limit(limit)
    return [(at, campaign_id) for at, campaign_id in uow.run(due)]


def close_collections(uow: UnitOfWork, *, campaign_ids: Sequence[UUID]) -> None:
    """Decide campaigns whose time is over: from 80 % on the work is done for that, else all goes back (CAM-10).

    Those that were decided meanwhile are left alone. NotAllGoesBack when the books of one are wrong.
    """
    rows = uow.lock_all(Campaign, campaign_ids)
    due = [c for c in rows if c.status is CampaignStatus.ACTIVE and c.expires_at and c.expires_at <= uow.now]
    for campaign in due:
        if rules.goes_ahead(campaign.raised_paise, campaign.target_paise):
            fund_campaign(uow, campaign=campaign)
    _expire(uow, [c for c in due if c.status is CampaignStatus.ACTIVE])


def _expire(uow: UnitOfWork, campaigns: Sequence[Campaign]) -> None:
    if not campaigns:
        return
    move_all(campaigns, CampaignStatus.EXPIRED, by=SYSTEM, at=uow.now, why="time is over")
    owe_back(uow, campaigns=campaigns)
    uow.record_all([CampaignExpired(c.id, c.creator_id, c.raised_paise) for c in campaigns], by=SYSTEM)


def owe_back(uow: UnitOfWork, *, campaigns: Sequence[Campaign]) -> None:
    """Owe every contributor of locked, ended campaigns what was kept, and say so in their refundStatus (CAM-10).

    The database refuses to owe the same contribution twice, or money that a cleaner is owed. NotAllGoesBack
    when the sum is not what a campaign raised.
    """
    uow.flush()
    due_on = rules.add_business_days(rules.ist_date(uow.now), REFUND_WORKING_DAYS)
    values = {"now": uow.now, "due_on": due_on, "campaigns": [str(c.id) for c in campaigns]}
    owed: dict[UUID, int] = {row.campaign_id: row.paise for row in uow.run(OWE_BACK, values)}
    for campaign in campaigns:
        if owed.get(campaign.id, 0) != campaign.raised_paise:
            raise NotAllGoesBack(f"campaign {campaign.id}: {owed.get(campaign.id, 0)} of {campaign.raised_paise}")
        if campaign.raised_paise:
            refund_progress.note_refund_owed(uow, campaign=campaign)
