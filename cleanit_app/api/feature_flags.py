"""Feature flags over REST: which there are, and for whom each is on (OPS-06)."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from cleanit_app.api import queries
from cleanit_app.api.dependencies import asking, changing
from cleanit_app.api.schemas.base import answer
from cleanit_app.api.schemas.feature_flags import FeatureFlagOut, FlagIn, FlagsOut
from cleanit_app.domain.actors import Permission
from cleanit_app.domain.features import Feature, FlagState
from cleanit_app.reads.operations.feature_flags import feature_flags
from cleanit_app.services.flags.feature_flags import set_flag

router = APIRouter(prefix="/api/admin/flags", tags=["admin"])


@router.get("", response_model=FlagsOut)
def list_flags(request: Request) -> Response:
    """Every feature with what was chosen about it."""
    with asking(request) as call:
        return answer(
            FlagsOut(items=[FeatureFlagOut.model_validate(one) for one in feature_flags(call.uow, actor=call.actor)])
        )


@router.put("/{feature}", status_code=204)
def choose(request: Request, feature: Feature, body: FlagIn) -> Response:
    """Choose for whom a feature is on; 403 without the second factor."""
    with changing(request) as call:
        call.actor.must(Permission.MANAGE_ADMINS)  # before the words of a stranger are judged
        state = queries.choice(FlagState, str(body.state or ""), "state")
        if state is None:
            raise queries.unreadable("state")
        set_flag(call.uow, actor=call.actor, feature=feature, state=state, percent=body.percent, people=body.people)
    return Response(status_code=204)
