"""Odd payments are flagged, told to finance, and never blocked."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import Campaign, Contribution, ErrorLog, Notification, PaymentFlag, WebhookEvent
from cleanit_app.reads.ledger.money_desk import odd_payments
from cleanit_app.services.auth.session_revocation import end_session
from cleanit_app.services.auth.sign_in import open_session
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.payments.payment_flags import see_odd_payment
from cleanit_app.services.payments.payments import apply_payment
from cleanit_app.services.webhooks import store_webhook, work_webhook
from tests.factories import FORMAT, Town

pytestmark = pytest.mark.row("SEC-10")


def flags(town: Town) -> list[tuple[str, int]]:
    with town.uow() as uow:
        return [(f.rule, f.found) for f in uow.run(select(PaymentFlag).order_by(col(PaymentFlag.id))).scalars()]


def fail(town: Town, wish: Contribution, payment_id: str, times: int = 1) -> None:
    for _ in range(times):
        with town.uow() as uow:
            apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish, "failed", payment_id))


def test_many_gifts_within_an_hour_are_flagged_once_a_day_and_told_to_finance(town: Town) -> None:
    finance, giver = town.admin(AdminDuty.FINANCE), town.person()
    campaign = town.campaign(target_paise=500_000)
    for _ in range(5):
        town.give(campaign, 1_000, giver)
    assert flags(town) == []
    for _ in range(3):
        town.give(campaign, 1_000, giver)
    assert flags(town) == [("MANY_GIFTS", 6)]
    with town.uow() as uow:
        assert uow.get(Campaign, campaign.id).raised_paise == 8_000  # nothing was blocked
        relay_outbox(uow)
    with town.uow() as uow:
        heard = [n.kind for n in uow.all(Notification, Notification.user_id == finance.user_id)]
        (shown,) = odd_payments(uow, actor=finance)
    assert heard == ["payment_odd"]
    with town.uow() as uow:
        see_odd_payment(uow, actor=finance, flag_id=shown.id)
    with town.uow() as uow:
        assert odd_payments(uow, actor=finance) == ()


def test_gifts_over_a_day_are_not_odd(town: Town) -> None:
    giver, campaign = town.person(), town.campaign(target_paise=500_000)
    for _ in range(8):
        town.give(campaign, 1_000, giver)
        town.clock.move(minutes=30)
    assert flags(town) == []


@pytest.mark.row("MON-05")
def test_many_failed_tries_are_flagged_and_each_is_kept_once(town: Town) -> None:
    giver, campaign = town.person(), town.campaign()
    wish = town.wish(campaign, 10_000, giver)
    for number in range(4):
        fail(town, wish, f"pay_failed{number}", times=3)  # callback, webhook and poller all tell it
    assert flags(town) == []
    fail(town, wish, "pay_failed4")
    assert flags(town) == [("MANY_FAILED", 5)]
    with town.uow() as uow:
        assert len(uow.all(ErrorLog, ErrorLog.source == "payment")) == 5


def test_an_unusually_big_first_gift_is_flagged_and_a_later_one_is_not(town: Town) -> None:
    newcomer, regular = town.person(), town.person()
    big = town.campaign(target_paise=4_000_000)
    town.give(town.campaign(), 1_000, regular)
    town.give(big, 1_200_000, regular)
    assert flags(town) == []
    town.give(big, 1_200_000, newcomer)
    assert flags(town) == [("BIG_FIRST", 1_200_000)]


@pytest.mark.parametrize(("pause", "odd"), [(timedelta(minutes=3), True), (timedelta(hours=3), False)])
def test_a_gift_from_the_browser_of_the_creator_is_flagged(town: Town, pause: timedelta, odd: bool) -> None:
    creator, giver, campaign = town.person(), town.person(), None
    campaign = town.campaign(creator)

    def sign_in(person: Actor, agent: str) -> object:
        with town.uow() as uow:
            return open_session(uow, user_id=person.user_id, user_agent=agent, with_cookie=True).session_id

    first = sign_in(creator, "A phone")
    town.clock.move(minutes=5)
    with town.uow() as uow:
        end_session(uow, session_id=first, reason="signed out")
    town.clock.at += pause
    sign_in(giver, "A phone")
    town.give(campaign, 1_000, giver)
    assert [rule for rule, _ in flags(town)] == (["SAME_DEVICE"] if odd else [])


def chargeback(town: Town, payment_id: str | None, event: str) -> str | None:
    """A message of the provider about a dispute at the giver's bank, and what became of it."""
    entity = {"id": "disp_1", "payment_id": payment_id, "amount": 20_000, "status": "open", "phase": "chargeback"}
    body = {"event": event, "payload": {"dispute": {"entity": entity}, "payment": {"entity": {"id": payment_id}}}}
    with town.uow() as uow:
        webhook_id = store_webhook(uow, raw=json.dumps(body).encode(), event_id=event, form=FORMAT)
    assert webhook_id
    work_webhook(town.open, webhook_id=webhook_id, form=FORMAT)
    with town.uow() as uow:
        return uow.get(WebhookEvent, webhook_id).outcome


@pytest.mark.row("PAY-01")
def test_finance_hears_once_that_a_givers_bank_wants_its_money_back(town: Town) -> None:
    finance = town.admin(AdminDuty.FINANCE)
    gift = town.give(town.campaign(), 20_000)
    for step in ("created", "under_review", "lost"):
        said = chargeback(town, gift.razorpay_payment_id, f"payment.dispute.{step}")
        assert said == f"told about contribution {gift.id}"
    assert flags(town) == [("CHARGEBACK", 20_000)]
    with town.uow() as uow:
        relay_outbox(uow)
    with town.uow() as uow:
        (heard,) = uow.all(Notification, Notification.user_id == finance.user_id)
        (shown,) = odd_payments(uow, actor=finance)
    assert (heard.kind, heard.values["odd"]) == ("payment_odd", "CHARGEBACK")
    assert (shown.rule, shown.amount_paise) == ("CHARGEBACK", 20_000)
    assert chargeback(town, "pay_not_ours", "payment.dispute.closed") is None  # it waits for its payment
