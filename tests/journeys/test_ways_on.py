"""Where a code is asked for, another one is a press, and afterwards one is back where one was going."""

from __future__ import annotations

import re

import pytest
import redis
from playwright.sync_api import Page, expect
from sqlalchemy import text

from cleanit_app.domain.actors import Role
from tests.journeys.street import Street
from tests.journeys.test_account import code_to, phone_of
from tests.journeys.test_no_dead_ends import in_hindi
from tests.sandbox.running import until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]
AGAIN = "दूसरा कोड भेजें"
UNCONFIRMED = text("UPDATE users SET phone_verified_at = NULL WHERE id = :me")


def a_minute_later(street: Street, page: Page) -> None:
    """Let the pause be over, in this tab and for the server."""
    with redis.Redis.from_url(street.live.settings.redis_url) as client:
        for key in client.scan_iter("cleanit:limit:code:minute:*"):
            client.delete(key)
    page.evaluate("""() => {
        const kept = JSON.parse(sessionStorage.getItem("joining"));
        sessionStorage.setItem("joining", JSON.stringify({ ...kept, at: kept.at - 61000 }));
    }""")


def another(street: Street, page: Page, contact: str, first: str) -> str:
    """The code that came after the first one."""
    expect(page.get_by_text("दूसरा कोड भेजा गया है").first).to_be_visible()
    until(lambda: code_to(street, contact) != first, 20)
    return code_to(street, contact)


@pytest.mark.row("JOB-01", "OPS-02")
def test_a_cleaner_finds_papers_and_help_from_me_and_from_work(street: Street) -> None:
    page = in_hindi(street, street.cleaner())
    for start in ("/me", "/work"):
        page.goto(start)
        page.locator("main").get_by_role("link", name="मेरे काग़ज़ और UPI").click()
        expect(page.get_by_role("heading", name="आपके काग़ज़")).to_be_visible()
    page.goto("/me")
    page.locator("main").get_by_role("link", name="मदद").click()
    expect(page.get_by_role("heading", name="मदद", exact=True)).to_be_visible()


@pytest.mark.row("SEC-01", "LAW-08")
def test_a_new_cleaners_phone_code_leads_back_to_the_papers(street: Street) -> None:
    sita = street.person(Role.CLEANER, "Sita Devi")
    with street.uow() as uow:
        uow.session.execute(UNCONFIRMED, {"me": sita.user_id})
    page = in_hindi(street, sita)
    page.goto("/kyc")
    page.get_by_role("link", name="कोड से पक्का करें").click()
    page.wait_for_url("**/me/account?next=/kyc")
    page.get_by_role("listitem").first.get_by_role("button").first.click()
    expect(page.locator("#code")).to_be_visible()
    again = page.get_by_role("button", name=re.compile("कोड"), disabled=True)
    expect(again.first).to_contain_text(re.compile(r"[01]:\d\d"))
    phone = phone_of(street, sita)
    first = code_to(street, phone)
    a_minute_later(street, page)
    page.get_by_role("button", name=AGAIN).click()
    newest = another(street, page, phone, first)
    page.locator("#code").fill(newest)
    page.locator("form", has=page.locator("#code")).locator("[type=submit]").click()
    page.wait_for_url("**/kyc")


@pytest.mark.row("SEC-01", "SEC-03")
def test_a_forgotten_password_has_another_code_at_a_press(street: Street) -> None:
    person = street.person()
    phone, page = phone_of(street, person), in_hindi(street)
    page.goto("/reset?next=/me/campaigns")
    page.locator("#identifier").fill(phone)
    page.locator("form [type=submit]").click()
    page.wait_for_url(re.compile(r"/reset/code\?id="))
    first_id = page.url
    first = code_to(street, phone)
    a_minute_later(street, page)
    page.get_by_role("button", name=AGAIN).click()
    newest = another(street, page, phone, first)
    assert page.url != first_id
    assert "next=" in page.url
    page.locator("#code").fill(newest)
    page.locator("#password").fill("three-new-brooms")
    page.locator("form [type=submit]").click()
    page.wait_for_url("**/me/campaigns")
