"""A gift is taken back while its campaign collects, once, and never together with funding (PAY-08)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.errors import ContributionStays, NotFound
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.models import Campaign, Contribution, Notification, Refund
from cleanit_app.reads.ledger.money import MoneyState, my_transactions, transaction_detail
from cleanit_app.services.campaigns.closing import close_collections
from cleanit_app.services.ledger.invariants import check_books
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.payments.payments import apply_payment
from cleanit_app.services.payments.taking_back import take_contribution_back
from tests.factories import Town

pytestmark = pytest.mark.row("PAY-08")


def back(town: Town, giver: Actor, gift: Contribution) -> Refund:
    """This person takes a gift back."""
    with town.uow() as uow:
        return take_contribution_back(uow, actor=giver, contribution_id=gift.id)


def books(town: Town) -> None:
    """They are right."""
    with town.uow() as uow:
        assert check_books(uow) == []


def test_it_leaves_the_campaign_at_once_and_both_hear_of_it(town: Town) -> None:
    giver, other, starter = town.person(), town.person(), town.person()
    campaign = town.campaign(starter, target_paise=100_000)
    gift = town.give(campaign, 60_000, giver)
    town.give(campaign, 30_000, other)
    refund = back(town, giver, gift)
    assert (refund.amount_paise, refund.cause, refund.status) == (60_000, "TAKEN_BACK", "PENDING")
    assert back(town, giver, gift).id == refund.id, "twice is once"
    with town.uow() as uow:
        assert uow.get(Campaign, campaign.id).raised_paise == 30_000
        mine = my_transactions(uow, actor=giver)
        detail = transaction_detail(uow, actor=giver, contribution_id=gift.id)
        relay_outbox(uow)
    assert (mine.totals.given_paise, mine.totals.held_paise, mine.totals.refund_on_the_way_paise) == (60_000, 0, 60_000)
    assert detail.item.state is MoneyState.REFUND_ON_THE_WAY
    assert not detail.may_take_back
    with town.uow() as uow:
        told = {(n.user_id, n.kind) for n in uow.all(Notification)}
    assert {(giver.id, "money_taken_back"), (starter.id, "contribution_taken_back")} <= told
    books(town)
    again = town.give(campaign, 70_000, giver)  # and a new gift funds it
    assert again.kept_paise == 70_000
    with town.uow() as uow:
        assert uow.get(Campaign, campaign.id).status is CampaignStatus.FUNDED
    books(town)


def test_a_gift_that_was_partly_too_much_gives_each_part_back_once(town: Town) -> None:
    giver = town.person()
    campaign = town.campaign(target_paise=100_000)
    first, second = town.wish(campaign, 90_000, giver), town.wish(campaign, 80_000)
    for wish in (first, second):
        with town.uow() as uow:
            apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish))
    with town.uow() as uow:
        assert uow.get(Campaign, campaign.id).status is CampaignStatus.FUNDED
    with pytest.raises(ContributionStays):
        back(town, giver, first)
    books(town)


@pytest.mark.parametrize("why", ["funded", "over", "expired", "switched off", "not paid", "a stranger's"])
def test_it_stays_in_every_other_case(why: str, town: Town) -> None:
    giver = town.person()
    campaign = town.campaign(target_paise=100_000)
    gift = town.wish(campaign, 50_000, giver) if why == "not paid" else town.give(campaign, 50_000, giver)
    asks, refusal = giver, ContributionStays
    if why == "funded":
        town.give(campaign, 50_000)
    if why in ("over", "expired"):
        town.clock.move(days=30)
    if why == "expired":
        with town.uow() as uow:
            close_collections(uow, campaign_ids=[campaign.id])
    if why == "a stranger's":
        asks, refusal = town.person(), NotFound
    with town.uow() as uow:
        uow.policy = replace(uow.policy, contribution_back=why != "switched off")
        with pytest.raises(refusal):
            take_contribution_back(uow, actor=asks, contribution_id=gift.id)
    with town.uow() as uow:
        assert uow.first(Refund, Refund.cause == "TAKEN_BACK") is None
    books(town)


def at_once(*acts: Callable[[], Any]) -> list[BaseException | None]:
    """Do all of these at the same moment; what each was refused with."""
    start = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> BaseException | None:
        start.wait()
        try:
            act()
        except ContributionStays as refusal:
            return refusal
        return None

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))


@pytest.mark.parametrize("_round", range(8))
def test_taken_back_or_funded_at_the_same_moment_and_never_both(_round: int, town: Town) -> None:
    giver = town.person()
    campaign = town.campaign(target_paise=100_000)
    gift, last = town.give(campaign, 60_000, giver), town.wish(campaign, 40_000)
    payment = town.payment(last)

    def pay() -> None:
        with town.uow() as uow:
            apply_payment(uow, contribution_id=last.id, payment=payment)

    refused, _ = at_once(lambda: back(town, giver, gift), pay)
    with town.uow() as uow:
        now, taken = uow.get(Campaign, campaign.id), uow.first(Refund, Refund.cause == "TAKEN_BACK")
    assert (now.status, now.raised_paise, taken is None) in (
        (CampaignStatus.FUNDED, 100_000, True),
        (CampaignStatus.ACTIVE, 40_000, False),
    )
    assert (refused is not None) == (taken is None)
    books(town)


def test_asked_eight_times_at_once_it_goes_back_once(town: Town) -> None:
    giver = town.person()
    campaign = town.campaign(target_paise=100_000)
    gift = town.give(campaign, 60_000, giver)
    assert at_once(*[lambda: back(town, giver, gift)] * 8) == [None] * 8
    with town.uow() as uow:
        assert [r.amount_paise for r in uow.all(Refund)] == [60_000]
        assert uow.get(Campaign, campaign.id).raised_paise == 0
    books(town)


def test_taken_back_or_closed_at_midnight_and_never_both(town: Town) -> None:
    giver = town.person()
    campaign = town.campaign(target_paise=100_000)
    gift = town.give(campaign, 90_000, giver)
    with town.uow() as uow:
        ends = uow.get(Campaign, campaign.id).expires_at
    assert ends
    town.clock.at = ends

    def close() -> None:
        with town.uow() as uow:
            close_collections(uow, campaign_ids=[campaign.id])

    refused, _ = at_once(lambda: back(town, giver, gift), close)
    assert refused is not None, "its time is over, whoever comes first"
    with town.uow() as uow:
        assert uow.get(Campaign, campaign.id).status is CampaignStatus.FUNDED
    books(town)
