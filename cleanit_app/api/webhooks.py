"""The provider's messages: the signature over the raw body is checked, the message kept, the rest comes later."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response

from cleanit_app import routes
from cleanit_app.api.dependencies import wiring_of
from cleanit_app.domain.errors import SignatureRefused
from cleanit_app.ports import ProviderFormat
from cleanit_app.services.webhooks import store_webhook

router = APIRouter(prefix=routes.API_RAZORPAY, tags=["webhooks"])


async def raw_body(request: Request) -> bytes:
    """The body as it was sent; parsed and written again, its signature would not fit."""
    return await request.body()


@router.post("/payment", summary="A payment or an order changed")
@router.post("/payout", summary="A payout changed")
@router.post("/refund", summary="A refund changed")
def webhook(
    request: Request,
    raw: Annotated[bytes, Depends(raw_body)],
    x_razorpay_signature: Annotated[str | None, Header()] = None,
    x_razorpay_event_id: Annotated[str | None, Header()] = None,
) -> Response:
    """Keep a genuine message once and answer 200, also when it was here before or nobody can read it (PAY-01)."""
    wiring = wiring_of(request)
    if not wiring.webhook_is_genuine(raw, x_razorpay_signature):
        raise SignatureRefused
    ours = wiring.settings.razorpay_account_id
    if ours and _is_for_another(wiring.provider_format, raw, ours):
        raise SignatureRefused
    with wiring.open_uow() as uow:
        store_webhook(uow, raw=raw, event_id=x_razorpay_event_id, form=wiring.provider_format)
    return Response("{}", 200, {"Cache-Control": "no-store"}, "application/json")


def _is_for_another(form: ProviderFormat, raw: bytes, ours: str) -> bool:
    """Whether a message names an account that is not ours; one that nobody can read names none and is kept."""
    try:
        return form.envelope(raw).account_id != ours
    except ValueError:
        return False
