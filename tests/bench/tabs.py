"""Open tabs without a browser: the websocket that every page holds."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import socketio

from cleanit_app.pages.public import discover, home
from cleanit_app.state.current_user import CurrentUserState
from tests.support.live import Live

NAMESPACE = "/_event"
EVENTS: dict[str, tuple[str, str]] = {
    "arrive": (f"{CurrentUserState.get_full_name()}.arrive", home.ROUTE),
    "hear": (f"{CurrentUserState.get_full_name()}.hear", home.ROUTE),
    "discover": (f"{discover.DiscoverState.get_full_name()}.load", discover.ROUTE),
}


class Tab:
    """One tab; `event` sends an event of a page and waits for its answer."""

    def __init__(self, live: Live, cookie: str = "") -> None:
        self._live, self._cookie = live, cookie
        self._token = str(uuid.uuid4())
        self._client = socketio.AsyncClient(reconnection=False)
        self._answers: asyncio.Queue[Any] = asyncio.Queue()
        self.heard = 0
        self.follows = False  # whether it looks when it hears of news, as a browser does
        self.badge_at: list[float] = []  # when what its bell says changed

    async def connect(self) -> None:
        """Open the socket and take the first state."""
        self._client.on("event", self._take, namespace=NAMESPACE)
        headers = {"Origin": self._live.base_url, **({"Cookie": self._cookie} if self._cookie else {})}
        await self._client.connect(
            f"{self._live.base_url}/?token={self._token}",
            namespaces=[NAMESPACE],
            socketio_path="/_event",
            transports=["websocket"],
            headers=headers,
        )
        await self._send("reflex___state____state.hydrate", "/")
        await self._answer()

    async def _take(self, update: Any) -> None:
        if "'unread_rx_state_'" in str(update):
            self.badge_at.append(time.time())
        events = (update.get("events") or []) if isinstance(update, dict) else []
        if any(event["name"] == EVENTS["hear"][0] for event in events):  # there is news, says the wire
            self.heard += 1
            if self.follows:
                await self._send(*EVENTS["hear"])
        await self._answers.put(update)

    async def _send(self, name: str, path: str) -> None:
        router = {"pathname": path, "query": {}, "asPath": path}
        body = {"token": self._token, "name": name, "router_data": router, "payload": {}}
        await self._client.emit("event", body, namespace=NAMESPACE)

    async def _answer(self) -> None:
        while True:
            update = await asyncio.wait_for(self._answers.get(), 20)
            if isinstance(update, dict) and update.get("final", True):
                return

    async def event(self, name: str) -> int:
        """Send a named event and wait until it is done; 200 like a good answer."""
        await self._send(*EVENTS[name])
        await self._answer()
        return 200

    async def close(self) -> None:
        """Close the socket."""
        await self._client.disconnect()


@asynccontextmanager
async def open_tabs(live: Live, count: int, cookies: list[str] | None = None) -> AsyncIterator[list[Tab]]:
    """So many tabs at once."""
    async with AsyncExitStack() as stack:
        tabs = []
        for number in range(count):
            tab = Tab(live, cookies[number] if cookies else "")
            await tab.connect()
            stack.push_async_callback(tab.close)
            tabs.append(tab)
        yield tabs
