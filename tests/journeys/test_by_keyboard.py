"""Pages by keyboard alone: where focus goes, in which order keys come by, and what listeners are told of it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from cleanit_app import routes
from cleanit_app.services.demo.places import ADMIN, CITIZEN, CLEANER
from tests.journeys.every_page import DESK, addresses, tab_of
from tests.journeys.street import Street
from tests.support.axe import settled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo"), pytest.mark.row("TST-03")]
SOON = 20_000  # milliseconds
_AT = """() => {
  const one = document.activeElement;
  return [one.closest('footer') ? 'footer' : one.closest('main') ? 'main' : 'bars', one.textContent.trim()];
}"""


def press_enter_on(tab: Page, name: str) -> None:
    """Follow a link as the keyboard does."""
    tab.get_by_role("link", name=name).locator("visible=true").first.focus()
    tab.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("email", "start", "link", "goal"),
    [
        ("", routes.HOME, "Terms", routes.TERMS),
        (CITIZEN, routes.ME, "Account, password, sign-ins", routes.ACCOUNT),
        (CITIZEN, routes.MY_MONEY, "Me", routes.ME),
        (CLEANER, routes.JOBS, "See the job", f"{routes.JOBS}/"),
        (ADMIN, routes.ADMIN, "Payouts", routes.ADMIN_PAYOUTS),
    ],
)
def test_focus_goes_to_the_heading_of_the_next_page_and_of_the_one_before(
    demo_street: Street, email: str, start: str, link: str, goal: str
) -> None:
    tab = tab_of(demo_street, email, "en")
    tab.goto(start)
    settled(tab)
    press_enter_on(tab, link)
    tab.wait_for_url(re.compile(re.escape(goal)))
    expect(tab.locator("main h1").first).to_be_focused(timeout=SOON)
    tab.go_back()
    tab.wait_for_url(re.compile(rf"{re.escape(start)}/?$"))
    expect(tab.locator("main h1").first).to_be_focused(timeout=SOON)


@pytest.mark.parametrize("size", [{"width": 360, "height": 780}, DESK])
def test_keys_come_to_the_main_button_before_the_footer(demo_street: Street, size: dict[str, int]) -> None:
    tab = tab_of(demo_street, CITIZEN, "en")
    tab.set_viewport_size(size)
    tab.goto(addresses(demo_street, routes.fund("[campaign_id]"), CITIZEN)[0])
    settled(tab)
    tab.keyboard.press("Tab")
    assert tab.evaluate(_AT) == ["bars", "Skip to the content"]
    tab.keyboard.press("Enter")
    expect(tab.locator("#content")).to_be_focused()
    passed = []
    while len(passed) < 40 and not any(words.startswith("Continue to pay") for _, words in passed):
        tab.keyboard.press("Tab")
        passed.append(tuple(tab.evaluate(_AT)))
    assert passed[-1][1].startswith("Continue to pay"), passed
    assert {where for where, _ in passed} == {"main"}, passed


def test_the_quick_amounts_are_a_group_with_a_name(demo_street: Street) -> None:
    tab = tab_of(demo_street, CITIZEN, "en")
    tab.goto(addresses(demo_street, routes.fund("[campaign_id]"), CITIZEN)[0])
    settled(tab)
    group = tab.get_by_role("group", name="Quick amounts")
    assert group.get_by_role("button").count() == 4


def test_each_complaint_of_a_form_is_read_by_itself_and_leads_to_its_field(demo_street: Street) -> None:
    tab = tab_of(demo_street, "", "en")
    tab.goto(routes.JOIN)
    settled(tab)
    tab.locator("main form [type=submit]").click()
    listed = tab.locator("main form").get_by_role("list").get_by_role("listitem")
    expect(listed).to_have_count(4)
    boxes = [line.get_by_role("button").bounding_box() for line in listed.all()]
    tops = [(box["y"], box["height"]) for box in boxes if box is not None]
    assert all(height >= 44 for _, height in tops), tops
    assert all(y + height <= after for (y, height), (after, _) in pairwise(tops)), tops
    listed.filter(has_text="Use at least 8 letters").get_by_role("button").press("Enter")
    expect(tab.locator("#password")).to_be_focused()
