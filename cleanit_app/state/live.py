"""News in open tabs: each web process knows its tabs, Redis wakes it, the tab asks again (NOT-02)."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from typing import Any

import redis.asyncio as aioredis
import reflex as rx
from reflex.event import Event
from reflex.state import StateUpdate

from cleanit_app.ports import LIVE_CHANNEL
from cleanit_app.settings import get_settings
from cleanit_app.wiring import wiring

log = logging.getLogger(__name__)
FORGET_AFTER_SECONDS = 600  # a tab that is away may come back under the same token
DESK = "desk:all"  # admins at their desks hear of everything
SITE = "site:all"  # what every tab shows, whoever is in it
EVERYBODY = "user:*"  # news for so many that naming them would cost more than asking every signed-in tab to look
ANYTHING = "*"  # what was said while Redis was away is lost, so that every tab looks for itself
TABS_AT_ONCE = 25
BREATH_SECONDS = 0.01  # between so many; it lasts longer by itself while those that were woken are being answered
GATHER_SECONDS = 0.05  # many changes at once become one question of each tab
LONGEST_GATHER_SECONDS = 0.12  # news that never stop are told all the same


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
        for kind in ("user", "campaign", "session", "desk", "site"):
            self.leave(token, kind)
        self._topics.pop(token, None)
        self._seen.pop(token, None)

    def actions(self, app: rx.App, topics: Iterable[str]) -> dict[str, list[Any]]:
        """What the connected tabs of these topics want to do, by token; long-gone tabs are forgotten."""
        manager, now = app.event_namespace._token_manager, time.monotonic()  # type: ignore[union-attr]  # there while the app runs
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
        """The topics, with `user:*` as everybody who has a tab here, and `*` as all that anybody listens to."""
        wanted = set(topics)
        if ANYTHING in wanted:
            return sorted(self._tabs)
        if EVERYBODY in wanted:
            wanted |= {topic for topic in self._tabs if topic.startswith("user:")}
        return sorted(wanted)


hub = Hub()


async def listen(app: rx.App) -> None:
    """Pass what Redis says on to this process's tabs, for as long as the process lives."""
    waker = Waker(app)
    while True:
        try:
            client = aioredis.from_url(get_settings().redis_url, decode_responses=True)
            async with client.pubsub() as channel:
                await channel.subscribe(LIVE_CHANNEL)
                await _pass_on(waker, channel)
        except asyncio.CancelledError:
            raise
        except Exception as trouble:  # Redis may be away for any reason; tabs catch up when it is back
            log.warning("live wire broken, trying again", extra={"why": repr(trouble)})
            await asyncio.sleep(1)


async def _pass_on(waker: Waker, channel: Any) -> None:
    waiting: set[str] = set()
    latest = 0.0
    while True:
        left = max(0.0, latest - time.monotonic())
        message = await channel.get_message(timeout=min(GATHER_SECONDS, left) if waiting else 30)
        if message is not None:
            latest = latest if waiting else time.monotonic() + LONGEST_GATHER_SECONDS
            waiting |= _said(message)
        if waiting and (message is None or time.monotonic() >= latest):
            topics, waiting = waiting, set()
            await waker.wake(hub.actions(waker.app, topics))


def _said(message: dict[str, Any]) -> set[str]:
    """The topics of a message. Each subscription, also a silent one after a break, may have come too late for some."""
    if message["type"] == "subscribe":
        return {ANYTHING}
    return _topics_of(json.loads(message["data"])) if message["type"] == "message" else set()


def _topics_of(message: dict[str, Any]) -> set[str]:
    people = {f"user:{person}" for person in message.get("users", ())}
    changed = {f"campaign:{campaign}" for campaign in message.get("campaigns", ())}
    ended = {f"session:{message['ended']}"} if "ended" in message else set()
    if message.get("everybody"):
        people.add(EVERYBODY)
    site = {SITE} if message.get("site") else set()
    if site:
        wiring().banner_changed()
    desk = {DESK} if people or changed else set()
    return people | changed | ended | desk | site


class Waker:
    """Tells tabs that there is news: few at once, many in one wave that news for few need not wait behind."""

    def __init__(self, app: rx.App) -> None:
        self.app = app
        self._due: dict[str, list[Any]] = {}
        self._wave: asyncio.Task[None] | None = None

    async def wake(self, actions: dict[str, list[Any]]) -> None:
        """Let each of these tabs do what it wishes; a tab whose turn in the wave is still to come is told once."""
        if len(actions) <= TABS_AT_ONCE:
            for token, thens in actions.items():
                await self._tell(token, thens)
            return
        for token, thens in actions.items():
            due = self._due.setdefault(token, [])
            due += [then for then in thens if then not in due]
        if self._wave is None or self._wave.done():
            self._wave = asyncio.create_task(self._roll())

    async def _roll(self) -> None:
        while self._due:
            for token in list(islice(self._due, TABS_AT_ONCE)):
                try:
                    await self._tell(token, self._due.pop(token))
                except Exception as trouble:  # one tab that just went away must not silence the others
                    log.warning("a tab could not be woken", extra={"why": repr(trouble)})
            await asyncio.sleep(BREATH_SECONDS)

    async def _tell(self, token: str, thens: list[Any]) -> None:
        events = Event.from_event_type(thens)
        # Tabs listen only once the app has its namespace, so it is never None here.
        await self.app.event_namespace.emit_update(StateUpdate(events=events), token)  # type: ignore[union-attr]  # there while the app runs
