"""News on a Cleanit with two web processes: every tab hears, and one that was offline catches up (NOT-02)."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import WebSocketRoute, expect

from cleanit_app.domain.actors import SYSTEM, Actor
from cleanit_app.domain.events import PasswordChanged
from cleanit_app.services.auth.sign_in import open_session
from tests.bench.tabs import Tab
from tests.journeys.street import Street
from tests.support.live import Live, running_cleanit

pytestmark = [pytest.mark.browser, pytest.mark.row("NOT-02"), pytest.mark.xdist_group("two processes")]
PATIENCE = 60_000


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    """A running Cleanit with two web processes."""
    with running_cleanit(web_workers=2) as running:
        yield running


def tell(street: Street, person: Actor) -> None:
    """Something happens that this person is told of."""
    with street.uow() as uow:
        uow.record(PasswordChanged(person.user_id, False), by=SYSTEM)


def sockets(live: Live) -> Counter[int]:
    """How many connections each web process holds."""
    port = urlsplit(live.base_url).port
    web = psutil.Process(live.pid("web"))
    held = [(process.pid, process.net_connections("tcp")) for process in web.children(recursive=True)]
    return Counter(pid for pid, lines in held for c in lines if c.status == "ESTABLISHED" and c.laddr.port == port)


def test_tabs_of_two_people_hear_on_whichever_process_they_are(live: Live, street: Street) -> None:
    people = [street.person(), street.person()]
    with street.uow() as uow:
        made = [open_session(uow, user_id=one.user_id, user_agent="raw", with_cookie=True) for one in people]

    async def scene() -> tuple[Counter[int], list[int]]:
        async with AsyncExitStack() as stack:
            tabs: list[Tab] = []
            while len(sockets(live)) < 2 or len(tabs) % 2:
                assert len(tabs) < 40, "all tabs came to one process"
                tab = Tab(live, f"sid={made[len(tabs) % 2].secret}")
                await tab.connect()
                stack.push_async_callback(tab.close)
                await tab.event("arrive")
                tabs.append(tab)
            for person in people:
                await asyncio.to_thread(tell, street, person)
            for _ in range(200):
                if all(tab.heard for tab in tabs):
                    break
                await asyncio.sleep(0.1)
            return sockets(live), [tab.heard for tab in tabs]

    with ThreadPoolExecutor(1) as aside:  # the thread of an open browser runs no loop of its own
        held, heard = aside.submit(asyncio.run, scene()).result()
    assert len(held) == 2
    assert min(heard) >= 1


def test_a_tab_that_was_offline_catches_up_by_itself(street: Street) -> None:
    person = street.person()
    page = street.tab(person)
    lines: list[WebSocketRoute] = []

    def through(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    page.route_web_socket("**/_event/**", through)
    page.goto("/")
    bell = page.locator("[data-open=notifications]")
    expect(bell).to_have_accessible_name("Notifications, 0 new", timeout=PATIENCE)
    page.evaluate("window.sameDocument = true")
    page.context.set_offline(True)
    lines[-1].close()
    tell(street, person)
    for _ in range(100):
        if street.rows("SELECT 1 FROM notifications WHERE user_id = :id", id=person.user_id):
            break
        page.wait_for_timeout(100)
    page.wait_for_timeout(1_000)
    expect(bell).to_have_accessible_name("Notifications, 0 new")
    page.context.set_offline(False)
    expect(bell).to_have_accessible_name("Notifications, 1 new", timeout=PATIENCE)
    assert page.evaluate("window.sameDocument")
    street.complaints.clear()  # the browser's own about the lost line
