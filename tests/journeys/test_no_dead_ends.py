"""A no has a way on, and the first step comes before the account: on a phone in Hindi."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.models import User
from cleanit_app.services.campaigns.campaigns import decline_campaign
from tests.factories import PASSWORD, picture
from tests.journeys.street import Street
from tests.journeys.test_funding import AMINABAD, SOON, STORY

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]
HINDI: Any = [{"name": "lang", "value": "hi", "domain": "localhost", "path": "/"}]
WHY = "जगह का नाम पूरा लिखें"
PHOTO_OF = """SELECT c.title, c.status, encode(p.sha256, 'hex'), c.latitude FROM campaigns c JOIN photos p
ON p.id = c.photo_id WHERE c.creator_id = :me ORDER BY c.created_at"""


def in_hindi(street: Street, actor: Any = None, **options: Any) -> Page:
    """A tab on a phone of 360 px."""
    page = street.tab(actor, **options)
    page.context.add_cookies(HINDI)
    return page


def photographed(page: Page, seed: int) -> None:
    """Fill the start form up to the last look."""
    page.goto("/start")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture(seed)}
    )
    page.get_by_role("button", name="यही फ़ोटो रखें").click()
    page.locator("#address").fill("गली नं. 4, अमीनाबाद, लखनऊ")
    expect(page.locator("#latitude p.num[role=status]")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="यही जगह है").click()
    page.locator("#title").fill("क्लिनिक के पीछे की नाली")
    page.locator("#description").fill(STORY)
    page.locator("#targetPaise").fill("1500")
    page.get_by_role("button", name="एक बार देख लें").click()
    expect(page.get_by_role("heading", name="क्लिनिक के पीछे की नाली")).to_be_visible()


@pytest.mark.row("CAM-01", "CAM-06")
def test_a_declined_cleanup_is_put_right_with_its_photo_place_and_words(street: Street) -> None:
    asha = street.person()
    first = street.waiting(asha, target_paise=150_000)
    with street.uow() as uow:
        decline_campaign(uow, actor=street.admin(AdminDuty.SENIOR), campaign_id=first.id, reason=WHY)
    page = in_hindi(street, asha)
    page.goto("/me/campaigns")
    expect(page.get_by_role("link", name="इसे ठीक करके फिर भेजें")).to_be_visible()
    page.goto(f"/campaigns/{first.id}")
    page.get_by_role("link", name="इसे ठीक करके फिर भेजें").locator("visible=true").click()
    expect(page.get_by_text(f"पिछली बार नहीं लिया गया: {WHY}")).to_be_visible()
    expect(page.get_by_alt_text("जगह की आपकी फ़ोटो")).to_be_visible()
    expect(page.get_by_text("Gali No. 4, Aminabad, Lucknow").first).to_be_visible()
    expect(page.get_by_text("₹1,500").first).to_be_visible()
    page.locator("article").get_by_role("button").first.click()
    page.locator("#title").fill("स्कूल के मोड़ पर कूड़े का ढेर")
    page.get_by_role("button", name="एक बार देख लें").click()
    page.reload()  # the draft is the person's own now
    expect(page.get_by_role("heading", name="स्कूल के मोड़ पर कूड़े का ढेर")).to_be_visible()
    page.get_by_role("button", name="भेजें", exact=True).click()
    expect(page.get_by_role("heading", name="भेज दिया")).to_be_visible(timeout=SOON)
    old, new = street.rows(PHOTO_OF, me=asha.user_id)
    assert (old.status, new.status) == ("CANCELLED", "DRAFT")
    assert (new.encode, new.latitude) == (old.encode, old.latitude)  # the very file, though nobody took it again


@pytest.mark.row("CAM-01", "SEC-04")
def test_nobody_fills_a_form_with_the_cleanup_of_somebody_else(street: Street) -> None:
    first = street.waiting(street.person())
    with street.uow() as uow:
        decline_campaign(uow, actor=street.admin(AdminDuty.SENIOR), campaign_id=first.id, reason=WHY)
    page = in_hindi(street, street.person())
    page.goto(f"/start?again={first.id}")
    expect(page.locator("#photo")).to_be_attached()
    expect(page.get_by_text(WHY)).to_have_count(0)
    stranger = in_hindi(street)
    stranger.goto(f"/start?again={first.id}")
    stranger.wait_for_url(re.compile(r"/login\?next=/start"))


@pytest.mark.row("CAM-01", "SEC-03")
def test_the_photo_comes_first_and_the_account_at_sending(street: Street) -> None:
    asha = street.person()
    with street.uow() as uow:
        phone = uow.get(User, asha.user_id).phone
    page = in_hindi(street, permissions=["geolocation"], geolocation=AMINABAD)
    page.goto("/")
    page.locator("main a[href='/start']").first.click()
    expect(page.locator("#photo")).to_be_attached()
    photographed(page, 7001)
    page.get_by_role("button", name="भेजें", exact=True).click()
    asked = page.get_by_role("region", name="भेजने से पहले बस एक बात: आपका नाम")
    expect(asked.get_by_role("link", name="क्लीनइट से जुड़ें")).to_have_attribute("href", "/join?next=/start")
    asked.get_by_role("link", name="साइन इन").click()
    page.locator("#identifier").fill(str(phone))
    page.locator("#password").fill(PASSWORD)
    page.locator("form [type=submit]").click()
    page.wait_for_url(re.compile(r"/start$"))
    expect(page.get_by_alt_text("जगह की आपकी फ़ोटो")).to_be_visible()
    page.get_by_role("button", name="भेजें", exact=True).click()
    expect(page.get_by_role("heading", name="भेज दिया")).to_be_visible(timeout=SOON)
    [sent] = street.rows(PHOTO_OF, me=asha.user_id)
    assert sent.title == "क्लिनिक के पीछे की नाली"


@pytest.mark.row("CAM-01", "SEC-04")
def test_of_two_begun_cleanups_one_is_chosen_and_another_tab_sees_neither(street: Street) -> None:
    asha = street.person()
    page = in_hindi(street, asha, permissions=["geolocation"], geolocation=AMINABAD)
    photographed(page, 7002)
    mine = page.context.cookies()
    page.context.clear_cookies()  # the sign-in ran out
    page.context.add_cookies(HINDI)
    page.goto("/start")
    expect(page.locator("#photo")).to_be_attached()
    expect(page.get_by_alt_text("जगह की आपकी फ़ोटो")).to_have_count(0)
    page.locator("#photo-file").set_input_files({"name": "b.jpg", "mimeType": "image/jpeg", "buffer": picture(7003)})
    expect(page.get_by_alt_text("जगह की आपकी फ़ोटो")).to_be_visible()
    other = page.context.new_page()
    other.goto("/start")
    expect(other.locator("#photo")).to_be_attached()
    other.wait_for_timeout(300)
    expect(other.get_by_alt_text("जगह की आपकी फ़ोटो")).to_have_count(0)
    page.context.add_cookies(mine)
    page.reload()
    expect(page.get_by_role("heading", name="आपने दो सफ़ाइयाँ शुरू की हैं")).to_be_focused()
    page.get_by_role("button", name="क्लिनिक के पीछे की नाली").click()
    expect(page.get_by_role("heading", name="क्लिनिक के पीछे की नाली")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="क्लिनिक के पीछे की नाली")).to_be_visible()  # not asked twice
