"""One wish, one order at the provider: however many ask at once, whoever dies in between, however slow it is."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlmodel import func, select

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.errors import OrderInProgress, ProviderUnavailable
from cleanit_app.models import Campaign, Contribution
from cleanit_app.ports import ProviderTimeout
from cleanit_app.services import crashpoints
from cleanit_app.services.payments import contributions, orders
from cleanit_app.services.payments.orders import CLAIM
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller, sandbox_settings, signer
from tests.factories import Town
from tests.sandbox.running import Sandbox

As = Callable[[Actor], Caller]
pytestmark = pytest.mark.row("PAY-01", "TST-04")
MANY = 20


@pytest.fixture
def settings(settings: Settings, sandbox: Sandbox) -> Settings:
    """Settings that take the sandbox for Razorpay."""
    return settings.model_copy(update=sandbox_settings(sandbox))


def wish_of(town: Town, giver: Actor, paise: int = 50_000) -> UUID:
    """A wish without an order."""
    with town.uow() as uow:
        return contributions.start_contribution(
            uow, actor=giver, campaign_id=town.campaign().id, amount_paise=paise, anonymous=False,
            idempotency_key=f"key-{uuid4().hex}",
        ).id  # fmt: skip


def place(wiring: Wiring, giver: Actor, wish: UUID) -> Contribution:
    """What a page does."""
    return contributions.place_order(wiring.open_uow, wiring.payments, actor=giver, contribution_id=wish)


def wishes(town: Town) -> int:
    with town.uow() as uow:
        return uow.run(select(func.count()).select_from(Contribution)).scalar_one()


@pytest.mark.parametrize("round_", range(3))
def test_twenty_posts_with_one_key_make_one_order(
    round_: int, served: str, wiring: Wiring, town: Town, sandbox: Sandbox
) -> None:
    """Over real sockets, into a process of its own; each of the twenty has its own connection."""
    giver, campaign = town.person(), town.campaign()
    headers = signer(wiring, town, giver)() | {"Idempotency-Key": f"one-wish-{round_}"}

    def post(_: int) -> httpx.Response:
        path = f"{served}/api/campaigns/{campaign.id}/contributions"
        return httpx.post(path, json={"amountPaise": 50_000}, headers=headers, timeout=60, trust_env=False)

    with ThreadPoolExecutor(MANY) as pool:
        answers = list(pool.map(post, range(MANY)))
    assert {a.status_code for a in answers} <= {201, 409}
    made = [a.json() for a in answers if a.status_code == 201]
    waiting = [a for a in answers if a.status_code == 409]
    assert made
    assert all(one == made[0] for one in made)
    assert all(a.json()["error"] == "ORDER_IN_PROGRESS" and int(a.headers["retry-after"]) > 0 for a in waiting)
    assert [o["id"] for o in sandbox.book()["orders"]] == [made[0]["razorpayOrderId"]]
    assert wishes(town) == 1
    assert post(0).json() == made[0]


def test_page_and_rest_and_two_processes_make_one_order(
    served: str, wiring: Wiring, as_: As, town: Town, sandbox: Sandbox
) -> None:
    giver, campaign = town.person(), town.campaign()
    key, path = "from-everywhere", f"/api/campaigns/{campaign.id}/contributions"
    with town.uow() as uow:
        wish = contributions.start_contribution(
            uow, actor=giver, campaign_id=campaign.id, amount_paise=50_000, anonymous=False, idempotency_key=key
        ).id
    here, headers = as_(giver), signer(wiring, town, giver)() | {"Idempotency-Key": key}

    def ask(turn: int) -> str | None:
        if turn % 3 == 0:
            return place(wiring, giver, wish).razorpay_order_id
        if turn % 3 == 1:
            answer = here.post(path, {"amountPaise": 50_000}, headers={"Idempotency-Key": key})
        else:
            answer = httpx.post(
                served + path, json={"amountPaise": 50_000}, headers=headers, timeout=60, trust_env=False
            )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["razorpayOrderId"])

    with ThreadPoolExecutor(12) as pool:
        orders = set(pool.map(ask, range(12)))
    assert orders == {o["id"] for o in sandbox.book()["orders"]}
    assert len(orders) == 1


def test_the_same_key_with_another_wish_is_refused_by_its_name(as_: As, town: Town, sandbox: Sandbox) -> None:
    campaign, other, caller = town.campaign(), town.campaign(), as_(town.person())

    def give(where: Campaign, **body: Any) -> httpx.Response:
        path = f"/api/campaigns/{where.id}/contributions"
        return caller.post(path, {"amountPaise": 50_000} | body, headers={"Idempotency-Key": "one-key-1"})

    assert give(campaign).status_code == 201
    changed = {"campaignId": give(other), "amountPaise": give(campaign, amountPaise=60_000)}
    for name, answer in (changed | {"anonymous": give(campaign, anonymous=True)}).items():
        assert (answer.status_code, answer.json()["error"]) == (409, "IDEMPOTENCY_KEY_REUSED")
        assert list(answer.json()["fields"]) == ["Idempotency-Key"]
        assert f"another {name}." in answer.json()["detail"]
    assert len(sandbox.book()["orders"]) == 1


def test_twenty_different_wishes_race_for_one_key(as_: As, town: Town, sandbox: Sandbox) -> None:
    """Who comes second at the very same moment with another amount hears so; nobody gets another's order."""
    campaign, caller = town.campaign(), as_(town.person())

    def give(turn: int) -> httpx.Response:
        path = f"/api/campaigns/{campaign.id}/contributions"
        return caller.post(path, {"amountPaise": 10_000 + 100 * turn}, headers={"Idempotency-Key": "one-key-2"})

    with ThreadPoolExecutor(MANY) as pool:
        answers = list(pool.map(give, range(MANY)))
    assert sorted({a.status_code for a in answers}) == [201, 409]
    assert [a.status_code for a in answers].count(201) == 1
    [order] = sandbox.book()["orders"]
    assert order["amount"] == next(a.json()["amountPaise"] for a in answers if a.status_code == 201)


