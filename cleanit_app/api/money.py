"""What anybody may know of the money."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from cleanit_app.api.dependencies import asking
from cleanit_app.api.schemas.base import answer
from cleanit_app.api.schemas.money import PublicMoneyOut
from cleanit_app.reads.ledger.money import public_money

router = APIRouter(prefix="/api/money", tags=["money"])


@router.get("", response_model=PublicMoneyOut)
def money(request: Request) -> Response:
    """Held, paid to cleaners and refunded, from the ledger; up to a minute old."""
    with asking(request) as call:
        out = PublicMoneyOut.model_validate(public_money(call.uow, actor=call.actor))
    return answer(out, headers={"Cache-Control": "public, max-age=60"})
