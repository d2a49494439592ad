"""From a photo to money that is held: joining, starting, letting in, chipping in, and everything that goes wrong."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import FilePayload, Page, expect

from cleanit_app.domain.actors import Actor
from cleanit_app.models import Campaign
from cleanit_app.services.campaigns.campaigns import approve_campaign
from cleanit_app.services.demo import demo
from tests.journeys.hand import Hand
from tests.journeys.street import Street, payment_window
from tests.journeys.walks import Wish, continue_to_pay, start
from tests.sandbox.running import until
from tests.support.post import code_that_came

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]
JPEG = Path(demo.__file__).parent / "photos" / "lane-before.jpg"
AMINABAD = {"latitude": 26.8467, "longitude": 80.9201, "accuracy": 12}
STORY = "Plastic has blocked the water. It floods the lane when it rains and smells all day long."
SOON = 20_000  # milliseconds


def chip_in(page: Page, campaign: Campaign | UUID, rupees: int) -> None:
    """Open the form, write an amount and go on to paying; the payment window opens by itself."""
    page.goto(f"/campaigns/{getattr(campaign, 'id', campaign)}/fund")
    continue_to_pay(Hand(page), rupees)


def join(street: Street, page: Page, name: str, email: str) -> None:
    """Join on the way to the start page, with the code that came; one comes to it."""
    page.goto("/join?next=/start")
    page.locator("#name").fill(name)
    page.locator("#email").fill(email)
    page.locator("#password").fill("nine-clean-lanes")
    page.locator("#acceptTerms").check()
    page.get_by_role("button", name="Join", exact=True).click()
    page.locator("#code").fill(code_that_came(street.live.sandbox_url, email))
    page.get_by_role("button", name="Open my account").click()
    page.wait_for_url(re.compile(r"://[^/]+/start$"))


def start_cleanup(page: Page, title: str, rupees: int) -> None:
    """The four steps, with a JPEG and the phone's own place."""
    photo = FilePayload(name=JPEG.name, mimeType="image/jpeg", buffer=JPEG.read_bytes())
    start(Hand(page), Wish(photo, "Gali No. 4, Aminabad, Lucknow 226018", title, STORY, rupees))


@pytest.mark.row("CAM-01", "CAM-09", "PAY-01", "PAY-02", "NOT-02", "TST-03")
def test_from_joining_to_a_neighbours_money_in_the_first_persons_open_tab(street: Street) -> None:
    hers = street.tab(permissions=["geolocation"], geolocation=AMINABAD)
    join(street, hers, "Asha Verma", "asha@journey.example")
    start_cleanup(hers, "Corner dump outside the school gate", 1_000)
    expect(hers.get_by_role("heading", name="Sent. We look at first cleanups by hand.")).to_be_visible()
    hers.get_by_role("link", name="See my cleanups").click()
    card = hers.locator("article", has_text="Corner dump outside the school gate")
    expect(card.get_by_text("Waiting for approval")).to_be_visible(timeout=SOON)
    campaign_id = street.rows("SELECT id FROM campaigns WHERE title LIKE 'Corner dump outside%'")[-1].id
    with street.uow() as uow:
        approve_campaign(uow, actor=street.admin(), campaign_id=campaign_id)
    expect(hers.get_by_role("button", name="Notifications, 1 new")).to_be_visible(timeout=SOON)
    expect(card.get_by_text("Collecting money")).to_be_visible(timeout=SOON)

    his = street.tab(street.person(name="Imran Khan"))
    chip_in(his, campaign_id, 500)
    payment_window(his).get_by_test_id("pay-success").click()
    expect(his.get_by_role("heading", name="₹500 is held safely")).to_be_visible(timeout=SOON)
    expect(his.get_by_role("button", name="Ask a neighbour for ₹500")).to_be_visible()
    expect(card.get_by_text("₹500", exact=True)).to_be_visible(timeout=SOON)
    expect(card.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "50")
    expect(hers.get_by_role("button", name="Notifications, 2 new")).to_be_visible(timeout=SOON)

    his.reload()
    expect(his.get_by_role("heading", name="₹500 is held safely")).to_be_visible(timeout=SOON)
    with his.expect_download() as receipt:
        his.get_by_role("link", name="Receipt").click()
    assert Path(receipt.value.path()).read_bytes().startswith(b"%PDF")
    street.assert_both_books_agree(campaign_id)


