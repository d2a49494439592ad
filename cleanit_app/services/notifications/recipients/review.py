"""Who hears of results: handed in, decided, too long undecided, suspected, taken back and disputed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import select

from cleanit_app.domain.calendar import ist_date
from cleanit_app.domain.events import (
    ApprovalTakenBack,
    DecisionFellThrough,
    DecisionMade,
    DecisionUndone,
    DisputeDecided,
    DisputeOpened,
    FraudCaseClosed,
    FraudCaseHandedOver,
    FraudCaseOpened,
    FraudSuspected,
    JobCompleted,
    JobRejected,
    JobVerified,
    ReviewBegun,
    ReviewEscalated,
    VerificationSlow,
)
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.domain.pay import pay_leaves_at, pay_stands
from cleanit_app.models import Campaign, Cleaner, Job, Payout, User, due
from cleanit_app.notification_kinds import review as kinds
from cleanit_app.services.notifications.audiences import (
    ADMINS,
    COMPLIANCE,
    NEIGHBOURS,
    ONE,
    SENIOR,
    VERIFIER,
    Draft,
    Tellers,
    neighbours,
    nobody,
    one,
    place,
)
from cleanit_app.services.unit_of_work import UnitOfWork


def _photos(campaign: Campaign, job: Job) -> dict[str, str]:
    """Which two pictures stand beside it (JOB-12)."""
    return {"beforePhotoId": str(campaign.photo_id), "afterPhotoId": str(job.completion_photo_id)}


def _completed(uow: UnitOfWork, e: JobCompleted) -> list[Draft]:
    campaign, job = uow.get(Campaign, e.campaign_id), uow.get(Job, e.job_id)
    values = {**place(campaign), "amount_paise": job.amount_paise, **_photos(campaign, job)}
    return [
        Draft(kinds.JOB_COMPLETED, ONE, one(campaign.creator_id), values, subject=campaign.id),
        Draft(kinds.JOB_COMPLETED_ADMIN, ADMINS, VERIFIER, values, subject=job.id),
    ]


def _verified(uow: UnitOfWork, e: JobVerified) -> list[Draft]:
    campaign, payout = uow.get(Campaign, e.campaign_id), uow.get(Payout, e.payout_id)
    values = {**place(campaign), "amount_paise": e.amount_paise, **_photos(campaign, uow.get(Job, e.job_id))}
    leaves = _leaves_on(uow, payout)
    own = Draft(kinds.JOB_VERIFIED_WAITS, ONE, one(e.cleaner_id), values, subject=payout.id)
    if leaves:
        own = replace(own, kind=kinds.JOB_VERIFIED, values={**values, "day_on": leaves.isoformat()})
    return [
        own,
        Draft(kinds.JOB_VERIFIED_CREATOR, ONE, one(campaign.creator_id), values, subject=campaign.id),
        Draft(kinds.JOB_VERIFIED_NEIGHBOUR, NEIGHBOURS, neighbours(campaign), values, subject=campaign.id),
    ]


def _leaves_on(uow: UnitOfWork, payout: Payout) -> date | None:
    """The day that may be promised for this pay; None while something keeps it back (PAY-11)."""
    account = uow.get(Cleaner, payout.cleaner_id)
    stands = pay_stands(
        payout.status,
        held=payout.held_at is not None,
        stopped=bool(uow.run(select(due.is_stopped(MoneyFlow.PAYOUTS))).scalar()),
        account_good=account.payout_verified_at is not None,
    )
    at = pay_leaves_at(stands, scheduled_for=payout.scheduled_for, usable_at=account.payout_usable_at, now=uow.now)
    return ist_date(at) if at else None


def _rejected(uow: UnitOfWork, e: JobRejected) -> list[Draft]:
    campaign, job = uow.get(Campaign, e.campaign_id), uow.get(Job, e.job_id)
    values = {**place(campaign), "rejection": e.reason, "notes": job.rejection_notes or ""}
    if job.completion_deadline:
        values["deadline_at"] = job.completion_deadline.isoformat()
    kind = kinds.JOB_REJECTED_RETRY if e.may_retry else kinds.JOB_REJECTED_FINAL
    return [
        Draft(kind, ONE, one(e.cleaner_id), values, subject=job.id),
        Draft(kinds.JOB_REJECTED_CREATOR, ONE, one(campaign.creator_id), values, subject=campaign.id),
    ]


_SLOW = {
    "QUEUE_LONG": (kinds.VERIFICATION_QUEUE_LONG, VERIFIER),
    "OVER_48_H": (kinds.VERIFICATION_OVER_48_H, SENIOR),
    "AVERAGE_LONG": (kinds.VERIFICATION_AVERAGE_LONG, SENIOR),
}


def _slow(uow: UnitOfWork, e: VerificationSlow) -> list[Draft]:
    values: dict[str, Any] = {"n": e.waiting}
    if e.job_id is not None:
        values |= place(uow.get(Campaign, uow.get(Job, e.job_id).campaign_id))
    kind, duty = _SLOW[e.kind]
    return [Draft(kind, ADMINS, duty, values, subject=e.job_id)]


def _escalated(uow: UnitOfWork, e: ReviewEscalated) -> list[Draft]:
    values = {**place(uow.get(Campaign, e.campaign_id)), "reason": e.reason}
    return [Draft(kinds.REVIEW_ESCALATED, ADMINS, SENIOR, values, subject=e.job_id)]


def _fell_through(uow: UnitOfWork, e: DecisionFellThrough) -> list[Draft]:
    values = place(uow.get(Campaign, e.campaign_id))
    return [Draft(kinds.DECISION_FELL_THROUGH, ONE, one(e.admin_id), values, subject=e.job_id)]


def _fraud(uow: UnitOfWork, e: FraudSuspected) -> list[Draft]:
    values = place(uow.get(Campaign, uow.get(Job, e.job_id).campaign_id))
    return [Draft(kinds.FRAUD_SUSPECTED, ADMINS, COMPLIANCE, values, subject=e.case_id)]


def _case_opened(uow: UnitOfWork, e: FraudCaseOpened) -> list[Draft]:
    values = {"name": uow.get(User, e.person_id).name, "sign": e.kind}
    return [Draft(kinds.FRAUD_CASE_OPENED, ADMINS, COMPLIANCE, values, subject=e.case_id)]


def _handed_over(uow: UnitOfWork, e: FraudCaseHandedOver) -> list[Draft]:
    values = {"name": uow.get(User, e.person_id).name, "reason": e.reason}
    return [Draft(kinds.FRAUD_HANDED_OVER, ADMINS, COMPLIANCE, values, subject=e.case_id)]


def _taken_back(uow: UnitOfWork, e: ApprovalTakenBack) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    values = {**place(campaign), "amount_paise": e.amount_paise, "reason": e.reason}
    drafts = [Draft(kinds.PAY_TAKEN_BACK, ONE, one(e.cleaner_id), values, subject=e.payout_id)]
    if e.goes_on:
        creator = one(campaign.creator_id)
        drafts.append(Draft(kinds.JOB_REJECTED_CREATOR, ONE, creator, place(campaign), subject=campaign.id))
    return drafts


def _disputed(uow: UnitOfWork, e: DisputeOpened) -> list[Draft]:
    """The cleaner reads why, never who."""
    values = {**place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise, "reason": e.reason}
    return [
        Draft(kinds.DISPUTE_OPENED, ONE, one(e.cleaner_id), values, subject=e.payout_id),
        Draft(kinds.DISPUTE_OPENED_ADMIN, ADMINS, VERIFIER, values),
    ]


def _dispute_decided(uow: UnitOfWork, e: DisputeDecided) -> list[Draft]:
    """Of one that was upheld the cleaner hears by the approval that is taken back, with the same words."""
    values = {**place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise, "reason": e.note}
    kind = kinds.DISPUTE_UPHELD if e.upheld else kinds.DISPUTE_DISMISSED
    drafts = [Draft(kind, ONE, one(e.raised_by), values, subject=e.campaign_id)]
    if not e.upheld:
        kind = kinds.DISPUTE_DISMISSED_CLEANER if e.goes_on else kinds.DISPUTE_DISMISSED_WAITS
        drafts.append(Draft(kind, ONE, one(e.cleaner_id), values, subject=e.payout_id))
    return drafts


TELLERS: Tellers = {
    JobCompleted: _completed,
    ReviewBegun: nobody,
    ReviewEscalated: _escalated,
    DecisionMade: nobody,
    DecisionUndone: nobody,
    DecisionFellThrough: _fell_through,
    JobVerified: _verified,
    JobRejected: _rejected,
    VerificationSlow: _slow,
    FraudSuspected: _fraud,
    FraudCaseOpened: _case_opened,
    FraudCaseHandedOver: _handed_over,
    FraudCaseClosed: nobody,
    ApprovalTakenBack: _taken_back,
    DisputeOpened: _disputed,
    DisputeDecided: _dispute_decided,
}
