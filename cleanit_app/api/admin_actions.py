"""What admins are trusted with, what they did (SEC-10), and what failed (MON-05)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import AwareDatetime

from cleanit_app.api.dependencies import asking, changing
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.base import PageOut, answer
from cleanit_app.api.schemas.safety import (
    AdminActionOut,
    AdminOut,
    AppointedOut,
    AppointIn,
    DutiesIn,
    FailureOut,
)
from cleanit_app.reads.operations.failures import failures
from cleanit_app.reads.people.admin_actions import Wanted, admin_actions
from cleanit_app.reads.people.admins import admins_by_name
from cleanit_app.services.people import admins

router = APIRouter(prefix="/api/admin", tags=["admin"])


@router.get("/actions", response_model=PageOut[AdminActionOut])
def actions(
    request: Request,
    admin: Annotated[UUID | None, Query()] = None,
    subject: Annotated[UUID | None, Query()] = None,
    action: Annotated[str | None, Query(max_length=60)] = None,
    since: Annotated[AwareDatetime | None, Query()] = None,
    until: Annotated[AwareDatetime | None, Query()] = None,
    cursor: Cursor = None,
    limit: Limit = None,
) -> Response:
    """What admins did, newest first: all of it, or of one admin, about one thing, of one kind, in one time."""
    with asking(request) as call:
        wanted = Wanted(admin, subject, action, since, until)
        page = admin_actions(call.uow, actor=call.actor, wanted=wanted, cursor=cursor, limit=limit)
        items = page.each(AdminActionOut.model_validate)
        return answer(PageOut[AdminActionOut](items=items, next_cursor=page.next_cursor))


@router.get("/errors", response_model=PageOut[FailureOut])
def errors(
    request: Request,
    source: Annotated[str | None, Query(max_length=60)] = None,
    cursor: Cursor = None,
    limit: Limit = None,
) -> Response:
    """What failed in payments, jobs and messages, newest first: all of it or of one source (MON-05)."""
    with asking(request) as call:
        page = failures(call.uow, actor=call.actor, source=source, cursor=cursor, limit=limit)
        items = page.each(FailureOut.model_validate)
        return answer(PageOut[FailureOut](items=items, next_cursor=page.next_cursor))


@router.get("/admins", response_model=PageOut[AdminOut])
def who_the_admins_are(request: Request, cursor: Cursor = None, limit: Limit = None) -> Response:
    """Admins with their duties, by name."""
    with asking(request) as call:
        page = admins_by_name(call.uow, actor=call.actor, cursor=cursor, limit=limit)
        items = page.each(AdminOut.model_validate)
        return answer(PageOut[AdminOut](items=items, next_cursor=page.next_cursor))


@router.post("/admins", status_code=201, response_model=AppointedOut)
def appoint(request: Request, body: AppointIn) -> Response:
    """Make an existing account an admin's; the person and all seniors are told. 403 without the second factor."""
    with changing(request) as call:
        user = admins.appoint_admin(call.uow, actor=call.actor, contact=body.contact, duties=body.duties)
        return answer(AppointedOut(id=user.id, duties=user.duties), 201)


@router.put("/admins/{admin_id}/duties", status_code=204)
def change_duties(request: Request, admin_id: UUID, body: DutiesIn) -> Response:
    """Give an admin exactly these duties; the person and all seniors are told. 403 without the second factor."""
    with changing(request) as call:
        admins.change_duties(call.uow, actor=call.actor, admin_id=admin_id, duties=body.duties)
    return Response(status_code=204)