@pytest.mark.row("PAY-01")
def test_what_was_pressed_without_a_network_does_not_begin_to_pay_later(street: Street) -> None:
    campaign = street.campaign()
    page = street.tab(street.person())
    page.goto(f"/campaigns/{campaign.id}/fund")
    page.get_by_label("How much will you give?").fill("300")
    go, why = page.get_by_role("button", name="Continue to pay ₹300"), page.get_by_text("No network. You can pay")
    expect(go).to_be_visible(timeout=SOON)
    expect(why).to_be_hidden()
    page.context.set_offline(True)
    expect(why).to_be_visible()
    go.click()
    page.locator("#amount").press("Enter")
    page.context.set_offline(False)
    expect(why).to_be_hidden()
    page.wait_for_timeout(5_000)  # longer than the page takes to be connected again
    assert page.url.endswith("/fund")
    assert street.rows("SELECT id FROM contributions WHERE campaign_id = :id", id=campaign.id) == []
    go.click()
    page.wait_for_url(re.compile(r"/fund/[0-9a-f-]{36}$"))


@pytest.mark.row("PAY-01", "CAM-08", "TST-03")
def test_a_failed_payment_is_retried_on_the_same_order(street: Street) -> None:
    campaign, giver = street.campaign(), street.person(name="Nidhi Shah")
    page = street.tab(giver)
    page.goto(f"/campaigns/{campaign.id}/fund")
    amount = page.get_by_label("How much will you give?")
    amount.fill("5000")
    expect(page.get_by_text("Only ₹1,000 is needed. We have set it to ₹1,000.")).to_be_visible(timeout=SOON)
    expect(amount).to_have_value("1,000")
    amount.fill("4")
    page.get_by_role("button", name="Continue to pay ₹4").click()
    expect(page.get_by_text("The least you can give is ₹10.")).to_be_visible(timeout=SOON)
    amount.fill("300")
    page.get_by_role("button", name="Continue to pay ₹300").dblclick()
    page.wait_for_url(re.compile(r"/fund/[0-9a-f-]{36}$"))
    first = page.url
    expect(payment_window(page).get_by_test_id("pay-fail")).to_be_enabled(timeout=SOON)
    page.go_back()
    expect(page.locator("iframe")).to_have_count(0)
    page.go_forward()
    page.get_by_role("button", name="Pay ₹300").click()
    payment_window(page).get_by_test_id("pay-fail").click()
    payment_window(page).get_by_test_id("pay-cancel").click()
    expect(page.get_by_role("heading", name="Payment did not go through")).to_be_visible(timeout=SOON)
    expect(page.get_by_text("There was not enough money in the account.")).to_be_visible()

    page.go_back()
    expect(page.get_by_role("link", name="Go on with that payment")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="Continue to pay ₹300").click()
    page.wait_for_url(first)
    payment_window(page).get_by_test_id("pay-success").click()
    expect(page.get_by_role("heading", name="₹300 is held safely")).to_be_visible(timeout=SOON)
    wishes = street.rows("SELECT status FROM contributions WHERE campaign_id = :id", id=campaign.id)
    assert [w.status for w in wishes] == ["SUCCESS"]
    street.assert_both_books_agree(campaign.id)


@pytest.mark.row("PAY-01", "PAY-02", "PAY-10")
def test_who_pays_and_closes_the_window_finds_the_money_held(street: Street) -> None:
    campaign, giver = street.campaign(), street.person(name="Joseph Dsouza")
    page = street.tab(giver)
    chip_in(page, campaign, 250)
    waiting = page.url
    street.control("deliveries/pause")  # the bank's word is late: neither the window nor a webhook tells us
    payment_window(page).get_by_test_id("pay-close").click()
    page.goto("/me/transactions")
    expect(page.get_by_role("link", name=campaign.title)).to_have_attribute("href", re.compile(r"/fund/"))
    street.control("deliveries/resume")
    expect(page.get_by_text("Held", exact=True).nth(1)).to_be_visible(timeout=SOON)
    page.goto(waiting)
    expect(page.get_by_role("heading", name="₹250 is held safely")).to_be_visible(timeout=SOON)
    page.goto("/me/transactions")
    page.get_by_role("link", name=campaign.title, exact=True).click()
    expect(page.get_by_text("Shown to neighbours")).to_be_visible(timeout=SOON)
    street.assert_both_books_agree(campaign.id)


