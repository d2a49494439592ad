"""A cleaner hands in an ID on a phone, is refused with a reason, tries again, and is let in; seen in browsers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cleanit_app.domain.actors import Actor, AdminDuty, Role
from cleanit_app.models import Cleaner
from cleanit_app.services.demo.documents import specimen_card
from tests.journeys.office import LiveTown, at_desk
from tests.support.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live"), pytest.mark.row("LAW-08")]
SOON = 20_000
NAME = "Shabnam Ara"


@pytest.fixture
def town(live: Live) -> Iterator[LiveTown]:
    """A town on the running Cleanit."""
    town = LiveTown(live)
    yield town
    town.engine.dispose()


def _hand_in(page: Page, number: str) -> None:
    page.get_by_label("कौन सा पहचान पत्र?").select_option("VOTER_ID")
    page.get_by_label("पहचान पत्र का नंबर").fill(number)
    picture = specimen_card(NAME, number)
    page.locator("#document-photo-file").set_input_files(
        {"name": "card.jpg", "mimeType": "image/jpeg", "buffer": picture}
    )
    expect(page.get_by_alt_text("आपके पहचान पत्र की फ़ोटो")).to_be_visible()
    page.get_by_role("button", name="जमा करें").click()


def test_an_id_from_a_phone_to_the_desk_and_back(browser: Browser, live: Live, town: LiveTown) -> None:
    cleaner, boss = town.person(Role.CLEANER, NAME), town.admin(AdminDuty.COMPLIANCE)
    with at_desk(browser, live, town, cleaner, refused=[422]) as phone, at_desk(browser, live, town, boss) as desk:
        phone.set_viewport_size({"width": 360, "height": 780})
        phone.context.add_cookies([{"name": "lang", "value": "hi", "url": live.base_url}])
        phone.goto("/kyc")
        _hand_in(phone, "234123412346")
        expect(phone.locator("#document-number-error")).to_contain_text("आधार")
        phone.get_by_label("पहचान पत्र का नंबर").fill("XYZ7654321")
        phone.get_by_role("button", name="जमा करें").click()
        expect(phone.get_by_text("पहचान पत्र आपके नाम से मिल गया", exact=False)).to_be_visible(timeout=SOON)
        _refuse(desk)
        expect(phone.get_by_text("फ़ोटो पढ़ी नहीं जा सकती").first).to_be_visible(timeout=SOON)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360
        _hand_in(phone, "XYZ7654321")
        expect(phone.get_by_text("पहचान पत्र आपके नाम से मिल गया", exact=False)).to_be_visible(timeout=SOON)
        card = desk.locator("article", has_text=NAME)
        card.get_by_role("button", name="Let them take jobs").click()
        expect(card).to_have_count(0, timeout=SOON)
        expect(phone.get_by_text("एक व्यक्ति ने जाँच ली")).to_be_visible(timeout=SOON)
    assert _standing(town, cleaner) == "ACTIVE"


def _refuse(desk: Page) -> None:
    desk.goto("/admin/people")
    card = desk.locator("article", has_text=NAME)
    expect(card.get_by_text("Its issuer knows it under this name.")).to_be_visible(timeout=SOON)
    card.get_by_role("button", name="Look at the ID").click()
    picture = card.get_by_alt_text("Photo of the ID")
    expect(picture).to_be_visible()
    assert picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth }") == 960
    card.get_by_role("button", name="Do not let in").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_text("The photo cannot be read").click()
    dialog.get_by_role("button", name="Do not let in").click()
    expect(card).to_have_count(0, timeout=SOON)


def _standing(town: LiveTown, cleaner: Actor) -> str:
    return str(town.row(Cleaner, cleaner.user_id).status.value)
