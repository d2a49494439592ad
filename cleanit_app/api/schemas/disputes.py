"""Disputes as the contract shows them."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.api.schemas.base import In, Moment, Out, PageOut, PhotosOut, Text, Truth, Whole
from cleanit_app.domain.statuses import DisputeStatus
from cleanit_app.reads.paging import Page
from cleanit_app.reads.review.disputes import OpenDispute


class DisputeIn(In):
    """What is not right about a result, 10 to 500 characters."""

    reason: Text = None


class DecideIn(In):
    """Whether who raised it is right, why, and of a result: whether its cleanup ends, or how much of it was done."""

    uphold: Truth = None
    note: Text = ""
    cancel_campaign: Truth = False
    done_percent: Whole = None


class DisputeStateOut(Out):
    """How a dispute stands."""

    id: UUID
    job_id: UUID | None
    campaign_id: UUID | None
    status: DisputeStatus
    reason: str
    raised_at: Moment
    decided_at: Moment | None
    done_percent: int | None
    note: str | None


class OpenDisputeOut(Out):
    """A dispute that waits, with both photos."""

    id: UUID
    job_id: UUID
    campaign_id: UUID
    title: str
    address: str
    reason: str
    raised_at: Moment
    hear_by: Moment
    late: bool
    raised_by_name: str
    by_creator: bool
    cleaner_name: str
    approved_by_name: str
    verified_at: Moment
    amount_paise: int
    others: int
    own_interest: bool
    approved_by_me: bool
    photos: PhotosOut


def open_disputes_out(page: Page[OpenDispute]) -> PageOut[OpenDisputeOut]:
    """A page of disputes."""
    items = page.each(lambda one: OpenDisputeOut.of(one, photos=PhotosOut.of(one)))
    return PageOut[OpenDisputeOut](items=items, next_cursor=page.next_cursor)
