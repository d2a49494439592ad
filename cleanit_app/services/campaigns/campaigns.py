"""Campaigns: started by a citizen, let in by an admin, ended by the one or the other."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM, Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.campaigns import expires_at
from cleanit_app.domain.errors import MoneyRaised, NotFound, OwnInterest, ReasonMissing
from cleanit_app.domain.events import CampaignApproved, CampaignCancelled, CampaignCreated, CampaignDeclined
from cleanit_app.domain.places import place_problem
from cleanit_app.domain.statuses import CREATOR_MAY_CANCEL, CampaignStatus
from cleanit_app.models import Campaign, new_id
from cleanit_app.services import input_validation
from cleanit_app.services.campaigns.campaign_words import campaign_words
from cleanit_app.services.campaigns.correction_log import must_be_as_seen
from cleanit_app.services.campaigns.spam_marks import too_many_at
from cleanit_app.services.campaigns.starts import CampaignDraft, Start, let_photo_go, must_be_new
from cleanit_app.services.locks import NamedLock
from cleanit_app.services.photos.photos import StoredPhoto, add_photo
from cleanit_app.services.unit_of_work import UnitOfWork


def check_draft(
    *,
    title: object,
    description: object,
    target_paise: object,
    latitude: object,
    longitude: object,
    address: object,
) -> CampaignDraft:
    """Check what was typed for a campaign (CAM-02, CAM-03, CAM-04); InvalidFields names every problem at once."""
    form = input_validation.Form()
    clean_title = form.text("title", title, LIMITS.title_length, "title")
    story = form.text("description", description, LIMITS.description_length, "description", lines=True)
    target = form.whole("targetPaise", target_paise, *LIMITS.target_paise, "target")
    if target % 100:
        form.problem("targetPaise", "target_whole_rupees")
    lat, lng = form.degrees("latitude", latitude), form.degrees("longitude", longitude)
    if problem := place_problem(lat, lng):
        form.problem("latitude", problem.key)
    where = form.text("address", address, LIMITS.address_length, "address")
    form.done()
    return CampaignDraft(clean_title, story, target, round(lat or 0, 6), round(lng or 0, 6), where)


def create_campaign(
    uow: UnitOfWork,
    *,
    actor: Actor,
    draft: CampaignDraft,
    photo: StoredPhoto,
    idempotency_key: str | None = None,
) -> Campaign:
    """Start a campaign; a first-timer's waits as DRAFT, others collect at once (CAM-01, CAM-09).

    Raises AlreadyStarted for a repeat, IdempotencyConflict for the key of another wish, and PhotoAlreadyUsed; the
    photo of a cancelled campaign may be used again by who sent it.
    """
    actor.must(Permission.START_CAMPAIGNS)
    uow.lock_name(NamedLock.STARTING, str(actor.user_id))
    start = Start(actor.user_id, draft, photo.photo.sha256)
    must_be_new(uow, start, idempotency_key)
    let_photo_go(uow, start)
    row = add_photo(
        uow,
        owner=actor,
        stored=photo,
        location_source="E2" if photo.photo.place else "E0",
        place=photo.photo.place,
        accuracy_m=None,
        taken_at=photo.photo.taken_at,
    )
    campaign = Campaign(
        id=new_id(),
        creator_id=actor.user_id,
        photo_id=row.id,
        created_at=uow.now,
        fee_bps=uow.policy.terms.fee_bps,
        terms_version=uow.policy.terms.version,
        idempotency_key=idempotency_key,
        words=campaign_words(draft.title, draft.address, draft.latitude, draft.longitude),
        **draft.__dict__,
    )
    campaign.possible_spam = too_many_at(uow, (draft.latitude, draft.longitude))
    uow.add(campaign)
    campaign.begin(by=actor, at=uow.now, why="started")
    waits = not _was_ever_approved(uow, actor.user_id)
    if not waits:
        _activate(uow, campaign, by=actor, why="creator was approved before")
    uow.record(CampaignCreated(campaign.id, actor.user_id, waits), by=actor)
    return campaign


def _was_ever_approved(uow: UnitOfWork, user_id: UUID) -> bool:
    return uow.first(Campaign, Campaign.creator_id == user_id, col(Campaign.activated_at).is_not(None)) is not None


def _activate(uow: UnitOfWork, campaign: Campaign, *, by: Actor, why: str) -> None:
    campaign.activated_at = uow.now
    # by the days that were promised when it was started, however long it waited to be let in
    campaign.expires_at = expires_at(campaign.target_paise, uow.now, uow.house_at(campaign.created_at).limits)
    campaign.move_to(CampaignStatus.ACTIVE, by=by, at=uow.now, why=why)


def approve_campaign(uow: UnitOfWork, *, actor: Actor, campaign_id: UUID, seen: object = None) -> Campaign:
    """Let a waiting campaign collect money from now on (CAM-09).

    `seen` is how often it had been corrected when the admin read it: ChangedMeanwhile when it says something else now.
    """
    actor.must(Permission.APPROVE_CAMPAIGNS)
    campaign = uow.lock(Campaign, campaign_id)
    _refuse_own(actor, campaign)
    must_be_as_seen(uow, campaign, seen)
    _activate(uow, campaign, by=actor, why="approved")
    campaign.approved_by = actor.user_id
    uow.record(CampaignApproved(campaign.id, campaign.creator_id), by=actor)
    return campaign


def decline_campaign(uow: UnitOfWork, *, actor: Actor, campaign_id: UUID, reason: str) -> Campaign:
    """Turn a waiting campaign away with a reason its creator reads (CAM-09)."""
    actor.must(Permission.APPROVE_CAMPAIGNS)
    campaign = uow.lock(Campaign, campaign_id)
    _refuse_own(actor, campaign)
    why = input_validation.said("reason", reason, 500)
    if not why:
        raise ReasonMissing
    if campaign.status is not CampaignStatus.DRAFT:
        campaign.status.check_move(CampaignStatus.ACTIVE)
    _cancel(uow, campaign, by=actor, why=why)
    uow.record(CampaignDeclined(campaign.id, campaign.creator_id, why), by=actor)
    return campaign


def cancel_campaign(uow: UnitOfWork, *, actor: Actor, campaign_id: UUID) -> Campaign:
    """Take back the own campaign while it collects and nothing was raised (CAM-12)."""
    actor.must(Permission.START_CAMPAIGNS)
    campaign = uow.lock(Campaign, campaign_id)
    if campaign.creator_id != actor.user_id:
        raise NotFound
    if campaign.status not in CREATOR_MAY_CANCEL:
        campaign.status.check_move(CampaignStatus.DRAFT)
    if campaign.raised_paise:
        raise MoneyRaised
    _cancel(uow, campaign, by=actor, why="cancelled by its creator")
    uow.record(CampaignCancelled(campaign.id, campaign.creator_id, ""), by=actor)
    return campaign


def lock_drafts(uow: UnitOfWork, *, creator_id: UUID) -> Sequence[Campaign]:
    """The campaigns of somebody that wait to be let in, locked."""
    mine = select(col(Campaign.id)).where(Campaign.creator_id == creator_id, Campaign.status == CampaignStatus.DRAFT)
    return uow.lock_all(Campaign, list(uow.run(mine).scalars()))


def withdraw(uow: UnitOfWork, drafts: Sequence[Campaign]) -> None:
    """Take locked drafts back with the account of their creator; nobody saw them, so nobody is told (LAW-02)."""
    for draft in drafts:
        if draft.status is CampaignStatus.DRAFT:
            _cancel(uow, draft, by=SYSTEM, why="its creator's account was deleted")


def _cancel(uow: UnitOfWork, campaign: Campaign, *, by: Actor, why: str) -> None:
    campaign.cancelled_at = uow.now
    campaign.cancel_reason = why
    campaign.move_to(CampaignStatus.CANCELLED, by=by, at=uow.now, why=why)


def _refuse_own(actor: Actor, campaign: Campaign) -> None:
    if campaign.creator_id == actor.id:
        raise OwnInterest
