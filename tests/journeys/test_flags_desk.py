"""Features and one campaign at the desk, in a browser: a choice is saved, a mark is put away (OPS-06, CAM-06)."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from cleanit_app import routes
from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.features import BUCKETS, Feature, FlagState, bucket
from cleanit_app.services.flags.feature_flags import choose_flag
from tests.journeys.office import LiveTown, at_desk
from tests.journeys.street import Street
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


def _with_bucket(town: LiveTown, inside: bool) -> Actor:
    """Somebody who is, or is not, among the first tenth for taking gifts back."""
    while True:
        person = town.person()
        if (bucket(Feature.CONTRIBUTION_BACK, str(person.user_id)) < BUCKETS // 10) is inside:
            return person


@pytest.mark.row("OPS-06")
def test_a_feature_rolled_out_to_ten_percent_is_there_for_these_and_killed_at_once(
    browser: Browser, live: Live, town: LiveTown, street: Street
) -> None:
    inside, outside = _with_bucket(town, True), _with_bucket(town, False)
    gifts = {person.user_id: town.give(town.campaign(), 20_000, person) for person in (inside, outside)}
    chosen = {"actor": town.admin(), "feature": Feature.CONTRIBUTION_BACK, "percent": 0, "contacts": ""}
    pages = {}
    try:
        with at_desk(browser, live, town, town.admin()) as desk:
            desk.goto(routes.ADMIN_FLAGS)
            card = desk.locator("form", has_text="Givers taking their gift back")
            card.get_by_text("A share of people").click()
            card.get_by_label("Share in percent").fill("10")
            card.get_by_role("button", name="Save").click()
            expect(card.get_by_text("chose this on")).to_be_visible()
            time.sleep(2.5)  # every process reads a choice anew within two seconds
            for person, times in ((inside, 1), (outside, 0)):
                pages[person.user_id] = page = street.tab(person)
                page.goto(routes.contribution(gifts[person.user_id].id))
                expect(page.get_by_text("₹200").first).to_be_visible()
                expect(page.get_by_role("button", name="Take my gift back")).to_have_count(times)
            card.get_by_text("Stop at once").click()
            card.get_by_role("button", name="Save").click()
            time.sleep(2.5)
            pages[inside.user_id].reload()
            expect(pages[inside.user_id].get_by_text("₹200").first).to_be_visible()
            expect(pages[inside.user_id].get_by_role("button", name="Take my gift back")).to_have_count(0)
    finally:
        with town.uow() as uow:  # other journeys of this running Cleanit take gifts back
            choose_flag(uow, state=FlagState.ON, **chosen)
        time.sleep(2.5)


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
