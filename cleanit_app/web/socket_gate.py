"""What stands before the pages' websocket: how large a message is, how many come, how many tabs one may have (SEC-01).

Too many events are not lost but wait: a tab that floods is read no faster than its pace, and what it sent stays in
its own network buffers. Counts are kept by each web process for the tabs it holds.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable

import structlog
from starlette.types import Message

from cleanit_app.domain import limits
from cleanit_app.domain.networks import household
from cleanit_app.web.asgi import ASGIApp, Receive, Scope, Send, header

log = structlog.get_logger("cleanit.socket")
EVENTS = "/_event"
WhoIs = Callable[[str], Awaitable[str]]
"""Gives the person behind a cookie header, or an empty text for nobody."""

_TOO_LARGE, _TOO_MANY = 1009, 1008


class Pace:
    """A bucket that refills: `take` says how many seconds one must wait before the next."""

    def __init__(self, pace: limits.Pace) -> None:
        self._pace = pace
        self._left = float(pace.burst)
        self._at = time.monotonic()

    def take(self) -> float:
        """Take one and return the seconds to wait for it."""
        now = time.monotonic()
        self._left = min(float(self._pace.burst), self._left + (now - self._at) * self._pace.a_second)
        self._at = now
        self._left -= 1
        return max(0.0, -self._left / self._pace.a_second)


class SocketGate:
    """Limits websockets under `/_event`; everything else passes."""

    def __init__(self, app: ASGIApp, who_is: WhoIs, events_a_second: int, tabs: int) -> None:
        self._app = app
        self._events_a_second = events_a_second
        self._tabs_of_one = tabs
        self._who_is = who_is
        self._tabs: Counter[str] = Counter()
        self._paces: dict[str, Pace] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket" or not scope["path"].startswith(EVENTS):
            return await self._app(scope, receive, send)
        person = await self._who_is(header(scope, b"cookie"))
        address = household((scope.get("client") or ("",))[0])
        key = f"person:{person}" if person else f"address:{address}"
        most = self._tabs_of_one * (1 if person else limits.TABS_OF_AN_ADDRESS)
        if self._tabs[key] >= most:
            log.warning("too many tabs of one", whose="somebody" if person else "nobody")
            await receive()
            return await send({"type": "websocket.close", "code": _TOO_MANY})
        self._tabs[key] += 1
        pace = limits.events_of_one if person else limits.events_of_nobody
        shared = self._paces.setdefault(key, Pace(pace(self._events_a_second)))
        own = Pace(limits.events_of_a_tab(self._events_a_second))
        try:
            await self._app(scope, _paced(receive, send, own, shared), send)
        finally:
            self._tabs[key] -= 1
            if not self._tabs[key]:
                del self._tabs[key], self._paces[key]
        return None


def _paced(receive: Receive, send: Send, own: Pace, shared: Pace) -> Receive:
    """The tab's messages, none too large, no faster than its own pace and that of all tabs of the same one."""

    async def next_message() -> Message:
        message = await receive()
        if message["type"] != "websocket.receive":
            return message
        said = message.get("text") or message.get("bytes") or ""
        if len(said) > limits.LARGEST_EVENT_CHARACTERS:
            log.warning("a page's message was too large", size=len(said))
            await send({"type": "websocket.close", "code": _TOO_LARGE})
            return {"type": "websocket.disconnect", "code": _TOO_LARGE}
        if said[:1] in ("4", b"4"):  # an event; the rest keeps the line alive
            await asyncio.sleep(max(own.take(), shared.take()))
        return message

    return next_message
