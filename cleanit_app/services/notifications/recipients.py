"""Who hears about what: one table, each event with its notices and their audiences (NOT-01, NOT-03)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cleanit_app.domain import rules
from cleanit_app.domain.actors import AdminDuty
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
from cleanit_app.services.notifications.audiences import ACTIVE_CLEANERS, ADMINS, NEIGHBOURS, ONE, Notice
from cleanit_app.services.notifications.audiences import one as _one
from cleanit_app.services.notifications.audiences import place as _place
from cleanit_app.services.notifications.money_recipients import MONEY_NEWS
from cleanit_app.services.unit_of_work import UnitOfWork

__all__ = ["ONE", "WHO_HEARS", "Notice"]


def _campaign_link(campaign: Campaign) -> str:
    return f"/campaigns/{campaign.id}"


def _created(uow: UnitOfWork, e: CampaignCreated) -> list[Notice]:
    if not e.waits_for_approval:
        return []
    values = _place(uow.get(Campaign, e.campaign_id))
    return [Notice("campaign_created", "/admin/campaigns", ADMINS, {"duty": AdminDuty.VERIFIER.value}, values)]


def _approved(uow: UnitOfWork, e: CampaignApproved) -> list[Notice]:
    campaign = uow.get(Campaign, e.campaign_id)
    return [Notice("campaign_approved", _campaign_link(campaign), ONE, _one(e.creator_id), _place(campaign))]


def _declined(uow: UnitOfWork, e: CampaignDeclined) -> list[Notice]:
    campaign = uow.get(Campaign, e.campaign_id)
    values = {**_place(campaign), "reason": e.reason}
    return [Notice("campaign_declined", _campaign_link(campaign), ONE, _one(e.creator_id), values)]


def _cancelled(uow: UnitOfWork, e: CampaignCancelled) -> list[Notice]:
    if not e.reason:
        return []  # the creator did it just now
    campaign = uow.get(Campaign, e.campaign_id)
    values = {**_place(campaign), "reason": e.reason}
    link = _campaign_link(campaign)
    return [
        Notice("campaign_cancelled", link, ONE, _one(e.creator_id), values),
        Notice("campaign_cancelled_refund", "/me/transactions", NEIGHBOURS, {"campaign": campaign.id}, values),
    ]


def _contributed(uow: UnitOfWork, e: ContributionReceived) -> list[Notice]:
    campaign = uow.get(Campaign, e.campaign_id)
    gift = uow.get(Contribution, e.contribution_id)
    values = {**_place(campaign), "amount_paise": e.amount_paise, "missing_paise": e.missing_paise}
    values["name"] = None if gift.anonymous else uow.get(User, e.contributor_id).name
    last = "" if e.missing_paise else "_last"
    receipt = f"/me/transactions/{gift.id}"
    return [
        Notice(f"campaign_contribution{last}", _campaign_link(campaign), ONE, _one(campaign.creator_id), values),
        Notice("contribution_receipt", receipt, ONE, _one(e.contributor_id), values),
    ]


def _funded(uow: UnitOfWork, e: CampaignFunded) -> list[Notice]:
    campaign = uow.get(Campaign, e.campaign_id)
    link, values = _campaign_link(campaign), _place(campaign)
    kind = "campaign_funded"
    if e.raised_paise < campaign.target_paise:
        kind, values["percent"] = "campaign_funded_short", percent_of(e.raised_paise, campaign.target_paise)
    return [
        Notice(kind, link, ONE, _one(campaign.creator_id), values),
        Notice(kind, link, NEIGHBOURS, {"campaign": campaign.id}, values),
    ]


def _expired(uow: UnitOfWork, e: CampaignExpired) -> list[Notice]:
    campaign = uow.get(Campaign, e.campaign_id)
    values = {**_place(campaign), "percent": percent_of(e.raised_paise, campaign.target_paise)}
    return [
        Notice("campaign_expired_creator", _campaign_link(campaign), ONE, _one(e.creator_id), values),
        Notice("campaign_expired", "/me/transactions", NEIGHBOURS, {"campaign": campaign.id}, values),
    ]


def _all_refunded(uow: UnitOfWork, e: CampaignRefunded) -> list[Notice]:
    campaign = uow.get(Campaign, e.campaign_id)
    return [
        Notice("campaign_refunded_creator", _campaign_link(campaign), ONE, _one(e.creator_id), _place(campaign)),
        Notice("campaign_refunded", "/me/transactions", NEIGHBOURS, {"campaign": campaign.id}, _place(campaign)),
    ]


def _available(uow: UnitOfWork, e: JobAvailable) -> list[Notice]:
    """To every active cleaner wherever they are, one a day each at most (NOT-04)."""
    values = {**_place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise}
    once = "job_available:{day}"
    return [Notice("job_available", "/jobs", ACTIVE_CLEANERS, {}, values, once)]


def _claimed(uow: UnitOfWork, e: JobClaimed) -> list[Notice]:
    campaign, job = uow.get(Campaign, e.campaign_id), uow.get(Job, e.job_id)
    values = {**_place(campaign), "name": uow.get(User, e.cleaner_id).name}
    values["deadline_at"] = (job.completion_deadline or uow.now).isoformat()
    return [
        Notice("job_claimed", _campaign_link(campaign), ONE, _one(campaign.creator_id), values),
        Notice("job_claimed_self", f"/work/{job.id}", ONE, _one(e.cleaner_id), values),
    ]


def _unclaimed(uow: UnitOfWork, e: JobUnclaimed) -> list[Notice]:
    campaign = uow.get(Campaign, e.campaign_id)
    return [Notice("job_unclaimed", _campaign_link(campaign), ONE, _one(campaign.creator_id), _place(campaign))]


def _completed(uow: UnitOfWork, e: JobCompleted) -> list[Notice]:
    campaign, job = uow.get(Campaign, e.campaign_id), uow.get(Job, e.job_id)
    values = {**_place(campaign), "amount_paise": job.amount_paise, "beforePhotoId": str(campaign.photo_id)}
    values["afterPhotoId"] = str(job.completion_photo_id)
    check = f"/admin/verification/{job.id}"
    return [
        Notice("job_completed", _campaign_link(campaign), ONE, _one(campaign.creator_id), values),
        Notice("job_completed_admin", check, ADMINS, {"duty": AdminDuty.VERIFIER.value}, values),
    ]


def _verified(uow: UnitOfWork, e: JobVerified) -> list[Notice]:
    campaign, payout = uow.get(Campaign, e.campaign_id), uow.get(Payout, e.payout_id)
    values = {**_place(campaign), "amount_paise": e.amount_paise}
    values["day_on"] = rules.ist_date(rules.next_payout_run(payout.scheduled_for)).isoformat()
    link = _campaign_link(campaign)
    return [
        Notice("job_verified", f"/earnings/{payout.id}", ONE, _one(e.cleaner_id), values),
        Notice("job_verified_creator", link, ONE, _one(campaign.creator_id), values),
        Notice("job_verified_neighbour", link, NEIGHBOURS, {"campaign": campaign.id}, values),
    ]


def _rejected(uow: UnitOfWork, e: JobRejected) -> list[Notice]:
    campaign, job = uow.get(Campaign, e.campaign_id), uow.get(Job, e.job_id)
    values = {**_place(campaign), "rejection": e.reason, "notes": job.rejection_notes or ""}
    if job.completion_deadline:
        values["deadline_at"] = job.completion_deadline.isoformat()
    kind = "job_rejected_retry" if e.may_retry else "job_rejected_final"
    return [
        Notice(kind, f"/work/{job.id}", ONE, _one(e.cleaner_id), values),
        Notice("job_rejected_creator", _campaign_link(campaign), ONE, _one(campaign.creator_id), values),
    ]


def _auto_released(uow: UnitOfWork, e: JobAutoReleased) -> list[Notice]:
    campaign = uow.get(Campaign, e.campaign_id)
    values = _place(campaign)
    told = [
        Notice("job_auto_released", "/work", ONE, _one(e.cleaner_id), values),
        Notice("job_unclaimed", _campaign_link(campaign), ONE, _one(campaign.creator_id), values),
    ]
    if e.held:
        told.append(Notice("job_held", "/admin/held", ADMINS, {"duty": AdminDuty.VERIFIER.value}, values))
    return told


def _job_cancelled(uow: UnitOfWork, e: JobCancelled) -> list[Notice]:
    campaign = uow.get(Campaign, e.campaign_id)
    return [Notice("job_cancelled", "/work", ONE, _one(e.cleaner_id), _place(campaign))]


def _job_expired(uow: UnitOfWork, e: JobExpired) -> list[Notice]:
    campaign = uow.get(Campaign, e.campaign_id)
    values = _place(campaign)
    return [
        Notice("job_expired", _campaign_link(campaign), ONE, _one(e.creator_id), values),
        Notice("job_expired_refund", "/me/transactions", NEIGHBOURS, {"campaign": campaign.id}, values),
    ]


def _deadline(uow: UnitOfWork, e: DeadlineNear) -> list[Notice]:
    values = _place(uow.get(Campaign, e.campaign_id))
    return [Notice(f"deadline_{e.hours}h", f"/work/{e.job_id}", ONE, _one(e.cleaner_id), values)]


def _suspended(_uow: UnitOfWork, e: CleanerSuspended) -> list[Notice]:
    values = {"reason": e.reason}
    duty = {"duty": AdminDuty.COMPLIANCE.value}
    return [
        Notice("cleaner_suspended", "/me", ONE, _one(e.cleaner_id), values),
        Notice("cleaner_suspended_admin", "/admin/people", ADMINS, duty, values),
    ]


def _nobody(_uow: UnitOfWork, _e: Event) -> list[Notice]:
    """It stays in the activity log; who must know sees it where it happened."""
    return []


def _slow(uow: UnitOfWork, e: VerificationSlow) -> list[Notice]:
    values: dict[str, Any] = {"n": e.waiting}
    if e.job_id is not None:
        values |= _place(uow.get(Campaign, uow.get(Job, e.job_id).campaign_id))
    link = f"/admin/verification/{e.job_id}" if e.job_id else "/admin/verification"
    duty = AdminDuty.VERIFIER if e.kind == "QUEUE_LONG" else AdminDuty.SENIOR
    return [Notice(f"verification_{e.kind.lower()}", link, ADMINS, {"duty": duty.value}, values)]


def _fraud(uow: UnitOfWork, e: FraudSuspected) -> list[Notice]:
    values = _place(uow.get(Campaign, uow.get(Job, e.job_id).campaign_id))
    return [Notice("fraud_suspected", "/admin/people", ADMINS, {"duty": AdminDuty.COMPLIANCE.value}, values)]


def _kyc(uow: UnitOfWork, e: CleanerKycChanged) -> list[Notice]:
    kind = {"VERIFIED": "kyc_verified", "ACTIVE": "kyc_active", "REJECTED": "kyc_rejected"}.get(e.status)
    link = "/jobs" if kind == "kyc_active" else "/kyc"
    if kind == "kyc_rejected" and (e.ground or e.reason):
        because = {"ground": e.ground, "notes": e.reason}
        return [Notice("kyc_rejected_because", link, ONE, _one(e.cleaner_id), because)]
    return [Notice(kind, link, ONE, _one(e.cleaner_id))] if kind else []


def _identity_checked(uow: UnitOfWork, e: IdentityChecked) -> list[Notice]:
    values, once = {"name": uow.get(User, e.cleaner_id).name}, f"identity:{e.document_id}"
    duty = {"duty": AdminDuty.COMPLIANCE.value}
    return [Notice("identity_to_check", "/admin/people", ADMINS, duty, values, once)]


def _photo_infected(uow: UnitOfWork, e: PhotoWasInfected) -> list[Notice]:
    values = {"name": uow.get(User, e.owner_id).name}
    duty = {"duty": AdminDuty.COMPLIANCE.value}
    return [
        Notice("photo_infected", "/me", ONE, _one(e.owner_id)),
        Notice("photo_infected_admin", "/admin/people", ADMINS, duty, values),
    ]


def _paid(uow: UnitOfWork, e: PayoutSucceeded) -> list[Notice]:
    payout = uow.get(Payout, e.payout_id)
    values = {**_place(uow.get(Campaign, payout.campaign_id)), "amount_paise": e.amount_paise}
    values["reference"] = payout.utr or ""
    return [Notice("payout_success", f"/earnings/{payout.id}", ONE, _one(e.cleaner_id), values)]


def _payout_failed(uow: UnitOfWork, e: PayoutFailed) -> list[Notice]:
    payout = uow.get(Payout, e.payout_id)
    values = {
        **_place(uow.get(Campaign, payout.campaign_id)),
        "amount_paise": e.amount_paise,
        "bank": e.reason,
    }
    kind = "payout_failed_person" if e.needs_person else "payout_failed"
    told = [Notice(kind, f"/earnings/{payout.id}", ONE, _one(e.cleaner_id), values)]
    kind = "payout_failed_admin" if e.needs_person else "payout_tried_again_admin"
    once = f"{kind}:{payout.id}:{{day}}"
    told.append(Notice(kind, "/admin/payouts", ADMINS, {"duty": AdminDuty.FINANCE.value}, values, once))
    return told


def _comes_back(uow: UnitOfWork, e: MoneyComesBack) -> list[Notice]:
    refund = uow.get(Refund, e.refund_id)
    values = {**_place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise}
    values["day_on"] = refund.due_on.isoformat()
    link = f"/me/transactions/{e.contribution_id}"
    return [Notice("money_comes_back", link, ONE, _one(e.contributor_id), values)]


def _refunded(uow: UnitOfWork, e: RefundProcessed) -> list[Notice]:
    values = {**_place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise}
    return [Notice("refund_processed", "/me/transactions", ONE, _one(e.contributor_id), values)]


def _refund_stuck(uow: UnitOfWork, e: RefundStuck) -> list[Notice]:
    values = {**_place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise, "bank": e.reason}
    duty = {"duty": AdminDuty.FINANCE.value}
    return [
        Notice("refund_stuck", "/me/transactions", ONE, _one(e.contributor_id), values),
        Notice("refund_stuck_admin", "/admin/refunds", ADMINS, duty, values),
    ]


def _sign_ins_failed(uow: UnitOfWork, e: SignInsFailed) -> list[Notice]:
    """To the person and to seniors, once a day for each account however long it goes on (SEC-10)."""
    values, once = {"n": e.failures, "name": uow.get(User, e.user_id).name}, f"sign_ins_failed:{e.user_id}:{{day}}"
    seniors = {"duty": AdminDuty.SENIOR.value}
    return [
        Notice("sign_ins_failed", "/me", ONE, _one(e.user_id), values, f"{once}:self"),
        Notice("sign_ins_failed_admin", "/admin/people", ADMINS, seniors, values, once),
    ]


Teller = Callable[[UnitOfWork, Any], list[Notice]]
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
