"""People at their own accounts: a forgotten password, a phone that is confirmed, a device that is signed out."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Page, expect

from cleanit_app.domain.actors import Actor
from cleanit_app.models import User
from tests.factories import PASSWORD
from tests.journeys.street import Street
from tests.sandbox.running import until

pytestmark = pytest.mark.browser
NEW = "three-new-brooms"


def code_to(street: Street, contact: str) -> str:
    """The newest code the message service was given for this contact."""
    found: list[str] = []

    def came() -> bool:
        answer = httpx.get(f"{street.live.sandbox_url}/codes", headers={"Accept": "application/json"}, trust_env=False)
        found[:] = [one["code"] for one in answer.json()["items"] if one["to"] == contact]
        return bool(found)

    until(came, 20)
    return found[0]


def phone_of(street: Street, person: Actor) -> str:
    """The number somebody signs in with."""
    with street.uow() as uow:
        return uow.get(User, person.user_id).phone or ""


@pytest.mark.row("SEC-01", "SEC-03")
def test_a_forgotten_password_is_set_anew_with_a_code(street: Street) -> None:
    person = street.person()
    phone, elsewhere, page = phone_of(street, person), street.tab(person), street.tab()
    elsewhere.goto("/me")
    expect(elsewhere.get_by_role("button", name="Sign out")).to_be_visible()
    page.goto("/login?next=/me/campaigns")
    page.get_by_role("link", name="Forgot the password?").click()
    expect(page.get_by_role("heading", name="Set a new password")).to_be_visible()
    page.get_by_label("Mobile number or email").fill(phone)
    page.get_by_role("button", name="Send the code").click()
    expect(page.get_by_role("heading", name="Type the code")).to_be_visible()
    page.get_by_label("Code of six digits").fill("11 11 11")
    page.get_by_label("New password").fill(NEW)
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_text("This code does not fit").first).to_be_visible()
    street.complaints.clear()  # the browser's own line about the refusal
    page.get_by_label("Code of six digits").fill(code_to(street, phone))
    page.get_by_role("button", name="Set the password").click()
    page.wait_for_url(f"{street.live.base_url}/")
    expect(elsewhere).to_have_url(f"{street.live.base_url}/login")
    page.goto("/notifications")
    expect(page.get_by_text("A new password was set with a code").first).to_be_visible()


@pytest.mark.row("LAW-08", "SEC-03")
def test_a_phone_is_confirmed_and_another_device_signed_out(street: Street) -> None:
    person = street.person()
    lost, page = street.tab(person), street.tab(person)
    lost.goto("/me")
    expect(lost.get_by_role("button", name="Sign out")).to_be_visible()
    page.goto("/me")
    page.get_by_role("link", name="Account, password, sign-ins").click()
    mobile = page.get_by_role("listitem").filter(has_text="Mobile number")
    expect(mobile.get_by_text("Not confirmed yet")).to_be_visible()
    mobile.get_by_role("button", name="Confirm").click()
    _type_code(page, code_to(street, phone_of(street, person)))
    expect(mobile.get_by_text("Confirmed", exact=True)).to_be_visible()
    page.get_by_role("listitem").get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed in only here.")).to_be_visible()
    expect(lost).to_have_url(f"{street.live.base_url}/login")


@pytest.mark.row("SEC-03", "SEC-07")
def test_number_and_password_change_after_the_present_password(street: Street) -> None:
    person = street.person()
    page, new = street.tab(person), "+919812300045"
    page.goto("/me/account")
    mobile = page.get_by_role("listitem").filter(has_text="Mobile number")
    mobile.get_by_role("button", name="Change").click()
    mobile.get_by_label("New mobile number").fill("98123 00045")
    mobile.locator("#currentPassword").fill("not-this-one")
    mobile.get_by_role("button", name="Send a code there").click()
    expect(mobile.get_by_text("This is not your password.")).to_be_visible()
    mobile.locator("#currentPassword").fill(PASSWORD)
    mobile.get_by_role("button", name="Send a code there").click()
    _type_code(page, code_to(street, new))
    expect(mobile.get_by_text(new)).to_be_visible()
    page.get_by_text("Change the password").first.click()
    page.locator("#presentPassword").fill(PASSWORD)
    page.get_by_label("New password").fill(NEW)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("Your password is new.")).to_be_visible()


def _type_code(page: Page, code: str) -> None:
    page.get_by_label("Code of six digits").fill(code)
    page.get_by_role("button", name="Confirm the code").click()
    expect(page.get_by_text("Confirmed. Thank you.")).to_be_visible()


@pytest.mark.row("LAW-01")
def test_a_copy_of_ones_data_is_downloaded_after_the_password(street: Street) -> None:
    person = street.person()
    page = street.tab(person)
    page.goto("/me/account")
    page.locator("summary", has_text="Download my data").click()
    page.locator("#dataPassword").fill("not this one")
    page.get_by_role("button", name="Download my data").click()
    expect(page.get_by_text("This is not your password.")).to_be_visible()
    page.locator("#dataPassword").fill(PASSWORD)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download my data").click()
    assert coming.value.suggested_filename.startswith("cleanit-data-")
    assert str(person.id) in coming.value.path().read_text()
    expect(page.get_by_role("link", name="Download the file")).to_be_visible()
