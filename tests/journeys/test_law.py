"""People's rights in a browser: an account that is deleted or kept, consent that is taken back, a gift taken back."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cleanit_app import routes
from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import Campaign, User
from cleanit_app.services.people.erasure import erase_account
from tests.factories import PASSWORD
from tests.journeys.street import Street

pytestmark = pytest.mark.browser
LOOKS = os.environ.get("LOOKS_DIR")


def look(page: Page, name: str) -> None:
    """Pictures at the widths of a phone and a desk, where somebody wants to look at them."""
    for width in (360, 1280) if LOOKS else ():
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=str(Path(str(LOOKS)) / f"{name}-{width}.png"), full_page=True)


def phone_of(street: Street, person: Actor) -> str:
    """The number somebody signs in with."""
    with street.uow() as uow:
        return uow.get(User, person.user_id).phone or ""


def wants_to_leave(street: Street, person: Actor) -> Page:
    """The tab of somebody who asked for the account to be deleted, at the sign-in that says until when it stays."""
    page = street.tab(person)
    page.goto(routes.ACCOUNT)
    page.get_by_role("link", name="Delete my account").click()
    expect(page.get_by_role("heading", name="What is erased")).to_be_visible()
    look(page, "delete")
    page.get_by_label("The password you have now").fill("not this one")
    page.get_by_role("button", name="Delete my account in 7 days").click()
    expect(page.get_by_text("This is not your password").first).to_be_visible()
    page.get_by_label("The password you have now").fill(PASSWORD)
    page.get_by_role("button", name="Delete my account in 7 days").click()
    expect(page.get_by_text("Your account will be deleted in 7 days.")).to_be_visible()
    look(page, "leaving")
    return page


def sign_in(page: Page, phone: str) -> None:
    """Type number and password where one is asked for them."""
    page.get_by_label("Mobile number or email").fill(phone)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.row("LAW-02")
def test_who_signs_in_again_within_the_week_keeps_the_account(street: Street) -> None:
    person = street.person()
    phone, elsewhere = phone_of(street, person), street.tab(person)
    elsewhere.goto(routes.ME)
    expect(elsewhere.get_by_role("button", name="Sign out")).to_be_visible()
    page = wants_to_leave(street, person)
    elsewhere.goto(routes.ME)
    expect(elsewhere).to_have_url(re.compile("/login"))  # signed out everywhere at once
    sign_in(page, phone)
    expect(page.get_by_text("Your account stays.").first).to_be_visible()
    with street.uow() as uow:
        assert uow.get(User, person.user_id).erase_at is None


@pytest.mark.row("LAW-02")
def test_an_account_is_deleted_when_its_week_is_over(street: Street) -> None:
    person = street.person(name="Farida Khan")
    phone, campaign = phone_of(street, person), street.campaign(creator=person)
    page = street.tab(person)
    page.goto(routes.DELETE_ACCOUNT)  # refused with the reason while a cleanup collects
    expect(page.get_by_role("button", name="Delete my account in 7 days")).to_have_count(0)
    expect(page.get_by_role("main").get_by_role("listitem").first).to_be_visible()
    page.goto(routes.campaign(campaign.id))
    page.get_by_role("button", name="Cancel this cleanup").click()
    page.get_by_role("button", name="Cancel it", exact=True).click()
    expect(page.get_by_role("button", name="Cancel this cleanup")).to_have_count(0)
    left = wants_to_leave(street, person)
    with street.uow() as uow:  # the week goes by
        uow.lock(User, person.user_id).erase_at = uow.now
    parts = street.parts
    assert erase_account(parts.open_uow, keyed=parts.keyed_hash, cipher=parts.cipher, user_id=person.user_id)
    sign_in(left, phone)
    expect(left.get_by_text("do not fit together").first).to_be_visible()
    stranger = street.tab()
    stranger.goto(routes.campaign(campaign.id))
    expect(stranger.get_by_role("heading", name=campaign.title).first).to_be_visible()
    expect(stranger.get_by_text("Farida")).to_have_count(0)
    with street.uow() as uow:
        gone = uow.get(User, person.user_id)
        assert (gone.status, gone.name, gone.phone, gone.email) == ("DELETED", "Deleted User", None, None)
    street.complaints.clear()  # the browser's own lines about the refused sign-in


@pytest.mark.row("LAW-03")
def test_a_creator_puts_words_and_pin_right_and_a_second_tab_is_told(street: Street) -> None:
    starter = street.person()
    campaign = street.campaign(creator=starter)
    story = "The heap is back since the rains, and the school bus can no longer stop at this corner."
    page, other = street.tab(starter), street.tab(starter)
    page.goto(routes.campaign(campaign.id))
    page.get_by_role("link", name="Put words or place right").click()
    expect(page.get_by_label("Name", exact=False).first).to_have_value(campaign.title)
    other.goto(routes.correct_campaign(campaign.id))
    expect(other.locator("#description")).to_have_value(campaign.description)
    page.locator("#description").fill("Too short.")
    page.get_by_role("button", name="Save what it says now").click()
    expect(page.locator("#description-error")).to_contain_text("Tell us a little more")
    expect(page.locator("#description")).to_have_value("Too short.")  # nothing typed is lost
    look(page, "correct")
    page.locator("#description").fill(story)
    page.get_by_role("group", name="Map").first.click(position={"x": 40, "y": 200})
    page.get_by_role("button", name="Save what it says now").click()
    expect(page).to_have_url(re.compile(f"{routes.campaign(campaign.id)}$"))
    expect(page.get_by_text(story)).to_be_visible()
    expect(page.get_by_text("before anybody gave").first).to_be_visible()
    expect(page.get_by_text("Words and place put right by the starter")).to_be_visible()
    look(page, "corrected")
    other.locator("#description").fill("Another story that is long enough, but was begun before the first was saved.")
    other.get_by_role("button", name="Save what it says now").click()
    expect(other.get_by_text("This was changed in the meantime")).to_be_visible()
    look(other, "stale")
    other.get_by_role("button", name="Show what it says now").click()
    expect(other.locator("#description")).to_have_value(story)


@pytest.mark.row("LAW-03")
def test_a_cleaners_new_name_is_looked_at_before_it_counts(street: Street) -> None:
    cleaner = street.cleaner("Ramesh Pal")
    page, desk = street.tab(cleaner), street.tab(street.admin(AdminDuty.COMPLIANCE))
    page.goto(routes.ACCOUNT)
    page.get_by_text("Change name or language").click()
    page.get_by_label("Your name").fill("Ramesh Kumar Pal")
    page.get_by_label("The password you have now").first.fill(PASSWORD)
    look(page, "name")
    page.get_by_role("button", name="Save name and language").click()
    expect(page.get_by_text("Sent. Somebody compares it").first).to_be_visible()
    expect(page.get_by_text("Until it was checked").first).to_be_visible()
    look(page, "name-waits")
    page.goto(routes.paper("id"))
    expect(page.get_by_text("Hand in an ID that shows it").first).to_be_visible()
    look(page, "kyc-name")
    desk.set_viewport_size({"width": 1280, "height": 900})
    desk.goto(routes.ADMIN_PEOPLE)
    expect(desk.get_by_role("heading", name="New names to check")).to_be_visible()
    look(desk, "names-desk")
    desk.get_by_role("button", name="Let the name count Ramesh Kumar Pal").click()
    expect(desk.get_by_text("Ramesh Kumar Pal counts now.").first).to_be_visible()
    # Live, in the cleaner's tab: at once in the bell, for its toast may give way to the next one about the papers.
    page.get_by_role("button", name="Notifications").click()
    expect(page.get_by_text("Your new name counts").locator("visible=true").first).to_be_visible()
    with street.uow() as uow:
        assert uow.get(User, cleaner.user_id).name == "Ramesh Kumar Pal"


@pytest.mark.row("LAW-01")
def test_ones_data_is_read_here_and_taken_with_photos(street: Street) -> None:
    person = street.person(name="Farida Khan")
    campaign = street.campaign(creator=person)
    page = street.tab(person)
    page.goto(routes.ACCOUNT)
    page.get_by_role("link", name="Read it here").click()
    expect(page).to_have_url(re.compile(f"{routes.MY_DATA}$"))
    expect(page.get_by_role("button", name="Show my data")).to_be_visible()
    page.get_by_label("The password you have now").fill("not this one")
    page.get_by_role("button", name="Show my data").click()
    expect(page.get_by_text("This is not your password").first).to_be_visible()
    expect(page.get_by_role("heading", name="Cleanups I started")).to_have_count(0)
    page.get_by_label("The password you have now").fill(PASSWORD)
    page.get_by_role("button", name="Show my data").click()
    expect(page.get_by_role("heading", name="Cleanups I started")).to_be_visible()
    expect(page.get_by_text(campaign.title).first).to_be_visible()
    look(page, "data")
    with page.expect_download() as coming:
        page.get_by_role("link", name="With my photos (ZIP)").click()
    with zipfile.ZipFile(coming.value.path()) as taken:
        assert f"photos/{campaign.photo_id}.jpg" in taken.namelist()
        assert taken.testzip() is None
    page.reload()
    expect(page.get_by_role("button", name="Show my data")).to_be_visible()  # nothing stays on the page


@pytest.mark.row("LAW-04")
def test_finance_reads_a_quarter_of_tax(street: Street) -> None:
    street.verified(street.cleaner("Ramesh Pal"))
    desk = street.tab(street.admin(AdminDuty.FINANCE))
    desk.set_viewport_size({"width": 1280, "height": 900})
    desk.goto(routes.ADMIN_TAX)
    expect(desk.get_by_role("heading", name="Files for the accountant")).to_be_visible()
    expect(desk.get_by_text("The ledger says the same")).to_be_visible()
    expect(desk.get_by_text("gave no PAN").first).to_be_visible()
    look(desk, "tax")
    with desk.expect_download() as coming:
        desk.get_by_role("link", name="A line a payment (CSV)").click()
    assert "PANNOTAVBL" in Path(coming.value.path()).read_text(encoding="utf-8-sig")


@pytest.mark.row("LAW-02", "PAY-08")
def test_who_gave_reads_why_not_and_takes_the_gift_back(street: Street) -> None:
    giver, campaign = street.person(), street.campaign(target_paise=100_000)
    gift = street.give(campaign, 40_000, giver)
    page = street.tab(giver)
    page.goto(routes.DELETE_ACCOUNT)
    expect(page.get_by_text("1 gift of yours is held for a cleanup.")).to_be_visible()
    look(page, "in-use")
    page.goto(routes.contribution(gift.id))
    page.get_by_role("button", name="Take my gift back").click()
    look(page, "take-back")
    page.get_by_role("button", name="Yes, take it back").click()
    expect(page.get_by_text("You took it back").first).to_be_visible()
    expect(page.get_by_role("button", name="Take my gift back")).to_have_count(0)
    look(page, "taken-back")
    with street.uow() as uow:
        assert uow.get(Campaign, campaign.id).raised_paise == 0


@pytest.mark.row("LAW-07")
def test_consent_is_taken_back_and_the_photo_is_gone(street: Street) -> None:
    cleaner = street.cleaner()
    job = street.verified(cleaner)
    person, stranger = street.tab(cleaner), street.tab()
    stranger.goto(routes.campaign(job.campaign_id))
    with street.uow() as uow:
        title = uow.get(Campaign, job.campaign_id).title
    expect(stranger.get_by_role("heading", name=title).first).to_be_visible()
    expect(stranger.locator("img[src*='completion'], img[srcset*='completion']").first).to_be_attached()
    person.goto(routes.PHOTO_CONSENTS)
    gallery = person.get_by_role("switch", name="Show my photos among cleaned places")
    expect(gallery).to_be_checked()
    gallery.click()
    expect(person.get_by_text("Kept. It holds from now on.")).to_be_visible()
    expect(gallery).not_to_be_checked()
    look(person, "consent")
    stranger.reload()
    expect(stranger.get_by_role("heading", name=title).first).to_be_visible()
    expect(stranger.locator("img[src*='completion'], img[srcset*='completion']")).to_have_count(0)
