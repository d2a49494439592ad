"""The provider's messages through REST: genuine ones once, forged ones never, unknown ones kept (PAY-01)."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from sqlmodel import col, func, select

from cleanit_app.domain.actors import Actor
from cleanit_app.models import Contribution, WebhookEvent
from cleanit_app.services.webhooks import waiting_webhooks, work_webhook
from cleanit_app.settings import Settings
from tests.api.conftest import Caller, sandbox_settings
from tests.factories import FORMAT, Town
from tests.sandbox.running import WEBHOOK_SECRET, Sandbox, until

TOPICS = ("payment", "payout", "refund")
PATH = "/api/webhooks/razorpay/payment"


@pytest.fixture
def settings(settings: Settings, sandbox: Sandbox) -> Settings:
    """Settings that take the sandbox for Razorpay."""
    return settings.model_copy(update=sandbox_settings(sandbox))


def message(event: str = "payment.captured", account: str = "acc_Sandbox0000001", **payload: Any) -> bytes:
    """A message as the provider writes it."""
    body = {"entity": "event", "account_id": account, "event": event, "payload": payload, "created_at": 1}
    return json.dumps(body, separators=(",", ":")).encode()


def signed(raw: bytes, secret: str = WEBHOOK_SECRET, event_id: str = "evt_1") -> dict[str, str]:
    """The headers of a message."""
    signature = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    return {"X-Razorpay-Signature": signature, "X-Razorpay-Event-Id": event_id, "Content-Type": "application/json"}


def kept(town: Town) -> int:
    """How many messages were stored."""
    with town.uow() as uow:
        return int(uow.run(select(func.count()).select_from(WebhookEvent)).scalar_one())


@pytest.mark.row("PAY-01", "PAY-06", "PAY-08")
@pytest.mark.parametrize("topic", TOPICS)
def test_a_genuine_message_is_kept_once(topic: str, anybody: Caller, town: Town) -> None:
    raw = message(f"{topic}.something")
    path = f"/api/webhooks/razorpay/{topic}"
    for event_id in ("evt_1", "evt_1", "evt_2"):  # the id header is not signed, so the body counts too
        answer = anybody("POST", path, content=raw, headers=signed(raw, event_id=event_id))
        assert (answer.status_code, answer.json()) == (200, {})
    assert kept(town) == 1


@pytest.mark.row("PAY-01", "SEC-04")
@pytest.mark.parametrize(
    "headers",
    [
        lambda raw: {},
        lambda raw: signed(raw, "another secret"),
        lambda raw: signed(raw + b" "),
        lambda raw: {**signed(raw), "X-Razorpay-Signature": ""},
        lambda raw: {**signed(raw), "X-Razorpay-Signature": "é".encode("latin-1")},
        lambda raw: {**signed(raw), "X-Razorpay-Signature": signed(raw)["X-Razorpay-Signature"].upper()},
    ],
)
def test_a_forged_message_is_refused(headers: Callable[[bytes], Any], anybody: Caller, town: Town) -> None:
    raw = message()
    refused = anybody("POST", PATH, content=raw, headers=headers(raw))
    assert (refused.status_code, refused.json()["error"]) == (400, "BAD_SIGNATURE")
    assert kept(town) == 0


@pytest.mark.row("PAY-01", "SEC-04")
def test_a_message_for_another_account_is_refused(anybody: Caller, town: Town) -> None:
    raw = message(account="acc_Somebody000001")
    assert anybody("POST", PATH, content=raw, headers=signed(raw)).json()["error"] == "BAD_SIGNATURE"


@pytest.mark.row("PAY-01")
def test_a_message_about_an_unknown_order_waits(anybody: Caller, town: Town) -> None:
    entity = {"id": "pay_1", "order_id": "order_nobody", "amount": 5, "currency": "INR", "status": "captured"}
    raw = message(payment={"entity": entity | {"created_at": 1_790_000_000, "acquirer_data": {}}})
    assert anybody("POST", PATH, content=raw, headers=signed(raw)).status_code == 200
    with town.uow() as uow:
        (webhook_id,) = waiting_webhooks(uow, limit=5)
    work_webhook(town.open, webhook_id=webhook_id, form=FORMAT)
    with town.uow() as uow:
        row = uow.get(WebhookEvent, webhook_id)
        assert (row.processed_at, row.tries) == (None, 1)


@pytest.mark.row("PAY-01", "PAY-02", "TST-02")
def test_the_provider_s_own_messages_bring_the_money_once(
    as_: Callable[[Actor], Caller], town: Town, sandbox: Sandbox, served: str
) -> None:
    sandbox.control("endpoints", payment=f"{served}{PATH}")
    sandbox.control("webhook-faults", kind="duplicate", count=4, copies=3)
    caller, campaign = as_(town.person()), town.campaign(target_paise=100_000)
    path = f"/api/campaigns/{campaign.id}/contributions"
    order = caller.post(path, {"amountPaise": 100_000}, headers={"Idempotency-Key": "key-0001"}).json()
    sandbox.control(f"orders/{order['razorpayOrderId']}/pay", outcome="success")
    until(lambda: kept(town) >= 3, 15)  # authorized, captured, order.paid
    town.clock.move(minutes=5)  # the served app has the real clock, which did not stand still
    _work_all(town)
    with town.uow() as uow:
        wish = uow.run(select(Contribution)).scalar_one()
        assert (wish.status, wish.kept_paise, wish.receipt_number is not None) == ("SUCCESS", 100_000, True)
        outcomes = uow.run(select(col(WebhookEvent.outcome))).scalars().all()
    assert all(outcome and outcome.startswith("applied") for outcome in outcomes)


def _work_all(town: Town) -> None:
    with town.uow() as uow:
        waiting = waiting_webhooks(uow, limit=50)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: work_webhook(town.open, webhook_id=one, form=FORMAT), waiting))


@pytest.mark.row("PAY-01", "TST-04")
def test_the_same_message_from_many_sides_is_one_row(town: Town, served: str) -> None:
    raw = message()

    def post(_: int) -> int:
        answer = httpx.post(f"{served}{PATH}", content=raw, headers=signed(raw), timeout=30, trust_env=False)
        return answer.status_code

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(post, range(100))) == {200}
    assert kept(town) == 1
