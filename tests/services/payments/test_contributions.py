"""Giving: limits, repeats, races, failures, late and surplus money."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, func, select

from cleanit_app.domain.errors import (
    AmountNotWhole,
    AmountTooLarge,
    AmountTooSmall,
    CampaignClosed,
    DomainError,
    IdempotencyConflict,
    OwnCampaign,
    PaymentMismatch,
)
from cleanit_app.domain.provider import PaymentFailure
from cleanit_app.models import (
    Campaign,
    Contribution,
    EscrowTransaction,
    Job,
    LedgerAccount,
    Payment,
    Refund,
    Transaction,
)
from cleanit_app.services.campaigns import campaigns
from cleanit_app.services.ledger import booking
from cleanit_app.services.payments import contributions, payments
from tests.factories import Town


def start(town: Town, campaign: Campaign, amount: Any, key: str = "key-12345", actor: Any = None) -> Contribution:
    with town.uow() as uow:
        return contributions.start_contribution(
            uow,
            actor=actor or town.person(),
            campaign_id=campaign.id,
            amount_paise=amount,
            anonymous=False,
            idempotency_key=key,
        )


@pytest.mark.row("PAY-02", "SEC-04")
def test_limits_of_an_amount(town: Town) -> None:
    campaign = town.campaign(target_paise=100_000)
    for wrong in (900, 0, -5_000, 10.5, "5000", None, True):
        with pytest.raises(AmountTooSmall):
            start(town, campaign, wrong)
    with pytest.raises(AmountTooLarge):
        start(town, campaign, 100_100)
    with pytest.raises(AmountNotWhole):
        start(town, campaign, 1_050)
    assert start(town, campaign, 1_000).amount_paise == 1_000


def test_the_last_few_rupees_may_be_less_than_ten(town: Town) -> None:
    campaign = town.campaign(target_paise=100_000)
    town.give(campaign, 99_500)
    assert start(town, campaign, 500).amount_paise == 500


@pytest.mark.row("CAM-08")
def test_nobody_gives_to_the_own_campaign(town: Town) -> None:
    creator = town.person()
    with pytest.raises(OwnCampaign):
        start(town, town.campaign(creator), 5_000, actor=creator)


def test_a_campaign_that_does_not_collect_takes_nothing(town: Town) -> None:
    creator = town.person()
    campaign = town.campaign(creator)
    with town.uow() as uow:
        campaigns.cancel_campaign(uow, actor=creator, campaign_id=campaign.id)
    with pytest.raises(CampaignClosed):
        start(town, campaign, 5_000)


def test_one_key_is_one_wish_even_when_clicked_twice_at_once(town: Town) -> None:
    campaign, giver = town.campaign(), town.person()
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: start(town, campaign, 5_000, "same-key", giver).id, range(16)))
    assert len(set(made)) == 1
    with pytest.raises(IdempotencyConflict):
        start(town, campaign, 6_000, "same-key", giver)


@pytest.mark.row("PAY-02", "PAY-03")
def test_a_captured_payment_is_booked_once_however_often_it_is_told(town: Town) -> None:
    campaign = town.campaign(target_paise=400_000)
    wish = town.wish(campaign, 50_000)
    paid = town.payment(wish)

    def tell(_: int) -> None:
        with town.uow() as uow:
            payments.apply_payment(uow, contribution_id=wish.id, payment=paid)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(tell, range(24)))
    with town.uow() as uow:
        assert uow.run(select(func.count()).select_from(Payment)).scalar_one() == 1
        assert uow.get(Campaign, campaign.id).raised_paise == 50_000
        now = uow.get(Contribution, wish.id)
        assert (now.status, now.kept_paise, now.receipt_number) == ("SUCCESS", 50_000, "CL-2627-000001")
        held = uow.run(select(EscrowTransaction)).scalar_one()
        assert (held.status, held.amount_paise) == ("HELD", 50_000)
        line = uow.run(select(Transaction)).scalar_one()
        assert (line.type, line.amount_paise, line.status) == ("CONTRIBUTION", 50_000, "COMPLETED")
        assert booking.balance(uow, LedgerAccount.HELD, campaign.id) == -50_000
        assert booking.balance(uow, LedgerAccount.GATEWAY) == 50_000 - 1_180


@pytest.mark.row("PAY-02")
def test_a_failed_try_does_not_end_the_wish(town: Town) -> None:
    campaign = town.campaign()
    wish = town.wish(campaign, 5_000)
    failed = replace(town.payment(wish, "failed"), id="pay_first", failure=PaymentFailure.FUNDS_SHORT)
    with town.uow() as uow:
        payments.apply_payment(uow, contribution_id=wish.id, payment=failed)
        assert uow.get(Contribution, wish.id).failure_reason == "funds_short"
    with town.uow() as uow:
        payments.apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish))
    with town.uow() as uow:
        payments.apply_payment(uow, contribution_id=wish.id, payment=failed)
        assert uow.get(Contribution, wish.id).status == "SUCCESS"


def test_the_same_payment_may_fail_first_and_be_captured_days_later(town: Town) -> None:
    campaign = town.campaign()
    wish = town.wish(campaign, 5_000)
    for status in ("failed", "captured", "failed"):
        with town.uow() as uow:
            payments.apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish, status, "pay_1"))
        town.clock.move(days=1)
    with town.uow() as uow:
        assert uow.get(Campaign, campaign.id).raised_paise == 5_000


@pytest.mark.parametrize("lie", [{"amount_paise": 4_999}, {"currency": "USD"}, {"order_id": "order_other"}])
def test_a_payment_that_is_not_ours_is_refused(town: Town, lie: dict[str, Any]) -> None:
    wish = town.wish(town.campaign(), 5_000)
    with pytest.raises(PaymentMismatch), town.uow() as uow:
        payments.apply_payment(uow, contribution_id=wish.id, payment=replace(town.payment(wish), **lie))


@pytest.mark.row("JOB-02", "CAM-01", "PAY-02")
def test_the_target_opens_the_job_in_the_same_transaction(town: Town) -> None:
    campaign = town.campaign(target_paise=400_000)
    town.give(campaign, 150_000)
    town.give(campaign, 250_000)
    with town.uow() as uow:
        funded = uow.get(Campaign, campaign.id)
        job = uow.run(select(Job)).scalar_one()
        assert (funded.status, funded.job_id, funded.funded_at) == ("FUNDED", job.id, town.clock.now())
        assert (job.status, job.amount_paise, job.platform_fee_paise) == ("AVAILABLE", 380_000, 20_000)
        assert (job.expires_at - job.created_at).days == 90
        assert (job.latitude, job.longitude) == (campaign.latitude, campaign.longitude)


@pytest.mark.row("PAY-02")
def test_many_pay_the_last_rupees_at_once_and_only_what_is_missing_is_kept(town: Town) -> None:
    campaign = town.campaign(target_paise=100_000)
    town.give(campaign, 90_000)
    wishes = [town.wish(campaign, 10_000) for _ in range(12)]

    def pay(wish: Contribution) -> None:
        with town.uow() as uow:
            payments.apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish))

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(pay, wishes))
    with town.uow() as uow:
        assert uow.get(Campaign, campaign.id).raised_paise == 100_000
        assert uow.run(select(func.count()).select_from(Job)).scalar_one() == 1
        back = uow.run(select(func.sum(Refund.amount_paise))).scalar_one()
        assert back == 11 * 10_000
        assert booking.balance(uow, LedgerAccount.SURPLUS) == -110_000


@pytest.mark.row("PAY-02")
def test_part_of_the_last_payment_goes_back(town: Town) -> None:
    campaign = town.campaign(target_paise=100_000)
    first, second = town.wish(campaign, 70_000), town.wish(campaign, 70_000)
    for wish in (first, second):
        with town.uow() as uow:
            payments.apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish))
    with town.uow() as uow:
        assert uow.get(Contribution, second.id).kept_paise == 30_000
        refund = uow.run(select(Refund)).scalar_one()
        assert (refund.amount_paise, refund.cause, refund.contributor_id) == (40_000, "SURPLUS", second.contributor_id)


def test_a_second_payment_of_one_order_goes_back_whole(town: Town) -> None:
    wish = town.wish(town.campaign(), 5_000)
    for payment_id in ("pay_1", "pay_2"):
        with town.uow() as uow:
            payments.apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish, "captured", payment_id))
    with town.uow() as uow:
        assert uow.run(select(Refund)).scalar_one().amount_paise == 5_000


@pytest.mark.books
@pytest.mark.row("PAY-02", "PAY-03", "TST-02")
def test_five_hundred_random_events_in_any_order_keep_the_books(town: Town) -> None:
    dice = random.Random(20261124)
    open_ones = [town.campaign(target_paise=dice.choice([50_000, 100_000, 250_000])) for _ in range(4)]
    wishes = []
    for _ in range(60):
        campaign = dice.choice(open_ones)
        try:
            wishes.append(town.wish(campaign, 100 * dice.randrange(10, 600)))
        except DomainError:
            continue  # full by now, or more than is missing
    told = [(w, s, f"pay_{w.id.hex[-8:]}_{n}") for w in wishes for n in (1, 2) for s in ("failed", "captured")] * 2
    dice.shuffle(told)
    for wish, status, payment_id in told:
        with town.uow() as uow:
            payments.apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish, status, payment_id))
    with town.uow() as uow:
        captured = uow.run(select(func.sum(Payment.amount_paise))).scalar_one()
        kept = uow.run(select(func.sum(Campaign.raised_paise))).scalar_one()
        back = uow.run(select(func.sum(Refund.amount_paise))).scalar_one()
        assert captured == kept + back
        over = select(func.count()).where(col(Campaign.raised_paise) > col(Campaign.target_paise))
        assert uow.run(over).scalar_one() == 0
