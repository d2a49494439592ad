"""Jobs: opened by funding, taken by one cleaner, given back or done (JOB-02 to JOB-05, JOB-13)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM, Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import (
    AccountSuspended,
    AlreadyClaimed,
    ClaimGivenBack,
    ClaimLimitReached,
    ClaimRanOut,
    ClaimRanOutGone,
    ClaimRanOutHeld,
    DomainError,
    JobNotOpen,
    LastClaimedByYou,
    NotACleaner,
    NotFound,
    OwnJob,
    ReasonMissing,
    TooLateToUnclaim,
)
from cleanit_app.domain.events import CampaignFunded, JobAvailable, JobClaimed, JobUnclaimed
from cleanit_app.domain.money import split_raised
from cleanit_app.domain.statuses import (
    CampaignStatus,
    JobStatus,
    KycStatus,
    UserStatus,
)
from cleanit_app.models import Campaign, Cleaner, Job, Penalty, begin_all, move_all, new_id
from cleanit_app.services import input_validation
from cleanit_app.services.unit_of_work import UnitOfWork

# A claim is the busiest thing people do at once; these two questions are made once. The first locks the job and then
# the cleaner, so that the second, asked afterwards, sees every claim that this cleaner has made before.
LOCK_BOTH = (
    select(Job, col(Cleaner.status))
    .select_from(Job)
    .join(Cleaner, col(Cleaner.id) == bindparam("cleaner"))
    .where(col(Job.id) == bindparam("job"))
    .with_for_update(key_share=True)
    .execution_options(populate_existing=True, prepared=True)
)
STANDING = text(
    """SELECT u.status,
         (SELECT count(*) FROM jobs WHERE claimed_by = :cleaner AND status = 'CLAIMED') AS in_hand,
         EXISTS (SELECT 1 FROM campaigns WHERE id = :campaign AND creator_id = :cleaner)
         OR EXISTS (SELECT 1 FROM contributions WHERE campaign_id = :campaign AND contributor_id = :cleaner
                    AND status = 'SUCCESS') AS own
       FROM users u WHERE u.id = :cleaner"""
).execution_options(prepared=True)


def fund_campaign(uow: UnitOfWork, *, campaign: Campaign) -> Job:
    """Turn a locked campaign with enough money into FUNDED with an open job, in this transaction (JOB-02).

    The money decides, not a person: called by the payment that reaches the target.
    """
    return fund_campaigns(uow, campaigns=[campaign], why=f"raised {campaign.raised_paise} paise")[0]


def fund_campaigns(uow: UnitOfWork, *, campaigns: Sequence[Campaign], why: str) -> list[Job]:
    """Turn many locked campaigns into FUNDED with an open job each, in a few statements however many (JOB-02)."""
    opened = open_jobs(uow, campaigns=campaigns)
    for campaign in campaigns:
        campaign.funded_at = uow.now
    move_all(campaigns, CampaignStatus.FUNDED, by=SYSTEM, at=uow.now, why=why)
    funded = [CampaignFunded(c.id, j.id, c.raised_paise) for c, j in zip(campaigns, opened, strict=True)]
    uow.record_all(funded, by=SYSTEM)
    return opened


def open_job(uow: UnitOfWork, *, campaign: Campaign, not_for: UUID | None = None) -> Job:
    """Open a job for the money a campaign holds: the fee of its own terms, the rest for the cleaner.

    `not_for` may not take it.
    """
    return open_jobs(uow, campaigns=[campaign], not_for=not_for)[0]


def open_jobs(uow: UnitOfWork, *, campaigns: Sequence[Campaign], not_for: UUID | None = None) -> list[Job]:
    """A job for each of these locked campaigns, as `open_job`, in the same order."""
    opened = [_job_of(uow, campaign, not_for) for campaign in campaigns]
    uow.session.add_all(opened)
    uow.flush()
    begin_all(opened, by=SYSTEM, at=uow.now, why="funded")
    for campaign, job in zip(campaigns, opened, strict=True):
        campaign.job_id = job.id
    uow.record_all([JobAvailable(job.id, job.campaign_id, job.amount_paise) for job in opened], by=SYSTEM)
    return opened


def _job_of(uow: UnitOfWork, campaign: Campaign, not_for: UUID | None) -> Job:
    pay, fee = split_raised(campaign.raised_paise, campaign.fee_bps)
    return Job(
        id=new_id(),
        campaign_id=campaign.id,
        amount_paise=pay,
        platform_fee_paise=fee,
        latitude=campaign.latitude,
        longitude=campaign.longitude,
        created_at=uow.now,
        expires_at=uow.now + LIMITS.job_life,
        last_claimed_by=not_for,
    )


def claim_job(uow: UnitOfWork, *, actor: Actor, job_id: UUID) -> Job:
    """Take an open job for seven days; of many who try at once exactly one gets it (JOB-04).

    Raises NotACleaner, AccountSuspended, AlreadyClaimed, LastClaimedByYou, ClaimLimitReached, OwnJob.
    """
    actor.must(Permission.CLAIM_JOBS)
    locked = uow.run(LOCK_BOTH, {"job": job_id, "cleaner": actor.user_id}).first()
    job, kyc = locked or (uow.lock(Job, job_id), None)
    if job.status is not JobStatus.AVAILABLE:
        raise AlreadyClaimed
    if job.review_since is not None or job.expires_at <= uow.now:
        raise JobNotOpen
    if job.last_claimed_by == actor.user_id:
        raise LastClaimedByYou
    if kyc is not KycStatus.ACTIVE:
        raise NotACleaner
    _check_standing(uow, actor.user_id, job)
    job.move_now(
        JobStatus.CLAIMED,
        by=actor,
        at=uow.now,
        claimed_by=actor.user_id,
        claimed_at=uow.now,
        completion_deadline=uow.now + uow.limits.claim_time,
        claim_count=job.claim_count + 1,
    )
    uow.record(JobClaimed(job.id, job.campaign_id, actor.user_id), by=actor)
    return job


def _check_standing(uow: UnitOfWork, user_id: UUID, job: Job) -> None:
    """One look at everything that speaks against this cleaner; the cleaner's row is locked, so that
    two claims at the same moment cannot pass the limit of five together."""
    asked = {"cleaner": user_id, "campaign": job.campaign_id}
    standing, count, own = uow.run(STANDING, asked).one()
    if standing != UserStatus.ACTIVE:
        raise AccountSuspended
    if own:
        raise OwnJob
    if count >= uow.limits.claim_limit:
        raise ClaimLimitReached(limit=uow.limits.claim_limit)


def unclaim_job(uow: UnitOfWork, *, actor: Actor, job_id: UUID, reason: str) -> Job:
    """Give a job back without penalty, more than 24 hours before its deadline, with a reason (JOB-13)."""
    actor.must(Permission.CLAIM_JOBS)
    job = locked_own_job(uow, actor=actor, job_id=job_id)
    why = input_validation.said("reason", reason, 300)
    if not why:
        raise ReasonMissing
    if job.status is not JobStatus.CLAIMED or job.completion_deadline is None:
        job.status.check_move(JobStatus.RELEASED)
        raise NotFound
    if job.completion_deadline - uow.now <= LIMITS.unclaim_until:
        raise TooLateToUnclaim
    job.unclaim_reason, job.unclaimed_at = why, uow.now
    release_job(uow, job=job, by=actor, why=f"given back: {why}")
    uow.record(JobUnclaimed(job.id, job.campaign_id, actor.user_id, why), by=actor)
    uow.record(JobAvailable(job.id, job.campaign_id, job.amount_paise), by=actor)
    return job


def release_job(uow: UnitOfWork, *, job: Job, by: Actor, why: str) -> None:
    """Put a claimed, locked job back among the open ones; who had it cannot take it again."""
    job.move_to(JobStatus.RELEASED, by=by, at=uow.now, why=why)
    job.last_claimed_by = job.claimed_by
    job.claimed_by = job.claimed_at = job.completion_deadline = None
    job.move_to(JobStatus.AVAILABLE, by=by, at=uow.now)


def locked_own_job(uow: UnitOfWork, *, actor: Actor, job_id: UUID) -> Job:
    """The job this cleaner holds, locked.

    Who had it hears what became of the claim (ClaimRanOut and its kin, ClaimGivenBack); NotFound for anybody else.
    """
    job = uow.lock(Job, job_id)
    if job.claimed_by != actor.user_id:
        raise _no_more_mine(uow, actor, job)
    return job


def _no_more_mine(uow: UnitOfWork, actor: Actor, job: Job) -> DomainError:
    ran_out = uow.first(Penalty, Penalty.job_id == job.id, Penalty.cleaner_id == actor.user_id)
    if ran_out is None:
        return ClaimGivenBack() if job.last_claimed_by == actor.user_id else NotFound(what="Job")
    if job.status is not JobStatus.AVAILABLE or job.expires_at <= uow.now:
        return ClaimRanOutGone(ended_at=ran_out.deadline_at)
    return (ClaimRanOutHeld if job.review_since else ClaimRanOut)(ended_at=ran_out.deadline_at)
