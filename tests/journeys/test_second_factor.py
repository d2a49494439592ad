"""Admins and their second factor in a browser, the log of what they did, and new terms for everybody."""

from __future__ import annotations

from dataclasses import replace

import pyotp
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update
from sqlmodel import col

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import User
from tests.factories import PASSWORD
from tests.journeys.street import Street

pytestmark = pytest.mark.browser
DESK = {"width": 1280, "height": 900}


def code_of(street: Street, key: str, steps: int = 0) -> str:
    """What the authenticator app shows."""
    return pyotp.TOTP(key.replace(" ", "")).at(street.clock.now(), counter_offset=steps)


def mail_of(street: Street, person: Actor) -> str:
    """What somebody signs in with."""
    with street.uow() as uow:
        return uow.get(User, person.user_id).email or ""


def at_desk(street: Street, admin: Actor | None) -> Page:
    """A tab as wide as a desk."""
    page = street.tab(admin)
    page.set_viewport_size(DESK)
    return page


@pytest.mark.row("SEC-03", "SEC-10")
def test_money_asks_sets_up_and_from_then_on_sign_in_asks_too(street: Street) -> None:
    admin = replace(street.admin(), proved=False)
    page = at_desk(street, admin)
    page.goto("/admin/money")
    page.get_by_role("button", name="Stop all payouts").first.click()
    page.locator("#stop-payouts-why").fill("looking at something odd")
    page.get_by_role("dialog").get_by_role("button", name="Stop all payouts").click()
    expect(page.get_by_text("This needs your second factor.").first).to_be_visible()
    page.keyboard.press("Escape")
    toast = page.locator(".toasts").filter(has_text="Show your second factor")
    toast.get_by_role("link", name="See").click()
    page.get_by_label("The password you have now").fill(PASSWORD)
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_alt_text("QR code for the authenticator app")).to_be_visible()
    key = page.locator("code").inner_text()
    page.get_by_label("Code of the app").fill("12ab")
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator("#code-error")).to_contain_text("A code is six digits")
    page.get_by_label("Code of the app").fill(code_of(street, key))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("listitem").filter(has_text="-")).to_have_count(10)
    page.get_by_role("button", name="I have written them down").click()
    page.wait_for_url(f"{street.live.base_url}/admin/money")  # back at the desk that asked for it
    page.context.close()
    fresh = at_desk(street, None)
    fresh.goto("/login?next=/admin/money")
    fresh.get_by_label("Mobile number or email").fill(mail_of(street, admin))
    fresh.locator("#password").fill(PASSWORD)
    fresh.get_by_role("button", name="Sign in").click()
    fresh.wait_for_url("**/admin/second-factor?**")
    fresh.goto("/admin/payouts")  # the password alone leads nowhere else
    fresh.wait_for_url("**/admin/second-factor?**")
    fresh.get_by_label("Code of the app, or a recovery code").fill("ABCD_EFGH 12")
    fresh.get_by_role("button", name="Confirm it is you").click()
    expect(fresh.locator("#code-error")).to_contain_text("Write the digits from the app, or one of your recovery codes")
    fresh.get_by_label("Code of the app, or a recovery code").fill(code_of(street, key, 1))
    fresh.get_by_role("button", name="Confirm it is you").click()
    fresh.wait_for_url(f"{street.live.base_url}/admin/payouts")


@pytest.mark.row("SEC-10")
def test_a_senior_finds_what_a_colleague_did(street: Street) -> None:
    senior, campaign = street.admin(), street.campaign()
    draft = street.person()
    assert draft.id != senior.id
    page = at_desk(street, senior)
    page.goto("/admin/audit")
    page.locator("#action").select_option(value="CampaignApproved")
    page.get_by_role("button", name="Find").click()
    first = page.get_by_role("row").filter(has_text="approved the cleanup").first
    expect(first).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="made an admin")).to_have_count(0)
    first.get_by_role("button", name="Only about this").click()
    expect(page.get_by_text("Only about:")).to_be_visible()
    assert campaign.id


