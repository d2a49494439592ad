"""Every button that shares says what it did, also where the phone has no sheet of its own for it (NOT-02)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.street import Street

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]

NO_SHEET = "Object.defineProperty(navigator, 'share', { value: undefined });"
REFUSES = (
    "Object.defineProperty(navigator, 'share', "
    "{ value: () => Promise.reject(new DOMException('', 'NotAllowedError')) });"
)
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
CLOSED = (
    "Object.defineProperty(navigator, 'share', { value: () => Promise.reject(new DOMException('', 'AbortError')) });"
)


@pytest.mark.row("CAM-09")
@pytest.mark.parametrize("phone", [NO_SHEET, REFUSES, NO_SHEET + NO_CLIPBOARD], ids=["no sheet", "refuses", "nothing"])
def test_each_button_says_that_the_link_was_copied_and_again_when_pressed_again(street: Street, phone: str) -> None:
    place = street.campaign()
    page = street.tab()
    page.add_init_script(phone)
    page.goto(f"/campaigns/{place.id}")
    buttons = page.locator("[data-share]:visible")
    expect(page.get_by_role("button", name="Show your neighbours")).to_be_visible(timeout=20_000)
    assert buttons.count() >= 2
    for n in range(buttons.count()):
        for _ in range(2):
            buttons.nth(n).evaluate("button => button.click()")  # wherever the page is rolled to
            expect(buttons.nth(n).get_by_text("copied")).to_be_visible()
            expect(buttons.nth(n)).not_to_have_attribute("data-done", "", timeout=5_000)


@pytest.mark.row("CAM-09")
def test_who_closes_the_sheet_is_told_nothing(street: Street) -> None:
    page = street.tab()
    page.add_init_script(CLOSED)
    page.goto(f"/campaigns/{street.campaign().id}")
    button = page.get_by_role("button", name="Show your neighbours")
    expect(button).to_be_visible(timeout=20_000)
    button.evaluate("button => button.click()")
    page.wait_for_timeout(500)
    expect(button).not_to_have_attribute("data-done", "")
