"""Who hears about what: one table, each event with its notifications and their audiences (NOT-01, NOT-03)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.domain.calendar import ist_date, next_payout_run
from cleanit_app.domain.events import (
    CampaignApproved,
    CampaignCancelled,
    CampaignCreated,
    CampaignDeclined,
    CampaignExpired,
    CampaignFunded,
    CampaignMarked,
    CampaignRefunded,
    CleanerKycChanged,
    CleanerSuspended,
    ContributionReceived,
    DeadlineNear,
    Event,
    FraudSuspected,
    IdentityChecked,
    IdentityHandedIn,
    JobAutoReleased,
    JobAvailable,
    JobCancelled,
    JobClaimed,
    JobCompleted,
    JobExpired,
    JobRejected,
    JobUnclaimed,
    JobVerified,
    MoneyComesBack,
    PayoutFailed,
    PayoutSucceeded,
    PayRaised,
    PhotoWasInfected,
    RefundProcessed,
    RefundStuck,
    SignInsFailed,
    VerificationSlow,
)
from cleanit_app.domain.money import percent_of
from cleanit_app.models import (
    Campaign,
    Contribution,
    Job,
    Payout,
    Refund,
    User,
)
from cleanit_app.services.notifications.account_recipients import ACCOUNT_NEWS
from cleanit_app.services.notifications.audiences import ACTIVE_CLEANERS, ADMINS, NEIGHBOURS, ONE, Draft
from cleanit_app.services.notifications.audiences import one as _one
from cleanit_app.services.notifications.audiences import place as _place
from cleanit_app.services.notifications.money_recipients import MONEY_NEWS
from cleanit_app.services.unit_of_work import UnitOfWork

__all__ = ["ONE", "WHO_HEARS", "Draft"]


def _campaign_link(campaign: Campaign) -> str:
    return f"/campaigns/{campaign.id}"


def _created(uow: UnitOfWork, e: CampaignCreated) -> list[Draft]:
    if not e.waits_for_approval:
        return []
    values = _place(uow.get(Campaign, e.campaign_id))
    return [Draft("campaign_created", "/admin/campaigns", ADMINS, {"duty": AdminDuty.VERIFIER.value}, values)]


def _approved(uow: UnitOfWork, e: CampaignApproved) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    return [Draft("campaign_approved", _campaign_link(campaign), ONE, _one(e.creator_id), _place(campaign))]


def _declined(uow: UnitOfWork, e: CampaignDeclined) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    values = {**_place(campaign), "reason": e.reason}
    return [Draft("campaign_declined", _campaign_link(campaign), ONE, _one(e.creator_id), values)]


def _cancelled(uow: UnitOfWork, e: CampaignCancelled) -> list[Draft]:
    if not e.reason:
        return []  # the creator did it just now
    campaign = uow.get(Campaign, e.campaign_id)
    values = {**_place(campaign), "reason": e.reason}
    link = _campaign_link(campaign)
    return [
        Draft("campaign_cancelled", link, ONE, _one(e.creator_id), values),
        Draft("campaign_cancelled_refund", "/me/transactions", NEIGHBOURS, {"campaign": campaign.id}, values),
    ]


def _contributed(uow: UnitOfWork, e: ContributionReceived) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    contribution = uow.get(Contribution, e.contribution_id)
    values = {**_place(campaign), "amount_paise": e.amount_paise, "missing_paise": e.missing_paise}
    values["name"] = None if contribution.anonymous else uow.get(User, e.contributor_id).name
    last = "" if e.missing_paise else "_last"
    receipt = f"/me/transactions/{contribution.id}"
    return [
        Draft(f"campaign_contribution{last}", _campaign_link(campaign), ONE, _one(campaign.creator_id), values),
        Draft("contribution_receipt", receipt, ONE, _one(e.contributor_id), values),
    ]


def _funded(uow: UnitOfWork, e: CampaignFunded) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    link, values = _campaign_link(campaign), _place(campaign)
    kind = "campaign_funded"
    if e.raised_paise < campaign.target_paise:
        kind, values["percent"] = "campaign_funded_short", percent_of(e.raised_paise, campaign.target_paise)
    return [
        Draft(kind, link, ONE, _one(campaign.creator_id), values),
        Draft(kind, link, NEIGHBOURS, {"campaign": campaign.id}, values),
    ]


def _expired(uow: UnitOfWork, e: CampaignExpired) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    values = {**_place(campaign), "percent": percent_of(e.raised_paise, campaign.target_paise)}
    return [
        Draft("campaign_expired_creator", _campaign_link(campaign), ONE, _one(e.creator_id), values),
        Draft("campaign_expired", "/me/transactions", NEIGHBOURS, {"campaign": campaign.id}, values),
    ]


def _all_refunded(uow: UnitOfWork, e: CampaignRefunded) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    return [
        Draft("campaign_refunded_creator", _campaign_link(campaign), ONE, _one(e.creator_id), _place(campaign)),
        Draft("campaign_refunded", "/me/transactions", NEIGHBOURS, {"campaign": campaign.id}, _place(campaign)),
    ]


def _available(uow: UnitOfWork, e: JobAvailable) -> list[Draft]:
    """To every active cleaner wherever they are, one a day each at most (NOT-04)."""
    values = {**_place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise}
    once = "job_available:{day}"
    return [Draft("job_available", "/jobs", ACTIVE_CLEANERS, {}, values, once)]


def _claimed(uow: UnitOfWork, e: JobClaimed) -> list[Draft]:
    campaign, job = uow.get(Campaign, e.campaign_id), uow.get(Job, e.job_id)
    values = {**_place(campaign), "name": uow.get(User, e.cleaner_id).name}
    values["deadline_at"] = (job.completion_deadline or uow.now).isoformat()
    return [
        Draft("job_claimed", _campaign_link(campaign), ONE, _one(campaign.creator_id), values),
        Draft("job_claimed_self", f"/work/{job.id}", ONE, _one(e.cleaner_id), values),
    ]


def _unclaimed(uow: UnitOfWork, e: JobUnclaimed) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    return [Draft("job_unclaimed", _campaign_link(campaign), ONE, _one(campaign.creator_id), _place(campaign))]


def _completed(uow: UnitOfWork, e: JobCompleted) -> list[Draft]:
    campaign, job = uow.get(Campaign, e.campaign_id), uow.get(Job, e.job_id)
    values = {**_place(campaign), "amount_paise": job.amount_paise, "beforePhotoId": str(campaign.photo_id)}
    values["afterPhotoId"] = str(job.completion_photo_id)
    check = f"/admin/verification/{job.id}"
    return [
        Draft("job_completed", _campaign_link(campaign), ONE, _one(campaign.creator_id), values),
        Draft("job_completed_admin", check, ADMINS, {"duty": AdminDuty.VERIFIER.value}, values),
    ]


def _verified(uow: UnitOfWork, e: JobVerified) -> list[Draft]:
    campaign, payout = uow.get(Campaign, e.campaign_id), uow.get(Payout, e.payout_id)
    values = {**_place(campaign), "amount_paise": e.amount_paise}
    values["day_on"] = ist_date(next_payout_run(payout.scheduled_for)).isoformat()
    link = _campaign_link(campaign)
    return [
        Draft("job_verified", f"/earnings/{payout.id}", ONE, _one(e.cleaner_id), values),
        Draft("job_verified_creator", link, ONE, _one(campaign.creator_id), values),
        Draft("job_verified_neighbour", link, NEIGHBOURS, {"campaign": campaign.id}, values),
    ]


def _rejected(uow: UnitOfWork, e: JobRejected) -> list[Draft]:
    campaign, job = uow.get(Campaign, e.campaign_id), uow.get(Job, e.job_id)
    values = {**_place(campaign), "rejection": e.reason, "notes": job.rejection_notes or ""}
    if job.completion_deadline:
        values["deadline_at"] = job.completion_deadline.isoformat()
    kind = "job_rejected_retry" if e.may_retry else "job_rejected_final"
    return [
        Draft(kind, f"/work/{job.id}", ONE, _one(e.cleaner_id), values),
        Draft("job_rejected_creator", _campaign_link(campaign), ONE, _one(campaign.creator_id), values),
    ]


def _auto_released(uow: UnitOfWork, e: JobAutoReleased) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    values = _place(campaign)
    told = [
        Draft("job_auto_released", "/work", ONE, _one(e.cleaner_id), values),
        Draft("job_unclaimed", _campaign_link(campaign), ONE, _one(campaign.creator_id), values),
    ]
    if e.held:
        told.append(Draft("job_held", "/admin/held", ADMINS, {"duty": AdminDuty.VERIFIER.value}, values))
    return told


def _job_cancelled(uow: UnitOfWork, e: JobCancelled) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    return [Draft("job_cancelled", "/work", ONE, _one(e.cleaner_id), _place(campaign))]


def _job_expired(uow: UnitOfWork, e: JobExpired) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    values = _place(campaign)
    return [
        Draft("job_expired", _campaign_link(campaign), ONE, _one(e.creator_id), values),
        Draft("job_expired_refund", "/me/transactions", NEIGHBOURS, {"campaign": campaign.id}, values),
    ]


def _deadline(uow: UnitOfWork, e: DeadlineNear) -> list[Draft]:
    values = _place(uow.get(Campaign, e.campaign_id))
    return [Draft(f"deadline_{e.hours}h", f"/work/{e.job_id}", ONE, _one(e.cleaner_id), values)]


def _suspended(_uow: UnitOfWork, e: CleanerSuspended) -> list[Draft]:
    values = {"reason": e.reason}
    duty = {"duty": AdminDuty.COMPLIANCE.value}
    return [
        Draft("cleaner_suspended", "/me", ONE, _one(e.cleaner_id), values),
        Draft("cleaner_suspended_admin", "/admin/people", ADMINS, duty, values),
    ]


def _nobody(_uow: UnitOfWork, _e: Event) -> list[Draft]:
    """It stays in the activity log; who must know sees it where it happened."""
    return []


def _slow(uow: UnitOfWork, e: VerificationSlow) -> list[Draft]:
    values: dict[str, Any] = {"n": e.waiting}
    if e.job_id is not None:
        values |= _place(uow.get(Campaign, uow.get(Job, e.job_id).campaign_id))
    link = f"/admin/verification/{e.job_id}" if e.job_id else "/admin/verification"
    duty = AdminDuty.VERIFIER if e.kind == "QUEUE_LONG" else AdminDuty.SENIOR
    return [Draft(f"verification_{e.kind.lower()}", link, ADMINS, {"duty": duty.value}, values)]


def _fraud(uow: UnitOfWork, e: FraudSuspected) -> list[Draft]:
    values = _place(uow.get(Campaign, uow.get(Job, e.job_id).campaign_id))
    return [Draft("fraud_suspected", "/admin/people", ADMINS, {"duty": AdminDuty.COMPLIANCE.value}, values)]


def _kyc(uow: UnitOfWork, e: CleanerKycChanged) -> list[Draft]:
    kind = {"VERIFIED": "kyc_verified", "ACTIVE": "kyc_active", "REJECTED": "kyc_rejected"}.get(e.status)
    link = "/jobs" if kind == "kyc_active" else "/kyc"
    if kind == "kyc_rejected" and (e.ground or e.reason):
        because = {"ground": e.ground, "notes": e.reason}
        return [Draft("kyc_rejected_because", link, ONE, _one(e.cleaner_id), because)]
    return [Draft(kind, link, ONE, _one(e.cleaner_id))] if kind else []


def _identity_checked(uow: UnitOfWork, e: IdentityChecked) -> list[Draft]:
    values, once = {"name": uow.get(User, e.cleaner_id).name}, f"identity:{e.document_id}"
    duty = {"duty": AdminDuty.COMPLIANCE.value}
    return [Draft("identity_to_check", "/admin/people", ADMINS, duty, values, once)]


def _photo_infected(uow: UnitOfWork, e: PhotoWasInfected) -> list[Draft]:
    values = {"name": uow.get(User, e.owner_id).name}
    duty = {"duty": AdminDuty.COMPLIANCE.value}
    return [
        Draft("photo_infected", "/me", ONE, _one(e.owner_id)),
        Draft("photo_infected_admin", "/admin/people", ADMINS, duty, values),
    ]


def _paid(uow: UnitOfWork, e: PayoutSucceeded) -> list[Draft]:
    payout = uow.get(Payout, e.payout_id)
    values = {**_place(uow.get(Campaign, payout.campaign_id)), "amount_paise": e.amount_paise}
    values["reference"] = payout.utr or ""
    return [Draft("payout_success", f"/earnings/{payout.id}", ONE, _one(e.cleaner_id), values)]


def _payout_failed(uow: UnitOfWork, e: PayoutFailed) -> list[Draft]:
    payout = uow.get(Payout, e.payout_id)
    values = {
        **_place(uow.get(Campaign, payout.campaign_id)),
        "amount_paise": e.amount_paise,
        "bank": e.reason,
    }
    kind = "payout_failed_person" if e.needs_person else "payout_failed"
    told = [Draft(kind, f"/earnings/{payout.id}", ONE, _one(e.cleaner_id), values)]
    kind = "payout_failed_admin" if e.needs_person else "payout_tried_again_admin"
    once = f"{kind}:{payout.id}:{{day}}"
    told.append(Draft(kind, "/admin/payouts", ADMINS, {"duty": AdminDuty.FINANCE.value}, values, once))
    return told


def _comes_back(uow: UnitOfWork, e: MoneyComesBack) -> list[Draft]:
    refund = uow.get(Refund, e.refund_id)
    values = {**_place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise}
    values["day_on"] = refund.due_on.isoformat()
    link = f"/me/transactions/{e.contribution_id}"
    return [Draft("money_comes_back", link, ONE, _one(e.contributor_id), values)]


def _refunded(uow: UnitOfWork, e: RefundProcessed) -> list[Draft]:
    values = {**_place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise}
    return [Draft("refund_processed", "/me/transactions", ONE, _one(e.contributor_id), values)]


def _refund_stuck(uow: UnitOfWork, e: RefundStuck) -> list[Draft]:
    values = {**_place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise, "bank": e.reason}
    duty = {"duty": AdminDuty.FINANCE.value}
    return [
        Draft("refund_stuck", "/me/transactions", ONE, _one(e.contributor_id), values),
        Draft("refund_stuck_admin", "/admin/refunds", ADMINS, duty, values),
    ]


def _sign_ins_failed(uow: UnitOfWork, e: SignInsFailed) -> list[Draft]:
    """To the person and to seniors, once a day for each account however long it goes on (SEC-10)."""
    values, once = {"n": e.failures, "name": uow.get(User, e.user_id).name}, f"sign_ins_failed:{e.user_id}:{{day}}"
    seniors = {"duty": AdminDuty.SENIOR.value}
    return [
        Draft("sign_ins_failed", "/me", ONE, _one(e.user_id), values, f"{once}:self"),
        Draft("sign_ins_failed_admin", "/admin/people", ADMINS, seniors, values, once),
    ]


Teller = Callable[[UnitOfWork, Any], list[Draft]]
WHO_HEARS: dict[type[Event], Teller] = {
    CampaignCreated: _created,
    CampaignApproved: _approved,
    CampaignDeclined: _declined,
    CampaignCancelled: _cancelled,
    ContributionReceived: _contributed,
    CampaignFunded: _funded,
    CampaignExpired: _expired,
    CampaignRefunded: _all_refunded,
    JobAvailable: _available,
    JobClaimed: _claimed,
    JobUnclaimed: _unclaimed,
    JobCompleted: _completed,
    JobVerified: _verified,
    JobRejected: _rejected,
    JobAutoReleased: _auto_released,
    JobCancelled: _job_cancelled,
    JobExpired: _job_expired,
    DeadlineNear: _deadline,
    CleanerSuspended: _suspended,
    PayRaised: _nobody,
    CampaignMarked: _nobody,
    VerificationSlow: _slow,
    FraudSuspected: _fraud,
    CleanerKycChanged: _kyc,
    IdentityHandedIn: _nobody,
    IdentityChecked: _identity_checked,
    PhotoWasInfected: _photo_infected,
    PayoutSucceeded: _paid,
    PayoutFailed: _payout_failed,
    MoneyComesBack: _comes_back,
    RefundProcessed: _refunded,
    RefundStuck: _refund_stuck,
    **MONEY_NEWS,
    SignInsFailed: _sign_ins_failed,
    **ACCOUNT_NEWS,
}
