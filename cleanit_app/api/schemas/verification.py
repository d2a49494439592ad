"""What an admin sees of a job to verify, and the decision."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, WithJsonSchema

from cleanit_app.api.schemas.base import (
    In,
    MaybeText,
    Moment,
    Out,
    PageOut,
    PhotosOut,
    PlaceOut,
    Text,
    Truth,
    place_out,
)
from cleanit_app.domain.statuses import JobStatus, KycStatus
from cleanit_app.reads.paging import Page
from cleanit_app.reads.review.verification import PhotoEvidence, QueueGroup, VerificationItem

_POINTS = ("sameLocation", "visiblyCleaner", "noFraudSigns", "gpsMatches", "timestampReasonable")
_CHECKLIST = {"type": "object", "properties": {name: {"type": "boolean"} for name in _POINTS}}


class VerifyIn(In):
    """An admin's decision on an after-photo (VER-03 to VER-05)."""

    action: Annotated[Any, WithJsonSchema({"enum": ["APPROVE", "REJECT"]})] = None
    checklist: Annotated[Any, WithJsonSchema(_CHECKLIST)] = None
    reason: MaybeText = None
    notes: Text = ""
    allow_retry: Truth = True
    cancel_campaign: Truth = False

    def ticked(self) -> tuple[bool, ...]:
        """The five points in their order; whatever is not `true` is not ticked."""
        points = self.checklist if isinstance(self.checklist, dict) else {}
        return tuple(points.get(name) is True for name in _POINTS)


class TurnOut(Out):
    """Whose turn it is to decide on a job, and until when; the caller's own when `mine`."""

    reviewer_id: UUID
    name: str
    until_at: Moment
    mine: bool


class EscalateIn(In):
    """What a verifier is unsure of, for seniors."""

    reason: Text = ""


class TakeBackIn(In):
    """Why work that was accepted is not any more, and whether the money goes back."""

    reason: Text = ""
    cancel_campaign: Truth = False


class CleanerFiguresOut(Out):
    """What is known of a cleaner."""

    id: UUID
    name: str
    since: Moment
    kyc: KycStatus
    completion_rate: float | None
    rating: float | None
    verified_count: int
    rejected_count: int
    failed_count: int
    released_count: int
    flagged: bool


class GpsOut(Out):
    """Where the photo was taken, by which evidence, and how far from the campaign's pin, in metres."""

    source: str
    place: PlaceOut | None
    distance_m: int | None
    accuracy_m: float | None
    taken_at: Moment | None
    received_at: Moment
    brightness: float
    sharpness: float


def _gps(evidence: PhotoEvidence) -> GpsOut:
    return GpsOut.of(evidence, place=place_out(evidence.place))


class VerificationOut(Out):
    """One job to verify."""

    job_id: UUID
    campaign_id: UUID
    title: str
    address: str
    place: PlaceOut
    status: JobStatus
    group: QueueGroup
    waiting_seconds: int
    photos: PhotosOut
    before_by: str
    before_place: PlaceOut | None
    gps: GpsOut
    flags: list[dict[str, Any]]
    claimed_at: Moment
    completed_at: Moment
    attempt: int
    last_rejection: str | None
    cleaner: CleanerFiguresOut
    raised_paise: int
    contributor_count: int
    pay_paise: int
    fee_paise: int
    payout_on: Moment
    own_interest: bool
    checklist: dict[str, bool]
    notes: str | None
    reviewer_id: UUID | None
    reviewer: str | None
    reviewed_until: Moment | None
    escalated_at: Moment | None
    escalated_by: str | None
    escalation_reason: str | None


def verification_out(item: VerificationItem) -> VerificationOut:
    """One job to verify in the contract's shape."""
    return VerificationOut.of(
        item,
        place=place_out(item.place),
        before_place=place_out(item.before_place),
        photos=PhotosOut.of(item),
        gps=_gps(item.evidence),
    )


def queue_out(page: Page[VerificationItem]) -> PageOut[VerificationOut]:
    """A page of the queue."""
    items = page.each(verification_out)
    return PageOut[VerificationOut](items=items, next_cursor=page.next_cursor)


class WorkloadOut(Out):
    """What one admin decided this week."""

    admin_id: UUID
    name: str
    today: int
    week: int
    approved: int
    rejected: int
    escalated: int
    average_seconds: int


class SlaOut(Out):
    """Waiting times of the queue."""

    waiting: int
    under_12_h: int = Field(alias="under12h")
    from_12_to_24_h: int = Field(alias="from12To24h")
    over_24_h: int = Field(alias="over24h")
    over_48_h: int = Field(alias="over48h")
    average_waiting_seconds: int
    oldest_waiting_seconds: int
    average_decision_seconds: int | None
    queue_is_long: bool
    workload: list[WorkloadOut]
