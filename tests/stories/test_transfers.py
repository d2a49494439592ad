"""Payouts and refunds over HTTP against the sandbox: faults, repeats, silence; its own book is the judge."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from cleanit_app.models import Attempt, Campaign, Job, LedgerAccount, Refund
from cleanit_app.ports import UpiDetails
from cleanit_app.services import crashpoints
from cleanit_app.services.ledger import booking
from cleanit_app.services.payments import contributions
from cleanit_app.services.payouts import payouts
from cleanit_app.services.people import kyc
from cleanit_app.services.refunds import refunds
from cleanit_app.services.refunds.send import send_refund
from tests.factories import FORMAT, Town
from tests.sandbox.running import Sandbox, running_sandbox
from tests.support.shop import CIPHER, Shop, open_shop


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(Path(tmp_path_factory.mktemp("sandbox")) / "book.db") as running:
        yield running


@pytest.fixture
def shop(town: Town, sandbox: Sandbox) -> Iterator[Shop]:
    yield open_shop(town, sandbox)
    sandbox.control("faults", "DELETE")


def land(shop: Shop, payout_id: UUID, move: str = "process", **body: Any) -> None:
    shop.land(payout_id, move, **body)


@pytest.mark.row("PAY-05", "PAY-06", "TST-02")
def test_pay_reaches_the_bank_and_closes_the_campaign(shop: Shop) -> None:
    _, payout_id = shop.owed()
    shop.send(payout_id)
    assert shop.payout(payout_id).status == "PROCESSING"
    land(shop, payout_id)
    shop.settle()
    paid = shop.payout(payout_id)
    assert (paid.status, bool(paid.utr)) == ("PAID", True)
    with shop.town.uow() as uow:
        assert uow.get(Job, paid.job_id).status == "PAID"
        assert uow.get(Campaign, paid.campaign_id).status == "CLOSED"
        in_book = shop.paid_out()[0]
        assert booking.balance(uow, LedgerAccount.BANK) == -(in_book["amount"] + in_book["fees"])


@pytest.mark.parametrize(
    "kind", ["timeout_before", "timeout_after", "drop", "drop_after", "500", "500_after", "502_html_after", "429"]
)
@pytest.mark.row("PAY-07")
def test_silence_is_asked_about_and_never_paid_twice(shop: Shop, kind: str) -> None:
    _, payout_id = shop.owed()
    shop.sandbox.control("faults", kind=kind, count=1, method="POST", path="payouts")
    shop.send(payout_id)
    with shop.town.uow() as uow:
        attempt = uow.run(select(Attempt)).scalar_one()
        assert (attempt.status, attempt.tries) == ("UNKNOWN", 1)
    shop.send(payout_id)
    for _ in range(3):
        shop.settle()
    assert [p["amount"] for p in shop.paid_out()] == [380_000]
    land(shop, payout_id)
    shop.settle()
    assert shop.payout(payout_id).status == "PAID"
    with shop.town.uow() as uow:
        attempt = uow.run(select(Attempt)).scalar_one()
        assert attempt.status == "SUCCEEDED"


@pytest.mark.row("PAY-06", "PAY-07")
def test_a_refused_pay_is_tried_three_times_then_waits_for_a_person(shop: Shop) -> None:
    _, payout_id = shop.owed()
    for number in (1, 2, 3):
        shop.send(payout_id)
        land(shop, payout_id, "fail", reason="beneficiary_bank_offline")
        shop.settle()
        waiting = shop.payout(payout_id)
        assert waiting.failure_reason == "bank_away"
        assert waiting.status == ("MANUAL" if number == 3 else "PENDING")
        shop.town.clock.move(hours=8)
    assert shop.paid_out() == []
    admin = shop.town.admin()
    with shop.town.uow() as uow:
        payouts.order_payout_now(uow, actor=admin, payout_id=payout_id)
    shop.send(payout_id)
    land(shop, payout_id)
    shop.settle()
    assert shop.payout(payout_id).status == "PAID"
    keys = {a.idempotency_key for a in _attempts(shop, payout_id)}
    assert len(keys) == 4


def _attempts(shop: Shop, payout_id: UUID) -> list[Attempt]:
    with shop.town.uow() as uow:
        return list(uow.run(select(Attempt).where(col(Attempt.payout_id) == payout_id)).scalars())


@pytest.mark.row("PAY-06")
def test_pay_that_comes_back_days_later_opens_job_and_campaign_again(shop: Shop) -> None:
    _, payout_id = shop.owed()
    shop.send(payout_id)
    land(shop, payout_id)
    shop.settle()
    land(shop, payout_id, "reverse", reason="beneficiary_bank_rejected")
    attempt = _attempts(shop, payout_id)[0]
    answer = shop.payouts.payout(str(attempt.provider_id))
    for _ in range(2):
        with shop.town.uow() as uow:
            payouts.apply_payout(uow, attempt_id=attempt.id, answer=answer)
    back = shop.payout(payout_id)
    assert (back.status, back.paid_at) == ("PENDING", None)
    with shop.town.uow() as uow:
        assert uow.get(Job, back.job_id).status == "VERIFIED"
        assert uow.get(Campaign, back.campaign_id).status == "COMPLETED"
        assert booking.balance(uow, LedgerAccount.BANK) == 0
    shop.town.clock.move(hours=2)
    shop.send(payout_id)
    land(shop, payout_id)
    shop.settle()
    assert shop.payout(payout_id).status == "PAID"


@pytest.mark.row("PAY-07")
def test_wrong_details_ask_the_cleaner(shop: Shop) -> None:
    cleaner, payout_id = shop.owed()
    shop.send(payout_id)
    land(shop, payout_id, "fail", reason="beneficiary_vpa_invalid")
    shop.settle()
    shop.town.clock.move(hours=3)
    with shop.town.uow() as uow:
        assert payouts.due_payouts(uow, limit=5) == []
        kyc.save_payout_details(uow, actor=cleaner, details=UpiDetails("Ramesh Pal", "pal@okbank"), cipher=CIPHER)
    shop.confirm(cleaner)
    with shop.town.uow() as uow:
        assert payouts.due_payouts(uow, limit=5) == []  # a changed account waits its day
    shop.town.clock.move(hours=24)
    with shop.town.uow() as uow:
        assert payouts.due_payouts(uow, limit=5) == [payout_id]
    shop.send(payout_id)
    accounts = {p["fund_account_id"] for p in shop.sandbox.book()["payouts"]}
    assert len(accounts) == 2


@pytest.mark.row("PAY-08", "PAY-02")
def test_the_surplus_of_the_last_gift_is_refunded_over_http(shop: Shop) -> None:
    campaign = shop.town.campaign(target_paise=100_000)
    shop.give(campaign, 60_000)
    with shop.town.uow() as uow:
        assert uow.get(Campaign, campaign.id).raised_paise == 60_000
    for wish in [shop.order(campaign, 40_000) for _ in range(2)]:
        shop.pay(wish)
    with shop.town.uow() as uow:
        due = refunds.due_refunds(uow, limit=10)
    assert len(due) == 1
    shop.sandbox.control("faults", kind="500_after", count=1, method="POST", path="payments/*/refund")
    send_refund(shop.town.open, shop.payments, refund_id=due[0], form=FORMAT)
    shop.settle()
    refund_id = shop.sandbox.book()["refunds"][0]["id"]
    assert len(shop.sandbox.book()["refunds"]) == 1
    shop.sandbox.control(f"refunds/{refund_id}/process")
    shop.settle()
    with shop.town.uow() as uow:
        done = uow.get(Refund, due[0])
        assert (done.status, done.amount_paise, done.razorpay_refund_id) == ("COMPLETED", 40_000, refund_id)
        book = shop.sandbox.book()
        captured = sum(p["amount"] - p["fee"] for p in book["payments"] if p["captured"])
        assert booking.balance(uow, LedgerAccount.GATEWAY) == captured - 40_000


@pytest.mark.row("PAY-08")
def test_a_short_balance_is_a_wait_and_not_a_failure(shop: Shop) -> None:
    campaign = shop.town.campaign(target_paise=100_000)
    early = shop.order(campaign, 60_000)
    shop.give(campaign, 100_000)
    shop.pay(early)
    with shop.town.uow() as uow:
        refund_id = refunds.due_refunds(uow, limit=1)[0]
    shop.sandbox.control("balances", pg_balance=0)
    for _ in range(5):
        send_refund(shop.town.open, shop.payments, refund_id=refund_id, form=FORMAT)
        with shop.town.uow() as uow:
            assert uow.get(Refund, refund_id).status == "PENDING"
        shop.town.clock.move(hours=9)
    shop.sandbox.control("balances", pg_balance=1_000_000)
    send_refund(shop.town.open, shop.payments, refund_id=refund_id, form=FORMAT)
    provider_id = shop.sandbox.book()["refunds"][0]["id"]
    shop.sandbox.control(f"refunds/{provider_id}/process")
    shop.settle()
    with shop.town.uow() as uow:
        assert uow.get(Refund, refund_id).status == "COMPLETED"


@pytest.mark.row("PAY-01")
def test_an_order_is_made_once_even_when_the_answer_is_lost(shop: Shop) -> None:
    campaign = shop.town.campaign()
    giver = shop.town.person()
    with shop.town.uow() as uow:
        wish = contributions.start_contribution(
            uow, actor=giver, campaign_id=campaign.id, amount_paise=5_000, anonymous=False, idempotency_key="key-12345",
        )  # fmt: skip
    shop.sandbox.control("faults", kind="500_after", count=1, method="POST", path="orders")
    with pytest.raises(contributions.ProviderUnavailable):
        contributions.place_order(shop.town.open, shop.payments, actor=giver, contribution_id=wish.id)
    again = contributions.place_order(shop.town.open, shop.payments, actor=giver, contribution_id=wish.id)
    twice = contributions.place_order(shop.town.open, shop.payments, actor=giver, contribution_id=wish.id)
    assert again.razorpay_order_id == twice.razorpay_order_id
    assert [o["id"] for o in shop.sandbox.book()["orders"]] == [again.razorpay_order_id]
    assert again.status == "PENDING"


def _die_at(shop: Shop, point: str, act: Callable[[], None]) -> None:
    """Do something in a child process that is killed at a named place, as by kill -9."""
    child = os.fork()
    if child == 0:
        shop.town.engine.dispose(close=False)
        crashpoints.arm(point)
        try:
            act()
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 137


@pytest.mark.parametrize("step", ["after_intent", "after_lease", "after_call", "after_record"])
@pytest.mark.row("PAY-05", "PAY-07")
def test_a_process_killed_while_it_pays_pays_once(shop: Shop, step: str) -> None:
    _, payout_id = shop.owed()
    _die_at(shop, f"payout.{step}", lambda: shop.send(payout_id))
    for _ in range(2):
        shop.settle()
    assert [p["amount"] for p in shop.paid_out()] == [380_000]
    land(shop, payout_id)
    shop.settle()
    assert shop.payout(payout_id).status == "PAID"
    assert len(_attempts(shop, payout_id)) == 1
