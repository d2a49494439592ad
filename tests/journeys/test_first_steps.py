"""First steps that are low enough, complaints that end, pictures that open: on a phone in Hindi."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import text

from cleanit_app.domain.actors import Role
from cleanit_app.services.campaigns.campaigns import approve_campaign
from tests.factories import PASSWORD, hand_in_id
from tests.journeys.street import Street
from tests.journeys.test_no_dead_ends import in_hindi

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]
UNCONFIRMED = text("UPDATE users SET phone_verified_at = NULL WHERE id = :me")


def no_wider_than_the_phone(page: Page) -> bool:
    """Nothing scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= 360"))


def main_buttons(page: Page) -> Locator:
    """Those that one is meant to press: in the brand's colour and large."""
    return page.locator("main .btn.btn-lg:visible:not(.btn-line):not(.btn-quiet)")


@pytest.mark.row("JOB-04", "LAW-08")
def test_a_newcomer_sees_what_jobs_pay_and_why_none_can_be_taken_yet(street: Street) -> None:
    job, sita = street.job(), street.person(Role.CLEANER, "Sita Devi")
    page = in_hindi(street, sita)
    page.goto("/jobs")
    expect(page.get_by_role("heading", name="पहले काम से पहले")).to_be_visible()
    expect(page.locator("article").get_by_text("₹950").first).to_be_visible()
    expect(page.get_by_text("0 काम हाथ में", exact=False)).to_have_count(0)
    assert no_wider_than_the_phone(page)
    page.goto(f"/jobs/{job.id}")
    expect(page.get_by_text("₹950").first).to_be_visible()
    expect(page.get_by_role("button", name="यह काम लें")).to_have_count(0)
    page.get_by_role("link", name="देखें क्या बाकी है").click()
    page.wait_for_url("**/kyc")
    expect(page.get_by_text("3 में से 2")).to_be_visible()  # the phone was confirmed at joining
    assert street.rows("SELECT status FROM jobs WHERE id = :id", id=job.id) == [("AVAILABLE",)]


@pytest.mark.row("JOB-04", "LAW-08")
def test_who_has_handed_in_everything_is_not_asked_for_it_again(street: Street) -> None:
    sita = street.person(Role.CLEANER, "Sita Devi")
    page = in_hindi(street, sita)
    page.goto("/earnings")
    page.get_by_role("link", name="बताएँ पैसा कहाँ भेजें").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("बैंक खाता या UPI आईडी")
    page.locator("#vpa").fill("sita@okbank")
    page.locator("#holderName").fill("Sita Devi")
    page.get_by_role("button", name="सहेजें").click()
    expect(page.get_by_role("link", name="अगला काग़ज़")).to_be_visible()
    with street.uow() as uow:
        hand_in_id(uow, sita)
    page.goto("/jobs")
    expect(page.get_by_role("heading", name="आपके काग़ज़ों की जाँच हो रही है")).to_be_visible()
    expect(page.get_by_role("link", name="देखें क्या बाकी है")).to_have_count(0)
    page.goto("/earnings")
    expect(page.get_by_role("heading", name="कमाई")).to_be_attached()
    expect(page.get_by_role("link", name="बैंक की जानकारी ठीक करें")).to_have_count(0)


@pytest.mark.row("JOB-04")
def test_who_comes_to_clean_joins_as_a_cleaner(street: Street) -> None:
    page = in_hindi(street)
    page.goto("/how-it-works")
    page.get_by_role("link", name="सफ़ाईकर्मी बनकर जुड़ें").click()
    expect(page.locator("input[name=role][value=CLEANER]")).to_be_checked()
    page.locator("label", has=page.locator("input[value=CITIZEN]")).click()
    page.reload()
    expect(page.locator("input[name=role][value=CITIZEN]")).to_be_checked()  # one's own choice stays


@pytest.mark.row("CAM-09")
def test_what_neighbours_cannot_see_is_not_shared(street: Street) -> None:
    asha = street.person()
    draft = street.waiting(asha)
    page = in_hindi(street, asha)
    page.goto(f"/campaigns/{draft.id}")
    expect(page.get_by_role("heading", level=1)).to_have_text(draft.title)
    expect(page.get_by_role("link", name="मदद लें").first).to_be_visible()
    expect(page.locator("[data-share]:visible")).to_have_count(0)
    with street.uow() as uow:
        approve_campaign(uow, actor=street.admin(), campaign_id=draft.id)
    page.reload()
    expect(page.locator("[data-share]:visible").first).to_be_visible()


