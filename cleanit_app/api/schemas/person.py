"""One person as the contract shows that person to admins."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from cleanit_app.api.schemas.base import In, Moment, Out, Text
from cleanit_app.domain.actors import AdminDuty, Role
from cleanit_app.domain.statuses import KycStatus, UserStatus


class CleanerStandingOut(Out):
    """A cleaner's papers and figures; numbers of papers by their end alone."""

    kyc: KycStatus
    document: str | None
    document_mask: str | None
    document_status: str | None
    payout_kind: str | None
    payout_mask: str | None
    payout_holder: str | None
    payout_confirmed: bool
    pan_mask: str | None
    completion_rate: float | None
    rating: float | None
    verified_count: int
    rejected_count: int
    failed_count: int
    released_count: int
    penalties: int
    flagged_at: Moment | None


class PersonDetailOut(Out):
    """A person's head."""

    id: UUID
    name: str
    email: str | None
    email_confirmed: bool
    phone: str | None
    phone_confirmed: bool
    role: Role
    duties: list[AdminDuty]
    status: UserStatus
    suspended_at: Moment | None
    suspension_reason: str | None
    language: str
    created_at: Moment
    terms_version: str
    has_factor: bool
    open_sign_ins: int
    last_seen_at: Moment | None
    campaigns: int
    gave_paise: int
    refunded_paise: int
    earned_paise: int
    cleaner: CleanerStandingOut | None
    own: bool


class PersonLineOut(Out):
    """One line of a part of a person's page."""

    id: UUID
    at: Moment
    state: str
    title: str
    amount_paise: int | None
    campaign_id: UUID | None
    note: str
    count: int
    details: dict[str, Any]


class NoteIn(In):
    """What an admin notes for colleagues."""

    note: Text = ""


class NoteOut(Out):
    """A note that was written down."""

    id: UUID
    note: str
    at: Moment


class SignedOutOut(Out):
    """How many sign-ins ended."""

    ended: int


class FlagOut(Out):
    """Whether an account is flagged, since when."""

    id: UUID
    flagged_at: Moment | None
