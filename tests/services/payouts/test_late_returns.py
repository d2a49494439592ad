"""Pay that a bank sends back after days, when nobody told us: found by night, booked and planned again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col

from cleanit_app.models import CheckRun, Difference, Job, LedgerAccount
from cleanit_app.services.ledger import booking
from cleanit_app.services.reconciliation.reconcile import reconcile
from tests.factories import Town
from tests.sandbox.running import Sandbox, running_sandbox
from tests.support.shop import Shop, open_shop

FRIDAY_TEN = datetime(2026, 11, 27, 4, 30, tzinfo=UTC)
THURSDAY_TWO = datetime(2026, 12, 2, 20, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(Path(tmp_path_factory.mktemp("sandbox")) / "book.db") as running:
        yield running


@pytest.fixture
def shop(town: Town, sandbox: Sandbox) -> Shop:
    town.clock.at = FRIDAY_TEN - timedelta(hours=25)
    return open_shop(town, sandbox)


def sandbox_follows(shop: Shop) -> None:
    offset = (shop.town.clock.now() - datetime.now(UTC)).total_seconds()
    shop.sandbox.control("clock", offset_seconds=offset)


def compare(shop: Shop) -> int:
    return reconcile(shop.town.open, shop.payments, shop.payouts)


@pytest.mark.row("PAY-06", "PAY-13")
@pytest.mark.parametrize(
    "night", [THURSDAY_TWO - timedelta(days=4), THURSDAY_TWO], ids=["still in the lists", "after five days"]
)
def test_pay_that_came_back_without_a_word_is_booked_and_planned_again(shop: Shop, night: datetime) -> None:
    _, payout_id = shop.owed()
    assert shop.town.clock.now() == FRIDAY_TEN
    sandbox_follows(shop)
    shop.send(payout_id)
    shop.land(payout_id)
    shop.settle(660)
    assert shop.payout(payout_id).status == "PAID"
    shop.town.clock.at = night - timedelta(hours=11)
    shop.land(payout_id, "reverse", reason="beneficiary_bank_rejected")  # and the message is lost
    shop.town.clock.at = night
    compare(shop)
    with shop.town.uow() as uow:  # found and booked, nothing left to look at
        assert uow.all(Difference, Difference.what == "PAYOUT", col(Difference.resolved_at).is_(None)) == []
    back = shop.payout(payout_id)
    assert (back.status, back.failure_reason) == ("PENDING", "bank_refused")
    assert back.scheduled_for == night + timedelta(minutes=30)
    assert [told["reason"] for told in shop.said("PayoutFailed")] == ["bank_refused"]
    with shop.town.uow() as uow:
        assert uow.get(Job, back.job_id).status == "VERIFIED"
        assert booking.balance(uow, LedgerAccount.BANK) == 0


@pytest.mark.row("PAY-13")
def test_pay_that_stayed_is_asked_about_and_left_alone(shop: Shop) -> None:
    _, payout_id = shop.owed()
    sandbox_follows(shop)
    shop.send(payout_id)
    shop.land(payout_id)
    shop.settle(660)
    shop.town.clock.at = THURSDAY_TWO
    assert compare(shop) == 0
    assert shop.payout(payout_id).status == "PAID"
    with shop.town.uow() as uow:
        (run,) = uow.all(CheckRun, CheckRun.kind == "RECONCILIATION")
        assert run.checked == 1  # by its id


@pytest.mark.row("PAY-13")
def test_after_nights_without_a_run_it_looks_back_to_the_last_one(shop: Shop) -> None:
    assert compare(shop) == 0
    shop.town.clock.move(hours=1)
    wish = shop.order(shop.town.campaign(target_paise=100_000), 50_000)
    sandbox_follows(shop)
    shop.sandbox.control(f"orders/{wish.razorpay_order_id}/pay", outcome="success")
    shop.town.clock.move(days=9)  # nothing ran, nobody told us
    assert compare(shop) == 1
