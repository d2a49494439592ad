"""Features and one campaign at the desk, in a browser: a choice is saved, a mark is put away (OPS-06, CAM-06)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from cleanit_app.domain.actors import AdminDuty
from tests.journeys.office import LiveTown, at_desk
from tests.support.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]


@pytest.fixture
def town(live: Live) -> Iterator[LiveTown]:
    """People of the running Cleanit."""
    town = LiveTown(live)
    yield town
    town.engine.dispose()


@pytest.mark.row("OPS-06")
def test_a_feature_is_given_to_a_share_of_people(browser: Browser, live: Live, town: LiveTown) -> None:
    with at_desk(browser, live, town, town.admin()) as page:
        page.goto("/admin/flags")
        card = page.locator("form", has_text="Looking for signs of fraud")
        expect(card.get_by_text("Nobody has chosen yet")).to_be_visible()
        card.get_by_text("A share of people").click()
        card.get_by_label("Share in percent").fill("ten")
        card.get_by_role("button", name="Save").click()
        expect(card.get_by_text("Write a whole number from 0 to 100.")).to_be_visible()
        card.get_by_label("Share in percent").fill("100")
        card.get_by_role("button", name="Save").click()
        expect(card.get_by_text("chose this on")).to_be_visible()
        expect(card.get_by_label("Share in percent")).to_have_value("100")


@pytest.mark.row("CAM-06")
def test_a_mark_of_a_known_creator_is_seen_and_put_away(browser: Browser, live: Live, town: LiveTown) -> None:
    known = town.person(name="Asha Known")
    place = (19.0761, 72.8775)
    for n in range(4):
        last = town.campaign(creator=known, place=place, title=f"Market corner number {n}")
    with at_desk(browser, live, town, town.admin(AdminDuty.VERIFIER)) as page:
        page.goto(f"/admin/campaigns/{last.id}")
        expect(page.get_by_text("Market corner number 0").first).to_be_visible()
        page.get_by_role("button", name="Put the spam mark away").first.click()
        dialog = page.get_by_role("dialog")
        dialog.locator("textarea").fill("Four corners of one market")
        dialog.get_by_role("button", name="Put the spam mark away").click()
        expect(page.get_by_text("Four corners of one market")).to_be_visible()
        expect(page.get_by_role("button", name="Put the spam mark away")).to_have_count(0)