def test_who_comes_while_a_slow_order_is_made_is_told_to_come_again(
    as_: As, wiring: Wiring, town: Town, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contributions, "WAITS_FOR_ANOTHER", 0.3)
    giver, campaign = town.person(), town.campaign()
    caller, make = as_(giver), wiring.payments.create_order

    def slowly(**wish: Any) -> Any:
        time.sleep(1.5)
        return make(**wish)

    monkeypatch.setattr(wiring.payments, "create_order", slowly)

    def give() -> httpx.Response:
        path = f"/api/campaigns/{campaign.id}/contributions"
        return caller.post(path, {"amountPaise": 50_000}, headers={"Idempotency-Key": "slow-order"})

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(give)
        time.sleep(0.5)
        second = give()
        assert (second.status_code, second.json()["error"]) == (409, "ORDER_IN_PROGRESS")
        assert int(second.headers["retry-after"]) > 0
        assert first.result().status_code == 201
    assert give().json() == first.result().json()
    assert len(sandbox.book()["orders"]) == 1


@pytest.mark.parametrize("point", ["order.after_claim", "order.after_call"])
def test_an_order_in_flight_is_found_again_when_its_caller_dies(
    point: str, wiring: Wiring, town: Town, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contributions, "WAITS_FOR_ANOTHER", 0.2)
    giver = town.person()
    wish = wish_of(town, giver)
    child = os.fork()
    if child == 0:
        wiring.engine.dispose(close=False)
        crashpoints.arm(point)
        try:
            place(wiring, giver, wish)
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 137
    with pytest.raises(OrderInProgress):
        place(wiring, giver, wish)
    town.clock.move(seconds=CLAIM.total_seconds() + 1)
    placed = place(wiring, giver, wish)
    assert [o["id"] for o in sandbox.book()["orders"]] == [placed.razorpay_order_id]
    assert placed.status == "PENDING"


def test_after_a_timeout_nothing_is_made_until_the_slow_one_is_over(
    wiring: Wiring, town: Town, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The provider makes the order after we have hung up: a second one asked for meanwhile would be a second order."""
    monkeypatch.setattr(contributions, "WAITS_FOR_ANOTHER", 0.1)
    giver = town.person()
    wish = wish_of(town, giver)
    make = wiring.payments.create_order

    def hangs_up(**_: Any) -> Any:
        raise ProviderTimeout("no answer: ReadTimeout")

    monkeypatch.setattr(wiring.payments, "create_order", hangs_up)
    with pytest.raises(ProviderUnavailable):
        place(wiring, giver, wish)
    monkeypatch.setattr(wiring.payments, "create_order", make)
    with pytest.raises(OrderInProgress):
        place(wiring, giver, wish)
    late = sandbox.api("POST", "orders", {"amount": 50_000, "currency": "INR", "receipt": wish.hex}).json()
    town.clock.move(seconds=CLAIM.total_seconds() + 1)
    assert place(wiring, giver, wish).razorpay_order_id == late["id"]
    assert len(sandbox.book()["orders"]) == 1


def test_a_claim_of_a_clock_that_was_set_back_holds_nobody_up(wiring: Wiring, town: Town, sandbox: Sandbox) -> None:
    giver = town.person()
    wish = wish_of(town, giver)
    with town.uow() as uow:
        uow.lock(Contribution, wish).order_claimed_until = uow.now + timedelta(days=3)
    assert place(wiring, giver, wish).razorpay_order_id
    assert len(sandbox.book()["orders"]) == 1


@pytest.mark.parametrize("earlier", [0.001, 0.5, 30.0])
def test_who_began_earlier_and_waited_takes_no_claim_from_who_came_first(
    earlier: float, wiring: Wiring, town: Town, sandbox: Sandbox
) -> None:
    """Between opening a unit of work and getting the row's lock time passes: a claim may be from one's future."""
    wish = wish_of(town, town.person())
    with town.uow() as slow:
        moment = slow.now
        town.clock.move(seconds=earlier)
        with town.uow() as quick:
            assert orders.claim(quick, contribution_id=wish)[1]
        assert slow.now == moment
        assert not orders.claim(slow, contribution_id=wish)[1]
