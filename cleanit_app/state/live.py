"""News in open tabs: each web process knows its tabs, Redis wakes it, the tab asks again (NOT-02)."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import redis.asyncio as aioredis
import reflex as rx
from reflex.event import Event
from reflex.state import StateUpdate

from cleanit_app.settings import get_settings

log = logging.getLogger(__name__)
LIVE_CHANNEL = "cleanit:live"
FORGET_AFTER_SECONDS = 600  # a tab that is away may come back under the same token
DESK = "desk:all"  # admins at their desks hear of everything
EVERYBODY = "user:*"  # news for so many that naming them would cost more than asking every signed-in tab to look
TABS_AT_ONCE = 50
GATHER_SECONDS = 0.05  # many changes at once become one question of each tab


class Hub:
    """The tabs of this process by what they want to hear: `user:<id>`, `campaign:<id>`, `session:<id>`, `desk:all`."""

    def __init__(self) -> None:
        self._tabs: dict[str, dict[str, Any]] = defaultdict(dict)
        self._topics: dict[str, set[str]] = defaultdict(set)
        self._seen: dict[str, float] = {}

    def listen(self, token: str, topic: str, then: Any) -> None:
        """When something happens to `topic`, let the tab with this token do `then` (an event of its State)."""
        self._tabs[topic][token] = then
        self._topics[token].add(topic)
        self._seen[token] = time.monotonic()

    def leave(self, token: str, kind: str) -> None:
        """Forget what this tab listens to of one kind (`user`, `campaign`, `session`, `desk`)."""
        for topic in [t for t in self._topics.get(token, ()) if t.startswith(f"{kind}:")]:
            self._tabs[topic].pop(token, None)
            if not self._tabs[topic]:
                del self._tabs[topic]
            self._topics[token].discard(topic)

    def _drop(self, token: str) -> None:
        for kind in ("user", "campaign", "session", "desk"):
            self.leave(token, kind)
        self._topics.pop(token, None)
        self._seen.pop(token, None)

    def wishes(self, app: rx.App, topics: Iterable[str]) -> dict[str, list[Any]]:
        """What the connected tabs of these topics want to do, by token; long-gone tabs are forgotten."""
        manager, now = app.event_namespace._token_manager, time.monotonic()  # type: ignore[union-attr]
        found: dict[str, list[Any]] = defaultdict(list)
        for topic in self._spelt_out(topics):
            for token, then in list(self._tabs.get(topic, {}).items()):
                socket = manager.token_to_socket.get(token)
                if socket is not None and socket.instance_id == manager.instance_id:
                    self._seen[token] = now
                    if then not in found[token]:
                        found[token].append(then)
                elif now - self._seen.get(token, now) > FORGET_AFTER_SECONDS:
                    self._drop(token)
        return found

    def _spelt_out(self, topics: Iterable[str]) -> list[str]:
        """The topics, with `user:*` as everybody who has a tab here."""
        wanted = set(topics)
        if EVERYBODY in wanted:
            wanted |= {topic for topic in self._tabs if topic.startswith("user:")}
        return sorted(wanted)


hub = Hub()


async def listen(app: rx.App) -> None:
    """Pass what Redis says on to this process's tabs, for as long as the process lives."""
    while True:
        try:
            client = aioredis.from_url(get_settings().redis_url, decode_responses=True)
            async with client.pubsub() as channel:
                await channel.subscribe(LIVE_CHANNEL)
                await _pass_on(app, channel)
        except asyncio.CancelledError:
            raise
        except Exception as trouble:  # Redis may be away for any reason; tabs catch up when it is back
            log.warning("live wire broken, trying again", extra={"why": repr(trouble)})
            await asyncio.sleep(1)


async def _pass_on(app: rx.App, channel: Any) -> None:
    waiting: set[str] = set()
    while True:
        message = await channel.get_message(ignore_subscribe_messages=True, timeout=GATHER_SECONDS if waiting else 30)
        if message is not None:
            waiting |= _topics_of(json.loads(message["data"]))
        elif waiting:
            topics, waiting = waiting, set()
            await _wake(app, topics)


def _topics_of(message: dict[str, Any]) -> set[str]:
    people = {f"user:{person}" for person in message.get("users", ())}
    changed = {f"campaign:{campaign}" for campaign in message.get("campaigns", ())}
    ended = {f"session:{message['ended']}"} if "ended" in message else set()
    if message.get("everybody"):
        people.add(EVERYBODY)
    desk = {DESK} if people or changed else set()
    return people | changed | ended | desk


async def _wake(app: rx.App, topics: set[str]) -> None:
    for number, (token, thens) in enumerate(hub.wishes(app, topics).items(), start=1):
        if number % TABS_AT_ONCE == 0:
            await asyncio.sleep(GATHER_SECONDS)  # thousands that look at once would wait for each other
        events = Event.from_event_type(thens)
        await app.event_namespace.emit_update(StateUpdate(events=events), token)  # type: ignore[union-attr]
