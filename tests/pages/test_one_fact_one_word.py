"""What is shown in two places is said in one way: a card and its page, an amount and whose it is."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from cleanit_app.components.chips import STATES
from cleanit_app.domain.actors import Actor
from cleanit_app.i18n.formats import rupees
from cleanit_app.models import Campaign
from cleanit_app.pages.admin.review.campaign.state import desk_head
from cleanit_app.pages.admin.review.campaigns import campaign_row
from cleanit_app.ports import OPEN_JOBS
from cleanit_app.reads.campaigns.campaign_desk import campaign_desk
from cleanit_app.reads.campaigns.campaigns import campaign_detail
from cleanit_app.reads.campaigns.discovery import CampaignCard, discover
from cleanit_app.reads.payments.contributions import MoneyState, my_contributions_to
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.state.campaign_view import campaign_view
from cleanit_app.state.cards import card_view, cleaned_view, shown_status
from cleanit_app.state.money_summary import tone_of
from tests.factories import Town
from tests.house.source import PROJECT
from tests.support.words import WORDS


def _card(town: Town, campaign_id: object) -> CampaignCard:
    with town.uow() as uow:
        campaign = uow.get(Campaign, campaign_id)
        found = discover(uow, actor=Actor(), status=(campaign.status,), limit=24)
    return next(card for card in found.items if card.id == campaign.id)


@pytest.mark.row("CAM-07")
def test_a_card_and_its_page_say_the_same_of_a_checked_cleanup(town: Town) -> None:
    """Accepted and not yet paid: both say that it was checked."""
    job = town.verified(town.cleaner())
    card = _card(town, job.campaign_id)
    with town.uow() as uow:
        detail = campaign_detail(uow, actor=Actor(), campaign_id=job.campaign_id)
        page = campaign_view(detail, uow.now, takes_jobs=False, user_id="")
    assert page.chip == str(shown_status(card.status, card.job_status, under_review=card.job_held)) == "CLOSED"
    shown = card_view(card, town.clock.now())
    assert shown.time == WORDS["campaign.CLOSED"][0]
    assert WORDS["card.being_checked"][0] not in (shown.time, shown.reason)


@pytest.mark.row("CAM-07")
def test_while_it_is_being_checked_both_say_so(town: Town) -> None:
    card = _card(town, town.completed(town.cleaner()).campaign_id)
    shown = card_view(card, town.clock.now())
    assert (shown.time, shown.reason) == (WORDS["campaign.COMPLETED"][0], WORDS["card.being_checked"][0])


@pytest.mark.row("JOB-02")
@pytest.mark.parametrize("target_paise", [100_000, 150_000, 123_400])
def test_what_a_cleaner_cleaned_it_for_is_what_the_cleaner_gets(town: Town, target_paise: int) -> None:
    job = town.verified(town.cleaner(), target_paise)
    card = _card(town, job.campaign_id)
    line = cleaned_view(card, town.clock.now()).line
    assert job.amount_paise < card.raised_paise
    assert rupees(job.amount_paise) in line
    assert rupees(card.raised_paise) not in line


@pytest.mark.row("NOT-02", "JOB-03")
def test_an_open_list_of_jobs_hears_of_one_that_it_does_not_hold(town: Town) -> None:
    with town.uow() as uow:
        while relay_outbox(uow).events:
            pass
    town.job()
    with town.uow() as uow:
        heard = relay_outbox(uow).campaigns
    assert OPEN_JOBS in heard
    town.campaign(town.person())
    with town.uow() as uow:
        assert OPEN_JOBS not in relay_outbox(uow).campaigns


@pytest.mark.row("PAY-10")
def test_blue_is_the_colour_of_a_refund_and_of_nothing_else(town: Town) -> None:
    """What is held is marigold, what has arrived green, also where one reads of the own money."""
    giver, campaign = town.person(), town.campaign()
    town.give(campaign, 40_000, giver)
    with town.uow() as uow:
        (held,) = my_contributions_to(uow, actor=giver, campaign_id=campaign.id)
    tones = {state: tone_of([replace(held, state=state)]) for state in MoneyState}
    assert tones[MoneyState.HELD] == "warn"
    assert {state for state, tone in tones.items() if tone == "refund"} == {
        MoneyState.REFUND_ON_THE_WAY,
        MoneyState.REFUNDED,
    }
    blue = {state for states in STATES.values() for state, (colour, _) in states.items() if colour == "ref"}
    assert blue == {"REFUNDED", *STATES["refund"]} - {"FAILED", "MANUAL"}


@pytest.mark.row("PAY-10")
def test_the_tone_of_a_refund_stands_only_where_money_goes_back() -> None:
    found = {
        path.relative_to(PROJECT / "cleanit_app").as_posix()
        for path in (PROJECT / "cleanit_app").rglob("*.py")
        if re.search(r'note\([^\n]*"refund"|neel-', path.read_text(encoding="utf-8"))
    }
    assert found == {
        "components/charts.py",  # what was given back
        "components/gallery.py",  # shows every colour
        "components/money.py",  # refunded
        "components/notifications.py",  # a refund
        "pages/citizen/pieces.py",  # refunds of a contribution
        "pages/citizen/transactions.py",  # what is on its way back
        "pages/citizen/wait/page.py",  # a payment that goes back
        "pages/public/campaign/page.py",  # one's own money, when it goes back
        "pages/public/campaign/view.py",  # nobody came: every rupee goes back
        "pages/public/ledger.py",  # a refund
    }


@pytest.mark.row("CAM-06")
def test_the_desk_says_of_a_checked_cleanup_what_its_page_says(town: Town) -> None:
    """List and page of the desk: checked, and no check is offered any more."""
    admin = town.admin()
    waiting, checked = town.completed(town.cleaner()), town.verified(town.cleaner())
    with town.uow() as uow:
        desks = [campaign_desk(uow, actor=admin, campaign_id=job.campaign_id) for job in (waiting, checked)]
        heads = [desk_head(desk, uow.now) for desk in desks]
        rows = [campaign_row(_card(town, job.campaign_id), uow.now) for job in (waiting, checked)]
    assert [head.state for head in heads] == [row.state for row in rows] == ["COMPLETED", "CLOSED"]
    assert [bool(head.check_href) for head in heads] == [True, False]
