"""What a creator puts right in the own campaign while nobody has paid for what it says (LAW-03)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import col

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import CorrectionAfterEnd, CorrectionTooLate, NotFound, PaymentUnderWay
from cleanit_app.domain.events import CampaignCorrected
from cleanit_app.domain.statuses import CampaignStatus, ContributionStatus, may_be_corrected
from cleanit_app.models import Campaign, CampaignCorrection, Contribution, new_id
from cleanit_app.services.campaigns.campaign_words import campaign_words
from cleanit_app.services.campaigns.campaigns import check_draft
from cleanit_app.services.campaigns.correction_log import CORRECTABLE, must_be_as_seen, times_corrected
from cleanit_app.services.campaigns.spam_marks import too_many_at
from cleanit_app.services.unit_of_work import UnitOfWork

_PAYING = (ContributionStatus.CREATED, ContributionStatus.PENDING)
_PLACE = {"latitude", "longitude"}


def correct_campaign(
    uow: UnitOfWork, *, actor: Actor, campaign_id: UUID, changes: Mapping[str, object], seen: object = None
) -> Campaign:
    """Change `title, description, latitude, longitude, address` of one's own campaign; what is not named stays.

    The rules are those of a start: bounds, India, what it is found by, the mark of too many at one place. What stood
    there before is kept. Asked for what stands there already, nothing happens. Raises InvalidFields,
    CorrectionTooLate once money is in, CorrectionAfterEnd once it has ended, PaymentUnderWay while somebody pays for
    what it says, and ChangedMeanwhile when it was corrected since it was `seen` (the number of corrections then).
    """
    actor.must(Permission.START_CAMPAIGNS)
    campaign = uow.lock(Campaign, campaign_id)
    if campaign.creator_id != actor.user_id:
        raise NotFound(what="Campaign")
    before = {name: getattr(campaign, name) for name in CORRECTABLE}
    asked = {name: changes[name] for name in CORRECTABLE if changes.get(name) is not None}
    draft = check_draft(target_paise=campaign.target_paise, **{**before, **asked})
    changed = [name for name in CORRECTABLE if getattr(draft, name) != before[name]]
    if not changed:
        return campaign
    _must_be_open(uow, campaign)
    must_be_as_seen(uow, campaign, seen)
    number = times_corrected(uow, campaign.id) + 1
    uow.add(
        CampaignCorrection(
            id=new_id(), campaign_id=campaign.id, number=number, changed=" ".join(changed), before=before, at=uow.now
        )
    )
    for name in changed:
        setattr(campaign, name, getattr(draft, name))
    campaign.words = campaign_words(draft.title, draft.address, draft.latitude, draft.longitude)
    if _PLACE & set(changed):
        campaign.possible_spam = too_many_at(uow, (draft.latitude, draft.longitude), beside=campaign.id)
    collects = campaign.status is CampaignStatus.ACTIVE
    uow.record(CampaignCorrected(campaign.id, campaign.creator_id, " ".join(changed), collects), by=actor)
    return campaign


def _must_be_open(uow: UnitOfWork, campaign: Campaign) -> None:
    """Nobody's money came or is coming for what stands there now."""
    if not may_be_corrected(campaign.status, campaign.raised_paise, campaign.expires_at, uow.now):
        raise CorrectionTooLate if campaign.raised_paise else CorrectionAfterEnd
    paying = uow.first(
        Contribution,
        col(Contribution.campaign_id) == campaign.id,
        col(Contribution.status).in_(_PAYING),
        col(Contribution.created_at) > uow.now - LIMITS.paying_takes,
    )
    if paying is not None:
        raise PaymentUnderWay(minutes=int(LIMITS.paying_takes.total_seconds()) // 60)
