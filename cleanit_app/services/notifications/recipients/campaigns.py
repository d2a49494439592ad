"""Who hears how a cleanup gets its money, and how it ends without one."""

from __future__ import annotations

from cleanit_app.domain.calendar import ist_date
from cleanit_app.domain.events import (
    CampaignApproved,
    CampaignCancelled,
    CampaignCorrected,
    CampaignCreated,
    CampaignDeclined,
    CampaignExpired,
    CampaignFunded,
    CampaignMarked,
    CampaignRefunded,
    ContributionReceived,
    ContributionTakenBack,
)
from cleanit_app.domain.money import percent_of
from cleanit_app.models import Campaign, Contribution
from cleanit_app.notification_kinds import campaigns as kinds
from cleanit_app.services.notifications.audiences import (
    ADMINS,
    NEIGHBOURS,
    ONE,
    VERIFIER,
    Draft,
    Tellers,
    named,
    neighbours,
    nobody,
    one,
    place,
)
from cleanit_app.services.unit_of_work import UnitOfWork


def _created(uow: UnitOfWork, e: CampaignCreated) -> list[Draft]:
    if not e.waits_for_approval:
        return []
    return [Draft(kinds.CAMPAIGN_CREATED, ADMINS, VERIFIER, place(uow.get(Campaign, e.campaign_id)))]


def _corrected(uow: UnitOfWork, e: CampaignCorrected) -> list[Draft]:
    """One that waits is read anew by whoever lets it in; one that collects was read before, or never."""
    campaign, day = uow.get(Campaign, e.campaign_id), f"corrected:{e.campaign_id}:{ist_date(uow.now)}"
    if not e.collects:
        return []
    return [Draft(kinds.CAMPAIGN_CORRECTED, ADMINS, VERIFIER, place(campaign), once=day, subject=campaign.id)]


def _approved(uow: UnitOfWork, e: CampaignApproved) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    return [Draft(kinds.CAMPAIGN_APPROVED, ONE, one(e.creator_id), place(campaign), subject=campaign.id)]


def _declined(uow: UnitOfWork, e: CampaignDeclined) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    values = {**place(campaign), "reason": e.reason}
    return [Draft(kinds.CAMPAIGN_DECLINED, ONE, one(e.creator_id), values, subject=campaign.id)]


def _cancelled(uow: UnitOfWork, e: CampaignCancelled) -> list[Draft]:
    if not e.reason:
        return []  # the creator did it just now
    campaign = uow.get(Campaign, e.campaign_id)
    values = {**place(campaign), "reason": e.reason}
    return [
        Draft(kinds.CAMPAIGN_CANCELLED, ONE, one(e.creator_id), values, subject=campaign.id),
        Draft(kinds.CAMPAIGN_CANCELLED_REFUND, NEIGHBOURS, neighbours(campaign), values),
    ]


def _contributed(uow: UnitOfWork, e: ContributionReceived) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    contribution = uow.get(Contribution, e.contribution_id)
    values = {**place(campaign), "amount_paise": e.amount_paise, "missing_paise": e.missing_paise}
    values |= {"name": None} if contribution.anonymous else named(uow, e.contributor_id)
    kind = kinds.CAMPAIGN_CONTRIBUTION if e.missing_paise else kinds.CAMPAIGN_CONTRIBUTION_LAST
    return [
        Draft(kind, ONE, one(campaign.creator_id), values, subject=campaign.id),
        Draft(kinds.CONTRIBUTION_RECEIPT, ONE, one(e.contributor_id), values, subject=contribution.id),
    ]


def _taken_back(uow: UnitOfWork, e: ContributionTakenBack) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    values = {**place(campaign), "amount_paise": e.amount_paise, "missing_paise": e.missing_paise}
    return [Draft(kinds.CONTRIBUTION_TAKEN_BACK, ONE, one(campaign.creator_id), values, subject=campaign.id)]


def _funded(uow: UnitOfWork, e: CampaignFunded) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    kind, values = kinds.CAMPAIGN_FUNDED, place(campaign)
    if e.raised_paise < campaign.target_paise:
        kind, values["percent"] = kinds.CAMPAIGN_FUNDED_SHORT, percent_of(e.raised_paise, campaign.target_paise)
    return [
        Draft(kind, ONE, one(campaign.creator_id), values, subject=campaign.id),
        Draft(kind, NEIGHBOURS, neighbours(campaign), values, subject=campaign.id),
    ]


def _expired(uow: UnitOfWork, e: CampaignExpired) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    values = {**place(campaign), "percent": percent_of(e.raised_paise, campaign.target_paise)}
    return [
        Draft(kinds.CAMPAIGN_EXPIRED_CREATOR, ONE, one(e.creator_id), values, subject=campaign.id),
        Draft(kinds.CAMPAIGN_EXPIRED, NEIGHBOURS, neighbours(campaign), values),
    ]


def _refunded(uow: UnitOfWork, e: CampaignRefunded) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    return [
        Draft(kinds.CAMPAIGN_REFUNDED_CREATOR, ONE, one(e.creator_id), place(campaign), subject=campaign.id),
        Draft(kinds.CAMPAIGN_REFUNDED, NEIGHBOURS, neighbours(campaign), place(campaign)),
    ]


TELLERS: Tellers = {
    CampaignCreated: _created,
    CampaignCorrected: _corrected,
    CampaignApproved: _approved,
    CampaignDeclined: _declined,
    CampaignCancelled: _cancelled,
    ContributionReceived: _contributed,
    ContributionTakenBack: _taken_back,
    CampaignFunded: _funded,
    CampaignExpired: _expired,
    CampaignRefunded: _refunded,
    CampaignMarked: nobody,
}
