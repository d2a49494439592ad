"""Twenty people pay while their campaign ends: each paisa is kept for it or owed back, whoever was faster (CAM-10)."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.errors import AmountTooLarge, CampaignClosed, CampaignTimeOver
from cleanit_app.models import Campaign
from cleanit_app.services.payments import payments
from cleanit_app.wiring import Wiring
from tests.factories import Town
from workers.jobs import campaigns

PEOPLE, PAISE = 20, 10_000


@pytest.mark.row("CAM-10", "PAY-02")
@pytest.mark.parametrize("target_paise", [150_000, 100_000])
def test_a_campaign_ends_while_twenty_people_pay(town: Town, parts: Wiring, target_paise: int) -> None:
    """With the larger goal it misses its 80 % now and then, with the smaller one it is over-subscribed."""
    campaign, people = town.campaign(target_paise=target_paise), [town.person() for _ in range(PEOPLE)]
    assert campaign.expires_at is not None
    town.clock.move(seconds=(campaign.expires_at - town.clock.now() - timedelta(seconds=1)).total_seconds())
    paid: list[int] = []
    together = threading.Barrier(PEOPLE + 1)

    def pay(number: int, giver: Actor) -> None:
        together.wait(30)
        time.sleep(0.03 * number)
        try:
            wish = town.wish(campaign, PAISE, giver)
        except (CampaignTimeOver, CampaignClosed, AmountTooLarge):
            return
        time.sleep(0.2 * (number % 3))  # some pay after the end, as a bank lets them
        with town.uow() as uow:
            payments.apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish))
        paid.append(PAISE)

    def end() -> None:
        together.wait(30)
        for _ in range(6):
            town.clock.move(seconds=0.25)
            campaigns.close_due_campaigns()

    with ThreadPoolExecutor(PEOPLE + 1) as pool:
        going = [pool.submit(pay, *one) for one in enumerate(people)] + [pool.submit(end)]
        for one in going:
            one.result()
    campaigns.close_due_campaigns()
    with town.uow() as uow:
        ended = uow.get(Campaign, campaign.id)
        taken = uow.run(text("SELECT coalesce(sum(amount_paise), 0) FROM payments")).scalar_one()
        owed = uow.run(text("SELECT coalesce(sum(amount_paise), 0) FROM refunds")).scalar_one()
    assert ended.status in ("FUNDED", "EXPIRED")
    assert taken == sum(paid)
    assert taken - owed == (ended.raised_paise if ended.status == "FUNDED" else 0)
