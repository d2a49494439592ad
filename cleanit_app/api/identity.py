"""IDs of cleaners: handed in by them, looked at by admins who check, each look written down (LAW-08)."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from cleanit_app.api.dependencies import changing, who_asks, wiring_of
from cleanit_app.api.files import SEALED_OFF
from cleanit_app.api.schemas.base import answer, file_of
from cleanit_app.api.schemas.people import DocumentOut
from cleanit_app.api.uploads import receive_scanned
from cleanit_app.domain.actors import Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import FieldProblem, InvalidFields, NotFound
from cleanit_app.services.people import identity, pans
from cleanit_app.services.people.identity_files import PICTURE_TYPE, keep_sealed, picture_of
from cleanit_app.services.photos.photos import JOB_KINDS

router = APIRouter(tags=["identity"])


@router.post("/api/cleaners/me/identity-document", status_code=201, response_model=DocumentOut)
def hand_in(
    request: Request,
    kind: Annotated[str | None, Form()] = None,
    number: Annotated[str | None, Form()] = None,
    photo: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Hand in my ID: kind, number, photo. Aadhaar is not taken, its number kept nowhere; a PAN card gives the PAN."""
    actor = who_asks(request)
    actor.must(Permission.CLAIM_JOBS)
    draft = _check(kind, number, photo)
    seen = receive_scanned(request, photo, most_bytes=LIMITS.job_photo_bytes, kinds=JOB_KINDS)
    parts = wiring_of(request)
    picture = keep_sealed(parts.files, parts.cipher, draft=draft, photo=seen.photo)
    try:
        with changing(request) as call:
            document = identity.hand_in_document(call.uow, actor=call.actor, draft=draft, picture=picture)
            pans.save_pan_of_id(call.uow, actor=call.actor, draft=draft, cipher=parts.cipher)
    except BaseException:
        with suppress(OSError):  # a sealed file that stays is only lost space
            parts.files.delete(picture.file_key)
        raise
    return answer(DocumentOut(id=document.id, kind=draft.kind, mask=document.number_mask, status=document.status), 201)


def _check(kind: str | None, number: str | None, photo: UploadFile | None) -> identity.DocumentDraft:
    missing = {"photo": FieldProblem("document_photo_missing")} if photo is None else {}
    try:
        draft = identity.check_document(kind=kind, number=number)
    except InvalidFields as problems:
        raise InvalidFields(problems.fields | missing) from problems
    if missing:
        raise InvalidFields(missing)
    return draft


@router.get(
    "/api/admin/identity-documents/{document_id}/picture", response_class=Response, responses=file_of(PICTURE_TYPE)
)
def picture(request: Request, document_id: UUID) -> Response:
    """The picture of an ID for admins who check IDs; that it was looked at is written down first."""
    with changing(request) as call:
        document = identity.look_at_document(call.uow, actor=call.actor, document_id=document_id)
    parts = wiring_of(request)
    try:
        shown = picture_of(parts.files, parts.cipher, document)
    except KeyError as gone:
        raise NotFound from gone
    return Response(shown, 200, {**SEALED_OFF, "Content-Disposition": "inline"}, PICTURE_TYPE)
