"""A campaign as the contract shows it to admins."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from cleanit_app.api.schemas.base import Moment, Out, PhotoOut
from cleanit_app.domain.statuses import CampaignStatus, ContributionStatus


class NeighbourOut(Out):
    """Another campaign within 100 m."""

    id: UUID
    title: str
    status: CampaignStatus
    distance_m: int
    created_at: Moment
    creator_id: UUID
    creator_name: str
    same_creator: bool
    before: PhotoOut


class HistoryLineOut(Out):
    """One thing that happened, by whom."""

    at: Moment
    kind: str
    state: str
    by_id: UUID | None
    by_name: str | None
    text: str
    details: dict[str, Any]


class DeskContributionOut(Out):
    """A contribution with whoever gave it."""

    id: UUID
    contributor_id: UUID
    contributor_name: str
    anonymous: bool
    status: ContributionStatus
    amount_paise: int
    kept_paise: int
    receipt_number: str | None
    at: Moment


class CampaignDeskOut(Out):
    """All that admins see of a campaign beside what its own page shows."""

    id: UUID
    title: str
    status: CampaignStatus
    possible_spam: bool
    creator_id: UUID
    creator_name: str
    creator_campaigns: int
    spam_decided: bool
    neighbours: list[NeighbourOut]
    problem_note: str | None
    problem_at: Moment | None
    held_since: Moment | None
    claims: int
    pay_paise: int
    added_paise: int
    most_pay_paise: int
    history: list[HistoryLineOut]
    contributions: list[DeskContributionOut]
    payout_id: UUID | None
    own_interest: bool
    for_marketing: bool


class MarkedCampaignOut(Out):
    """A campaign that is marked as possible spam."""

    id: UUID
    title: str
    address: str
    status: CampaignStatus
    creator_name: str
    created_at: Moment


class SpamMarkOut(Out):
    """Whether a campaign is marked."""

    id: UUID
    possible_spam: bool