@pytest.mark.row("LAW-06")
def test_new_terms_are_asked_for_once_read_at_leisure_and_accepted(street: Street) -> None:
    person, campaign = street.person(), street.campaign()
    with street.uow() as uow:
        uow.run(update(User).where(col(User.id) == person.id).values(terms_version="2025-01"))
    page = street.tab(person)
    page.goto(f"/campaigns/{campaign.id}")
    page.wait_for_url("**/terms/accept?**")
    page.get_by_role("link", name="Later. I only want to read").click()
    page.wait_for_url(f"{street.live.base_url}/campaigns/{campaign.id}")  # a glob would find it behind ?next= too
    expect(page.get_by_role("heading", level=1, name=campaign.title)).to_be_visible()
    page.goto("/me/account")  # one tab is asked once; from here on a note leads there
    page.get_by_role("link", name="Read and accept").click()
    page.wait_for_url("**/terms/accept")
    page.get_by_role("button", name="I accept these terms").click()
    page.wait_for_url(f"{street.live.base_url}/")
    page.goto("/me/account")
    expect(page.get_by_role("heading", name="Where you are signed in")).to_be_visible()
    expect(page.get_by_text("New terms wait for you.")).to_have_count(0)
    log = street.rows(
        "SELECT version, address_hash FROM terms_acceptances WHERE user_id = :id ORDER BY id", id=person.id
    )
    assert len(log) == 2
    assert log[1].address_hash is not None


@pytest.mark.row("SEC-10")
def test_a_senior_changes_what_a_colleague_may_do_and_it_counts_at_once(street: Street) -> None:
    # names that stand first, for the page shows thirty at a time
    senior, colleague = street.admin(name="Aabha Rao"), street.admin(AdminDuty.VERIFIER, name="Aadil Das")
    theirs, page = at_desk(street, colleague), at_desk(street, senior)
    theirs.goto("/admin/people")
    expect(theirs.get_by_text("This page is not for you").first).to_be_visible()
    page.goto("/admin/admins")
    card = page.locator("form").filter(has_text="Aadil Das")
    expect(card.get_by_role("checkbox", name="Verifier")).to_be_checked()
    mine = page.locator("form").filter(has_text="Aabha Rao")
    expect(mine.get_by_role("checkbox", name="Senior")).to_be_disabled()
    card.get_by_role("checkbox", name="Verifier").uncheck()
    card.get_by_role("checkbox", name="Support").check()
    card.get_by_role("button", name="Save the duties").click()
    expect(page.get_by_text("Saved. Aadil Das has been told.").first).to_be_visible()
    theirs.get_by_role("button", name="Notifications, 1 new").click()
    expect(theirs.get_by_text("Your duties as an admin are now: support.").first).to_be_visible()
    theirs.reload()
    expect(theirs.get_by_role("heading", name="People", level=1)).to_be_visible()
    page.reload()
    expect(card.get_by_role("checkbox", name="Verifier")).not_to_be_checked()
    expect(card.get_by_role("checkbox", name="Support")).to_be_checked()


@pytest.mark.row("SEC-03")
def test_duties_wait_for_the_second_factor_and_nothing_ticked_is_lost(street: Street) -> None:
    street.admin(AdminDuty.VERIFIER, name="Aamir Pai")
    page = at_desk(street, replace(street.admin(name="Neha Bose"), proved=False))
    page.goto("/admin/admins")
    card = page.locator("form").filter(has_text="Aamir Pai")
    card.get_by_role("checkbox", name="Finance").check()
    card.get_by_role("button", name="Save the duties").click()
    expect(card.get_by_text("This needs your second factor.")).to_be_visible()
    expect(card.get_by_role("checkbox", name="Finance")).to_be_checked()


@pytest.mark.row("SEC-03", "SEC-10", "OPS-01")
def test_a_page_that_refuses_says_which_of_the_two_it_is(street: Street) -> None:
    """A senior whose second factor is stale is led to it and back; whose duty it is not reads that, and no way."""
    page = at_desk(street, replace(street.admin(), proved=False))
    page.goto("/admin/bulk")
    expect(page.get_by_role("heading", name="This page asks for your second factor")).to_be_visible()
    expect(page.get_by_text("This page is not for you")).to_have_count(0)
    show = page.locator("main").get_by_role("link", name="Show your second factor")
    expect(show).to_have_attribute("href", "/admin/second-factor?next=/admin/bulk")
    page.goto("/admin/people")  # asks for no proof
    expect(page.get_by_role("heading", name="People", exact=True).first).to_be_visible()
    expect(page.get_by_text("This page asks for your second factor")).to_have_count(0)
    other = at_desk(street, replace(street.admin(AdminDuty.SUPPORT), proved=False))
    other.goto("/admin/payouts")
    expect(other.get_by_role("heading", name="This page is not for you")).to_be_visible()
    expect(other.get_by_text("This page asks for your second factor")).to_have_count(0)
