"""The provider's messages: the signature over the raw body is checked, the message kept, the rest comes later."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response

from cleanit_app.api.doors import wiring_of
from cleanit_app.domain.errors import MalformedRequest, SignatureRefused
from cleanit_app.services.provider_events import store_webhook

router = APIRouter(prefix="/api/webhooks/razorpay", tags=["webhooks"])


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
    """Keep a genuine message once and answer 200, also when it was here before (PAY-01, PAY-06, PAY-08)."""
    wiring = wiring_of(request)
    if not wiring.webhook_is_genuine(raw, x_razorpay_signature):
        raise SignatureRefused
    ours = wiring.settings.razorpay_account_id
    if ours and _account_of(raw) != ours:
        raise SignatureRefused
    with wiring.open_uow() as uow:
        store_webhook(uow, raw=raw, event_id=x_razorpay_event_id)
    return Response("{}", 200, {"Cache-Control": "no-store"}, "application/json")


def _account_of(raw: bytes) -> Any:
    try:
        message = json.loads(raw)
    except ValueError as nonsense:
        raise MalformedRequest(field="body") from nonsense
    return message.get("account_id") if isinstance(message, dict) else None
