"""What an account hangs on: password, phone, mailbox, each with its codes and confirmations."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response

from cleanit_app.api.dependencies import changing, language, who_asks, wiring_of
from cleanit_app.api.schemas.account import (
    CodeAskedOut,
    CodeIn,
    ContactIn,
    PasswordConfirmIn,
    PasswordIn,
    ResetAskIn,
    ResetIn,
    TermsIn,
)
from cleanit_app.api.schemas.base import answer
from cleanit_app.api.visitors import signature, tries, visitor
from cleanit_app.domain.codes import CODE_LIFE, SEND_AGAIN_AFTER
from cleanit_app.services.accounts import terms
from cleanit_app.services.auth import password_change
from cleanit_app.services.people import contacts

router = APIRouter(prefix="/api", tags=["account"])


@router.post("/auth/reset", status_code=202, response_model=CodeAskedOut)
def ask_for_reset(request: Request, body: ResetAskIn) -> Response:
    """Have a code sent to the phone or mailbox of an account; the answer is the same when there is none."""
    parts = wiring_of(request)
    code_id = password_change.ask_for_reset(
        parts.open_uow,
        parts.limits,
        identifier=body.identifier,
        visitor=visitor(request),
        language=language(request),
        tries=tries(request),
    )
    return _asked(code_id)


@router.post("/auth/reset/confirm", status_code=204)
def reset(request: Request, body: ResetIn) -> Response:
    """Set a new password with the code; every session of the account ends."""
    parts = wiring_of(request)
    password_change.reset_password(
        parts.open_uow,
        parts.limits,
        parts.keyed_hash,
        code_id=body.code_id,
        code=body.code,
        password=body.password,
        visitor=visitor(request),
        tries=tries(request),
    )
    return Response(status_code=204)


@router.post("/auth/confirm", status_code=204)
def confirm(request: Request, body: PasswordConfirmIn) -> Response:
    """Type the password again; for ten minutes one may change what the account hangs on."""
    parts = wiring_of(request)
    password_change.confirm_again(
        parts.open_uow, parts.limits, actor=who_asks(request, before_terms=True), password=body.password
    )
    return Response(status_code=204)


@router.post("/users/me/terms", status_code=204)
def accept_terms(request: Request, body: TermsIn) -> Response:
    """Accept the terms of one version, logged with the time and a hash of where from (LAW-06)."""
    with changing(request, before_terms=True) as call:
        terms.accept_terms(call.uow, actor=call.actor, version=body.version, signature=signature(request))
    return Response(status_code=204)


@router.put("/users/me/password", status_code=204)
def change_password(request: Request, body: PasswordIn) -> Response:
    """Set a new password; every other session of mine ends. 403 CONFIRM_FIRST unless it was just confirmed."""
    parts = wiring_of(request)
    password_change.change_password(parts.open_uow, actor=who_asks(request, before_terms=True), password=body.password)
    return Response(status_code=204)


@router.post("/users/me/contacts/confirm", status_code=204)
def confirm_contact(request: Request, body: CodeIn) -> Response:
    """Type the code that came to a phone or mailbox: it is mine from now on."""
    parts = wiring_of(request)
    contacts.confirm_contact(
        parts.open_uow,
        parts.limits,
        parts.keyed_hash,
        actor=who_asks(request, before_terms=True),
        code_id=body.code_id,
        code=body.code,
    )
    return Response(status_code=204)


@router.post("/users/me/contacts/{field}/code", status_code=202, response_model=CodeAskedOut)
def ask_to_confirm(request: Request, field: str, body: ContactIn) -> Response:
    """Have a code sent to my `phone` or `email`, or to the new one in `contact` (403 CONFIRM_FIRST)."""
    parts = wiring_of(request)
    code_id = contacts.ask_to_confirm(
        parts.open_uow,
        parts.limits,
        actor=who_asks(request, before_terms=True),
        field=field,
        contact=body.contact,
        language=language(request),
    )
    return _asked(code_id)


def _asked(code_id: UUID) -> Response:
    life, again = int(CODE_LIFE.total_seconds()), int(SEND_AGAIN_AFTER.total_seconds())
    return answer(CodeAskedOut(code_id=code_id, expires_in=life, send_again_after=again), 202)
