"""Half-done work: a part of the pay to its cleaner, the rest back to neighbours row by row (decision 41, OPS-03).

What was owed is taken back whole, as when an approval is taken back: mirror, credit note, tax. What goes back is set
apart for each contribution, and a new job for the smaller sum is owed at once to the same cleaner, with its own
invoice and tax. So every paper says what happened, and no paisa is in two places.
"""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM, Actor
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.disputes import HALF_DONE
from cleanit_app.domain.errors import AlreadySplit, FieldProblem, InvalidFields, PayoutNotDue
from cleanit_app.domain.events import WorkSplit
from cleanit_app.domain.money import part_that_goes_back, split_raised
from cleanit_app.domain.money_returns import ReturnCause
from cleanit_app.domain.statuses import DisputeStatus, JobStatus, PayoutStatus
from cleanit_app.models import (
    Campaign,
    Cleaner,
    Contribution,
    Dispute,
    Job,
    LedgerAccount,
    Payment,
    Payout,
    Photo,
    Refund,
    new_id,
)
from cleanit_app.services.ledger import booking
from cleanit_app.services.payouts.accrual import owe_pay, take_back_pay
from cleanit_app.services.payouts.holds import open_disputes
from cleanit_app.services.refunds.refunds import owe_refund
from cleanit_app.services.transfers import attempts
from cleanit_app.services.unit_of_work import UnitOfWork

SPLIT = "SPLIT"


def check_share(percent: object) -> int:
    """How much of the work was done, in whole percent; InvalidFields outside the bounds of a split."""
    least, most = LIMITS.split_percent
    if isinstance(percent, bool) or not isinstance(percent, int) or not least <= percent <= most:
        raise InvalidFields({"donePercent": FieldProblem("split_percent", least=least, most=most)})
    return percent


def split_work(
    uow: UnitOfWork,
    dispute: Dispute,
    job: Job,
    campaign: Campaign,
    payout: Payout,
    *,
    by: Actor,
    percent: int,
    note: str,
) -> None:
    """Divide the money of locked, accepted work whose pay has not left; every open dispute about it ends so.

    AlreadySplit for work that was divided before, PayoutNotDue once the pay is on its way.
    """
    if was_split(uow, campaign.id):
        raise AlreadySplit
    waits = payout.status in (PayoutStatus.PENDING, PayoutStatus.MANUAL)
    if job.status is not JobStatus.VERIFIED or not waits or attempts.open_attempt(uow, payout_id=payout.id):
        raise PayoutNotDue(status=payout.status.value)
    others = open_disputes(uow, payout.id, lock=True)
    cleaner = uow.lock(Cleaner, payout.cleaner_id)
    take_back_pay(uow, payout=payout, by=by, why=note)
    for one in others:
        one.decided_by, one.decided_at, one.note, one.done_percent = by.user_id, uow.now, note, percent
        one.move_to(DisputeStatus.SPLIT, by=by, at=uow.now, why=note[:300])
    back_paise = _owe_back(uow, campaign, percent)
    smaller = same_work(uow, job, campaign, by=by, why=HALF_DONE, back_paise=back_paise, percent=percent)
    pay = owe_pay(uow, job=smaller, campaign=campaign, cleaner=cleaner, by=by)
    told = WorkSplit(dispute.id, campaign.id, cleaner.id, pay.id, pay.amount_paise, back_paise, note)
    uow.record(told, by=by)


def _owe_back(uow: UnitOfWork, campaign: Campaign, percent: int) -> int:
    """Set each contribution's part apart and owe it to who gave it; the sum of the parts in paise."""
    kept = (
        select(Payment, Contribution)
        .join(Contribution, col(Contribution.id) == col(Payment.contribution_id))
        .where(col(Contribution.campaign_id) == campaign.id, col(Payment.kept_paise) > 0)
        .order_by(col(Payment.id))
    )
    parts = [(p, c, part_that_goes_back(p.kept_paise, percent)) for p, c in uow.run(kept)]
    owed = [(payment, given, paise) for payment, given, paise in parts if paise]
    total = sum(paise for _, _, paise in owed)
    booking.book(
        uow,
        kind="SPLIT_OWED",
        key=f"split:{campaign.id}",
        campaign_id=campaign.id,
        lines=[
            (LedgerAccount.HELD, campaign.id, total),
            *((LedgerAccount.SURPLUS, given.id, -paise) for _, given, paise in owed),
        ],
    )
    for payment, given, paise in owed:
        owe_refund(uow, payment=payment, contribution=given, amount_paise=paise, cause=SPLIT, why=ReturnCause.SPLIT)
    return total


def same_work(
    uow: UnitOfWork, job: Job, campaign: Campaign, *, by: Actor, why: str, back_paise: int = 0, percent: int = 100
) -> Job:
    """The work as far as it was done, as a job of its own: taken, handed in and accepted as before."""
    pay, fee = split_raised(campaign.raised_paise - back_paise, campaign.fee_bps)
    added = job.platform_added_paise * percent // 100
    smaller = Job(
        id=new_id(),
        campaign_id=campaign.id,
        amount_paise=pay + added,
        platform_fee_paise=fee,
        platform_added_paise=added,
        latitude=job.latitude,
        longitude=job.longitude,
        created_at=uow.now,
        expires_at=job.expires_at,
        last_claimed_by=job.last_claimed_by,
        flags=job.flags,
        checklist=job.checklist,
        verification_notes=job.verification_notes,
    )
    uow.add(smaller).begin(by=SYSTEM, at=uow.now, why=why)
    smaller.claimed_by, smaller.claimed_at, smaller.claim_count = job.claimed_by, job.claimed_at, job.claim_count
    smaller.completed_at, smaller.completion_photo_id = job.completed_at, job.completion_photo_id
    smaller.verified_by, smaller.verified_at = job.verified_by, job.verified_at
    for step in (JobStatus.CLAIMED, JobStatus.COMPLETED, JobStatus.VERIFIED):
        smaller.move_to(step, by=by, at=uow.now, why=why)
    if job.status is not JobStatus.FAILED:
        job.move_to(JobStatus.FAILED, by=by, at=uow.now, why=why)
    uow.flush()
    campaign.job_id = smaller.id
    if smaller.completion_photo_id is not None:
        uow.get(Photo, smaller.completion_photo_id).job_id = smaller.id
    return smaller


def was_split(uow: UnitOfWork, campaign_id: UUID) -> bool:
    """Whether the money of a campaign was divided; then it is divided no more, and only the rest can go back."""
    return uow.first(Refund, Refund.campaign_id == campaign_id, Refund.cause == SPLIT) is not None