@pytest.mark.row("PAY-01")
def test_a_bank_that_answers_late_changes_the_open_page_by_itself(street: Street) -> None:
    campaign = street.campaign()
    page = street.tab(street.person(name="Kavya Rao"))
    chip_in(page, campaign, 100)
    window = payment_window(page)
    window.get_by_test_id("pay-late").click()
    window.get_by_test_id("pay-cancel").click()
    expect(page.get_by_text("Your bank has not answered yet. Do not pay again.")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("heading", name="₹100 is held safely")).to_be_visible(timeout=2 * SOON)
    street.assert_both_books_agree(campaign.id)


@pytest.mark.row("PAY-02", "PAY-08", "PAY-09")
def test_who_pays_the_last_rupees_a_second_time_gets_them_back_by_itself(street: Street) -> None:
    campaign = street.campaign(target_paise=50_000)
    first, second = street.tab(street.person(name="Asif Ali")), street.tab(street.person(name="Bina Das"))
    for page in (first, second):
        chip_in(page, campaign, 500)
        expect(payment_window(page).get_by_test_id("pay-success")).to_be_enabled(timeout=SOON)
    payment_window(first).get_by_test_id("pay-success").click()
    expect(first.get_by_text("Thank you, Asif. You paid for this cleanup.")).to_be_visible(timeout=SOON)
    payment_window(second).get_by_test_id("pay-success").click()
    expect(second.get_by_role("heading", name="₹500 was more than needed")).to_be_visible(timeout=SOON)
    expect(second.get_by_text(re.compile("₹500 (goes back|is back)")).first).to_be_visible()
    expect(second.get_by_text(re.compile("₹500 is back with you")).first).to_be_visible(timeout=2 * SOON)
    until(lambda: street.rows("SELECT 1 FROM refunds WHERE campaign_id = :id AND status = 'COMPLETED'", id=campaign.id))
    street.assert_both_books_agree(campaign.id)


@pytest.mark.row("CAM-08", "SEC-04")
def test_nobody_gives_to_the_own_cleanup_or_sees_a_strangers_payment(street: Street) -> None:
    creator: Actor = street.person()
    campaign = street.campaign(creator)
    page = street.tab(creator)
    page.goto(f"/campaigns/{campaign.id}/fund")
    expect(page.get_by_role("heading", name="You started this cleanup")).to_be_visible(timeout=SOON)
    wish = street.wish(campaign, 10_000)
    for address in (f"/campaigns/{campaign.id}/fund/{wish.id}", f"/me/transactions/{wish.id}", "/me/transactions/x"):
        page.goto(address)
        expect(page.get_by_role("heading", name="We could not find this payment")).to_be_visible(timeout=SOON)


@pytest.mark.row("CAM-12")
def test_a_cleanup_is_cancelled_until_somebody_gives(street: Street) -> None:
    creator = street.person()
    kept, other = street.campaign(creator, title="Heap beside the tea stall"), street.campaign(creator)
    street.give(kept, 10_000)
    page = street.tab(creator)
    page.goto("/me/campaigns")
    expect(page.get_by_role("button", name="Cancel", exact=True)).to_have_count(1, timeout=SOON)
    page.get_by_role("button", name="Cancel", exact=True).click()
    street.give(other, 10_000)  # while the question is still open
    page.get_by_role("button", name="Cancel the cleanup").click()
    expect(page.get_by_role("alert").filter(has_text="Neighbours have already given money")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("button", name="Cancel", exact=True)).to_have_count(0)
    third = street.campaign(creator, title="Swings lost in litter")
    page.reload()
    page.get_by_role("button", name="Cancel", exact=True).click()
    page.get_by_role("button", name="Cancel the cleanup").click()
    expect(page.get_by_text("Swings lost in litter is cancelled.")).to_be_visible(timeout=SOON)
    assert street.rows("SELECT status FROM campaigns WHERE id = :id", id=third.id)[0].status == "CANCELLED"
