"""Names that cleaners asked for, for admins who check papers (LAW-03)."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response

from cleanit_app.api.dependencies import asking, changing
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.base import PageOut, answer
from cleanit_app.api.schemas.jobs import ReasonIn
from cleanit_app.api.schemas.people import NameChangeOut, WaitingNameOut
from cleanit_app.reads.people.name_changes import names_waiting
from cleanit_app.services.people import name_changes

router = APIRouter(prefix="/api/admin/name-changes", tags=["admin"])


@router.get("", response_model=PageOut[WaitingNameOut])
def waiting(request: Request, cursor: Cursor = None, limit: Limit = None) -> Response:
    """Names that wait, the longest waiting first, beside what bank and issuer know."""
    with asking(request) as call:
        page = names_waiting(call.uow, actor=call.actor, cursor=cursor, limit=limit)
        items = page.each(WaitingNameOut.model_validate)
        return answer(PageOut[WaitingNameOut](items=items, next_cursor=page.next_cursor))


@router.post("/{change_id}/accept", response_model=NameChangeOut)
def accept(request: Request, change_id: UUID) -> Response:
    """Let the new name count; the account is compared with it anew."""
    with changing(request) as call:
        return answer(
            NameChangeOut.model_validate(name_changes.accept_name(call.uow, actor=call.actor, change_id=change_id))
        )


@router.post("/{change_id}/refuse", response_model=NameChangeOut)
def refuse(request: Request, change_id: UUID, body: ReasonIn) -> Response:
    """Leave the name as it is, with a reason that the cleaner reads."""
    with changing(request) as call:
        return answer(
            NameChangeOut.model_validate(
                name_changes.refuse_name(call.uow, actor=call.actor, change_id=change_id, reason=body.reason)
            )
        )
