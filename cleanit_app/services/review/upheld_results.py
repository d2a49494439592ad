"""What becomes of the money when whoever questions a result, or appeals, is right (OPS-03).

It moves where it still can: pay that is here is taken back or let go, and pay that was taken back is owed again while
nobody else has taken the work. Where money has left already nothing is paid twice for a mistake of ours: the decision
is kept with what finance must settle by hand, and finance hears of it.
"""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.actors import SYSTEM, Actor
from cleanit_app.domain.disputes import HEARD_AGAIN, LeftToFinance
from cleanit_app.domain.events import JobVerified, ResultLeftToFinance
from cleanit_app.domain.statuses import CampaignStatus, JobStatus, PayoutStatus
from cleanit_app.models import Campaign, Cleaner, Dispute, Job, Payout
from cleanit_app.services.payouts import holds
from cleanit_app.services.payouts.accrual import owe_pay
from cleanit_app.services.review.approval_reversal import take_back_approval
from cleanit_app.services.review.dispute_decisions import answer
from cleanit_app.services.review.dispute_split import same_work, was_split
from cleanit_app.services.transfers import attempts
from cleanit_app.services.unit_of_work import UnitOfWork


def lock_present_job(uow: UnitOfWork, job: Job) -> UUID | None:
    """Lock a job together with the one that came after it, in the order of their ids; the id of the later one."""
    present = uow.get(Campaign, job.campaign_id).job_id
    uow.lock_all(Job, [job.id] if present is None else sorted({job.id, present}))
    return present


def uphold_result(
    uow: UnitOfWork,
    dispute: Dispute,
    job: Job,
    campaign: Campaign,
    payout: Payout,
    *,
    by: Actor,
    note: str,
    cancel_campaign: bool,
) -> None:
    """Whoever raised a locked, open dispute about a result is right: its money goes where it belongs.

    The neighbours' side: the approval is taken back; of work that was divided the rest goes back and the cleanup ends.
    The cleaner's side: the pay goes on, or is owed again.
    """
    waits = payout.status in (PayoutStatus.PENDING, PayoutStatus.MANUAL)
    here = job.status is JobStatus.VERIFIED and waits and attempts.open_attempt(uow, payout_id=payout.id) is None
    split = was_split(uow, campaign.id)
    if dispute.raised_by == payout.cleaner_id:
        _for_the_cleaner(uow, dispute, job, campaign, payout, by, note, split)
    elif here:
        take_back_approval(uow, actor=by, job_id=job.id, reason=note, cancel_campaign=cancel_campaign or split)
    else:
        _leave_to_finance(uow, dispute, payout, by, note, LeftToFinance.PAY_LEFT, payout.amount_paise)


def _for_the_cleaner(
    uow: UnitOfWork, dispute: Dispute, job: Job, campaign: Campaign, payout: Payout, by: Actor, note: str, split: bool
) -> None:
    if payout.status is not PayoutStatus.CANCELLED:
        missing_paise = _first_pay(uow, campaign) - payout.amount_paise - payout.tds_paise if split else 0
        if missing_paise > 0:
            _leave_to_finance(uow, dispute, payout, by, note, LeftToFinance.PART_WENT_BACK, missing_paise)
        else:
            answer(uow, dispute, by=by, upheld=True, note=note)
        if holds.is_only_disputed(payout) and not holds.open_disputes(uow, payout.id):
            holds.let_go(uow, payout)
    elif (other := _untaken(uow, campaign, job)) is not None:
        _owe_again(uow, job, other, campaign, payout, by)
        answer(uow, dispute, by=by, upheld=True, note=note)
    else:
        gone = LeftToFinance.WENT_BACK if campaign.status is CampaignStatus.CANCELLED else LeftToFinance.WORK_TAKEN
        _leave_to_finance(uow, dispute, payout, by, note, gone, payout.amount_paise + payout.tds_paise)


def _first_pay(uow: UnitOfWork, campaign: Campaign) -> int:
    """What the whole work was worth before it was divided, in paise."""
    return max(job.amount_paise for job in uow.all(Job, Job.campaign_id == campaign.id))


def _untaken(uow: UnitOfWork, campaign: Campaign, job: Job) -> Job | None:
    """The job that was opened for others when an approval was taken back, while nobody has taken it."""
    if campaign.status is not CampaignStatus.FUNDED or campaign.job_id in (None, job.id):
        return None
    other = uow.get(Job, campaign.job_id)
    return other if other.status is JobStatus.AVAILABLE else None


def _owe_again(uow: UnitOfWork, job: Job, other: Job, campaign: Campaign, payout: Payout, by: Actor) -> None:
    """The work stands after all: nobody else does it again, and its pay is owed as if it had just been accepted."""
    cleaner = uow.lock(Cleaner, payout.cleaner_id)
    other.review_since = None
    other.move_to(JobStatus.CANCELLED, by=by, at=uow.now, why=HEARD_AGAIN)
    again = same_work(uow, job, campaign, by=by, why=HEARD_AGAIN)
    campaign.completed_at = job.completed_at
    campaign.move_to(CampaignStatus.COMPLETED, by=SYSTEM, at=uow.now, why=HEARD_AGAIN)
    cleaner.verified_count += 1
    cleaner.failed_count = max(0, cleaner.failed_count - 1)
    cleaner.rejected_count = max(0, cleaner.rejected_count - 1)
    pay = owe_pay(uow, job=again, campaign=campaign, cleaner=cleaner, by=by)
    uow.record(JobVerified(again.id, campaign.id, cleaner.id, pay.id, pay.amount_paise), by=by)
    holds.hold_if_case_open(uow, pay)


def _leave_to_finance(
    uow: UnitOfWork, dispute: Dispute, payout: Payout, by: Actor, note: str, why: LeftToFinance, amount_paise: int
) -> None:
    """Say who is right, and leave to finance what no machine may decide: money that has left."""
    answer(uow, dispute, by=by, upheld=True, note=note)
    dispute.left_to_finance, dispute.left_paise = why.value, amount_paise
    uow.record(ResultLeftToFinance(dispute.id, payout.campaign_id, why.value, amount_paise), by=by)
