"""One language at a time: the document comes in it, scripts change no word, and typed text survives a switch."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cleanit_app.i18n import LANGUAGES, say_in
from cleanit_app.pages import PAGES
from tests.support.live import Live

PATIENCE = 15_000
PLAIN = sorted(page.ROUTE for page in PAGES if "[" not in page.ROUTE and not page.ROUTE.startswith(("/admin", "404")))
DEVANAGARI = re.compile("[\u0900-\u0963\u0966-\u097f]")


def _reader(browser: Browser, language: str, **options: bool) -> BrowserContext:
    return browser.new_context(viewport={"width": 360, "height": 740}, locale=f"{language}-IN", **options)


def _shown(page: Page) -> str:
    """What the page says, without the names of the languages in their choice."""
    return str(
        page.evaluate("""() => {
        const body = document.body.cloneNode(true);
        body.querySelectorAll("select[data-languages], script, style").forEach((one) => one.remove());
        return body.textContent;
    }""")
    )


@pytest.mark.row("LNG-01")
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_come_and_stay_in_one_language(browser: Browser, live: Live, language: str) -> None:
    """React takes over what the server sent without a word changing: it complains of any that differs."""
    context = _reader(browser, language)
    page, complaints = context.new_page(), list[str]()
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    for path in PLAIN:
        page.goto(live.base_url + path)
        page.wait_for_load_state("load")
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.lang") == language, path
        assert "%%" not in page.content().replace("%%,", ""), path
        said = _shown(page)
        assert bool(DEVANAGARI.search(said)) == (language in {"hi", "mr"}), path
    context.close()
    assert complaints == []


@pytest.mark.row("LNG-01")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_there_before_any_script(browser: Browser, live: Live, language: str) -> None:
    context = _reader(browser, language, java_script_enabled=False)
    page = context.new_page()
    for path, key in (("/how-it-works", "how.title"), ("/help", "help.title"), ("/campaigns", "discover.title")):
        page.goto(live.base_url + path)
        expect(page.locator("h1").first).to_have_text(say_in(language, key if key != "how.title" else "nav.how"))
        expect(page).to_have_title(f"{say_in(language, key if key != 'how.title' else 'nav.how')} · Cleanit")
    context.close()


@pytest.mark.row("LNG-01")
def test_a_switch_keeps_the_page_and_what_is_typed(browser: Browser, live: Live) -> None:
    context = _reader(browser, "en")
    page = context.new_page()
    page.goto(f"{live.base_url}/join?next=/start")
    name = page.locator("input[name=name]")
    name.fill("आशा Verma")
    page.locator("input[name=phone]").fill("90000 0")
    page.locator("input[type=password]").first.fill("a secret of mine")
    page.locator("input[name=role][value=CLEANER]").check(force=True)
    page.locator("select[data-languages]").filter(visible=True).select_option("hi")
    expect(page.locator("html")).to_have_attribute("lang", "hi", timeout=PATIENCE)
    expect(name).to_have_value("आशा Verma", timeout=PATIENCE)
    expect(page.locator("input[name=phone]")).to_have_value("90000 0")
    expect(page.locator("input[name=role][value=CLEANER]")).to_be_checked()
    assert page.url.endswith("/join?next=/start")
    expect(page.locator("input[type=password]").first).to_have_value("")  # a secret is kept nowhere
    page.wait_for_timeout(1000)
    assert page.evaluate("sessionStorage.getItem('typed')") is None
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "hi")
    context.close()


@pytest.mark.row("LNG-01")
def test_what_the_server_says_comes_in_the_language_of_the_page(browser: Browser, live: Live) -> None:
    for language in LANGUAGES:
        context = _reader(browser, language)
        page = context.new_page()
        page.goto(f"{live.base_url}/campaigns/0190a000-0000-7000-8000-000000000000")
        expect(page.get_by_text(say_in(language, "campaign.missing")).first).to_be_visible(timeout=PATIENCE)
        answer = page.request.get(
            f"{live.base_url}/api/campaigns/0190a000-0000-7000-8000-000000000000", headers={"accept-language": language}
        ).json()
        assert answer["detail"] == say_in(language, f"error.{answer['error']}")
        context.close()
