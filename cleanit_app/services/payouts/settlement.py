"""Pay that has arrived, and pay that came back after it had: payout, job and campaign move together."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.events import PayoutSucceeded
from cleanit_app.domain.statuses import CampaignStatus, JobStatus, PayoutStatus
from cleanit_app.models import Campaign, Job, Payout
from cleanit_app.services.unit_of_work import UnitOfWork


def lock_all(uow: UnitOfWork, payout_id: UUID) -> tuple[Job, Payout]:
    """The job and the payout of whoever may close or reopen them, locked with their campaign between them."""
    payout = uow.get(Payout, payout_id)
    job = uow.lock(Job, payout.job_id)
    uow.lock(Campaign, payout.campaign_id)
    return job, uow.lock(Payout, payout_id)


def close(uow: UnitOfWork, payout: Payout, job: Job, *, by: Actor) -> None:
    """The cleaner is paid: payout and job are PAID, the campaign is CLOSED (PAY-06); all three are locked."""
    payout.paid_at = job.paid_at = uow.now
    payout.failure_reason = payout.held_at = payout.held_by = payout.hold_reason = None
    payout.move_to(PayoutStatus.PAID, by=by, at=uow.now, why=payout.utr or "")
    job.move_to(JobStatus.PAID, by=by, at=uow.now)
    campaign = uow.get(Campaign, payout.campaign_id)
    campaign.closed_at = uow.now
    campaign.move_to(CampaignStatus.CLOSED, by=by, at=uow.now, why="cleaner paid")
    uow.record(PayoutSucceeded(payout.id, job.id, campaign.id, payout.cleaner_id, payout.amount_paise), by=by)


def reopen(uow: UnitOfWork, payout: Payout, job: Job, reason: str, *, by: Actor) -> None:
    """Pay that had arrived came back: job and campaign, both locked, open again (decision 10). Its caller books it."""
    campaign = uow.get(Campaign, payout.campaign_id)
    job.paid_at = None
    job.move_to(JobStatus.VERIFIED, by=by, at=uow.now, why=f"pay came back: {reason}"[:300])
    campaign.closed_at = campaign.archived_at = None
    campaign.move_to(CampaignStatus.COMPLETED, by=by, at=uow.now, why="pay came back")
