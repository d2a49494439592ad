"""Sign-ins of a person and what admins did, as the contract shows them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import WithJsonSchema

from cleanit_app.api.schemas.base import In, Moment, Out, Text
from cleanit_app.domain.actors import AdminDuty


class SessionOut(Out):
    """One open sign-in."""

    id: UUID
    browser: str
    address: str
    created_at: Moment
    last_seen_at: Moment
    here: bool


class SessionsOut(Out):
    """All of one person's open sign-ins."""

    items: list[SessionOut]


class DutiesIn(In):
    """All duties of an admin: VERIFIER, FINANCE, SUPPORT, COMPLIANCE, SENIOR."""

    duties: Annotated[Any, WithJsonSchema({"type": "array", "items": {"type": "string"}})] = None


class AppointIn(DutiesIn):
    """Whose account becomes an admin's, by email or phone, and with which duties."""

    contact: Text = ""


class AdminActionOut(Out):
    """One thing an admin did."""

    id: UUID
    admin_id: UUID
    admin_name: str
    action: str
    subject_id: UUID | None
    details: dict[str, Any]
    address: str
    at: Moment


class FailureOut(Out):
    """One failure, with who, what and where."""

    id: UUID
    at: Moment
    source: str
    message: str
    stack: str | None
    subject_id: UUID | None
    user_id: UUID | None
    user_name: str | None
    request_id: str | None
    environment: str
    first_at: Moment | None
    times: int
    asked: str
    release: str


class AdminOut(Out):
    """An admin and what that person is trusted with."""

    id: UUID
    name: str
    contact: str
    duties: list[AdminDuty]
    has_factor: bool
    mine: bool


class AppointedOut(Out):
    """A new admin."""

    id: UUID
    duties: list[AdminDuty]
