"""People for admins: one person with everything, notes, flags, and signing somebody out (OPS-01, VER-05)."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response

from cleanit_app.api.dependencies import asking, changing
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.base import PageOut, answer
from cleanit_app.api.schemas.jobs import ReasonIn
from cleanit_app.api.schemas.person import FlagOut, NoteIn, NoteOut, PersonDetailOut, PersonLineOut, SignedOutOut
from cleanit_app.reads.people import person
from cleanit_app.services.people import account_flags, suspension

router = APIRouter(prefix="/api/admin/people", tags=["admin"])


@router.get("/{user_id}", response_model=PersonDetailOut)
def detail(request: Request, user_id: UUID) -> Response:
    """Who somebody is, with papers, standing and sums (OPS-01)."""
    with asking(request) as call:
        return answer(PersonDetailOut.model_validate(person.person_detail(call.uow, actor=call.actor, user_id=user_id)))


@router.get("/{user_id}/{part}", response_model=PageOut[PersonLineOut])
def lines(
    request: Request, user_id: UUID, part: person.PersonPart, cursor: Cursor = None, limit: Limit = None
) -> Response:
    """One part of what is known about a person, newest first; whence an admin signs in only for seniors."""
    with asking(request) as call:
        page = person.person_lines(call.uow, actor=call.actor, user_id=user_id, part=part, cursor=cursor, limit=limit)
        items = page.each(PersonLineOut.model_validate)
        return answer(PageOut[PersonLineOut](items=items, next_cursor=page.next_cursor))


@router.post("/{user_id}/notes", status_code=201, response_model=NoteOut)
def add_note(request: Request, user_id: UUID, body: NoteIn) -> Response:
    """Write something down about a person for colleagues."""
    with changing(request) as call:
        made = account_flags.note_about_person(call.uow, actor=call.actor, user_id=user_id, note=body.note)
        return answer(NoteOut(id=made.id, note=made.note, at=made.at), 201)


@router.post("/{user_id}/sign-out", response_model=SignedOutOut)
def sign_out(request: Request, user_id: UUID, body: ReasonIn) -> Response:
    """End every sign-in of a person; an admin's by a senior with the second factor."""
    with changing(request) as call:
        ended = suspension.sign_out_person(call.uow, actor=call.actor, user_id=user_id, reason=body.reason)
        return answer(SignedOutOut(ended=len(ended)))


@router.post("/{user_id}/put-flag-away", response_model=FlagOut)
def put_flag_away(request: Request, user_id: UUID, body: ReasonIn) -> Response:
    """Say that a flagged account was looked at; the next rejection flags it again (VER-05)."""
    with changing(request) as call:
        cleaner = account_flags.put_flag_away(call.uow, actor=call.actor, user_id=user_id, reason=body.reason)
        return answer(FlagOut(id=cleaner.id, flagged_at=cleaner.flagged_for_review_at))
