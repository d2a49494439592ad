"""Admins and accounts in a browser: pausing somebody, opening the account again, and making an admin (SEC-10)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.models import User
from cleanit_app.services.review.verification import Checklist, RejectionReason, reject_completion
from tests.factories import PASSWORD
from tests.journeys.office import LiveTown, at_desk
from tests.support.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live"), pytest.mark.row("SEC-10")]
WHY = "Somebody else uses this account"


@pytest.fixture
def town(live: Live) -> Iterator[LiveTown]:
    """People of the running Cleanit."""
    town = LiveTown(live)
    yield town
    town.engine.dispose()


def sign_in(page: Page, live: Live, mail: str) -> None:
    """Type a password on the sign-in page."""
    page.goto(f"{live.base_url}/login")
    page.locator("input[name=identifier]").fill(mail)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("button[type=submit]").first.click()


@pytest.mark.row("SEC-03")
def test_somebody_is_paused_and_let_back(browser: Browser, live: Live, town: LiveTown) -> None:
    person = town.person(name="Yamini Das")
    with town.uow() as uow:
        mail = uow.get(User, person.user_id).email or ""
    outside = browser.new_context()
    theirs = outside.new_page()
    sign_in(theirs, live, mail)
    expect(theirs).not_to_have_url(f"{live.base_url}/login")
    with at_desk(browser, live, town, town.admin(AdminDuty.SUPPORT)) as page:
        page.goto("/admin/people")
        page.get_by_label("Name, email or phone").fill("yamini")
        page.get_by_role("button", name="Find").click()
        row = page.locator("tr", has_text="Yamini Das")
        row.get_by_role("button", name="Pause the account").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Pause the account").click()
        expect(dialog.get_by_text("Write the reason.").first).to_be_visible()
        dialog.locator("textarea").fill(WHY)
        dialog.get_by_role("button", name="Pause the account").click()
        expect(row.get_by_text(WHY)).to_be_visible()
        theirs.goto(f"{live.base_url}/me")
        expect(theirs).to_have_url(f"{live.base_url}/login?next=/me")
        sign_in(theirs, live, mail)
        why = theirs.get_by_role("status").filter(has_text=f"Your account is paused: {WHY}")
        expect(why.get_by_role("link", name="Question")).to_be_visible()
        row.get_by_role("button", name="Open the account again").click()
        dialog.locator("textarea").fill("It was a mix-up")
        dialog.get_by_role("button", name="Open the account again").click()
        expect(row.get_by_role("button", name="Pause the account")).to_be_visible()
        theirs.reload()
        me = theirs.get_by_role("button", name="Yamini").or_(theirs.get_by_role("link", name="Me"))
        expect(me.first).to_be_visible()
        expect(why).to_have_count(0)
    outside.close()


def test_a_senior_makes_an_admin(browser: Browser, live: Live, town: LiveTown) -> None:
    person = town.person(name="Aabid Mir")  # the first by name: a page holds twenty, and journeys make many admins
    with town.uow() as uow:
        user = uow.lock(User, person.user_id)
        mail, user.email_verified_at = user.email or "", uow.now
    with at_desk(browser, live, town, town.admin()) as page:
        page.goto("/admin/admins")
        form = page.locator("form", has_text="Somebody new")
        form.get_by_label("Email or phone of the account").fill(mail)
        form.get_by_role("button", name="Make an admin").click()
        expect(form.get_by_text("Tick at least one duty.")).to_be_visible()
        form.get_by_text("Finance: sees the books").click()
        form.get_by_role("button", name="Make an admin").click()
        expect(page.locator("form", has_text="Aabid Mir")).to_be_visible()
    assert town.row(User, person.user_id).duties == ["FINANCE"]


@pytest.mark.row("VER-05", "OPS-01")
def test_a_flagged_account_is_looked_at_on_its_page(browser: Browser, live: Live, town: LiveTown) -> None:
    cleaner, verifier = town.cleaner("Gopal Naik"), town.admin(AdminDuty.VERIFIER)
    for _ in range(LIMITS.rejections_before_review + 1):
        job = town.handed_in(cleaner)
        with town.uow() as uow:
            reject_completion(
                uow, actor=verifier, job_id=job.id, checklist=Checklist(), reason=RejectionReason.POOR_QUALITY,
                notes="Half of it still lies there", allow_retry=False,
            )  # fmt: skip
    with at_desk(browser, live, town, town.admin(AdminDuty.COMPLIANCE)) as page:
        page.goto("/admin/people")
        page.get_by_role("button", name="Flagged").click()
        page.get_by_role("link", name="Gopal Naik").click()
        expect(page).to_have_url(f"{live.base_url}/admin/people/{cleaner.id}")
        expect(page.get_by_text("after 4 rejections")).to_be_visible()
        page.get_by_role("button", name="Rejections").click()
        expect(page.get_by_text("Half of it still lies there")).to_have_count(4)
        page.get_by_role("button", name="Put the flag away").first.click()
        dialog = page.get_by_role("dialog")
        dialog.locator("textarea").fill("A new phone is on its way")
        dialog.get_by_role("button", name="Put the flag away").click()
        expect(page.get_by_text("after 4 rejections")).to_have_count(0)
        page.get_by_role("button", name="Notes").click()
        expect(page.get_by_text("A new phone is on its way")).to_be_visible()
        page.get_by_label("Note for colleagues").fill("Call again in a week")
        page.get_by_role("button", name="Add the note").click()
        expect(page.get_by_role("cell", name="Call again in a week")).to_be_visible()
        page.goto(f"/admin/people/{job.id}")
        expect(page.get_by_text("Nobody is here")).to_be_visible()
