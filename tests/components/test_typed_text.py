"""What a change of language carries over: each text into the field it was typed in, and into no other (LNG-01)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from cleanit_app.paths import PROJECT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]
ASSETS = PROJECT / "assets"
SITE = "http://site.test"
CHOICE = "<select data-languages><option>en</option><option>hi</option></select>"
TALL = "<div style='height:3000px'></div>"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab whose site is the page's own script and what `serve` puts beside it."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def serve(page: Page, *bodies: str) -> None:
    """Open a page of these fields; each time it is loaded again the next of `bodies`, and then the last."""
    left = list(bodies)

    def answer(route: Route) -> None:
        if route.request.url.endswith("/app.js"):
            return route.fulfill(path=ASSETS / "app.js", content_type="text/javascript")
        body = left.pop(0) if len(left) > 1 else left[0]
        return route.fulfill(content_type="text/html", body=f"<script src=/app.js></script>{CHOICE}{body}")

    page.route(f"{SITE}/**", answer)
    page.goto(f"{SITE}/page")


def switch(page: Page) -> None:
    with page.expect_navigation():
        page.locator("[data-languages]").select_option("hi")
    page.wait_for_timeout(800)


def row(of: str, name: str = "SENIOR") -> str:
    return f"<form id={of}><input type=hidden name=of value={of}><input type=checkbox name={name}></form>"


@pytest.mark.row("LNG-01")
def test_the_same_field_of_two_forms_is_two(page: Page) -> None:
    """Boxes of one name stand in a row of each person; a tick goes to nobody else, whatever order they come in."""
    serve(page, row("asha") + row("imran"), row("new") + row("imran") + row("asha"))
    page.locator("#imran input[name=SENIOR]").check()
    switch(page)
    expect(page.locator("#imran input[name=SENIOR]")).to_be_checked()
    expect(page.locator("#asha input[name=SENIOR]")).not_to_be_checked()
    expect(page.locator("#new input[name=SENIOR]")).not_to_be_checked()


@pytest.mark.row("LNG-01")
def test_what_cannot_be_told_apart_is_left_as_it_comes(page: Page) -> None:
    serve(page, "<input name=why class=one><input name=why class=two>")
    page.locator(".two").fill("for the second")
    switch(page)
    assert [page.locator(one).input_value() for one in (".one", ".two")] == ["", ""]


@pytest.mark.row("LNG-01")
def test_a_page_whose_field_stays_away_may_be_scrolled(page: Page) -> None:
    serve(page, "<input name=stays><input name=goes>" + TALL, "<input name=stays>" + TALL)
    page.locator("[name=stays]").fill("typed")
    page.locator("[name=goes]").fill("typed")
    page.evaluate("scrollTo(0, 900)")
    with page.expect_navigation():
        page.evaluate("""() => {
            const choice = document.querySelector("[data-languages]");
            choice.value = "hi";
            choice.dispatchEvent(new Event("change", {bubbles: true}));
        }""")
    expect(page.locator("[name=stays]")).to_have_value("typed")
    assert abs(page.evaluate("scrollY") - 900) < 40
    page.mouse.move(100, 300)
    page.mouse.wheel(0, 600)
    page.wait_for_timeout(1500)
    assert page.evaluate("scrollY") > 1300


@pytest.mark.row("LNG-01")
def test_a_hidden_value_that_follows_the_text_does_not_hold_it_back(page: Page) -> None:
    """Amounts go with their paise in a hidden field, which are others before the text is back."""
    serve(page, "<form><input name=story><input id=amount><input type=hidden name=amount value=0></form>")
    page.locator("[name=story]").fill("typed")
    page.locator("#amount").fill("750")
    page.evaluate("document.querySelector('[type=hidden]').value = '75000'")
    switch(page)
    expect(page.locator("[name=story]")).to_have_value("typed")
    expect(page.locator("#amount")).to_have_value("750")


@pytest.mark.row("LNG-01")
def test_a_tab_follows_a_switch_in_another_one_when_it_is_seen_again(page: Page) -> None:
    """Once, and with what is typed in it; a language that nobody offers changes nothing."""
    serve(page, "<input name=name>")
    page.evaluate("document.documentElement.lang = 'en'")
    page.locator("[name=name]").fill("typed")
    page.wait_for_timeout(500)
    seen = "document.dispatchEvent(new Event('visibilitychange'))"
    for cookie in ("lang=en", "lang=zz"):
        page.evaluate(f"document.cookie = '{cookie}'")
        page.evaluate(seen)
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.lang") == "en"
    page.evaluate("document.cookie = 'lang=hi'")
    with page.expect_navigation():
        page.evaluate(seen)
    expect(page.locator("[name=name]")).to_have_value("typed")
