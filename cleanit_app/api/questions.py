"""Disputes about anything: raised with evidence, answered, decided in public of both sides, appealed (OPS-03)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Header, Request, Response, UploadFile

from cleanit_app import routes
from cleanit_app.api import queries
from cleanit_app.api.dependencies import asking, changing, who_asks, wiring_of
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.base import PageOut, answer
from cleanit_app.api.schemas.questions import (
    DisputeDetailOut,
    DisputeItemOut,
    dispute_detail_out,
    dispute_items_out,
)
from cleanit_app.api.support import seen
from cleanit_app.api.uploads import stored_for_two
from cleanit_app.api.visitors import counted, take
from cleanit_app.domain.actors import Permission
from cleanit_app.domain.disputes import DisputeAbout
from cleanit_app.domain.errors import FieldProblem, InvalidFields
from cleanit_app.domain.support import questions_by, written_by
from cleanit_app.reads.review import dispute_pages as reads
from cleanit_app.services.repeats import read_key
from cleanit_app.services.review import dispute_appeals, dispute_statements, questions
from cleanit_app.services.support.messages import Words

router = APIRouter(tags=["disputes"])
FormText = Annotated[str | None, Form()]
Photos = Annotated[list[UploadFile] | None, File()]
Key = Annotated[str | None, Header()]
FOLDER = "disputes"


def _checked(about: str | None, text: str | None) -> tuple[DisputeAbout, str]:
    """What is questioned and why; InvalidFields names what is wrong with both at once."""
    problems: dict[str, FieldProblem] = {}
    read: list[str] = []
    for check, typed in ((questions.check_about, about), (questions.check_reason, text)):
        try:
            read.append(check(typed))
        except InvalidFields as wrong:
            problems |= wrong.fields
    if problems:
        raise InvalidFields(problems)
    return DisputeAbout(read[0]), read[1]


@router.post(routes.API_DISPUTES, status_code=201, response_model=DisputeDetailOut)
def raise_dispute(
    request: Request,
    about: FormText = None,
    text: FormText = None,
    subject_id: Annotated[str | None, Form(alias="subjectId")] = None,
    photos: Photos = None,
) -> Response:
    """Question a payment, refund, fee, rejection, penalty or pause of mine; decided within 48 hours, with a reason.

    `subjectId` is the contribution or payout, the job, the penalty; a pause needs none. A result is disputed at its
    campaign.
    """
    actor = who_asks(request, before_terms=True)
    actor.must(Permission.MANAGE_SELF)
    chosen, said = _checked(about, text)
    subject = _id(subject_id)
    with (
        counted(request, questions_by(actor.user_id, a_day=wiring_of(request).house.limits.disputes_a_day)),
        stored_for_two(request, seen(request, photos), folder=FOLDER) as kept,
        changing(request, before_terms=True) as call,
    ):
        made = questions.raise_question(call.uow, actor=call.actor, about=chosen, reason=said, subject_id=subject)
        dispute_statements.add_evidence(call.uow, actor=call.actor, dispute=made, words=Words(said, kept))
    return _detail(request, made.id, 201)


def _id(text: str | None) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise queries.unreadable("subjectId") from None


def _detail(request: Request, dispute_id: UUID, status: int = 200) -> Response:
    with asking(request) as call:
        found = reads.dispute_detail(call.uow, actor=call.actor, dispute_id=dispute_id)
        return answer(dispute_detail_out(found), status)


@router.get(routes.API_DISPUTES, response_model=PageOut[DisputeItemOut])
def my_disputes(request: Request, cursor: Cursor = None, limit: Limit = None) -> Response:
    """What I questioned, or have to answer, the newest first."""
    with asking(request) as call:
        return answer(dispute_items_out(reads.my_disputes(call.uow, actor=call.actor, cursor=cursor, limit=limit)))


@router.get("/api/admin/disputes/waiting", response_model=PageOut[DisputeItemOut])
def waiting(request: Request, cursor: Cursor = None, limit: Limit = None) -> Response:
    """Disputes of every kind that I decide about, the oldest first."""
    with asking(request) as call:
        page = reads.waiting_disputes(call.uow, actor=call.actor, cursor=cursor, limit=limit)
        return answer(dispute_items_out(page))


@router.get(f"{routes.API_DISPUTES}/{{dispute_id}}", response_model=DisputeDetailOut)
def dispute(request: Request, dispute_id: UUID) -> Response:
    """One dispute with its timeline, for its sides and for who decides."""
    return _detail(request, dispute_id)


@router.post(routes.dispute_door("{dispute_id}", "statements"), status_code=201, response_model=DisputeDetailOut)
def say(
    request: Request, dispute_id: UUID, text: FormText = None, photos: Photos = None, idempotency_key: Key = None
) -> Response:
    """Say something in an open dispute, with photos as evidence; all sides read it."""
    actor = who_asks(request, before_terms=True)
    _detail(request, dispute_id)  # whose it is not learns nothing, of what may be sent neither
    said = dispute_statements.check_words(text)
    key = None if idempotency_key is None else read_key(idempotency_key)
    take(request, written_by(actor.user_id, an_hour=wiring_of(request).house.limits.messages_an_hour))
    looked = seen(request, photos)
    with stored_for_two(request, looked, folder=FOLDER) as kept, changing(request, before_terms=True) as call:
        words = Words(said, kept, key)
        dispute_statements.say_in_dispute(call.uow, actor=call.actor, dispute_id=dispute_id, words=words)
    return _detail(request, dispute_id, 201)


@router.post(routes.dispute_door("{dispute_id}", "appeal"), status_code=201, response_model=DisputeDetailOut)
def appeal(request: Request, dispute_id: UUID, text: FormText = None) -> Response:
    """Appeal against a decision, once, within seven days; another admin decides."""
    who_asks(request, before_terms=True).must(Permission.MANAGE_SELF)
    _detail(request, dispute_id)
    said = questions.check_reason(text)
    with changing(request, before_terms=True) as call:
        made = dispute_appeals.appeal(call.uow, actor=call.actor, dispute_id=dispute_id, reason=said)
    return _detail(request, made.id, 201)
