"""The live wire of one web process: tabs hear soon, also in a stream, and after Redis was away (NOT-02)."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from types import SimpleNamespace
from typing import Any

import pytest
import redis.asyncio as aioredis

from cleanit_app.local import valkey
from cleanit_app.local.valkey import Valkey
from cleanit_app.state import live
from cleanit_app.state.current_user import CurrentUserState
from tests.support.machine import folder

pytestmark = pytest.mark.row("NOT-02")


class Tabs:
    """Tabs of this process, as far as the wire sees them; `woken` says when each was told something."""

    def __init__(self, tokens: list[str]) -> None:
        here = SimpleNamespace(instance_id="here")
        sockets = SimpleNamespace(instance_id="here", token_to_socket=dict.fromkeys(tokens, here))
        self.event_namespace = SimpleNamespace(_token_manager=sockets, emit_update=self._told)
        self.woken: dict[str, list[float]] = {token: [] for token in tokens}

    async def _told(self, _update: Any, token: str) -> None:
        self.woken[token].append(time.monotonic())


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Valkey]:
    with folder() as root:
        own = Valkey(root / "data", root / "valkey.sock", root / "log")
        monkeypatch.setattr(live, "get_settings", lambda: SimpleNamespace(redis_url=own.url()))
        monkeypatch.setattr(live, "hub", live.Hub())
        yield own


@asynccontextmanager
async def listening(tokens: list[str]) -> AsyncIterator[Tabs]:
    """The wire with a tab of each of these people."""
    tabs = Tabs(tokens)
    for token in tokens:
        live.hub.listen(token, f"user:{token}", CurrentUserState.hear)
    # `tabs` notes who is woken and is all of the app that listening touches.
    wire = asyncio.create_task(live.listen(tabs))
    try:
        yield tabs
    finally:
        wire.cancel()
        with suppress(asyncio.CancelledError):
            await wire


async def until(fact: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


async def say(client: Any, **what: Any) -> float:
    await client.publish(live.LIVE_CHANNEL, json.dumps(what))
    return time.monotonic()


def test_tabs_look_for_themselves_once_redis_is_back(server: Valkey) -> None:
    async def scene() -> None:
        async with listening(["a", "b"]) as tabs:
            with server.running(valkey.FORGETFUL):
                await until(lambda: all(tabs.woken.values()))
            for heard in tabs.woken.values():
                heard.clear()
            with server.running(valkey.FORGETFUL):  # what happened meanwhile was told to nobody
                await until(lambda: all(tabs.woken.values()))

    asyncio.run(scene())


def test_news_that_never_stop_are_told_all_the_same(server: Valkey) -> None:
    async def scene() -> None:
        with server.running(valkey.FORGETFUL):
            async with listening(["a", "b"]) as tabs, aioredis.from_url(server.url()) as client:
                await until(lambda: bool(tabs.woken["a"]))
                tabs.woken["a"].clear()
                said, sent = time.monotonic(), 0
                while not tabs.woken["a"] and sent < 200:  # closer together than the wire gathers
                    await say(client, users=["a"])
                    sent += 1
                    await asyncio.sleep(0.02)
                assert sent < 200, "nobody was told while it went on"
                assert tabs.woken["a"][0] - said < 20 * live.LONGEST_GATHER_SECONDS

    asyncio.run(scene())


def test_news_for_one_do_not_wait_behind_news_for_all(server: Valkey, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = [f"crowd-{n}" for n in range(200)]
    monkeypatch.setattr(live, "BREATH_SECONDS", 0.3)

    async def scene() -> None:
        with server.running(valkey.FORGETFUL):
            async with listening(["me", *crowd]) as tabs, aioredis.from_url(server.url()) as client:
                await until(lambda: all(tabs.woken.values()))
                for heard in tabs.woken.values():
                    heard.clear()
                await say(client, users=crowd)
                await until(lambda: any(tabs.woken[token] for token in crowd))
                await say(client, users=["me"])
                await until(lambda: all(tabs.woken.values()))
                mine, last = tabs.woken["me"][0], max(tabs.woken[token][0] for token in crowd)
                assert mine < last
                assert {len(heard) for heard in tabs.woken.values()} == {1}

    asyncio.run(scene())
