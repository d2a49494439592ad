"""Jobs that three cleaners did not finish: an admin raises the pay, lists them again or marks the place (JOB-08)."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import MoveRefused, OwnInterest, PayNotRaised, ReasonMissing
from cleanit_app.domain.events import CampaignMarked, JobAvailable, PayRaised
from cleanit_app.domain.statuses import ContributionStatus
from cleanit_app.models import Campaign, Contribution, Job
from cleanit_app.services import input_validation
from cleanit_app.services.unit_of_work import UnitOfWork


def relist_job(uow: UnitOfWork, *, actor: Actor, job_id: UUID, pay_paise: object = None) -> Job:
    """Announce a held job again, for a higher pay when one is given; Cleanit pays the difference (JOB-08).

    PayNotRaised unless it is more than now, whole rupees and within what the platform adds at most; MoveRefused
    when the job is not held. The books take the added part from Cleanit's own funds when the pay is owed.
    """
    actor.must(Permission.APPROVE_CAMPAIGNS)
    job, campaign = _held(uow, actor, job_id)
    if pay_paise is not None:
        actor.must(Permission.MOVE_CAMPAIGN_MONEY)
        _raise_pay(uow, actor, job, pay_paise)
    job.review_since = None
    uow.record(JobAvailable(job.id, campaign.id, job.amount_paise), by=actor)
    return job


def mark_problematic(uow: UnitOfWork, *, actor: Actor, campaign_id: UUID, note: str) -> Campaign:
    """Mark a campaign as problematic with a note that admins read (JOB-08)."""
    actor.must(Permission.APPROVE_CAMPAIGNS)
    campaign = uow.lock(Campaign, campaign_id)
    said = input_validation.said("note", note, 500)
    if not said:
        raise ReasonMissing
    if campaign.creator_id == actor.user_id:
        raise OwnInterest
    campaign.problem_at, campaign.problem_note = uow.now, said
    uow.record(CampaignMarked(campaign.id, said), by=actor)
    return campaign


def _held(uow: UnitOfWork, actor: Actor, job_id: UUID) -> tuple[Job, Campaign]:
    job = uow.lock(Job, job_id)
    campaign = uow.lock(Campaign, job.campaign_id)
    gave = select(col(Contribution.id)).where(
        col(Contribution.campaign_id) == campaign.id,
        col(Contribution.contributor_id) == actor.user_id,
        col(Contribution.status) == ContributionStatus.SUCCESS,
    )
    if campaign.creator_id == actor.user_id or uow.run(gave.limit(1)).first():
        raise OwnInterest
    if job.review_since is None:
        raise MoveRefused(what="Job", current=job.status.value, target="listed again")
    return job, campaign


def _raise_pay(uow: UnitOfWork, actor: Actor, job: Job, pay_paise: object) -> None:
    if isinstance(pay_paise, bool) or not isinstance(pay_paise, int):
        raise PayNotRaised(most_paise=uow.limits.added_most_paise)
    added = pay_paise - job.amount_paise
    if added <= 0 or pay_paise % 100 or job.platform_added_paise + added > uow.limits.added_most_paise:
        raise PayNotRaised(most_paise=uow.limits.added_most_paise)
    job.amount_paise = pay_paise
    job.platform_added_paise += added
    uow.record(PayRaised(job.id, job.campaign_id, added), by=actor)
