"""Whole promises through what people and the provider meet: REST, signed messages, and the jobs of the clock."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col

from cleanit_app.api.app import create_api
from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.calendar import add_business_days, business_days_between, ist_date
from cleanit_app.models import Campaign, Notification, Refund
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller, sandbox_settings, signer
from tests.factories import Town
from tests.sandbox.running import WEBHOOK_SECRET, Sandbox, running_sandbox
from tests.support.shop import Shop, open_shop
from workers.jobs import operations
from workers.relay import relay_all


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(Path(tmp_path_factory.mktemp("sandbox")) / "book.db") as running:
        yield running


@pytest.fixture
def settings(settings: Settings, sandbox: Sandbox) -> Settings:
    """Settings that take the sandbox for Razorpay."""
    return settings.model_copy(update=sandbox_settings(sandbox))


@pytest.fixture
def shop(town: Town, sandbox: Sandbox) -> Shop:
    return open_shop(town, sandbox)


class House:
    """The REST door of these parts, and the provider that speaks to it."""

    def __init__(self, parts: Wiring, shop: Shop) -> None:
        self._parts, self.shop, self.town = parts, shop, shop.town
        self._http = TestClient(create_api(parts), raise_server_exceptions=False, follow_redirects=False)

    def as_(self, actor: Actor) -> Caller:
        """A caller with an access token of this person."""
        return Caller(self._http, signer(self._parts, self.town, actor))

    def say(self, event: str, kind: str, entity: Any) -> None:
        """The provider says it, signed, at the door of its kind; the clock works on it."""
        body = {"account_id": "acc_Sandbox0000001", "event": event, "payload": {kind: {"entity": entity}}}
        raw = json.dumps({"entity": "event", "created_at": 1, **body}).encode()
        signature = hmac.new(WEBHOOK_SECRET.encode(), raw, hashlib.sha256).hexdigest()
        headers = {"X-Razorpay-Signature": signature, "Content-Type": "application/json"}
        answer = self._http.post(f"/api/webhooks/razorpay/{kind}", content=raw, headers=headers)
        assert answer.status_code == 200
        operations.tick("webhooks")

    def told(self, actor: Actor) -> set[str]:
        """The kinds of everything this person was told."""
        relay_all(self._parts)
        with self.town.uow() as uow:
            return {n.kind for n in uow.all(Notification, col(Notification.user_id) == actor.user_id)}

    def campaign(self, campaign: Campaign) -> Campaign:
        """How a campaign stands."""
        with self.town.uow() as uow:
            return uow.get(Campaign, campaign.id)

    def give(self, giver: Actor, campaign: Campaign, paise: int, outcome: str = "success", times: int = 1) -> None:
        """Wish through REST, pay at the provider, and let its message arrive."""
        path, key = f"/api/campaigns/{campaign.id}/contributions", {"Idempotency-Key": f"key-{giver.id}"}
        order = self.as_(giver).post(path, {"amountPaise": paise}, headers=key).json()
        for _ in range(times):
            self.shop.sandbox.control(f"orders/{order['razorpayOrderId']}/pay", outcome=outcome)
        mine = [p for p in self.shop.sandbox.book()["payments"] if p["order_id"] == order["razorpayOrderId"]]
        for payment in mine:
            self.say(f"payment.{payment['status']}", "payment", payment)


@pytest.fixture
def house(parts: Wiring, shop: Shop) -> House:
    return House(parts, shop)


@pytest.mark.row("CAM-10", "CAM-11", "PAY-08", "PAY-09")
def test_a_campaign_that_fell_short_is_refunded_by_the_clock_and_each_giver_hears_it(house: House) -> None:
    town, finance = house.town, house.town.admin(AdminDuty.FINANCE)
    campaign = town.campaign(target_paise=100_000)
    asha, imran = town.person(), town.person(name="Imran Khan")
    house.give(asha, campaign, 20_000)
    house.give(imran, campaign, 30_000)
    assert house.campaign(campaign).raised_paise == 50_000
    town.clock.move(days=31)
    for name in ("close-campaigns", "refunds", "refunds"):
        operations.tick(name)
    assert house.campaign(campaign).refund_status == "PROCESSING"
    (line,) = house.as_(asha).get("/api/users/me/transactions").json()["refunds"]
    today = ist_date(town.clock.now())
    promised = add_business_days(today, 7)
    assert (line["amountPaise"], line["status"], line["dueOn"]) == (20_000, "PROCESSING", promised.isoformat())
    assert business_days_between(today, promised) == 7
    assert overdue(house, finance) == 0
    town.clock.move(days=(promised - today).days + 1)
    assert overdue(house, finance) == 2
    first, second = sorted(house.shop.sandbox.book()["refunds"], key=lambda refund: refund["amount"])
    for refund, state in ((first, "PROCESSING"), (second, "COMPLETED")):
        done = house.shop.sandbox.control(f"refunds/{refund['id']}/process")
        house.say("refund.processed", "refund", done)
        assert house.campaign(campaign).refund_status == state
    with town.uow() as uow:
        assert {refund.status for refund in uow.all(Refund)} == {"COMPLETED"}
    for giver in (asha, imran):
        assert {"campaign_expired", "refund_processed", "campaign_refunded"} <= house.told(giver)
    (line,) = house.as_(imran).get("/api/users/me/transactions").json()["refunds"]
    assert (line["amountPaise"], line["status"]) == (30_000, "COMPLETED")
    assert date.fromisoformat(line["completedAt"][:10]) > promised


def overdue(house: House, finance: Actor) -> int:
    """How many refunds finance reads to be past their promise."""
    return int(house.as_(finance).get("/api/admin/refunds/plan").json()["overdue"])


@pytest.mark.row("SEC-10", "MON-05", "PAY-01")
def test_many_failed_tries_are_flagged_kept_and_read_by_finance(house: House) -> None:
    town, finance = house.town, house.town.admin(AdminDuty.FINANCE)
    giver = town.person(name="Imran Khan")
    house.give(giver, town.campaign(), 20_000, outcome="fail", times=LIMITS.failed_tries_an_hour)
    desk = house.as_(finance)
    (flag,) = desk.get("/api/admin/payment-flags").json()["items"]
    assert flag["rule"] == "MANY_FAILED"
    assert "payment_odd" in house.told(finance)
    kept = desk.get("/api/admin/errors?source=payment").json()["items"]
    assert len(kept) == LIMITS.failed_tries_an_hour
    assert {(one["userName"], one["environment"]) for one in kept} == {("Imran Khan", "test")}
    assert desk.post(f"/api/admin/payment-flags/{flag['id']}/seen").status_code in (200, 204)
    assert desk.get("/api/admin/payment-flags").json()["items"] == []