@pytest.mark.row("LAW-08")
def test_papers_come_one_a_screen(street: Street) -> None:
    sita = street.person(Role.CLEANER, "Sita Devi")
    with street.uow() as uow:
        uow.session.execute(UNCONFIRMED, {"me": sita.user_id})
    page = in_hindi(street, sita)
    page.goto("/kyc")
    for number, paper, title in ((1, "phone", "मोबाइल नंबर"), (2, "id", "पहचान"), (3, "account", "बैंक खाता या UPI आईडी")):
        if number > 1:
            page.goto(f"/kyc?paper={paper}")
        expect(page.get_by_text(f"3 में से {number}")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(main_buttons(page)).to_have_count(1)
        assert no_wider_than_the_phone(page)
    page.locator("#vpa").fill("sita@okbank")
    page.locator("#holderName").fill("Sita Devi")
    page.get_by_role("button", name="सहेजें").click()
    page.get_by_role("link", name="अगला काग़ज़").click()
    expect(page.get_by_text("3 में से 1")).to_be_visible()
    page.get_by_role("link", name="मेरे सब काग़ज़").click()
    expect(page.get_by_role("heading", name="आपके काग़ज़")).to_be_visible()
    expect(page.locator("main a.card[href^='/kyc?paper=']")).to_have_count(4)
    page.go_back()
    expect(page.get_by_text("3 में से 1")).to_be_visible()


@pytest.mark.row("SEC-04")
def test_a_corrected_field_loses_its_complaint_and_a_wrong_one_gets_it_back(street: Street) -> None:
    page = in_hindi(street)
    page.goto("/join")
    page.locator("button[type=submit]").click()
    for name in ("name", "password"):
        expect(page.locator(f"#{name}-error")).to_be_visible()
    page.locator("#name").press_sequentially("Sita")
    expect(page.locator("#name")).to_be_focused()
    expect(page.locator("#name-error")).to_have_text("")
    expect(page.locator("#name")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#password-error")).to_be_visible()
    street.complaints.clear()

    page = in_hindi(street, street.person())
    page.goto("/me/account")
    page.locator("summary", has_text="पासवर्ड").first.click()
    present, complaint = page.locator("#presentPassword"), page.locator("#presentPassword-error .ermsg")
    page.locator("#password").fill("three-new-brooms")
    for _ in range(2):  # the same complaint twice: the second is seen as well
        present.fill("not-this-one")
        page.locator("#presentPassword").press("Enter")
        expect(complaint).to_be_visible()
        expect(present).to_have_attribute("aria-invalid", "true")
        present.press_sequentially("x")
        expect(complaint).to_be_hidden()
        expect(present).not_to_have_attribute("aria-invalid", "true")
    present.fill(PASSWORD)
    present.press("Enter")
    expect(page.get_by_text(re.compile("पासवर्ड नया|नया पासवर्ड")).first).to_be_visible()
    expect(complaint).to_have_count(0)


@pytest.mark.row("VER-02")
def test_a_photo_opens_large_and_closes_by_key_button_and_going_back(street: Street) -> None:
    campaign = street.campaign()
    page = in_hindi(street)
    page.goto("/campaigns")
    page.goto(f"/campaigns/{campaign.id}")
    picture = page.locator("main a[data-large]").first
    box = page.locator("dialog.large-box")
    for close in ("key", "button", "back"):
        if close == "key":
            picture.focus()
            page.keyboard.press("Enter")
        else:
            picture.click()
        expect(box).to_be_visible()
        assert box.locator("img").evaluate("async (i) => { await i.decode(); return i.naturalWidth }") > 0
        if close == "key":
            page.keyboard.press("Escape")
        elif close == "button":
            box.get_by_role("button", name="बंद करें").click()
        else:
            page.go_back()
        expect(box).to_have_count(0)
        expect(picture).to_be_focused()
        expect(page).to_have_url(re.compile(str(campaign.id)))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/campaigns$"))  # no step of the pictures is left behind
