"""Verification: a person decides, the machine prepares (VER-03 to VER-06)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM, Actor, Permission
from cleanit_app.domain.errors import (
    ChecklistIncomplete,
    FieldProblem,
    InvalidFields,
    MoveRefused,
    OwnInterest,
    ReasonMissing,
)
from cleanit_app.domain.events import AccountFlagged, CampaignCancelled, FraudSuspected, JobRejected, JobVerified
from cleanit_app.domain.fraud import FraudKind
from cleanit_app.domain.jobs import is_too_far
from cleanit_app.domain.places import metres_between
from cleanit_app.domain.statuses import CampaignStatus, ContributionStatus, JobStatus, UserStatus
from cleanit_app.models import Campaign, Cleaner, Contribution, FraudCase, Job, Photo, User, new_id
from cleanit_app.services import input_validation
from cleanit_app.services.campaigns import closing
from cleanit_app.services.jobs.jobs import open_job
from cleanit_app.services.payouts import holds
from cleanit_app.services.payouts.accrual import owe_pay
from cleanit_app.services.review.reviewing import begin_anew, end_turn, refuse_pending
from cleanit_app.services.unit_of_work import UnitOfWork


class RejectionReason(StrEnum):
    """Why an after-photo is not accepted (VER-05)."""

    POOR_QUALITY = "POOR_QUALITY"
    WRONG_LOCATION = "WRONG_LOCATION"
    FAKE_COMPLETION = "FAKE_COMPLETION"
    PHOTO_ISSUES = "PHOTO_ISSUES"
    OTHER = "OTHER"


@dataclass(frozen=True)
class Checklist:
    """The five points an admin looks at; recorded with the decision (VER-03)."""

    same_location: bool = False
    visibly_cleaner: bool = False
    no_fraud_signs: bool = False
    gps_matches: bool = False
    timestamp_reasonable: bool = False

    @property
    def complete(self) -> bool:
        """Whether all five points are ticked."""
        return all(asdict(self).values())


def approve_completion(
    uow: UnitOfWork,
    *,
    actor: Actor,
    job_id: UUID,
    checklist: Checklist,
    notes: str = "",
    seen_photo_id: UUID | None = None,
    counts_from: datetime | None = None,
) -> Job:
    """Accept the after-photo: the cleaner's pay becomes due after the cooling period of 24 hours (VER-04).

    ChecklistIncomplete unless all five points are ticked; InvalidFields when a photo from too far away comes
    without notes; OwnInterest for who has a part in it; BeingReviewed while another admin has the turn; MoveRefused
    when the job was decided meanwhile or `seen_photo_id` is no longer its photo; DecisionPending while a decision on
    it may still be undone. The 24 hours run from `counts_from`, else from now.
    """
    actor.must(Permission.VERIFY_JOBS)
    job, campaign = locked_for_decision(uow, actor, job_id)
    said = may_approve(uow, actor, job, checklist, notes, seen_photo_id)
    cleaner = uow.lock(Cleaner, _cleaner_of(job))
    cleaner.verified_count += 1
    job.verified_by, job.verified_at = actor.user_id, counts_from or uow.now
    job.checklist, job.verification_notes = asdict(checklist), said
    job.move_to(JobStatus.VERIFIED, by=actor, at=uow.now, why=job.verification_notes)
    payout = owe_pay(uow, job=job, campaign=campaign, cleaner=cleaner, by=actor, counts_from=counts_from)
    uow.record(JobVerified(job.id, campaign.id, cleaner.id, payout.id, payout.amount_paise), by=actor)
    holds.hold_if_case_open(uow, payout)
    return job


def may_approve(
    uow: UnitOfWork, by: Actor, job: Job, checklist: Checklist, notes: str, seen_photo_id: UUID | None
) -> str:
    """The notes of an approval of a locked job as they are kept; whoever asks has the turn and gives it up.

    The refusals of `approve_completion`.
    """
    _take_decision(uow, by, job, JobStatus.VERIFIED, seen_photo_id)
    if not checklist.complete:
        raise ChecklistIncomplete
    said = input_validation.said("notes", notes, 1000, lines=True)
    if not said:
        _refuse_from_afar(uow, job)
    return said


def may_reject(
    uow: UnitOfWork, by: Actor, job: Job, reason: RejectionReason, notes: str, seen_photo_id: UUID | None
) -> str:
    """As `may_approve`, for a rejection."""
    _take_decision(uow, by, job, JobStatus.REJECTED, seen_photo_id)
    said = input_validation.said("notes", notes, 1000, lines=True)
    if reason is RejectionReason.OTHER and not said:
        raise ReasonMissing
    return said


def _take_decision(uow: UnitOfWork, by: Actor, job: Job, target: JobStatus, seen_photo_id: UUID | None) -> None:
    """The photo that was looked at still waits, nobody else has decided or looks: the turn ends."""
    job.status.check_move(target)
    refuse_pending(uow, job.id)
    end_turn(uow, by, job.id)
    _refuse_unseen(job, seen_photo_id)


def locked_for_decision(uow: UnitOfWork, by: Actor, job_id: UUID) -> tuple[Job, Campaign]:
    """A job and its campaign, locked, for an admin who has no part in them; OwnInterest for others."""
    job = uow.lock(Job, job_id)
    campaign = uow.lock(Campaign, job.campaign_id)
    gave = select(col(Contribution.id)).where(
        col(Contribution.campaign_id) == campaign.id,
        col(Contribution.contributor_id) == by.user_id,
        col(Contribution.status) == ContributionStatus.SUCCESS,
    )
    if by.user_id in (campaign.creator_id, job.claimed_by) or uow.run(gave.limit(1)).first():
        raise OwnInterest
    return job, campaign


def _refuse_unseen(job: Job, seen_photo_id: UUID | None) -> None:
    """Nobody decides on a photo that came after the one that was looked at."""
    if seen_photo_id is not None and job.completion_photo_id != seen_photo_id:
        raise MoveRefused(what="Job", current="another photo", target="decided")


def _refuse_from_afar(uow: UnitOfWork, job: Job) -> None:
    """Who accepts a photo taken beyond the radius writes down why (JOB-10, VER-03)."""
    photo = uow.get(Photo, job.completion_photo_id) if job.completion_photo_id else None
    if photo is None or photo.latitude is None or photo.longitude is None:
        return
    away_m = metres_between((photo.latitude, photo.longitude), (job.latitude, job.longitude))
    if is_too_far(away_m, photo.accuracy_m, uow.limits):
        raise InvalidFields({"notes": FieldProblem("note_too_far", limit=round(1000 * uow.limits.proof_radius_km))})


def _cleaner_of(job: Job) -> UUID:
    if job.claimed_by is None:
        raise ValueError(f"job {job.id} has no cleaner")
    return job.claimed_by


def reject_completion(
    uow: UnitOfWork,
    *,
    actor: Actor,
    job_id: UUID,
    checklist: Checklist,
    reason: RejectionReason,
    notes: str,
    allow_retry: bool,
    cancel_campaign: bool = False,
    seen_photo_id: UUID | None = None,
) -> Job:
    """Do not accept the after-photo: another try with a fresh deadline, or the end of this job (VER-05).

    OTHER needs notes (ReasonMissing); MoveRefused as in `approve_completion`. A final no opens the job again
    for somebody else in the same transaction, unless `cancel_campaign` says that the money goes back.
    """
    actor.must(Permission.VERIFY_JOBS)
    if cancel_campaign:
        actor.must(Permission.MOVE_CAMPAIGN_MONEY)
    job, campaign = locked_for_decision(uow, actor, job_id)
    said = may_reject(uow, actor, job, reason, notes, seen_photo_id)
    allow_retry = allow_retry and reason is not RejectionReason.FAKE_COMPLETION
    if reason is RejectionReason.FAKE_COMPLETION:
        holds.hold_pay_of(uow, cleaner_id=_cleaner_of(job))  # before the cleaner's row, as everywhere
    cleaner = uow.lock(Cleaner, _cleaner_of(job))
    _note_rejection(uow, actor, job, checklist, reason, said, allow_retry)
    count_rejection(uow, cleaner)
    if reason is RejectionReason.FAKE_COMPLETION:
        _open_fraud_case(uow, actor, job, said)
    campaign.completed_at = None
    campaign.move_to(CampaignStatus.FUNDED, by=actor, at=uow.now, why=f"rejected: {reason}")
    begin_anew(uow, job.id)
    if allow_retry:
        _give_another_try(uow, job)
    else:
        _end_job(uow, job, cleaner)
        go_on(uow, job, campaign, actor, said or reason.value, cancel_campaign=cancel_campaign)
    uow.record(JobRejected(job.id, campaign.id, cleaner.id, reason.value, allow_retry), by=actor)
    return job


def _note_rejection(
    uow: UnitOfWork,
    actor: Actor,
    job: Job,
    checklist: Checklist,
    reason: RejectionReason,
    said: str,
    allow_retry: bool,
) -> None:
    job.rejected_by, job.rejected_at = actor.user_id, uow.now
    job.rejection_reason, job.rejection_notes = reason.value, said
    job.retry_allowed, job.checklist = allow_retry, asdict(checklist)
    job.move_to(JobStatus.REJECTED, by=actor, at=uow.now, why=f"{reason}: {said}" if said else reason.value)


def count_rejection(uow: UnitOfWork, cleaner: Cleaner) -> None:
    """One more photo of this cleaner that was not accepted; too many flag the account and tell compliance (VER-05).

    While the flag stands nobody is told again; once compliance has put it away, the next rejection raises it anew.
    """
    cleaner.rejected_count += 1
    if cleaner.rejected_count > uow.limits.rejections_before_review and cleaner.flagged_for_review_at is None:
        cleaner.flagged_for_review_at = uow.now
        uow.record(AccountFlagged(cleaner.id, cleaner.rejected_count), by=SYSTEM)


def _give_another_try(uow: UnitOfWork, job: Job) -> None:
    job.completion_photo_id, job.completed_at, job.flags = None, None, []
    job.completion_deadline = uow.now + uow.limits.claim_time
    job.move_to(JobStatus.CLAIMED, by=SYSTEM, at=uow.now, why="another try")


def _end_job(uow: UnitOfWork, job: Job, cleaner: Cleaner) -> None:
    cleaner.failed_count += 1
    job.move_to(JobStatus.FAILED, by=SYSTEM, at=uow.now, why="not accepted")


def go_on(uow: UnitOfWork, job: Job, campaign: Campaign, by: Actor, why: str, *, cancel_campaign: bool) -> None:
    """A job that failed: another one for somebody else, or the end of its campaign."""
    if cancel_campaign:
        closing.cancel_with_refunds(uow, campaign=campaign, job=job, by=by, why=why)
        uow.record(CampaignCancelled(campaign.id, campaign.creator_id, why), by=by)
        return
    open_job(uow, campaign=campaign, not_for=job.claimed_by)


def _open_fraud_case(uow: UnitOfWork, actor: Actor, job: Job, said: str) -> None:
    """Suspend the cleaner and tell compliance; the cleaner's other pay is held already (VER-06)."""
    cleaner_id = _cleaner_of(job)
    case = FraudCase(
        id=new_id(),
        kind_of_case=FraudKind.FAKE_COMPLETION.value,
        person_id=cleaner_id,
        people=[cleaner_id],
        job_id=job.id,
        campaign_id=job.campaign_id,
        holds_pay=True,
        notes=said,
        opened_by=actor.user_id,
        opened_at=uow.now,
    )
    uow.add(case)
    case.begin(by=actor, at=uow.now, why=said)
    user = uow.lock(User, cleaner_id)
    if user.status is UserStatus.ACTIVE:
        user.suspended_at, user.suspension_reason = uow.now, "FAKE_COMPLETION"
        user.move_to(UserStatus.SUSPENDED, by=actor, at=uow.now, why="fraud case opened")
    uow.record(FraudSuspected(case.id, job.id, cleaner_id), by=actor)
