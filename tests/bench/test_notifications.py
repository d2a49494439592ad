"""From a commit to the changed badge in another browser's tab, with five hundred tabs open; then memory."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psutil
import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import text

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.events import CleanerKycChanged
from cleanit_app.services.auth.sign_in import open_session
from cleanit_app.wiring import Wiring
from tests.bench import town
from tests.bench.report import Report
from tests.bench.tabs import Tab, open_tabs
from tests.support.live import Live

pytestmark = [pytest.mark.bench, pytest.mark.row("NOT-02")]

TABS, NEWS, P95_MS = 500, 40, 250
WAVES = 3
WATCH = """() => { window.seen = []; const bell = document.querySelector('[data-open=notifications]');
  new MutationObserver(() => window.seen.push(Date.now())).observe(bell, {subtree: true, childList: true,
  characterData: true, attributes: true}); }"""


def resident_mb(pid: int) -> float:
    """Memory in RAM of the largest process of a part (itself or a child), in MB."""
    process = psutil.Process(pid)
    return max(p.memory_info().rss for p in (process, *process.children(recursive=True))) / 2**20


def all_resident_mb(pid: int) -> float:
    """Memory in RAM of a part with all its children, in MB."""
    process = psutil.Process(pid)
    return sum(p.memory_info().rss for p in (process, *process.children(recursive=True))) / 2**20


def sign_in(parts: Wiring, user_id: UUID) -> str:
    """A page session's secret for a person."""
    with parts.open_uow() as uow:
        return open_session(uow, user_id=user_id, user_agent="bench", with_cookie=True).secret


@contextmanager
def many_tabs(live: Live, cookies: list[str], *, follow: bool = False) -> Iterator[list[Tab]]:
    """Signed-in tabs that listen, in a thread of their own; with `follow` they look at news as browsers do."""
    ready, done = threading.Event(), threading.Event()
    opened: list[Tab] = []

    async def hold() -> None:
        async with open_tabs(live, len(cookies), cookies) as tabs:
            for tab in tabs:
                await tab.event("arrive")
                tab.follows = follow
            opened.extend(tabs)
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=lambda: asyncio.run(hold()))
    thread.start()
    assert ready.wait(120)
    yield opened
    done.set()
    thread.join(30)


def watched(browser: Browser, live: Live, secret: str) -> Page:
    """A signed-in tab whose bell is watched."""
    context = browser.new_context(base_url=live.base_url)
    context.add_cookies([{"name": "sid", "value": secret, "url": live.base_url}])
    page = context.new_page()
    page.goto("/")
    page.wait_for_selector("[data-open=notifications]")
    page.wait_for_timeout(1500)
    page.evaluate(WATCH)
    return page


def test_news_reaches_another_tab(measured: Live, browser: Browser, report: Report) -> None:
    parts = Wiring(measured.settings)
    with measured.engine.begin() as connection:
        town.people(connection)
        people = list(connection.execute(text("SELECT user_id FROM bench_cleaners ORDER BY n LIMIT 501")).scalars())
    me, *others = people
    empty = all_resident_mb(measured.pid("web"))
    with many_tabs(measured, [f"sid={sign_in(parts, person)}" for person in others[:TABS]]):
        page = watched(browser, measured, sign_in(parts, me))
        times = []
        for _ in range(NEWS):
            page.evaluate("window.seen.length = 0")
            with parts.open_uow() as uow:
                uow.record(CleanerKycChanged(me, "ACTIVE"), by=SYSTEM)
                for other in others[:20]:
                    uow.record(CleanerKycChanged(other, "ACTIVE"), by=SYSTEM)
            committed = time.time() * 1000
            while not (seen := page.evaluate("window.seen[0] || 0")):
                page.wait_for_timeout(5)
            times.append(max(0.0, seen - committed))
            page.wait_for_timeout(60)
        times.sort()
        p50, p95 = times[len(times) // 2], times[int(0.95 * len(times))]
        report.add(
            f"commit to changed badge in another tab, {TABS} tabs connected", f"p50 {p50:.0f} ms, p95 {p95:.0f} ms",
            f"p95 < {P95_MS} ms",
        )  # fmt: skip
        web, full = resident_mb(measured.pid("web")), all_resident_mb(measured.pid("web"))
    workers = {p: resident_mb(measured.pid(p)) for p in ("worker-money", "worker-notify", "worker-default", "relay")}
    report.add("memory of one connected tab in the web processes", f"{1024 * (full - empty) / TABS:.0f} KB")
    report.add("largest web process after the load", f"{web:.0f} MB", "< 350 MB")
    report.add("workers", ", ".join(f"{n} {mb:.0f} MB" for n, mb in workers.items()), "< 150 MB each")
    assert p95 < P95_MS
    assert web < 350
    assert max(workers.values()) < 150


def test_news_for_everybody_reach_every_tab(measured: Live, report: Report) -> None:
    """A notification to each of five hundred people whose tabs all look at once."""
    parts = Wiring(measured.settings)
    with measured.engine.begin() as connection:
        town.people(connection)
        people = list(connection.execute(text("SELECT user_id FROM bench_cleaners ORDER BY n LIMIT 500")).scalars())
    times: list[float] = []
    with many_tabs(measured, [f"sid={sign_in(parts, person)}" for person in people], follow=True) as tabs:
        for _ in range(WAVES):
            for tab in tabs:
                tab.badge_at.clear()
            with parts.open_uow() as uow:
                for person in people:
                    uow.record(CleanerKycChanged(person, "ACTIVE"), by=SYSTEM)
            committed, deadline = time.time(), time.monotonic() + 30
            while not all(tab.badge_at for tab in tabs) and time.monotonic() < deadline:
                time.sleep(0.02)
            assert all(tab.badge_at for tab in tabs)
            times += [1000 * (tab.badge_at[0] - committed) for tab in tabs]
            time.sleep(2)
    times.sort()
    p50, p95 = times[len(times) // 2], times[int(0.95 * len(times))]
    report.add(
        f"commit to changed badge in all of {TABS} tabs, a notification to each of their people at once",
        f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, last {times[-1]:.0f} ms", "none is missed",
    )  # fmt: skip
