"""Campaigns that end: what was raised goes on to a job or back to who gave it (CAM-10, CAM-13, JOB-14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text, tuple_
from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM, Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.calendar import add_business_days, ist_date
from cleanit_app.domain.campaigns import goes_ahead
from cleanit_app.domain.errors import MoveRefused, OwnInterest, ReasonMissing
from cleanit_app.domain.events import CampaignCancelled, CampaignExpired, JobCancelled, JobExpired
from cleanit_app.domain.statuses import TERMINAL_JOBS, CampaignStatus, ContributionStatus, JobStatus
from cleanit_app.models import Campaign, Contribution, Job, due, move_all
from cleanit_app.services import input_validation
from cleanit_app.services.jobs.jobs import fund_campaigns
from cleanit_app.services.refunds import campaign_progress
from cleanit_app.services.unit_of_work import UnitOfWork

Place = tuple[datetime, UUID]
JOB_EXPIRED = "JOB_EXPIRED"

# One statement however many gave: a waiting refund for each payment of which a part is still here, with its history.
OWE_BACK = text(
    """WITH owed AS (
         INSERT INTO refunds (id, payment_id, contribution_id, campaign_id, contributor_id, amount_paise, cause,
                              status, created_at, due_on, next_try_at)
         SELECT new_uuid_v7(CAST(:now AS timestamptz)), p.id, b.id, b.campaign_id, b.contributor_id,
                p.kept_paise - coalesce(s.amount_paise, 0), 'CAMPAIGN_ENDED', 'PENDING', :now, :due_on, :now
         FROM contributions b JOIN payments p ON p.contribution_id = b.id
         LEFT JOIN refunds s ON s.payment_id = p.id AND s.cause = 'SPLIT'
         WHERE b.campaign_id = ANY(CAST(:campaigns AS uuid[])) AND p.kept_paise > coalesce(s.amount_paise, 0)
         RETURNING id, campaign_id, amount_paise),
       written AS (
         INSERT INTO status_history (kind, subject_id, to_status, at, why)
         SELECT 'refund', id, 'PENDING', :now, 'CAMPAIGN_ENDED' FROM owed)
       SELECT campaign_id, sum(amount_paise)::bigint AS paise FROM owed GROUP BY campaign_id"""
)
_GONE_BACK = text(
    """SELECT campaign_id, sum(amount_paise)::bigint AS paise FROM refunds
       WHERE campaign_id = ANY(CAST(:campaigns AS uuid[])) AND cause = 'SPLIT' GROUP BY campaign_id"""
)


class NotAllGoesBack(Exception):
    """The payments of a campaign do not sum to what it raised: nothing is changed, a person must look."""


def due_to_close(uow: UnitOfWork, *, limit: int, after: Place | None = None) -> list[Place]:
    """Campaigns whose collecting time is over, the longest over first; `after` goes on behind an earlier answer."""
    place = tuple_(col(Campaign.expires_at), col(Campaign.id))
    over = select(col(Campaign.expires_at), col(Campaign.id)).where(*due.collecting_over(uow.now))
    if after is not None:
        over = over.where(place > after)
    over = over.order_by(col(Campaign.expires_at), col(Campaign.id)).limit(limit)
    return [(at, campaign_id) for at, campaign_id in uow.run(over)]


def close_collections(uow: UnitOfWork, *, campaign_ids: Sequence[UUID]) -> None:
    """Decide campaigns whose time is over: from 80 % on the work is done for that, else all goes back (CAM-10).

    Those that were decided meanwhile are left alone. NotAllGoesBack when the books of one are wrong.
    """
    rows = uow.lock_all(Campaign, campaign_ids)
    over = [c for c in rows if c.status is CampaignStatus.ACTIVE and c.expires_at and c.expires_at <= uow.now]
    ahead = [c for c in over if goes_ahead(c.raised_paise, c.target_paise)]
    if ahead:
        fund_campaigns(uow, campaigns=ahead, why="time is over, enough was raised")
        uow.flush()  # rows that changed alike are sent together
    _expire(uow, [c for c in over if c.status is CampaignStatus.ACTIVE])


def _expire(uow: UnitOfWork, campaigns: Sequence[Campaign]) -> None:
    if not campaigns:
        return
    move_all(campaigns, CampaignStatus.EXPIRED, by=SYSTEM, at=uow.now, why="time is over")
    owe_back(uow, campaigns=campaigns)
    uow.record_all([CampaignExpired(c.id, c.creator_id, c.raised_paise) for c in campaigns], by=SYSTEM)


def cancel_by_admin(uow: UnitOfWork, *, actor: Actor, campaign_id: UUID, reason: str) -> Campaign:
    """End a campaign before its work is handed in, with a reason people read; its money goes back (CAM-13).

    ReasonMissing, OwnInterest for who has a part in it, MoveRefused once it is completed, closed or ended.
    """
    actor.must(Permission.MOVE_CAMPAIGN_MONEY)
    why = input_validation.said("reason", reason, 500)
    if not why:
        raise ReasonMissing
    campaign, job = lock_with_job(uow, campaign_id)
    _refuse_part_in_it(uow, actor, campaign, job)
    cancel_with_refunds(uow, campaign=campaign, job=job, by=actor, why=why)
    uow.record(CampaignCancelled(campaign.id, campaign.creator_id, why), by=actor)
    return campaign


def lock_with_job(uow: UnitOfWork, campaign_id: UUID) -> tuple[Campaign, Job | None]:
    """A campaign and its present job, locked in the order everybody keeps: the job first."""
    job_id = uow.get(Campaign, campaign_id).job_id
    job = uow.lock(Job, job_id) if job_id else None
    campaign = uow.lock(Campaign, campaign_id)
    if campaign.job_id != job_id:  # funded between the two looks
        raise MoveRefused(what="Campaign", current="another job", target="CANCELLED")
    return campaign, job


def _refuse_part_in_it(uow: UnitOfWork, actor: Actor, campaign: Campaign, job: Job | None) -> None:
    """OwnInterest for who started, funded or works on it: no admin decides on the own things."""
    gave = uow.first(
        Contribution,
        Contribution.campaign_id == campaign.id,
        Contribution.contributor_id == actor.user_id,
        Contribution.status == ContributionStatus.SUCCESS,
    )
    cleaner_id = job.claimed_by if job else None
    if gave is not None or actor.user_id in (campaign.creator_id, cleaner_id):
        raise OwnInterest


def cancel_with_refunds(uow: UnitOfWork, *, campaign: Campaign, job: Job | None, by: Actor, why: str) -> None:
    """End a locked campaign with its locked job: what neighbours gave goes back, what the platform added returns."""
    campaign.status.check_move(CampaignStatus.CANCELLED)
    if job is not None and job.status not in TERMINAL_JOBS:
        _cancel_job(uow, job, by, why)
    campaign.cancelled_at, campaign.cancel_reason = uow.now, why
    campaign.move_to(CampaignStatus.CANCELLED, by=by, at=uow.now, why=why)
    owe_back(uow, campaigns=[campaign])


def _cancel_job(uow: UnitOfWork, job: Job, by: Actor, why: str) -> None:
    cleaner_id = job.claimed_by
    if cleaner_id is not None:
        job.last_claimed_by = cleaner_id
        uow.record(JobCancelled(job.id, job.campaign_id, cleaner_id), by=by)
    job.claimed_by = job.claimed_at = job.completion_deadline = job.review_since = None
    job.move_to(JobStatus.CANCELLED, by=by, at=uow.now, why=why)


def jobs_past_their_time(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    """Open jobs whose 90 days are over, the oldest first."""
    past = select(col(Job.id)).where(*due.job_past_its_time(uow.now))
    return list(uow.run(past.order_by(col(Job.expires_at), col(Job.id)).limit(limit)).scalars())


def end_expired_job(uow: UnitOfWork, *, job_id: UUID) -> bool:
    """End a job nobody finished in its 90 days, with its campaign; the money goes back (JOB-14).

    A claim in hand may run to its own deadline. False when there was nothing to end.
    """
    job = uow.lock(Job, job_id)
    if job.status is not JobStatus.AVAILABLE or job.expires_at > uow.now:
        return False
    campaign = uow.lock(Campaign, job.campaign_id)
    cancel_with_refunds(uow, campaign=campaign, job=job, by=SYSTEM, why=JOB_EXPIRED)
    uow.record(JobExpired(job.id, campaign.id, campaign.creator_id), by=SYSTEM)
    return True


def owe_back(uow: UnitOfWork, *, campaigns: Sequence[Campaign]) -> None:
    """Owe every contributor of locked, ended campaigns what was kept, and say so in their refundStatus (CAM-10).

    What a split gave back before is not owed again. The database refuses to owe the same contribution twice, or money
    that a cleaner is owed. NotAllGoesBack when the sum is not what a campaign raised.
    """
    campaign_progress.note_refunds_owed(uow, campaigns=[c for c in campaigns if c.raised_paise])
    uow.flush()
    due_on = add_business_days(ist_date(uow.now), LIMITS.refund_working_days[1])
    values = {"now": uow.now, "due_on": due_on, "campaigns": [str(c.id) for c in campaigns]}
    owed: dict[UUID, int] = {row.campaign_id: row.paise for row in uow.run(OWE_BACK, values)}
    before: dict[UUID, int] = {row.campaign_id: row.paise for row in uow.run(_GONE_BACK, values)}
    for campaign in campaigns:
        back = owed.get(campaign.id, 0) + before.get(campaign.id, 0)
        if back != campaign.raised_paise:
            raise NotAllGoesBack(f"campaign {campaign.id}: {back} of {campaign.raised_paise}")
    uow.hint("money", "workers.jobs.refunds.send_due_refunds")
