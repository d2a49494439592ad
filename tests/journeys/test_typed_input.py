"""Typing in a browser: what the page shows is booked, and what it cannot read it says at the field."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cleanit_app.domain.actors import Actor, Role
from tests.journeys.street import Street
from tests.journeys.test_funding import AMINABAD, JPEG, SOON, STORY

ANOTHER_JPEG = JPEG.with_name("ghat-before.jpg")
"""A photo is taken once: two tests on one running Cleanit must not send the same."""

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]
PHONE: Any = {"width": 360, "height": 740}
DESK: Any = {"width": 1280, "height": 800}
HINDI = [{"name": "lang", "value": "hi", "domain": "localhost", "path": "/"}]


def paste(page: Page, field: str, text: str) -> None:
    """Put a text in the place of what a field holds, at once, and leave the field."""
    page.locator(field).focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)
    page.locator(field).blur()


@pytest.mark.row("SEC-04", "CAM-08")
def test_the_amount_one_sees_is_the_amount_that_is_booked(street: Street) -> None:
    campaign = street.campaign(target_paise=5_000_000)
    page = street.tab(street.person())
    page.set_viewport_size(DESK)
    page.goto(f"/campaigns/{campaign.id}/fund")
    box, go = page.locator("#amount"), page.get_by_role("button", name=re.compile("^Continue to pay"))
    for typed, shown in (("100.00", "100"), ("५००", "500"), ("१,२३,४५", "१,२३,४५"), ("Rs. 12,500/-", "12,500")):
        paste(page, "#amount", typed)
        expect(box).to_have_value(shown)
    expect(go).to_contain_text("Continue to pay ₹12,500")
    box.fill("")
    box.press_sequentially("1250")
    expect(box).to_have_value("1,250")
    box.press("ArrowLeft")
    box.press("Backspace")
    expect(box).to_have_value("120")
    box.fill("")
    box.press_sequentially("100.50")
    expect(box).to_have_value("100.50")
    for typed, said in (
        ("100.50", "Whole rupees only, without paise."),
        ("1,00.5", "We cannot tell how much this is."),
        ("1.000", "We cannot tell how much this is."),
        ("10k", "Write the amount in digits, like 500 or 1,25,000."),
    ):
        paste(page, "#amount", typed)
        expect(page.locator("#amount-error")).to_contain_text(said)
        expect(go).to_have_text("Continue to pay", use_inner_text=True)
        expect(page.get_by_text("We hold your")).to_have_count(0)  # nobody is promised ₹0 back
        page.locator("#amount").press("Enter")
        page.wait_for_timeout(300)
        expect(box).to_have_value(typed)
    booked = "SELECT amount_paise FROM contributions WHERE campaign_id = :campaign"
    assert street.rows(booked, campaign=campaign.id) == []
    paste(page, "#amount", "१,२५०.००")
    expect(go).to_contain_text("Continue to pay ₹1,250")
    go.click()
    page.wait_for_url(re.compile(r"/fund/[0-9a-f-]{36}$"))
    assert street.rows(booked, campaign=campaign.id) == [(125_000,)]


@pytest.mark.row("SEC-04", "CAM-02", "CAM-03")
def test_a_cleanup_in_hindi_is_measured_in_letters_on_a_phone(street: Street) -> None:
    person = street.person()
    page = street.tab(person, permissions=["geolocation"], geolocation=AMINABAD)
    page.context.add_cookies(HINDI)
    page.goto("/start")
    page.locator("input[type=file]").first.set_input_files(ANOTHER_JPEG)
    page.get_by_role("button", name="यही फ़ोटो रखें").click()
    page.locator("#address").fill("गली नं. 4, अमीनाबाद, लखनऊ")
    expect(page.locator("#latitude p.num[role=status]")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="यही जगह है").click()
    page.locator("#title").fill("\u3164\u2800" * 10)
    page.locator("#description").fill("नाली" * 20 + "\u3164\u3164")
    page.locator("#targetPaise").fill("1,00.5")
    expect(page.get_by_text("40", exact=True)).to_be_visible()  # two letters each, and none for what is unseen
    page.get_by_role("button", name="एक बार देख लें").click()
    expect(page.locator("#title-error")).to_contain_text("जगह को नाम दें")
    expect(page.locator("#description-error")).to_contain_text("10 अक्षर बाकी")
    expect(page.locator("#targetPaise-error")).to_contain_text("कॉमा और बिंदु के बिना लिखें")
    expect(page.locator("#title")).to_be_focused()
    expect(page.locator("#targetPaise")).to_have_value("1,00.5")
    title = "क्षत्रियों की गली में <नाली & कूड़ा, " + "क्षि" * 68
    page.locator("#title").fill(title)
    page.locator("#description").fill(STORY + " See ?a=1&region=UP, it is <taller than a child.")
    paste(page, "#targetPaise", "₹ १,०००.००")
    expect(page.locator("#targetPaise")).to_have_value("1,000")
    page.get_by_role("button", name="एक बार देख लें").click()
    assert page.locator("article h2").evaluate("h => h.scrollWidth <= h.clientWidth")  # 68 letters without a blank
    page.get_by_role("button", name="भेजें", exact=True).click()
    expect(page.get_by_role("heading", name="भेज दिया")).to_be_visible(timeout=SOON)
    expect(page.get_by_text(re.compile(r"^आज, (सुबह|दोपहर|शाम|रात) \d+:\d\d बजे$"))).to_be_visible()
    kept = "SELECT title, target_paise FROM campaigns WHERE creator_id = :person"
    assert street.rows(kept, person=person.user_id) == [(title, 100_000)]


@pytest.mark.row("SEC-04", "SEC-03")
@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_joining_says_what_is_wrong_and_keeps_what_was_typed(street: Street, viewport: Any) -> None:
    page = street.tab()
    page.set_viewport_size(viewport)
    page.context.add_cookies(HINDI)
    page.goto("/join")
    page.locator("#name").fill("\u3164\u3164\u3164")
    page.locator("#phone").fill("98765ABCDE")
    page.locator("#email").fill("\u0430sha@example.in")
    page.locator("#password").fill("nine-clean-lanes")
    page.locator("#acceptTerms").check()
    page.locator("button[type=submit]").click()
    expect(page.locator("#phone-error")).to_contain_text("10 अंकों का भारतीय मोबाइल नंबर लिखें।")
    expect(page.locator("#email-error")).to_contain_text("@ से पहले अंग्रेज़ी अक्षर")
    expect(page.locator("#name-error")).to_contain_text("अपना नाम लिखें।")
    expect(page.locator("#name")).to_be_focused()
    expect(page.locator("#phone")).to_have_value("98765ABCDE")
    assert [line for line in street.complaints if "422" not in line] == []
    street.complaints.clear()  # a refused form is a line in the console


@pytest.mark.row("SEC-04", "PAY-04", "LAW-08")
def test_where_the_pay_goes_is_read_in_groups_and_indian_digits(street: Street) -> None:
    page = street.tab(street.person(Role.CLEANER))
    page.context.add_cookies(HINDI)
    page.goto("/kyc?paper=account")
    page.get_by_role("button", name="बैंक खाता").click()
    page.locator("#holderName").fill("Ramesh Pal")
    page.locator("#accountNumber").fill("१२३४ ५६७८ ९०१O")
    page.locator("#accountAgain").fill("123456789012")
    page.locator("#ifsc").fill("SBINO001234")
    page.locator("#ifsc").press("Enter")
    expect(page.locator("#ifsc-error")).to_contain_text("अंक 0 होता है, अक्षर O नहीं", timeout=SOON)
    expect(page.locator("#accountNumber-error")).to_contain_text("9 से 18 अंकों का")
    expect(page.locator("#accountNumber")).to_have_value("१२३४ ५६७८ ९०१O")
    expect(page.locator("#accountNumber")).to_be_focused()
    page.locator("#accountNumber").fill("१२३४ ५६७८ ९०१२")
    page.locator("#ifsc").fill("sbin 0001234")
    page.locator("#ifsc").press("Enter")
    expect(page.get_by_text("•••• 9012 (SBIN)").locator("visible=true").first).to_be_visible(timeout=SOON)


def expect_wrong(page: Page, field: str, said: str | re.Pattern[str], typed: str) -> None:
    """A sentence stands at a field, listeners hear that it is wrong, and what was typed is there still."""
    expect(page.locator(f"#{field}-error")).to_contain_text(said)
    expect(page.locator(f"#{field}")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"#{field}")).to_have_value(typed)


def expect_good(page: Page, field: str, typed: str) -> None:
    """Nothing is wrong at a field, and what was typed is there still."""
    expect(page.locator(f"#{field}-error")).to_be_empty()
    expect(page.locator(f"#{field}")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"#{field}")).to_have_value(typed)


LINES = {
    "phone_form": ("Use an Indian mobile number of 10 digits.", "10 अंकों का भारतीय मोबाइल नंबर लिखें।"),
    "phone_landline": ("This is a landline.", "यह लैंडलाइन है।"),
    "email_form": ("This does not look like an email address.", "यह ईमेल पता नहीं लगता।"),
    "email_letters": ("Write English letters before the @", "@ से पहले अंग्रेज़ी अक्षर लिखें"),
    "contact_form": ("Write a 10-digit mobile number or an email address.", "10 अंक का मोबाइल नंबर या ईमेल लिखें।"),
    "account_form": ("An account number has 9 to 18 digits.", "खाता नंबर 9 से 18 अंकों का होता है।"),
    "ifsc_zero": ("The fifth sign of an IFSC is the digit 0", "अंक 0 होता है, अक्षर O नहीं"),
    "vpa_form": ("A UPI id looks like name@bank.", "UPI आईडी ऐसी होती है"),
    "pan_form": ("Write your own PAN", "अपना पैन लिखें"),
    "code_form": ("A code is six digits", "कोड छह अंकों का होता है"),
}
WAYS = pytest.mark.parametrize(("viewport", "hindi"), [(PHONE, True), (DESK, False)])


def tab(street: Street, viewport: Any, hindi: bool, person: Actor | None = None) -> Page:
    """A tab of this size in this language."""
    page = street.tab(person)
    page.set_viewport_size(viewport)
    if hindi:
        page.context.add_cookies(HINDI)
    return page


@pytest.mark.row("SEC-04", "SEC-03")
@WAYS
def test_joining_says_at_once_what_cannot_be_read(street: Street, viewport: Any, hindi: bool) -> None:
    page = tab(street, viewport, hindi)
    sent: list[str] = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.goto("/join")
    for field, typed, key in (
        ("phone", "98765ABCDE", "phone_form"),
        ("phone", "०११-२३४५६७८९", "phone_landline"),
        ("email", "Asha <asha@example.in>", "email_form"),
        ("email", "आशा@example.in", "email_letters"),
    ):
        paste(page, f"#{field}", typed)
        expect_wrong(page, field, LINES[key][hindi], typed)
    for field, typed in (
        ("email", "<mailto:Asha.V@Example.IN>,"),
        ("email", "asha@उदाहरण.भारत"),
        ("email", ""),
        ("phone", "\u202a" + f"९{random.randrange(10**8):08}" + " " * 80 + "५\u202c"),
    ):
        paste(page, f"#{field}", typed)
        expect_good(page, field, typed)
    assert sent == []
    page.locator("#name").fill("आशा वर्मा")
    page.locator("#password").fill("nine-clean-lanes")
    page.locator("#acceptTerms").check()
    page.locator("button[type=submit]").click()
    page.wait_for_url(re.compile(r"\?code="))
    asked = len(sent)
    for typed in ("12ab", "१२३४५६७८९०१२", ""):
        page.locator("#code").fill(typed)
        page.locator("#code").press("Enter")
        expect_wrong(page, "code", LINES["code_form"][hindi], typed)
        expect(page.locator("#code")).to_be_focused()
    assert len(sent) == asked
    page.locator("#code").fill("१२३ ४५६")
    expect_good(page, "code", "१२३ ४५६")
    newest = "SELECT tries FROM one_time_codes WHERE purpose = 'JOIN' ORDER BY id DESC LIMIT 1"
    assert street.rows(newest) == [(0,)]


@pytest.mark.row("SEC-04", "SEC-01")
@WAYS
def test_signing_in_speaks_of_the_form_alone(street: Street, viewport: Any, hindi: bool) -> None:
    page = tab(street, viewport, hindi)
    page.goto("/login")
    for typed in ("asha", "98765ABCDE", "asha@"):
        paste(page, "#identifier", typed)
        expect_wrong(page, "identifier", LINES["contact_form"][hindi], typed)
    for typed in ("\u0430sha@example.in", "<nobody@example.in>,", "९८७६५ ४३२१०", ""):
        paste(page, "#identifier", typed)
        expect_good(page, "identifier", typed)
    page.goto("/reset")
    paste(page, "#identifier", "\u0430sha@example.in")
    expect_wrong(page, "identifier", LINES["contact_form"][hindi], "\u0430sha@example.in")


@pytest.mark.row("SEC-04", "PAY-04", "LAW-08")
@WAYS
def test_papers_say_at_once_what_cannot_be_read(street: Street, viewport: Any, hindi: bool) -> None:
    page = tab(street, viewport, hindi, street.person(Role.CLEANER))
    page.goto("/kyc?paper=account")
    paste(page, "#vpa", "asha@example.in")
    expect_wrong(page, "vpa", LINES["vpa_form"][hindi], "asha@example.in")
    page.goto("/kyc?paper=pan")
    paste(page, "#pan", "ACUPA7O85R")
    expect_wrong(page, "pan", LINES["pan_form"][hindi], "ACUPA7O85R")
    paste(page, "#pan", "acupa-७०८५-r")
    expect_good(page, "pan", "acupa-७०८५-r")
    paste(page, "#pan", "ACUPA7O85R")
    page.locator("#pan").press("Enter")
    expect(page.locator("#pan-error")).to_contain_text(LINES["pan_form"][hindi])
    expect(page.locator("#pan")).to_be_focused()
    page.wait_for_timeout(1_000)
    expect(page.locator("[role=alert] ul")).to_have_count(0)  # the account's form has nothing to do with it
    page.goto("/kyc?paper=account")
    page.get_by_role("button", name=("Bank account", "बैंक खाता")[hindi]).click()
    for field, typed, key in (
        ("accountNumber", "१२३४ ५६७८ ९०१O", "account_form"),
        ("accountNumber", "123456789" + " " * 400 + "9" * 12, "account_form"),
        ("accountAgain", "1.23456789e9", "account_form"),
        ("ifsc", "sbin o001234", "ifsc_zero"),
    ):
        paste(page, f"#{field}", typed)
        expect_wrong(page, field, LINES[key][hindi], typed)
    for field, typed in (("accountNumber", "१२३४-५६७८ ९०१२,"), ("ifsc", "ＳＢＩＮ ०००१२३४"), ("accountAgain", "")):
        paste(page, f"#{field}", typed)
        expect_good(page, field, typed)
