"""Cases of possible fraud as the contract shows them to admins."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from cleanit_app.api.schemas.base import In, MaybeText, Moment, Out, PhotoOut, Text, Truth
from cleanit_app.domain.actors import Role
from cleanit_app.domain.fraud import FraudKind, FraudRule
from cleanit_app.domain.statuses import CampaignStatus, FraudCaseStatus, UserStatus


class FraudCaseOut(Out):
    """One case in the list; rule and facts are of the newest finding."""

    id: UUID
    kind: FraudKind
    status: FraudCaseStatus
    person_id: UUID
    person_name: str
    others: int
    findings: int
    rule: FraudRule | None
    facts: dict[str, Any]
    notes: str
    opened_at: Moment
    opened_by_name: str | None
    holds_pay: bool
    closed_at: Moment | None


class FindingOut(Out):
    """One thing a rule found, with its numbers."""

    id: UUID
    rule: FraudRule
    facts: dict[str, Any]
    found_at: Moment
    job_id: UUID | None
    campaign_id: UUID | None
    title: str | None
    photo: PhotoOut | None
    other_photo: PhotoOut | None
    other_campaign_id: UUID | None


class CasePersonOut(Out):
    """Somebody a case is about."""

    id: UUID
    name: str
    role: Role
    status: UserStatus
    created_at: Moment


class CaseMomentOut(Out):
    """A line of a case's timeline."""

    at: Moment
    by_name: str | None
    status: FraudCaseStatus | None
    text: str


class LinkedCaseOut(Out):
    """Another case about somebody of this one."""

    id: UUID
    kind: FraudKind
    status: FraudCaseStatus
    person_name: str
    opened_at: Moment


class FraudCaseDetailOut(Out):
    """A case whole."""

    head: FraudCaseOut
    people: list[CasePersonOut]
    findings: list[FindingOut]
    timeline: list[CaseMomentOut]
    linked: list[LinkedCaseOut]
    campaign_id: UUID | None
    campaign_title: str | None
    campaign_status: CampaignStatus | None
    job_id: UUID | None
    pending_paise: int
    held_paise: int


class ReportIn(In):
    """What was seen of whom, and where."""

    person_id: Text = None
    note: Text = ""
    job_id: MaybeText = None
    campaign_id: MaybeText = None


class CloseIn(In):
    """Whether it was fraud, and why."""

    confirmed: Truth = None
    reason: Text = ""


class CaseStateOut(Out):
    """A case just after something was done."""

    id: UUID
    status: FraudCaseStatus
    holds_pay: bool
    closed_at: Moment | None
