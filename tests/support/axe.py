"""axe on a page: what assistive technology would stumble over, of any weight, best practice included."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_RULES: dict[str, Any] = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
"""All rules that are on by themselves, and the one of WCAG 2.2 that is not."""
_MOST_HEIGHT = 12_000  # CSS pixels: no page is as long

_QUIET = """() => new Promise((quiet) => {
  const began = performance.now();
  let last = began;
  const watch = new MutationObserver(() => { last = performance.now(); });
  watch.observe(document, { subtree: true, childList: true, attributes: true });
  (function look() {
    const now = performance.now();
    const busy = document.querySelector('main .sk') || !document.querySelector('main h1');
    if ((!busy && now - last > 250) || now - began > 15000) { watch.disconnect(); return quiet(!busy); }
    setTimeout(look, 40);
  })();
})"""


def settled(page: Page) -> None:
    """Return when the page has its heading, no skeleton, and nothing has changed for a quarter of a second."""
    assert page.evaluate(_QUIET), f"{page.url} never came to rest"


def violations(page: Page) -> list[str]:
    """What axe has against the page as it stands: rule, weight, number, and the first places with what is wrong.

    The tab bypasses the CSP. It is as high as its page meanwhile, so that no bar lies over what one would scroll to.
    """
    size = page.viewport_size
    assert size is not None
    height = page.evaluate("document.body.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(max(height, size["height"]), _MOST_HEIGHT)})
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("(options) => axe.run(options)", _RULES)
    if found["violations"]:  # news may have come meanwhile: what stays when the page is at rest again counts
        settled(page)
        found = page.evaluate("(options) => axe.run(options)", _RULES)
    page.set_viewport_size(size)
    return [_said(one) for one in found["violations"]]


def _said(one: dict[str, Any]) -> str:
    places = " | ".join(f"{node['html'][:200]} ({_why(node)})" for node in one["nodes"][:3])
    return f"{one['id']} ({one['impact']}) ×{len(one['nodes'])}: {places}"


def _why(node: dict[str, Any]) -> str:
    return "; ".join(check["message"] for check in (*node["any"], *node["all"], *node["none"]))[:200]


_NAMESAKES = """() => {
  const pictures = (one) => [...one.querySelectorAll('img')].map((picture) => picture.alt).join();
  const name = (one) => one.getAttribute('aria-label') || pictures(one) + one.textContent;
  const by = new Map();
  for (const link of document.querySelectorAll('main a[href]')) {
    if (!link.offsetParent) continue;
    const said = name(link).replace(/\\s+/g, ' ').trim();
    by.set(said, (by.get(said) ?? new Set()).add(link.pathname + link.search + link.hash));
  }
  return [...by].filter(([, goals]) => goals.size > 1).map(([said, goals]) => `"${said}" → ${[...goals].join(' ')}`);
}"""


def namesakes(page: Page) -> list[str]:
    """Links of the page's main part that are called the same and lead to different places."""
    found: list[str] = page.evaluate(_NAMESAKES)
    return found


def too_wide(page: Page, width: int = 320) -> list[str]:
    """What sticks out of a page so narrow, as at 400 % of a desk or with large letters on a phone; in CSS pixels."""
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": width, "height": size["height"]})
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(size)
    return [f"{wide} px wide at {width} px"] if wide > width else []
