"""Disputes about anything as the contract shows them: to their sides and to who decides."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.api.schemas.base import Moment, Out, PageOut
from cleanit_app.api.schemas.support import AttachedPhotoOut
from cleanit_app.domain.disputes import DisputeAbout, DisputeSide, LeftToFinance
from cleanit_app.domain.statuses import DisputeStatus
from cleanit_app.reads.paging import Page
from cleanit_app.reads.review.dispute_pages import DisputeDetail, DisputeItem, DisputeStepKind


class DisputeItemOut(Out):
    """A dispute in a list; `hearBy` is when it is decided at the latest."""

    id: UUID
    about: DisputeAbout
    status: DisputeStatus
    reason: str
    campaign_id: UUID | None
    title: str
    raised_at: Moment
    hear_by: Moment
    late: bool
    is_appeal: bool


class DisputeStepOut(Out):
    """One thing that happened in a dispute."""

    step: DisputeStepKind
    side: DisputeSide
    mine: bool
    text: str
    at: Moment
    status: DisputeStatus | None
    done_percent: int | None
    photos: list[AttachedPhotoOut]


class DisputeDetailOut(DisputeItemOut):
    """A dispute with its timeline, and what whoever looks may do; names are for who decides alone."""

    side: DisputeSide
    raised_by_name: str
    other_name: str
    held_paise: int
    steps: list[DisputeStepOut]
    may_say: bool
    may_appeal: bool
    may_decide: bool
    may_split: bool
    appeal_until: Moment | None
    appeal_id: UUID | None
    appeal_of: UUID | None
    left_to_finance: LeftToFinance | None
    left_paise: int | None


def dispute_items_out(page: Page[DisputeItem]) -> PageOut[DisputeItemOut]:
    """A page of disputes."""
    return PageOut[DisputeItemOut](items=page.each(DisputeItemOut.of), next_cursor=page.next_cursor)


def dispute_detail_out(found: DisputeDetail) -> DisputeDetailOut:
    """One dispute."""
    steps = [DisputeStepOut.model_validate(one) for one in found.steps]
    more = {name: getattr(found, name) for name in DisputeDetailOut.model_fields if hasattr(found, name)}
    return DisputeDetailOut.of(found.item, **(more | {"steps": steps}))
