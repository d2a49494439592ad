"""Possible fraud over REST: cases, what explains them, and what people do about them (OPS-04, VER-06)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from cleanit_app.api import queries
from cleanit_app.api.dependencies import asking, changing
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.base import PageOut, answer
from cleanit_app.api.schemas.fraud import CaseStateOut, CloseIn, FraudCaseDetailOut, FraudCaseOut, ReportIn
from cleanit_app.api.schemas.jobs import ReasonIn
from cleanit_app.api.schemas.person import NoteIn, NoteOut
from cleanit_app.domain.actors import Permission
from cleanit_app.domain.fraud import FraudKind
from cleanit_app.models import FraudCase
from cleanit_app.reads.review import fraud as reads
from cleanit_app.services.fraud import cases

router = APIRouter(prefix="/api/admin/fraud", tags=["admin"])
Word = Annotated[str | None, Query(max_length=40)]


@router.get("", response_model=PageOut[FraudCaseOut])
def list_cases(
    request: Request, group: Word = None, kind: Word = None, cursor: Cursor = None, limit: Limit = None
) -> Response:
    """Cases that are OPEN (without a word), WITH_COMPLIANCE or CLOSED, of one kind or all."""
    chosen, wanted = queries.choice(reads.FraudGroup, group, "group"), queries.choice(FraudKind, kind, "kind")
    with asking(request) as call:
        page = reads.fraud_cases(call.uow, actor=call.actor, group=chosen, kind=wanted, cursor=cursor, limit=limit)
        items = page.each(FraudCaseOut.model_validate)
        return answer(PageOut[FraudCaseOut](items=items, next_cursor=page.next_cursor))


@router.post("", status_code=201, response_model=CaseStateOut)
def report(request: Request, body: ReportIn) -> Response:
    """Open a case about somebody with what was seen; compliance is told."""
    with changing(request) as call:
        call.actor.must(Permission.LOOK_INTO_FRAUD)  # before the words of a stranger are judged
        made = cases.report_person(
            call.uow,
            actor=call.actor,
            user_id=_id("personId", body.person_id),
            note=body.note,
            job_id=_id("jobId", body.job_id) if body.job_id else None,
            campaign_id=_id("campaignId", body.campaign_id) if body.campaign_id else None,
        )
        return answer(CaseStateOut.model_validate(made), 201)


@router.get("/{case_id}", response_model=FraudCaseDetailOut)
def detail(request: Request, case_id: UUID) -> Response:
    """One case with its people, findings, photos side by side, timeline and linked cases."""
    with asking(request) as call:
        return answer(FraudCaseDetailOut.model_validate(reads.fraud_case(call.uow, actor=call.actor, case_id=case_id)))


@router.post("/{case_id}/notes", status_code=201, response_model=NoteOut)
def note(request: Request, case_id: UUID, body: NoteIn) -> Response:
    """Write something down in a case."""
    with changing(request) as call:
        made = cases.note_in_case(call.uow, actor=call.actor, case_id=case_id, note=body.note)
        return answer(NoteOut(id=made.id, note=made.note, at=made.at), 201)


@router.post("/{case_id}/hand-over", response_model=CaseStateOut)
def hand_over(request: Request, case_id: UUID, body: ReasonIn) -> Response:
    """Give an open case to compliance, who are told."""
    with changing(request) as call:
        return _state(cases.hand_over(call.uow, actor=call.actor, case_id=case_id, reason=body.reason))


@router.post("/{case_id}/hold-pay", response_model=CaseStateOut)
def hold_pay(request: Request, case_id: UUID, body: ReasonIn) -> Response:
    """Keep back the person's pay that has not arrived, and what becomes due while the case is open."""
    with changing(request) as call:
        return _state(cases.hold_pay(call.uow, actor=call.actor, case_id=case_id, reason=body.reason))


@router.post("/{case_id}/close", response_model=CaseStateOut)
def close(request: Request, case_id: UUID, body: CloseIn) -> Response:
    """Decide that it was fraud, or that it was not, with the reason."""
    with changing(request) as call:
        call.actor.must(Permission.MANAGE_KYC)
        done = cases.close_case(
            call.uow,
            actor=call.actor,
            case_id=case_id,
            confirmed=queries.truth(body.confirmed, "confirmed"),
            reason=body.reason,
        )
        return _state(done)


def _state(case: FraudCase) -> Response:
    return answer(CaseStateOut.model_validate(case))


def _id(field: str, value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise queries.unreadable(field) from None
