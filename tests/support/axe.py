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
    page.set_viewport_size(size)
    return [_said(one) for one in found["violations"]]


def _said(one: dict[str, Any]) -> str:
    places = " | ".join(f"{node['html'][:200]} ({_why(node)})" for node in one["nodes"][:3])
    return f"{one['id']} ({one['impact']}) ×{len(one['nodes'])}: {places}"


def _why(node: dict[str, Any]) -> str:
    return "; ".join(check["message"] for check in (*node["any"], *node["all"], *node["none"]))[:200]
