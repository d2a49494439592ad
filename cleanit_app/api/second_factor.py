"""An admin's second factor over REST: set up, shown, taken away."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response

from cleanit_app.api.dependencies import asking, changing, who_asks, wiring_of
from cleanit_app.api.schemas.account import CodeOnlyIn, EnrolmentOut, FactorOut, RecoveryCodesOut
from cleanit_app.api.schemas.base import answer
from cleanit_app.api.visitors import visitor
from cleanit_app.reads.auth.second_factor import my_factor
from cleanit_app.services.auth import second_factor

router = APIRouter(prefix="/api", tags=["account"])


@router.get("/users/me/second-factor", response_model=FactorOut)
def standing(request: Request) -> Response:
    """Whether I have a second factor, and until when I may move money without showing it again."""
    with asking(request) as call:
        return answer(FactorOut.model_validate(my_factor(call.uow, actor=call.actor)))


@router.post("/users/me/second-factor", status_code=201, response_model=EnrolmentOut)
def begin(request: Request) -> Response:
    """Make the secret for an authenticator app; it counts once a code of it was confirmed. 403 CONFIRM_FIRST."""
    with changing(request, before_terms=True) as call:
        made = second_factor.begin_factor(call.uow, actor=call.actor, cipher=wiring_of(request).cipher)
    return answer(EnrolmentOut.model_validate(made), 201)


@router.post("/users/me/second-factor/confirm", response_model=RecoveryCodesOut)
def confirm(request: Request, body: CodeOnlyIn) -> Response:
    """Type a first code of the app; the answer holds the recovery codes, once."""
    parts = wiring_of(request)
    codes = second_factor.confirm_factor(
        parts.open_uow,
        parts.limits,
        parts.cipher,
        actor=who_asks(request, before_terms=True),
        code=body.code,
        visitor=visitor(request),
    )
    return answer(RecoveryCodesOut(recovery_codes=codes))


@router.post("/auth/prove", status_code=204)
def prove(request: Request, body: CodeOnlyIn) -> Response:
    """Show a code of the app or a recovery code; for fifteen minutes this session may move money."""
    parts = wiring_of(request)
    second_factor.prove(
        parts.open_uow,
        parts.limits,
        parts.cipher,
        actor=who_asks(request, before_terms=True),
        code=body.code,
        visitor=visitor(request),
    )
    return Response(status_code=204)


@router.post("/users/me/second-factor/recovery-codes", response_model=RecoveryCodesOut)
def recovery_codes(request: Request) -> Response:
    """Ten new recovery codes; the earlier ones are void."""
    with changing(request, before_terms=True) as call:
        codes = second_factor.new_recovery_codes(call.uow, actor=call.actor)
    return answer(RecoveryCodesOut(recovery_codes=codes))


@router.delete("/users/me/second-factor", status_code=204)
def remove(request: Request) -> Response:
    """Take my second factor away, after showing it."""
    with changing(request, before_terms=True) as call:
        second_factor.remove_factor(call.uow, actor=call.actor)
    return Response(status_code=204)


@router.delete("/admin/admins/{admin_id}/second-factor", status_code=204)
def remove_of_colleague(request: Request, admin_id: UUID) -> Response:
    """Take away the second factor of a colleague who lost it; that person's sessions end."""
    with changing(request, before_terms=True) as call:
        second_factor.remove_factor(call.uow, actor=call.actor, user_id=admin_id)
    return Response(status_code=204)
