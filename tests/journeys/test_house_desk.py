"""Numbers and banner of the house in a browser: tried, chosen with a reason; seen by all, gone in time (OPS-01)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from cleanit_app.adapters.fresh_reading import FRESH_SECONDS
from cleanit_app.domain.house_settings import House
from cleanit_app.domain.support import Topic
from cleanit_app.models import SiteBanner
from cleanit_app.services.operations.banners import set_banner
from cleanit_app.services.operations.house_settings import choose_setting
from cleanit_app.services.support.messages import Words
from cleanit_app.services.support.tickets import open_ticket
from tests.journeys.office import LiveTown, at_desk
from tests.support.axe import settled, too_wide, violations
from tests.support.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live"), pytest.mark.row("OPS-01")]
SOON = 15_000  # milliseconds


@pytest.fixture
def town(live: Live) -> Iterator[LiveTown]:
    """People of the running Cleanit."""
    town = LiveTown(live)
    yield town
    town.engine.dispose()


def test_a_senior_tries_a_number_and_chooses_it(browser: Browser, live: Live, town: LiveTown) -> None:
    with at_desk(browser, live, town, town.admin(name="Zoya Ali")) as page:
        page.goto("/admin/settings")
        card = page.locator("details", has_text="Questions of one person a day")
        card.locator("summary").click()
        expect(card.get_by_text("Nobody has changed it yet.")).to_be_visible()
        card.get_by_label("New number").fill("2")
        card.get_by_role("button", name="What would change?").click()
        expect(card.get_by_text("Choose a number from 3 to 100.")).to_be_visible()
        card.get_by_label("New number").fill("12")
        card.get_by_role("button", name="What would change?").click()
        expect(card.get_by_text("Say why. The other seniors read it.")).to_be_visible()
        card.get_by_label("Why").fill("Many ask twice after the monsoon")
        card.get_by_role("button", name="What would change?").click()
        expect(card.get_by_text("10 becomes 12, at once.")).to_be_visible()
        expect(card.get_by_text("in the last 30 days: 0. With the new number: 0.")).to_be_visible()
        assert violations(page) == []
        assert not too_wide(page)
        card.get_by_role("button", name="Change it").click()
        expect(card.locator("li", has_text="Many ask twice after the monsoon")).to_be_visible()
        expect(card.locator("summary")).to_contain_text("12")
        town.parts._choices.forget()
        assert town.parts.house.limits.questions_a_day == 12


def test_a_senior_writes_a_ready_answer_anew_and_the_desk_puts_it_in(
    browser: Browser, live: Live, town: LiveTown
) -> None:
    senior = town.admin(name="Zoya Ali")
    with town.uow() as uow:
        ticket = open_ticket(uow, actor=town.person(), topic=Topic.OTHER, words=Words("Where is the pump?"))
    with at_desk(browser, live, town, senior) as page:
        page.goto("/admin/settings")
        page.get_by_role("link", name="Ready answers").click()
        card = page.locator("details", has_text="Papers refused")
        card.locator("summary").click()
        expect(card.get_by_text("Nobody has changed it yet.")).to_be_visible()
        expect(card.get_by_text("These are the words that came with Cleanit.")).to_have_count(3)
        card.get_by_label("Words, हिन्दी").fill("कागज़ धुँधले थे।")
        card.get_by_role("button", name="Save the words").click()
        expect(card.get_by_text("Say why. The other seniors read it.")).to_be_visible()
        expect(card.get_by_label("Words, हिन्दी")).to_have_value("कागज़ धुँधले थे।")
        card.get_by_label("Why").fill("Blurred papers are the most of them")
        card.get_by_role("button", name="Save the words").click()
        expect(card.locator("li", has_text="Blurred papers are the most of them")).to_be_visible()
        new = page.locator("details", has_text="Another answer").first
        new.locator("summary").click()
        new.get_by_label("Topic, English").fill("The pump")
        new.get_by_label("Words, English").fill("It is repaired in {house.answer_hours} hours.")
        new.get_by_label("Why").fill("Many ask")
        assert violations(page) == []
        assert not too_wide(page)
        new.get_by_role("button", name="Make it ready").click()
        expect(page.locator("summary", has_text="The pump")).to_be_visible()
        page.goto(f"/admin/support/{ticket.id}")
        page.get_by_label("Ready answers").select_option("The pump")
        expect(page.locator("#answer-text")).to_have_value("It is repaired in 24 hours.")


@pytest.mark.row("JOB-04")
def test_words_of_an_open_page_follow_a_number(browser: Browser, live: Live, town: LiveTown) -> None:
    visitor = browser.new_context(base_url=live.base_url, viewport={"width": 360, "height": 740}, locale="en-IN")
    outside = visitor.new_page()
    said: list[str] = []
    outside.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    outside.goto("/how-it-works")
    settled(outside)
    line = outside.locator("#cleaners li", has_text="jobs in hand")
    expect(line).to_contain_text(f"up to {House().limits.claim_limit} jobs")
    senior = town.admin()
    with town.uow() as uow:
        choose_setting(uow, actor=senior, name="claim_limit", value=4, why="Fewer at once are cleaned sooner")
    time.sleep(FRESH_SECONDS + 0.5)
    outside.reload()
    expect(line).to_contain_text("up to 4 jobs", timeout=SOON)
    with town.uow() as uow:
        choose_setting(uow, actor=senior, name="claim_limit", value=House().limits.claim_limit, why="As it was before")
    assert said == []
    visitor.close()


def test_a_banner_comes_to_open_tabs_and_goes_when_it_is_closed_or_over(
    browser: Browser, live: Live, town: LiveTown
) -> None:
    visitor = browser.new_context(base_url=live.base_url, viewport={"width": 360, "height": 740}, locale="hi-IN")
    outside = visitor.new_page()
    outside.goto("/how-it-works")
    settled(outside)
    with at_desk(browser, live, town, town.admin()) as page:
        page.goto("/admin/banner")
        expect(page.get_by_text("Nobody has set a banner yet.")).to_be_visible()
        page.locator("#en").fill("The bank is slow today")
        page.locator("#hi").fill("आज बैंक धीमा है")
        page.get_by_role("button", name="Show it to everybody").click()
        expect(page.get_by_text("Write the words in this language too.")).to_be_visible()
        page.locator("#mr").fill("आज बँक संथ आहे")
        ends = town.parts.clock.now() + timedelta(days=1)
        page.locator("#untilAt").fill(f"{ends:%Y-%m-%dT%H:%M}")
        page.locator("#link").fill("/help")
        page.get_by_text("To mind").click()
        page.get_by_role("button", name="Show it to everybody").click()
        expect(page.locator(".banner", has_text="The bank is slow today")).to_be_visible(timeout=SOON)
        strip = outside.locator(".banner", has_text="आज बैंक धीमा है")
        expect(strip).to_be_visible(timeout=SOON)  # nobody is signed in there, and nothing was opened anew
        assert violations(outside) == []
        assert not too_wide(outside)
        assert strip.locator("a").get_attribute("href") == "/help"
        strip.get_by_role("button").click()
        expect(strip).to_have_count(0)
        outside.goto("/terms")
        settled(outside)
        expect(outside.locator(".banner")).to_have_count(0)  # closed on this device
        other = browser.new_context(base_url=live.base_url, locale="en-IN").new_page()
        other.goto("/")
        expect(other.locator(".banner", has_text="The bank is slow today")).to_be_visible(timeout=SOON)
        page.get_by_role("button", name="Take it away").click()
        expect(other.locator(".banner")).to_have_count(0, timeout=SOON)
        _one_that_is_over_soon(town)
        expect(other.locator(".banner", has_text="For a moment")).to_be_visible(timeout=SOON)
        expect(other.locator(".banner")).to_have_count(0, timeout=SOON)  # its time is over; nobody took it away
        other.context.close()
    visitor.close()


def _one_that_is_over_soon(town: LiveTown) -> SiteBanner:
    said = {"en": "For a moment", "hi": "पल भर के लिए", "mr": "क्षणभरासाठी"}
    town.clock.at = town.parts.clock.now()
    ends = (town.clock.at + timedelta(seconds=6)).isoformat()
    senior = town.admin()
    with town.uow() as uow:
        return set_banner(uow, actor=senior, said=said, tone="INFO", until_at=ends)
