"""An order about which the provider says nothing is not an order that was never paid."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cleanit_app.services.payments import contributions
from tests.factories import Town
from tests.sandbox.running import Sandbox, running_sandbox
from tests.support.shop import Shop, open_shop


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(Path(tmp_path_factory.mktemp("sandbox")) / "book.db") as running:
        yield running


@pytest.fixture
def shop(town: Town, sandbox: Sandbox) -> Iterator[Shop]:
    yield open_shop(town, sandbox)
    sandbox.control("faults", "DELETE")


@pytest.mark.row("PAY-01")
def test_silence_at_the_last_check_does_not_give_up_on_money(shop: Shop) -> None:
    campaign = shop.town.campaign(target_paise=100_000)
    wish = shop.order(campaign, 50_000)
    shop.sandbox.control(f"orders/{wish.razorpay_order_id}/pay", outcome="success")
    shop.town.clock.move(days=6)
    shop.sandbox.control("faults", kind="500", count=5, method="GET", path="orders/*/payments")
    contributions.ask_about_order(shop.town.open, shop.payments, contribution_id=wish.id)
    with shop.town.uow() as uow:
        assert uow.get(type(wish), wish.id).status == "PENDING"
    shop.sandbox.control("faults", "DELETE")
    shop.town.clock.move(hours=7)
    with shop.town.uow() as uow:
        assert contributions.open_contributions(uow, limit=5) == [wish.id]
    contributions.ask_about_order(shop.town.open, shop.payments, contribution_id=wish.id)
    with shop.town.uow() as uow:
        assert uow.get(type(wish), wish.id).status == "SUCCESS"


@pytest.mark.row("PAY-01")
def test_a_clear_no_after_five_days_ends_the_wish(shop: Shop) -> None:
    wish = shop.order(shop.town.campaign(target_paise=100_000), 50_000)
    shop.town.clock.move(days=6)
    contributions.ask_about_order(shop.town.open, shop.payments, contribution_id=wish.id)
    with shop.town.uow() as uow:
        assert uow.get(type(wish), wish.id).status == "LAPSED"
