"""One phone, two people: what the one took or typed is never the other's to see, and nothing goes unasked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from cleanit_app.domain.actors import Actor
from tests.factories import picture
from tests.journeys.test_cleaner_work import CAMERA, ON_THE_SPOT, PATIENCE, PLACE
from tests.support.chromium import ARGUMENTS
from tests.support.live import Live
from tests.support.street import Street

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]
KEPT = """() => new Promise((done) => {
  const ask = indexedDB.open("cleanit");
  ask.onsuccess = () => {
    const keys = ask.result.transaction("kept").objectStore("kept").getAllKeys();
    keys.onsuccess = () => { ask.result.close(); done(keys.result); };
  };
})"""


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A Chromium whose camera shows a test picture."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=[*ARGUMENTS, *CAMERA])
        yield chromium
        chromium.close()


@pytest.fixture
def street(live: Live) -> Street:
    """People and money on the running Cleanit."""
    return Street(live)


@pytest.fixture
def phone(browser: Browser, live: Live) -> Iterator[BrowserContext]:
    """The phone that a family shares; it stands at the spot."""
    context = browser.new_context(
        base_url=live.base_url,
        viewport={"width": 360, "height": 780},
        locale="en-IN",
        geolocation=ON_THE_SPOT,
        permissions=["geolocation", "camera"],
    )
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def kept_of(page: Page, person: Actor) -> set[str]:
    """Under which names the phone keeps something of this person."""
    return {key for owner, key in page.evaluate(KEPT) if owner == str(person.user_id)}


def start_shows_a_photo(page: Page) -> bool:
    """Whether the form that starts a cleanup opens with a picture."""
    page.goto("/start")
    expect(page.locator("#photo-file")).to_be_attached()
    page.wait_for_timeout(300)
    return page.get_by_alt_text("Your photo of the spot").count() == 1


def sign_out(page: Page) -> None:
    """Press the button."""
    page.goto("/me")
    page.get_by_role("button", name="Sign out").click()


@pytest.mark.row("SEC-04", "JOB-09")
def test_drafts_and_unsent_proofs_are_their_persons_alone(street: Street, phone: BrowserContext) -> None:
    job, ramesh, geeta = street.job(PLACE), street.cleaner(), street.cleaner()
    street.claim(ramesh, job)
    street.sign_in(phone, ramesh)
    page, at_work = phone.new_page(), f"/work/{job.id}/proof"
    page.goto("/start")
    page.locator("#photo-file").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture(41)})
    expect(page.get_by_alt_text("Your photo of the spot")).to_be_visible()
    page.goto(at_work)
    page.get_by_role("button", name="Take the photo").click()
    expect(page.get_by_role("button", name=re.compile("^Send"))).to_be_visible()
    assert kept_of(page, ramesh) == {"start", f"proof:{job.id}"}

    phone.clear_cookies()  # his sign-in ran out
    street.sign_in(phone, geeta)
    assert not start_shows_a_photo(page)
    page.goto("/me")
    sign_out(page)  # she has nothing unsent, so nothing is asked
    page.wait_for_url(re.compile(r"/$"))

    street.sign_in(phone, ramesh)  # nothing he photographed was lost
    assert start_shows_a_photo(page)
    page.goto(at_work)
    expect(page.get_by_role("button", name=re.compile("^Send"))).to_be_visible()

    sign_out(page)
    asked = page.get_by_role("dialog", name="Not everything was sent")
    expect(asked.get_by_role("link", name="An after photo waits: send it")).to_have_attribute("href", at_work)
    expect(asked.get_by_role("link", name="A cleanup you began: finish it")).to_have_attribute("href", "/start")
    asked.get_by_role("button", name="Stay signed in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_enabled()
    assert kept_of(page, ramesh) == {"start", f"proof:{job.id}"}

    sign_out(page)
    page.get_by_role("button", name="Delete it and sign out").click()
    page.wait_for_url(re.compile(r"/$"))
    assert page.evaluate(KEPT) == []
    street.sign_in(phone, ramesh)
    assert not start_shows_a_photo(page)
