"""Campaigns as the contract shows them."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.api.schemas.base import Degrees, In, MaybeText, Moment, Out, PageOut, PhotoOut, PhotosOut, Whole
from cleanit_app.domain.statuses import CampaignRefundStatus, CampaignStatus, JobStatus, PayoutStatus
from cleanit_app.reads.campaigns.campaigns import CampaignCard, CampaignDetail, WaitingCampaign
from cleanit_app.reads.paging import Page


class CampaignItemOut(Out):
    """A campaign in a list; `distanceKm` only when a place was asked for."""

    id: UUID
    title: str
    address: str
    latitude: float
    longitude: float
    status: CampaignStatus
    target_paise: int
    raised_paise: int
    percent: int
    created_at: Moment
    activated_at: Moment | None
    expires_at: Moment | None
    closed_at: Moment | None
    photos: PhotosOut
    contributor_count: int
    job_status: JobStatus | None
    cleaner_first_name: str | None
    distance_km: float | None


def card_out(card: CampaignCard) -> CampaignItemOut:
    """A card in the contract's shape."""
    photos = PhotosOut.of(card)
    return CampaignItemOut.of(card, photos=photos)


def cards_out(page: Page[CampaignCard]) -> PageOut[CampaignItemOut]:
    """A page of cards."""
    return PageOut[CampaignItemOut](items=page.each(card_out), next_cursor=page.next_cursor)


class ContributorOut(Out):
    """Somebody who gave; the name is null when the person wished so."""

    name: str | None
    paise: int
    at: Moment
    is_you: bool


class StepOut(Out):
    """One thing that happened."""

    step: str
    at: Moment
    reason: str | None


class JobSummaryOut(Out):
    """The work a campaign pays for."""

    id: UUID
    status: JobStatus
    pay_paise: int
    fee_paise: int
    expires_at: Moment
    cleaner_id: UUID | None
    cleaner_name: str | None
    claimed_at: Moment | None
    deadline: Moment | None
    completed_at: Moment | None
    verified_at: Moment | None
    payout_status: PayoutStatus | None
    payout_scheduled_for: Moment | None
    paid_at: Moment | None
    under_review: bool


class CampaignMoneyOut(Out):
    """Where the money is, from the ledger."""

    held_paise: int
    owed_paise: int
    paid_out_paise: int
    fee_paise: int
    refunded_paise: int
    refunds_under_way_paise: int


class ViewerOut(Out):
    """What the caller has to do with the campaign."""

    is_creator: bool
    own_kept_paise: int
    own_contribution_id: UUID | None
    may_cancel: bool
    may_contribute: bool
    may_dispute: bool
    may_correct: bool


class CampaignOut(Out):
    """One campaign."""

    id: UUID
    title: str
    description: str
    address: str
    latitude: float
    longitude: float
    status: CampaignStatus
    refund_status: CampaignRefundStatus
    target_paise: int
    raised_paise: int
    missing_paise: int
    percent: int
    pay_paise: int
    fee_paise: int
    creator_id: UUID
    creator_name: str
    created_at: Moment
    activated_at: Moment | None
    expires_at: Moment | None
    funded_at: Moment | None
    completed_at: Moment | None
    closed_at: Moment | None
    cancelled_at: Moment | None
    cancel_reason: str | None
    possible_spam: bool | None
    photos: PhotosOut
    contributor_count: int
    contributors: list[ContributorOut]
    job: JobSummaryOut | None
    money: CampaignMoneyOut
    timeline: list[StepOut]
    corrections: int
    corrected_at: Moment | None
    viewer: ViewerOut


class SeenIn(In):
    """How often a campaign had been corrected when its decider read it."""

    corrections: Whole = None


class CorrectionIn(In):
    """What a creator changes; a field that is missing or null stays as it is."""

    title: MaybeText = None
    description: MaybeText = None
    latitude: Degrees = None
    longitude: Degrees = None
    address: MaybeText = None
    corrections: Whole = None


def campaign_out(detail: CampaignDetail) -> CampaignOut:
    """One campaign in the contract's shape."""
    return CampaignOut.of(detail, photos=PhotosOut.of(detail))


class WaitingCampaignOut(Out):
    """A campaign that waits for an admin."""

    id: UUID
    title: str
    description: str
    address: str
    latitude: float
    longitude: float
    target_paise: int
    created_at: Moment
    photo: PhotoOut
    creator_id: UUID
    creator_name: str
    creator_since: Moment
    creator_campaigns: int
    possible_spam: bool
    nearby_count: int
    corrections: int
    own_interest: bool


def waiting_out(page: Page[WaitingCampaign]) -> PageOut[WaitingCampaignOut]:
    """A page of waiting campaigns."""
    items = page.each(WaitingCampaignOut.of)
    return PageOut[WaitingCampaignOut](items=items, next_cursor=page.next_cursor)
