"""Raw websocket clients that flood, shout and open tab after tab; each over a real socket (SEC-01)."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator

import aiohttp
import httpx
import pytest
from starlette.types import Message

from cleanit_app.domain import limits
from cleanit_app.web.asgi import Receive, Scope, Send
from cleanit_app.web.token_bucket import KEPT_SECONDS, Paces
from cleanit_app.web.websocket_limits import WebsocketLimits
from tests.sandbox.running import free_port, until

pytestmark = pytest.mark.row("SEC-01")
TABS = 40
EVENT = '42/_event,["event",{"name":"x"}]'


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The counting app behind the gate, in a process of its own."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--log-level", "warning", "tests.web.counting_app:make"]
    process = subprocess.Popen(command)
    until(lambda: process.poll() is not None or _answers(f"http://127.0.0.1:{port}"), 60)
    yield f"http://127.0.0.1:{port}/_event/?EIO=4&transport=websocket"
    process.terminate()
    process.wait(10)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


async def flood(socket: aiohttp.ClientWebSocketResponse, seconds: float, count: int) -> int:
    """Send without waiting; how many of them were worked on in that time."""
    sender = asyncio.create_task(_send(socket, count))
    seen, end = 0, time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        try:
            message = await socket.receive(left)
        except TimeoutError:
            break
        assert message.type is aiohttp.WSMsgType.TEXT
        seen = int(message.data)
    sender.cancel()
    return seen


async def _send(socket: aiohttp.ClientWebSocketResponse, count: int) -> None:
    for _ in range(count):
        await socket.send_str(EVENT)


def allowed(pace: limits.Pace, seconds: float) -> float:
    """The most that may be worked on, and a little for slow machines."""
    return pace.burst + pace.a_second * seconds + 5


def test_a_flood_of_one_tab_is_worked_on_at_its_pace_and_a_person_clicks_without_waiting(url: str) -> None:
    async def scene() -> tuple[int, float]:
        async with aiohttp.ClientSession() as client:
            one = await client.ws_connect(url, headers={"Cookie": "sid=mallory"})
            task = asyncio.create_task(flood(one, 3, 5_000))
            await asyncio.sleep(1)
            other = await client.ws_connect(url, headers={"Cookie": "sid=asha"})
            started = time.monotonic()
            for _ in range(10):
                await other.send_str(EVENT)
                await other.receive(5)
            waited = time.monotonic() - started
            return await task, waited

    seen, waited = asyncio.run(scene())
    assert limits.events_of_a_tab(20).burst <= seen <= allowed(limits.events_of_a_tab(20), 3)
    assert waited < 1


def test_many_tabs_of_one_person_share_one_pace(url: str) -> None:
    async def scene() -> int:
        async with aiohttp.ClientSession() as client:
            tabs = [await client.ws_connect(url, headers={"Cookie": "sid=many"}) for _ in range(12)]
            return sum(await asyncio.gather(*(flood(tab, 2, 500) for tab in tabs)))

    assert asyncio.run(scene()) <= allowed(limits.events_of_one(20), 2) + 12


def test_coming_back_gives_no_new_burst(url: str) -> None:
    async def scene() -> tuple[int, float]:
        seen, began = 0, time.monotonic()
        async with aiohttp.ClientSession() as client:
            for _ in range(6):
                async with client.ws_connect(url, headers={"Cookie": "sid=comes-and-goes"}) as tab:
                    seen += await flood(tab, 0.3, 200)
        return seen, time.monotonic() - began

    seen, took = asyncio.run(scene())
    assert seen <= allowed(limits.events_of_one(20), took) + 6


def test_one_address_may_knock_often_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_000.0]
    monkeypatch.setattr("cleanit_app.web.token_bucket.time.monotonic", lambda: clock[0])
    reached: list[str] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        reached.append(scope["client"][0])

    async def nobody(_cookie: str, _address: str) -> tuple[str, str]:
        return "", ""

    gate = WebsocketLimits(app, nobody, events_a_second=20, tabs=40)

    async def knock(address: str) -> list[Message]:
        said: list[Message] = []

        async def receive() -> Message:
            return {"type": "websocket.connect"}

        async def send(message: Message) -> None:
            said.append(message)

        scope = {"type": "websocket", "path": "/_event/", "query_string": b"", "headers": [], "client": (address, 1)}
        await gate(scope, receive, send)
        return said

    async def scene() -> None:
        most = limits.arrivals_at_an_address(40).burst
        for _ in range(most):
            assert await knock("203.0.113.9") == []
        refused = [{"type": "websocket.close", "code": 1008}]
        assert await knock("203.0.113.9") == refused
        assert await knock("203.0.113.9") == refused
        assert await knock("198.51.100.7") == []
        clock[0] += 1
        assert await knock("203.0.113.9") == []
        assert len(reached) == most + 2

    asyncio.run(scene())


def test_a_bucket_is_kept_for_minutes_and_longer_while_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_000.0]
    monkeypatch.setattr("cleanit_app.web.token_bucket.time.monotonic", lambda: clock[0])
    paces = Paces()
    asha, ravi = (paces.of(name, limits.Pace(1, 1)) for name in ("asha", "ravi"))
    clock[0] += KEPT_SECONDS - 1
    assert paces.of("asha", limits.Pace(1, 1)) is asha
    clock[0] += 2
    assert paces.of("asha", limits.Pace(1, 1), here={"asha"}) is asha
    assert paces.of("ravi", limits.Pace(1, 1)) is not ravi


def test_one_person_has_so_many_tabs_and_no_more(url: str) -> None:
    async def scene() -> int:
        async with aiohttp.ClientSession() as client:
            tabs = [await client.ws_connect(url, headers={"Cookie": "sid=tabs"}) for _ in range(TABS)]
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await client.ws_connect(url, headers={"Cookie": "sid=tabs"})
            other = await client.ws_connect(url, headers={"Cookie": "sid=somebody-else"})
            await tabs[0].close()
            again = await client.ws_connect(url, headers={"Cookie": "sid=tabs"})
            return len([one for one in (other, again) if not one.closed])

    assert asyncio.run(scene()) == 2


def test_a_large_message_ends_its_connection_unread(url: str) -> None:
    async def scene() -> tuple[object, int | None, str]:
        async with aiohttp.ClientSession() as client:
            async with client.ws_connect(url) as socket:
                await socket.send_str("4" + "x" * limits.LARGEST_EVENT_CHARACTERS)
                told = await socket.receive(5)
            async with client.ws_connect(url) as socket:
                await socket.send_str("4" + "x" * (limits.LARGEST_EVENT_CHARACTERS - 1))
                return told.type, socket.close_code or told.data, (await socket.receive(5)).data

    kind, code, seen = asyncio.run(scene())
    assert kind in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
    assert (code, seen) == (1009, "1")


def test_what_keeps_the_line_alive_is_never_held_up(url: str) -> None:
    async def scene() -> int:
        async with aiohttp.ClientSession() as client, client.ws_connect(url) as socket:
            for _ in range(300):
                await socket.send_str("3")
            return max([int((await socket.receive(5)).data) for _ in range(300)])

    started = time.monotonic()
    assert asyncio.run(scene()) == 300
    assert time.monotonic() - started < 5
