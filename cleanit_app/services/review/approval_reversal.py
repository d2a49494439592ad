"""An approval that is taken back before its pay has left: the work was not done after all (VER-05, LAW-05)."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import AlreadySplit, PayoutNotDue, ReasonMissing
from cleanit_app.domain.events import ApprovalTakenBack
from cleanit_app.domain.statuses import CampaignStatus, JobStatus, PayoutStatus
from cleanit_app.models import Cleaner, Job, Payout
from cleanit_app.services import input_validation
from cleanit_app.services.payouts.accrual import take_back_pay
from cleanit_app.services.payouts.holds import open_disputes
from cleanit_app.services.review.dispute_decisions import uphold_all
from cleanit_app.services.review.dispute_split import was_split
from cleanit_app.services.review.verification import RejectionReason, count_rejection, go_on, locked_for_decision
from cleanit_app.services.transfers import attempts
from cleanit_app.services.unit_of_work import UnitOfWork


def take_back_approval(
    uow: UnitOfWork, *, actor: Actor, job_id: UUID, reason: str, cancel_campaign: bool = False
) -> Job:
    """Accept the work no more: nothing is owed, the fee is credited, and the job opens for somebody else (VER-05).

    With `cancel_campaign` the money goes back instead. Also after a bank returned the pay. ReasonMissing without
    words; OwnInterest for who has a part in it; MoveRefused unless the job is approved; PayoutNotDue while its pay
    is on the way; AlreadySplit for divided work, unless what is left goes back.
    """
    actor.must(Permission.VERIFY_JOBS)
    actor.must(Permission.MOVE_CAMPAIGN_MONEY)
    said = input_validation.said("reason", reason, 1000, lines=True)
    if not said:
        raise ReasonMissing
    job, campaign = locked_for_decision(uow, actor, job_id)
    if job.status is not JobStatus.VERIFIED:
        job.status.check_move(JobStatus.REJECTED)
    payout = uow.first(Payout, Payout.job_id == job.id, lock=True)
    waits = payout is not None and payout.status in (PayoutStatus.PENDING, PayoutStatus.MANUAL)
    if payout is None or not waits or attempts.open_attempt(uow, payout_id=payout.id):
        raise PayoutNotDue(status=payout.status.value if payout else "none")
    if was_split(uow, campaign.id) and not cancel_campaign:
        raise AlreadySplit  # what is left of the money pays nobody for the whole work
    open_disputes(uow, payout.id, lock=True)
    cleaner = uow.lock(Cleaner, payout.cleaner_id)
    cleaner.verified_count -= 1
    cleaner.failed_count += 1
    count_rejection(uow, cleaner)
    take_back_pay(uow, payout=payout, by=actor, why=said)
    uphold_all(uow, payout, by=actor, note=said)
    _fail(uow, actor, job, said)
    campaign.completed_at = None
    campaign.move_to(CampaignStatus.FUNDED, by=actor, at=uow.now, why="approval taken back")
    go_on(uow, job, campaign, actor, said, cancel_campaign=cancel_campaign)
    told = ApprovalTakenBack(job.id, campaign.id, cleaner.id, payout.id, payout.amount_paise, said, not cancel_campaign)
    uow.record(told, by=actor)
    return job


def _fail(uow: UnitOfWork, actor: Actor, job: Job, said: str) -> None:
    job.rejected_by, job.rejected_at, job.retry_allowed = actor.user_id, uow.now, False
    job.rejection_reason, job.rejection_notes = RejectionReason.OTHER.value, said
    job.move_to(JobStatus.FAILED, by=actor, at=uow.now, why=f"approval taken back: {said}"[:300])
