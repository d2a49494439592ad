"""Every page as assistive technology meets it: axe finds nothing of any weight, whoever opens it, in every language.

Nor do links of one name lead apart, or must anything be pushed sideways at 320 px.

The pages are those that the site has, so a new one is looked at by itself. Each is opened by whom it is for on the
demo's data: in English in every state the demo has and with all that opens over it, in Hindi once, and in Marathi every
third page (from a language on only words differ).
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cleanit_app import routes
from cleanit_app.domain.actors import AdminDuty
from cleanit_app.pages import PAGES
from cleanit_app.services.campaigns.campaigns import decline_campaign
from cleanit_app.services.demo.places import ADMIN, CITIZEN, CLEANER
from tests.journeys.every_page import WHOSE, addresses, area, layers, pages_of, tab_of
from tests.journeys.street import Street
from tests.support.axe import namesakes, settled, too_wide, violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo"), pytest.mark.row("TST-03")]
STRANGE = {
    "": (f"{routes.DISCOVER}?q=zzzz", f"{routes.DISCOVER}?view=map", routes.after_login(routes.JOBS)),
    CITIZEN: (routes.JOBS, routes.KYC, routes.ADMIN, routes.HOME, routes.HELP),
    CLEANER: (routes.ME, routes.NOTIFICATIONS, routes.START, *(routes.paper(one) for one in ("identity", "all"))),
    ADMIN: (routes.ME, routes.NOTIFICATIONS),
}
"""Pages as those meet them whom they are not for first."""


def looked_at(tab: Page, path: str) -> list[str]:
    """What axe has against this page, which links share one name, and whether it must be pushed sideways at 320 px."""
    tab.goto(path)
    settled(tab)
    return [f"{path}: {one}" for one in (*violations(tab), *namesakes(tab), *too_wide(tab))]


@pytest.mark.parametrize("whose", WHOSE)
def test_axe_finds_nothing_on_any_page_nor_on_what_opens_over_it(demo_street: Street, whose: str) -> None:
    tab, said, seen = tab_of(demo_street, WHOSE[whose], "en"), [], set[str]()
    for route in pages_of(whose):
        for path in addresses(demo_street, route, WHOSE[whose]):
            said += looked_at(tab, path)
            for name in layers(tab, seen):
                said += [f"{path} with {name}: {one}" for one in violations(tab)]
    assert not said, "\n".join(said)
    assert whose == "public" or "notifications" in seen


@pytest.mark.parametrize(("language", "every"), [("hi", 1), ("mr", 3)])
@pytest.mark.parametrize("whose", WHOSE)
def test_axe_finds_nothing_in_another_language(demo_street: Street, whose: str, language: str, every: int) -> None:
    tab, said = tab_of(demo_street, WHOSE[whose], language), []
    for route in pages_of(whose)[::every]:
        said += looked_at(tab, addresses(demo_street, route, WHOSE[whose])[0])
        assert tab.locator("html").get_attribute("lang") == language
    assert not said, "\n".join(said)


@pytest.mark.parametrize("email", STRANGE)
def test_axe_finds_nothing_where_a_page_is_met_by_others(demo_street: Street, email: str) -> None:
    tab = tab_of(demo_street, email, "en")
    said = [one for path in STRANGE[email] for one in looked_at(tab, path)]
    assert not [one for one in said if "leaflet-marker" not in one], "\n".join(said)


def test_axe_finds_nothing_on_forms_that_complain_nor_on_a_toast(demo_street: Street) -> None:
    tab, said = tab_of(demo_street, "", "hi"), []
    for path in (routes.JOIN, routes.RESET, routes.RESET_CODE):
        tab.goto(path)
        settled(tab)
        tab.locator("main form [type=submit]").click()
        expect(tab.locator("main [role=alert]:not(:empty)").first).to_be_visible()
        said += [f"{path}: {one}" for one in violations(tab)]
    asha = demo_street.person()
    wish, tab = demo_street.waiting(asha), demo_street.tab(asha, bypass_csp=True, reduced_motion="reduce")
    tab.goto(routes.ME)
    settled(tab)
    with demo_street.uow() as uow:
        senior = demo_street.admin(AdminDuty.SENIOR)
        decline_campaign(uow, actor=senior, campaign_id=wish.id, reason="Write the whole name of the place")
    expect(tab.locator(".toast")).to_be_visible(timeout=15_000)
    said += [f"a toast: {one}" for one in violations(tab)]
    assert not said, "\n".join(said)


def test_every_page_is_for_somebody() -> None:
    assert {area(page) for page in PAGES} == set(WHOSE)
