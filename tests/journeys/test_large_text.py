"""Whoever sets larger text in the browser gets it: every page grows with the root's size, and nothing is cut off.

WCAG 1.4.4: 200 %, on a phone of 360 px, without a sideways scroll.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.every_page import WHOSE, addresses, pages_of, tab_of
from tests.journeys.street import Street
from tests.support.axe import settled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo"), pytest.mark.row("TST-03")]

PHONE = {"width": 360, "height": 720}
TWICE = 32  # px of the root, where browsers start from 16
_HEADING = "() => parseFloat(getComputedStyle(document.querySelector('h1:not(.sr)') ?? document.body).fontSize)"
# Nothing may be pushed sideways, but for what scrolls in a box of its own; no word of a control may be cut off. What a
# list shortens at any size stands whole on its own page.
_LOST = """() => {
  const wide = document.documentElement.scrollWidth;
  const seen = (e) => e.checkVisibility({ checkVisibilityCSS: true }) && e.getBoundingClientRect().width > 2;
  const scrolls = (e) => e && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const clips = (e) => getComputedStyle(e).overflow === "hidden"
    && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 3);
  const outside = ({ left, right }) => right > innerWidth + 1 || left < -1;
  const words = "h1, h2, h3, .btn, .chip, .label, .tabbar a, .topbar a, .topbar button, .note, dd, dt, p, b";
  const lost = [...document.querySelectorAll(words)]
    .filter((e) => seen(e) && !scrolls(e.parentElement) && !e.closest(".sr, .leaflet-container, .line-clamp-2"))
    .filter((e) => outside(e.getBoundingClientRect()) || clips(e))
    .map((e) => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 40)}`);
  return wide > innerWidth + 1 ? [`the page is ${wide} px wide`, ...lost] : lost;
}"""


def lost(tab: Page, path: str, language: str) -> list[str]:
    """What is wrong with this page when text is twice as large."""
    tab.goto(path)
    settled(tab)
    before = tab.evaluate(_HEADING)
    tab.evaluate("px => { document.documentElement.style.fontSize = `${px}px`; }", TWICE)
    settled(tab)
    after = tab.evaluate(_HEADING)
    grown = [] if after == pytest.approx(2 * before, rel=0.01) else [f"the heading went from {before} to {after} px"]
    return [f"{path} ({language}): {one}" for one in (*grown, *tab.evaluate(_LOST))]


@pytest.mark.parametrize("whose", WHOSE)
def test_text_twice_as_large_is_all_there(demo_street: Street, whose: str) -> None:
    said: list[str] = []
    for language, every in (("en", 1), ("hi", 2)):
        tab = tab_of(demo_street, WHOSE[whose], language)
        tab.set_viewport_size(PHONE)
        for route in pages_of(whose)[::every]:
            said += lost(tab, addresses(demo_street, route, WHOSE[whose])[0], language)
    assert not said, "\n".join(said)
