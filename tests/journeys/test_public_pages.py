"""What anybody can open: signing in, discovering, a campaign that changes by itself and is taken back."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from cleanit_app.domain.terms import TERMS
from tests.factories import PASSWORD
from tests.journeys.street import Street
from tests.support.post import code_that_came

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]
SOON = 20_000  # milliseconds
SMALLEST = {"width": 320, "height": 640}
PAGES = ("/", "/login", "/join", "/campaigns", "/cleaned", "/ledger", "/how-it-works", "/terms", "/privacy")


def email_of(street: Street, name: str) -> str:
    """The address of somebody new."""
    actor = street.person(name=name)
    return str(street.rows("SELECT email FROM users WHERE id = :id", id=actor.user_id)[0].email)


def titles(page: Page) -> list[str]:
    """The names on the cards, in their order."""
    return page.locator("article h3").all_inner_texts()


@pytest.mark.row("SEC-07")
def test_signing_in_keeps_what_was_typed_and_leads_where_one_wanted_to_go(street: Street) -> None:
    email = email_of(street, "Asha Verma")
    page = street.tab()
    page.goto("/login?next=/ledger")
    page.locator("#identifier").fill(email)
    page.locator("#password").fill("not my password")
    page.locator("main button[type=submit]").click()
    expect(page.get_by_role("alert").filter(has_text="do not fit together")).to_be_visible(timeout=SOON)
    expect(page.locator("#identifier")).to_have_value(email)
    page.locator("#password").fill(PASSWORD)
    page.locator("main button[type=submit]").dblclick()
    page.wait_for_url(re.compile(r":\d+/ledger$"))
    page.goto("/login?next=//elsewhere.example/")
    page.wait_for_url(re.compile(r"localhost:\d+/$"))
    assert [c for c in street.complaints if "401" not in c] == []
    street.complaints.clear()


@pytest.mark.row("SEC-07")
def test_signing_in_needs_no_scripts(street: Street) -> None:
    email = email_of(street, "Imran Khan")
    page = street.tab(java_script_enabled=False)
    for password, goal in (("not my password", r"/login\?error=BAD_CREDENTIALS$"), (PASSWORD, r"localhost:\d+/$")):
        page.goto("/login")
        page.locator("#identifier").fill(email)
        page.locator("#password").fill(password)
        page.locator("main button[type=submit]").click()
        page.wait_for_url(re.compile(goal))


@pytest.mark.row("LAW-06", "SEC-04")
def test_joining_marks_every_field_that_is_wrong_and_keeps_the_rest(street: Street) -> None:
    page = street.tab()
    page.goto("/join")
    page.get_by_text("Clean and earn").click()
    page.locator("#name").fill("Sunita Devi")
    page.locator("#phone").fill("12345")
    page.locator("#password").fill("short")
    page.locator("main button[type=submit]").click()
    expect(page.locator("#phone-error")).to_contain_text("10 digits", timeout=SOON)
    expect(page.locator("#acceptTerms-error")).to_contain_text("Tick this")
    expect(page.locator("#phone")).to_be_focused()
    expect(page.locator("#name")).to_have_value("Sunita Devi")
    page.locator("#phone").fill("")
    email = f"{uuid4().hex}@journey.example"
    page.locator("#email").fill(email)
    page.locator("#password").fill("three small words")
    page.locator("#acceptTerms").check()
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_role("heading", name="Type the code")).to_be_visible(timeout=SOON)
    expect(page.get_by_text(f"on its way to {email}")).to_be_visible()
    code = code_that_came(street.live.sandbox_url, email)
    page.locator("#code").fill("000000" if code != "000000" else "111111")
    page.get_by_role("button", name="Open my account").click()
    expect(page.locator("#code-error")).to_contain_text("does not fit", timeout=SOON)
    page.locator("#code").fill(f" {code[:3]} {code[3:]} ")
    page.get_by_role("button", name="Open my account").click()
    page.wait_for_url(re.compile(r":\d+/jobs$"))
    row = street.rows("SELECT u.role, t.version FROM users u JOIN terms_acceptances t ON t.user_id = u.id "
                      "ORDER BY u.created_at DESC LIMIT 1")[0]  # fmt: skip
    assert (row.role, row.version) == ("CLEANER", TERMS.version)
    assert [c for c in street.complaints if "422" not in c] == []
    street.complaints.clear()


@pytest.mark.row("SEC-04")
def test_the_step_of_the_code_survives_the_back_button_and_a_reload_and_the_password_stays_nowhere(
    street: Street,
) -> None:
    page, password = street.tab(), "three small words"
    page.goto("/join?next=/ledger")
    phone = f"98{uuid4().int % 10**8:08d}"
    filled = {"#name": "Sunita Devi", "#phone": phone, "#password": password}
    for field, value in filled.items():
        page.locator(field).fill(value)
    page.get_by_text("Clean and earn").click()
    page.locator("#acceptTerms").check()
    page.get_by_role("button", name="Join", exact=True).click()
    heading = page.get_by_role("heading", name="Type the code")
    expect(heading).to_be_visible(timeout=SOON)
    expect(page.locator("#code")).to_be_focused()
    expect(page.locator("#code")).to_have_attribute("autocomplete", "one-time-code")
    expect(page.locator("#code")).to_have_attribute("inputmode", "numeric")
    first = page.url
    page.go_back()
    expect(page.get_by_role("heading", name="Join Cleanit")).to_be_visible()
    for field, value in filled.items():
        expect(page.locator(field)).to_have_value(value)
    page.go_forward()
    expect(heading).to_be_visible()
    page.get_by_role("button", name="Change the number or email").click()
    expect(page.locator("#password")).to_have_value(password)
    page.go_back()
    page.reload()
    expect(page.get_by_text(f"on its way to {phone}")).to_be_visible(timeout=SOON)
    assert page.url == first
    kept = page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert phone in kept
    assert password not in kept
    again = page.get_by_role("button", name=re.compile("Another code in 0:"))
    expect(again).to_have_attribute("aria-disabled", "true")
    page.evaluate('sessionStorage.joining = sessionStorage.joining.replace(/"at":\\d+/, \'"at":0\')')
    page.get_by_role("button", name="Send another code").click()
    expect(page.get_by_text("That was a lot in a short time")).to_be_visible(timeout=SOON)  # a minute by our clock
    page.get_by_role("button", name="Change the number or email").click()
    expect(page.locator("#name")).to_have_value("Sunita Devi")
    expect(page.get_by_role("radio", name=re.compile("Clean and earn"))).to_be_checked()
    expect(page.locator("#password")).to_have_value("")
    page.go_back()
    page.locator("#code").fill(code_that_came(street.live.sandbox_url, f"+91{phone}"))
    page.get_by_role("button", name="Open my account").click()
    page.wait_for_url(re.compile(r":\d+/ledger$"))
    assert page.evaluate("sessionStorage.getItem('joining')") is None
    assert [c for c in street.complaints if "429" not in c] == []
    street.complaints.clear()


@pytest.mark.row("JOB-03")
def test_discovering_by_words_by_distance_and_on_a_map_with_a_back_button_that_works(street: Street) -> None:
    word = f"Quarter{uuid4().hex[:6]}"
    near, far = f"{word} heap nearby", f"{word} heap far away"
    street.give(street.campaign(title=far, place=(26.90, 80.99)), 70_000)
    street.give(street.campaign(title=near), 20_000)
    page = street.tab(permissions=["geolocation"], geolocation={"latitude": 26.8467, "longitude": 80.9462})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/campaigns")
    page.get_by_role("searchbox").press_sequentially(word, delay=20)
    expect(page.locator("article")).to_have_count(2, timeout=SOON)
    assert titles(page) == [far, near]
    page.get_by_role("button", name="Near me").click()
    expect(page.locator("article h3").first).to_have_text(near, timeout=SOON)
    page.get_by_role("link", name="Within 1 km").click()
    expect(page.locator("article")).to_have_count(1, timeout=SOON)
    page.locator("article a").first.click()
    page.wait_for_url(re.compile("/campaigns/[0-9a-f-]{36}$"))
    page.go_back()
    expect(page.locator("article")).to_have_count(1, timeout=SOON)
    expect(page.get_by_role("searchbox")).to_have_value(word)
    page.go_back()
    expect(page.locator("article")).to_have_count(2, timeout=SOON)
    assert not [url for url in asked if "leaflet" in url]
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.locator(".leaflet-container")).to_be_visible(timeout=SOON)
    assert [url for url in asked if "leaflet" in url]


@pytest.mark.row("CAM-08", "CAM-12", "NOT-02")
def test_a_campaign_moves_by_itself_and_its_creator_may_take_back_only_one_without_money(street: Street) -> None:
    asha = street.person()
    paid, unpaid = (
        street.campaign(asha, title="Heap that gets money"),
        street.campaign(asha, title="Heap nobody pays for"),
    )
    visitor, hers = street.tab(), street.tab(asha)
    for page in (visitor, hers):
        page.goto(f"/campaigns/{paid.id}")
        expect(page.locator("main .rs-xl")).to_have_text("₹0", timeout=SOON)
    expect(hers.locator(".dock")).to_contain_text("You started this cleanup, so you cannot fund it.")
    expect(hers.get_by_role("button", name="Cancel this cleanup")).to_be_visible()
    street.give(paid, 80_000)
    for page in (visitor, hers):
        expect(page.locator("main .rs-xl")).to_have_text("₹800", timeout=SOON)
        expect(page.locator("main").get_by_text("Past the 80% mark.")).to_be_visible()
    expect(hers.get_by_role("button", name="Cancel this cleanup")).to_be_hidden()
    expect(visitor.get_by_role("link", name="Chip in").last).to_have_attribute("href", f"/campaigns/{paid.id}/fund")

    visitor.goto(f"/campaigns/{unpaid.id}")
    hers.goto(f"/campaigns/{unpaid.id}")
    hers.get_by_role("button", name="Cancel this cleanup").click()
    hers.get_by_role("button", name="Cancel it").dblclick()
    for page in (visitor, hers):
        expect(page.get_by_text("Its starter took it back before any money came.")).to_be_visible(timeout=SOON)


def test_public_pages_fit_the_smallest_phone_in_both_languages(street: Street) -> None:
    campaign = street.campaign(title="A rather long name of a heap behind the municipal vegetable market")
    too_wide = []
    for lang in ("en", "hi"):
        page = street.tab()
        page.set_viewport_size(SMALLEST)
        cookie = {"name": "lang", "value": lang, "url": street.live.base_url}
        page.context.add_cookies([cookie])
        for path in (*PAGES, f"/campaigns/{campaign.id}"):
            page.goto(path)
            expect(page.locator("main h1").first).to_be_visible(timeout=SOON)
            width = page.evaluate("document.documentElement.scrollWidth")
            too_wide += [(path, lang, width)] if width > SMALLEST["width"] else []
    assert too_wide == []


@pytest.mark.row("OPS-02")
@pytest.mark.parametrize("path", ["/help", "/support", "/terms", "/privacy"])
def test_who_answers_for_complaints_is_named_with_the_promised_times(street: Street, path: str) -> None:
    """As this machine is told, in each language; E-Commerce Rules 2020, rule 4."""
    page = street.tab()
    page.goto(path)
    block = page.locator("#grievance")
    for said in ("Savita Rao", "+91 522 400 1234", "4 Station Road, Lucknow 226001", "48 hours", "30 days"):
        expect(block).to_contain_text(said, timeout=SOON)
    assert page.locator("a[href^='mailto:']").count() == 0 or path == "/help"


@pytest.mark.row("OPS-02", "SEC-01")
def test_help_says_where_to_write_and_whom_to_tell_of_a_hole(street: Street) -> None:
    """As this machine is told, whatever the machine was told on which the pages were built."""
    page = street.tab()
    page.goto("/help#security")
    expect(page.locator("#write").get_by_role("link")).to_have_attribute("href", "/support", timeout=SOON)
    tell = page.locator("#security").get_by_role("link", name="https://cleanit.example/holes")
    expect(tell).to_have_attribute("href", street.live.settings.holes_reported_to)
    expect(tell).to_be_in_viewport()
    said = page.request.get("/.well-known/security.txt")
    assert "Contact: https://cleanit.example/holes\n" in said.text()
    assert said.headers["content-type"] == "text/plain; charset=utf-8"
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Credits and licences").click()
    expect(opened.value.locator("body")).to_contain_text("The Anek Project Authors")


@pytest.mark.row("JOB-03", "SEC-06")
def test_how_far_it_is_is_counted_on_the_phone_or_it_says_why_not(street: Street) -> None:
    """A known place ten kilometres north, whose degrees leave the browser in no request and no message."""
    row = street.campaign()
    sent: list[str] = []
    page = street.tab(
        permissions=["geolocation"],
        geolocation={"latitude": float(row.latitude) + 0.0899322, "longitude": float(row.longitude), "accuracy": 20},
    )
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    page.goto(f"/campaigns/{row.id}")
    page.get_by_role("button", name="How far is it?").click()
    expect(page.get_by_text("10 km from you in a straight line.")).to_be_visible(timeout=SOON)
    north = f"{float(row.latitude) + 0.0899322:.4f}"
    assert [one for one in sent if north in one] == []
    assert len(sent) > 3
    refused = street.tab()
    refused.goto(f"/campaigns/{row.id}")
    refused.get_by_role("button", name="How far is it?").click()
    expect(refused.get_by_text("location is not allowed for this page")).to_be_visible(timeout=SOON)
