"""Signed messages of payments that were captured, as the provider sends them."""

from __future__ import annotations

import json

from cleanit_app.models import Contribution
from cleanit_app.services import webhooks
from tests.factories import FORMAT, Town


def captured(town: Town, wish: Contribution) -> bytes:
    """The body that tells of a wish's payment."""
    said = town.payment(wish)
    entity = {
        "id": said.id, "order_id": said.order_id, "amount": said.amount_paise, "currency": "INR",
        "status": "captured", "captured": True, "fee": 0, "tax": 0, "created_at": 1_790_000_000,
    }  # fmt: skip
    return json.dumps({"event": "payment.captured", "payload": {"payment": {"entity": entity}}}).encode()


def store(town: Town, body: bytes, request_id: str | None = None) -> None:
    """Keep a message as the door for webhooks does."""
    with town.uow() as uow:
        uow.request_id = request_id
        webhooks.store_webhook(uow, raw=body, event_id=None, form=FORMAT)


def fill(town: Town, number: int, campaigns: int = 8) -> list[Contribution]:
    """So many paid gifts of which a message waits, over some campaigns; the wishes in the order of their messages."""
    places = [town.campaign(target_paise=1_000_000) for _ in range(campaigns)]
    wishes = [town.wish(places[i % campaigns], 10_000) for i in range(number)]
    for wish in wishes:
        store(town, captured(town, wish))
    return wishes
