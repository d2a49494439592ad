"""A hundred readers over a thousand and a hundred thousand campaigns."""

from __future__ import annotations

import asyncio

import pytest

from tests.bench import town
from tests.bench.load import Figures, Pool, at_a_steady_rate
from tests.bench.report import Report
from tests.bench.tabs import Tab, open_tabs
from tests.support.live import Live

pytestmark = [pytest.mark.bench, pytest.mark.row("TST-04")]

READERS, SECONDS = 100, 8
PATHS = (
    "/api/campaigns?limit=20",
    "/api/campaigns?status=ACTIVE&sort=ending&limit=20",
    "/api/campaigns?status=ACTIVE&sort=almost&limit=20",
    "/api/campaigns?near=26.85,80.95&radiusKm=25&limit=20",
    "/api/campaigns?q=ward%2017&limit=20",
)


def rest(live: Live, a_second: float, seconds: float = SECONDS) -> Figures:
    """GET /api/campaigns in all its orders at a steady rate."""

    async def run() -> Figures:
        pool = Pool(live.base_url)
        return await at_a_steady_rate([lambda path=path: pool.ask(path) for path in PATHS], a_second, seconds)

    return asyncio.run(run())


def pages(live: Live, a_second: float, seconds: float = SECONDS) -> Figures:
    """The discover page's event from a hundred open tabs."""

    async def run() -> Figures:
        async with open_tabs(live, READERS) as tabs:
            return await at_a_steady_rate([_load(tab) for tab in tabs], a_second, seconds)

    return asyncio.run(run())


def _load(tab: Tab):
    return lambda: tab.event("discover")


def highest_rate(live: Live) -> int:
    """The highest tried rate whose p95 stays under half a second."""
    best = 0
    for rate in range(100, 1001, 100):
        if rest(live, rate, 3).quantile(0.95) > 500:
            break
        best = rate
    return best


def test_readers(measured: Live, report: Report) -> None:
    found: dict[tuple[str, int], Figures] = {}
    for count, more in ((1_000, 1_000), (100_000, 99_000)):
        town.open_campaigns(measured.engine, more, f"n{count}-")
        for name, ask in (("GET /api/campaigns", rest), ("the discover page's event", pages)):
            ask(measured, 20, 2)
            found[name, count] = ask(measured, READERS)
            figures = found[name, count]
            report.add(
                f"{name}, 100 readers at one a second, {count:,} campaigns",
                f"p50 {figures.quantile(0.5):.0f} ms, p95 {figures.quantile(0.95):.0f} ms",
                "p95 < 150 ms",
            )
            assert set(figures.statuses) == {200}
    report.add("GET /api/campaigns, highest rate before p95 passes 500 ms", f"{highest_rate(measured)} a second")
    for name in ("GET /api/campaigns", "the discover page's event"):
        few, many = (found[name, count].quantile(0.95) for count in (1_000, 100_000))
        assert many < 150
        assert many <= max(1.5 * few, few + 15)
