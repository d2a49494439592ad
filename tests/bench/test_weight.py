"""What a first visit downloads: scripts and styles of the public pages, by what travels."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.bench.report import Report
from tests.support.live import Live

pytestmark = pytest.mark.bench

LIMIT_KB = 200
MAP_PAGES: tuple[str, ...] = ()
PUBLIC = ("/", "/campaigns", "/login", "/join", "/how-it-works", "/cleaned", "/ledger")


def travelled(browser: Browser, live: Live, path: str, encoding: str) -> tuple[float, list[str]]:
    """KB of scripts and styles of a first visit, and their addresses."""
    context = browser.new_context(base_url=live.base_url, extra_http_headers={"Accept-Encoding": encoding})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    kinds: dict[str, tuple[str, str]] = {}
    sizes: dict[str, int] = {}

    def answered(event: Any) -> None:
        kinds[event["requestId"]] = event["type"], event["response"]["url"]

    wire.on("Network.responseReceived", answered)
    wire.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}))
    page.goto(path)
    page.wait_for_timeout(2500)
    context.close()
    counted = [request for request, (kind, _) in kinds.items() if kind in ("Script", "Stylesheet")]
    return sum(sizes.get(request, 0) for request in counted) / 1024, [kinds[r][1] for r in counted]


def test_first_visits_are_light(measured: Live, browser: Browser, report: Report) -> None:
    worst = 0.0
    for path in PUBLIC:
        packed, names = travelled(browser, measured, path, "gzip")
        small, _ = travelled(browser, measured, path, "br, gzip")
        report.add(f"first visit of {path}, scripts and styles", f"{packed:.0f} KB gzip, {small:.0f} KB brotli",
                   f"≤ {LIMIT_KB} KB gzip")  # fmt: skip
        worst = max(worst, packed)
        assert not [n for n in names if "leaflet" in n.lower()], f"map code on {path}"
    assert worst <= LIMIT_KB
