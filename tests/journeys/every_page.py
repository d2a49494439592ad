"""Every page of the site, with addresses on the demo's data, and its people's tabs for looking at them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType

from playwright.sync_api import Page, expect
from sqlalchemy import RowMapping
from sqlmodel import col

from cleanit_app import routes
from cleanit_app.domain.actors import Actor
from cleanit_app.models import User
from cleanit_app.pages import PAGES
from cleanit_app.services.accounts import accounts
from cleanit_app.services.demo.places import ADMIN, CITIZEN, CLEANER
from tests.journeys.street import PHONE, Street

DESK = {"width": 1280, "height": 900}
WHOSE = {"public": "", "citizen": CITIZEN, "cleaner": CLEANER, "admin": ADMIN}
"""Who opens the pages of each folder: one of the demo's people, or nobody known."""
NOWHERE = "0190a000-0000-7000-8000-000000000000"
_MINE = "(SELECT id FROM users WHERE email = :email)"
_OF_JOB = f"""SELECT DISTINCT ON (status) id AS job_id FROM jobs
WHERE claimed_by = {_MINE} AND status IN ({{}}) ORDER BY status, id"""
_GAVE = f"""SELECT DISTINCT ON (status) campaign_id, id AS contribution_id FROM contributions
WHERE contributor_id = {_MINE} ORDER BY status, id"""
_KINDS: dict[str, str | None] = {
    routes.campaign("[campaign_id]"): """SELECT DISTINCT ON (status) id AS campaign_id FROM campaigns
        WHERE status <> 'DRAFT' ORDER BY status, id""",
    routes.correct_campaign("[campaign_id]"): f"""SELECT DISTINCT ON (status) id AS campaign_id FROM campaigns
        WHERE creator_id = {_MINE} ORDER BY status, id""",
    routes.fund("[campaign_id]"): f"""(SELECT id AS campaign_id FROM campaigns WHERE status = 'ACTIVE'
        AND creator_id <> {_MINE} LIMIT 1) UNION ALL (SELECT id FROM campaigns WHERE creator_id = {_MINE} LIMIT 1)""",
    routes.paying("[campaign_id]", "[contribution_id]"): _GAVE,
    routes.contribution("[contribution_id]"): _GAVE,
    routes.cleaner("[cleaner_id]"): """SELECT user_id AS cleaner_id FROM cleaners WHERE status = 'ACTIVE'
        ORDER BY 1 LIMIT 1""",
    routes.job("[job_id]"): "SELECT id AS job_id FROM jobs WHERE status = 'AVAILABLE' ORDER BY id LIMIT 1",
    routes.work("[job_id]"): _OF_JOB.format("'CLAIMED', 'COMPLETED', 'VERIFIED', 'PAID'"),
    routes.proof("[job_id]"): _OF_JOB.format("'CLAIMED'"),
    routes.payout("[payout_id]"): f"""SELECT DISTINCT ON (status) id AS payout_id FROM payouts
        WHERE cleaner_id = {_MINE} ORDER BY status, id""",
    routes.checking("[job_id]"): """SELECT DISTINCT ON (status) id AS job_id FROM jobs
        WHERE status IN ('COMPLETED', 'VERIFIED') ORDER BY status, id""",
    routes.guide("[slug]"): "SELECT slug FROM (VALUES ('start'), ('verify'), ('camera')) shown (slug)",
    routes.ticket("[ticket_id]"): "SELECT id AS ticket_id FROM support_tickets WHERE person_id IS NOT NULL ORDER BY id",
    routes.admin_ticket("[ticket_id]"): "SELECT id AS ticket_id FROM support_tickets ORDER BY id LIMIT 1",
    routes.help_article("[article_id]"): "SELECT id AS article_id FROM help_articles WHERE status = 'PUBLISHED'",
    routes.admin_article("[ticket_id]"): "SELECT ticket_id FROM help_articles",
    routes.dispute("[dispute_id]"): "SELECT id AS dispute_id FROM disputes ORDER BY id LIMIT 1",
    routes.admin_dispute("[dispute_id]"): "SELECT id AS dispute_id FROM disputes ORDER BY id LIMIT 1",
    routes.admin_campaign("[campaign_id]"): """SELECT DISTINCT ON (status) id AS campaign_id FROM campaigns
        ORDER BY status, id DESC""",
    routes.fraud_case("[case_id]"): "SELECT id AS case_id FROM fraud_cases ORDER BY id LIMIT 1",
    routes.bulk_run("[run_id]"): "SELECT id AS run_id FROM bulk_runs ORDER BY id LIMIT 1",
    routes.person("[person_id]"): "SELECT DISTINCT ON (role) id AS person_id FROM users ORDER BY role, id",
}
"""Where the demo has what a page with a value in its address shows: a row for each state."""


def area(page: ModuleType) -> str:
    """Whom a page is for: the folder it stands in."""
    return page.__name__.split(".")[2]


def pages_of(whose: str) -> list[str]:
    """The routes of everybody's, citizens', cleaners' or admins' pages, as the site has them."""
    return [page.ROUTE for page in PAGES if area(page) == whose]


def addresses(street: Street, route: str, email: str) -> list[str]:
    """The addresses of this page on the demo's data: one for each state, then one of something that is not there."""
    if route == "404":
        return ["/no-such-page"]
    if "[" not in route:
        return [route]
    assert route in _KINDS, f"every_page.py says of {route} where the demo has one to show"
    sql, nowhere = _KINDS[route], re.sub(r"\[\w+\]", NOWHERE, route)
    if sql is None:
        return [nowhere]
    rows = street.rows(sql, **({"email": email} if ":email" in sql else {}))
    assert rows, f"the demo has nothing to show on {route}"
    return [*(_filled(route, row._mapping) for row in rows), nowhere]


def _filled(route: str, values: RowMapping) -> str:
    return re.sub(r"\[(\w+)\]", lambda part: str(values[part[1]]), route)


def known(street: Street, email: str) -> Actor:
    """One of the demo's people; the admin has shown the second factor."""
    with street.uow() as uow:
        user = uow.first(User, col(User.email) == email)
        assert user is not None
        return replace(accounts.actor_of(user), proved=email == ADMIN)


def tab_of(street: Street, email: str, language: str) -> Page:
    """A tab of one of the demo's people (nobody's without an address) in this language; admins sit at a desk.

    axe is no script of the page's, so the tab lets it past the content security policy.
    """
    page = street.tab(known(street, email) if email else None, bypass_csp=True, reduced_motion="reduce")
    page.set_viewport_size(DESK if email == ADMIN else PHONE)
    page.context.add_cookies([{"name": "lang", "value": language, "url": street.live.base_url}])
    return page


def layers(tab: Page, seen: set[str]) -> Iterator[str]:
    """Open each dialog and drawer that a button of the page opens, but those seen before; the name of what is open."""
    names = tab.eval_on_selector_all("[data-open]", "all => all.map(one => one.dataset.open)")
    for name in dict.fromkeys(name for name in names if name not in seen):
        press = tab.locator(f"[data-open='{name}']").locator("visible=true")
        if press.count():
            seen.add(name)
            press.first.click()
            expect(tab.locator(f"#{name}")).to_be_visible()
            yield name
            tab.keyboard.press("Escape")
            expect(tab.locator(f"#{name}")).to_be_hidden()
