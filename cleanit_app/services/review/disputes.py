"""Disputes: a result is questioned and its pay waits; somebody without a part decides on it and all else (OPS-03)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text
from sqlmodel import col

from cleanit_app.domain.actors import Actor, AdminDuty, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.disputes import DECIDES, DisputeAbout
from cleanit_app.domain.errors import (
    AppealedAlready,
    AppealInstead,
    DisputeStands,
    DisputeTooLate,
    MoveRefused,
    NotFound,
    NothingToDispute,
    NotYourCleanup,
    PayHasLeft,
    ReasonMissing,
    SecondLook,
)
from cleanit_app.domain.events import DisputeOpened
from cleanit_app.domain.statuses import ContributionStatus, DisputeStatus, JobStatus, PayoutStatus
from cleanit_app.models import Campaign, Contribution, Dispute, Job, Payout, new_id
from cleanit_app.services import input_validation
from cleanit_app.services.payouts import holds
from cleanit_app.services.review.dispute_decisions import answer, decide
from cleanit_app.services.review.dispute_remedies import remedy
from cleanit_app.services.review.dispute_rules import disputes_of_work, must_decide
from cleanit_app.services.review.dispute_split import check_share, split_work
from cleanit_app.services.review.upheld_results import lock_present_job, uphold_result
from cleanit_app.services.review.verification import locked_for_decision
from cleanit_app.services.transfers import attempts
from cleanit_app.services.unit_of_work import UnitOfWork

NOTE_MOST = 1000
_SOMEBODY_ELSE = text("""SELECT EXISTS (SELECT FROM users u
    WHERE u.role = 'ADMIN' AND u.status = 'ACTIVE' AND u.duties && ARRAY[:duty, 'SENIOR']::varchar[]
        AND NOT u.id = ANY(CAST(:not_these AS uuid[])) AND NOT EXISTS (SELECT FROM contributions g
            WHERE g.campaign_id = :campaign AND g.contributor_id = u.id AND g.status = 'SUCCESS'))""")


def open_dispute(uow: UnitOfWork, *, actor: Actor, campaign_id: UUID, reason: object) -> Dispute:
    """Question an accepted result within its 24 hours: the pay is held in the same moment and keeps its place.

    For who started or paid for the cleanup (NotYourCleanup). NothingToDispute before a result is accepted,
    DisputeTooLate afterwards, PayHasLeft once the pay is on its way, DisputeStands for the same doubt twice,
    AppealInstead after the own one was decided, AppealedAlready once an appeal about this work was.
    """
    actor.must(Permission.DISPUTE_RESULTS)
    campaign = uow.get(Campaign, campaign_id)
    if campaign.activated_at is None and campaign.creator_id != actor.user_id:
        raise NotFound(what="Campaign")
    if not _has_a_part(uow, campaign, actor.user_id):
        raise NotYourCleanup
    said = _reason(reason)
    if campaign.job_id is None:
        raise NothingToDispute
    job = uow.lock(Job, campaign.job_id)
    payout = _questionable(uow, job)
    if any(one.raised_by == actor.user_id for one in holds.open_disputes(uow, payout.id)):
        raise DisputeStands
    _is_not_decided(disputes_of_work(uow, job), actor)
    dispute = Dispute(
        id=new_id(),
        subject_id=job.id,
        job_id=job.id,
        campaign_id=campaign.id,
        payout_id=payout.id,
        raised_by=actor.user_id,
        other_id=payout.cleaner_id,
        raised_at=uow.now,
        reason=said,
    )
    uow.add(dispute).begin(by=actor, at=uow.now, why=said[:300])
    if payout.held_at is None:
        holds.hold_for_dispute(uow, payout)
    told = DisputeOpened(dispute.id, job.id, campaign.id, payout.id, payout.cleaner_id, payout.amount_paise, said)
    uow.record(told, by=actor)
    return dispute


def _reason(typed: object) -> str:
    form = input_validation.Form()
    said = form.text("reason", typed, LIMITS.dispute_reason_length, "dispute", lines=True)
    form.done()
    return said


def _has_a_part(uow: UnitOfWork, campaign: Campaign, user_id: UUID) -> bool:
    gave = (
        Contribution.campaign_id == campaign.id,
        Contribution.contributor_id == user_id,
        col(Contribution.status) == ContributionStatus.SUCCESS,
        col(Contribution.kept_paise) > 0,
    )
    return campaign.creator_id == user_id or uow.first(Contribution, *gave) is not None


def _is_not_decided(earlier: list[Dispute], actor: Actor) -> None:
    """A decision stands: its parties appeal, and after an appeal nobody questions the same work once more."""
    if any(one.appeal_of and one.decided_at for one in earlier):
        raise AppealedAlready
    if any(one.raised_by == actor.user_id and one.decided_at for one in earlier):
        raise AppealInstead


def _questionable(uow: UnitOfWork, job: Job) -> Payout:
    """The locked payout of an accepted result whose 24 hours run and whose money is still here."""
    if job.status is JobStatus.PAID:
        raise PayHasLeft
    if job.status is not JobStatus.VERIFIED or job.verified_at is None:
        raise NothingToDispute
    payout = uow.first(Payout, Payout.job_id == job.id, lock=True)
    here = payout is not None and payout.status in (PayoutStatus.PENDING, PayoutStatus.MANUAL)
    if payout is None or not here or attempts.open_attempt(uow, payout_id=payout.id):
        raise PayHasLeft
    if uow.now >= job.verified_at + LIMITS.payout_cooling:
        raise DisputeTooLate
    return payout


def decide_dispute(
    uow: UnitOfWork,
    *,
    actor: Actor,
    dispute_id: UUID,
    uphold: bool,
    note: str,
    cancel_campaign: bool = False,
    done_percent: int | None = None,
) -> Dispute:
    """Say whether who raised a dispute is right, with the reason that both sides read.

    Of a result: dismissed, its pay goes on; upheld, the approval is taken back and the job opens for somebody else,
    or with `cancel_campaign` the money goes back (`uphold_result` has every case); with `done_percent` it is divided
    (see `split_work`). Other open disputes about it end the same way. Of other things see `remedy`.

    OwnInterest for who has a part in it, AppealElsewhere for who decided what is appealed against, ReasonMissing
    without words, MoveRefused when it was decided already, SecondLook when the approver would say that the work
    stands, or a part of it, while another admin without a part could: the terms promise a look by somebody else.
    """
    actor.must(Permission.DECIDE_DISPUTES)
    if actor.may(Permission.MOVE_CAMPAIGN_MONEY):  # whose decisions may move money shows the second factor for all
        actor.must(Permission.MOVE_CAMPAIGN_MONEY)
    asked = uow.get(Dispute, dispute_id)
    actor.must(DECIDES[DisputeAbout(asked.about)])
    uow.audit(actor, "DecideDispute", subject_id=dispute_id, uphold=uphold)
    said = input_validation.said("note", note, NOTE_MOST, lines=True)
    if not said:
        raise ReasonMissing
    if asked.about != DisputeAbout.RESULT or asked.job_id is None or asked.payout_id is None:
        dispute = uow.lock(Dispute, dispute_id)
        must_decide(uow, actor, dispute)
        answer(uow, dispute, by=actor, upheld=uphold, note=said)
        if uphold:
            remedy(uow, dispute, by=actor, note=said)
        return dispute
    present = lock_present_job(uow, uow.get(Job, asked.job_id))
    job, campaign = locked_for_decision(uow, actor, asked.job_id)
    if campaign.job_id != present:  # opened between the two looks
        raise MoveRefused(what="Campaign", current="another job", target="decided")
    payout = uow.lock(Payout, asked.payout_id)
    dispute = uow.lock(Dispute, dispute_id)
    must_decide(uow, actor, dispute)
    dispute.status.check_move(DisputeStatus.UPHELD if uphold else DisputeStatus.DISMISSED)
    stands = uphold is (dispute.raised_by == payout.cleaner_id)
    if (stands or done_percent is not None) and job.verified_by == actor.user_id:
        _let_another_look(uow, dispute, campaign, actor)
    if done_percent is not None:
        split_work(uow, dispute, job, campaign, payout, by=actor, percent=check_share(done_percent), note=said)
    elif uphold:
        uphold_result(uow, dispute, job, campaign, payout, by=actor, note=said, cancel_campaign=cancel_campaign)
    else:
        _dismiss(uow, dispute, payout, actor, said)
    return dispute


def _let_another_look(uow: UnitOfWork, dispute: Dispute, campaign: Campaign, than: Actor) -> None:
    """SecondLook while another admin could decide; a house with one admin must not hold pay for ever."""
    first = uow.get(Dispute, dispute.appeal_of).decided_by if dispute.appeal_of else None
    not_these = [one for one in (than.user_id, campaign.creator_id, first) if one is not None]
    asked = {"duty": AdminDuty.VERIFIER, "not_these": not_these, "campaign": campaign.id}
    if uow.run(_SOMEBODY_ELSE, asked).scalar():
        raise SecondLook


def _dismiss(uow: UnitOfWork, dispute: Dispute, payout: Payout, by: Actor, said: str) -> None:
    """It stands as it was. After an appeal that is the last word, for all who questioned the same work."""
    others = [one for one in holds.open_disputes(uow, payout.id) if one.id != dispute.id]
    ends = [dispute, *others] if dispute.appeal_of is not None else [dispute]
    goes_on = holds.is_only_disputed(payout) and len(ends) == len(others) + 1
    for one in ends:
        decide(uow, one, payout, by=by, upheld=False, note=said, goes_on=goes_on)
    if goes_on:
        holds.let_go(uow, payout)
