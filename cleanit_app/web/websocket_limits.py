"""What stands before the pages' websocket: how large a message is, how many come, how many tabs one may have (SEC-01).

Too many events are not lost but wait: a tab that floods is read no faster than its pace, and what it sent stays in
its own network buffers. Counts are kept by each web process for the tabs it holds.

What a tab has seen is kept under its token and sent again when it comes back. So the token that goes on from here is
made from the tab's own and from who holds it: whoever comes with the same token and another session, an ended one or
none finds an empty tab (SEC-04).

What no page of ours sends is passed over here, for what stands behind would write it into the log (`frames.py`).
"""

from __future__ import annotations

import asyncio
import hmac
from collections import Counter
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

import structlog
from starlette.types import Message

from cleanit_app.domain import limits
from cleanit_app.domain.networks import household
from cleanit_app.web.asgi import ASGIApp, Receive, Scope, Send
from cleanit_app.web.frames import Hears, shown, trouble_with
from cleanit_app.web.token_bucket import Paces, TokenBucket

log = structlog.get_logger("cleanit.socket")
EVENTS = "/_event"
WhoIs = Callable[[str, str], Awaitable[tuple[str, str]]]
"""Gives the person behind a cookie header and an address, empty for nobody, and what that tab's state is tied to."""

_TOO_LARGE, _TOO_MANY = 1009, 1008


class WebsocketLimits:
    """Limits websockets under `/_event`; everything else passes."""

    def __init__(
        self, app: ASGIApp, who_is: WhoIs, events_a_second: int, tabs: int, hears: Hears | None = None
    ) -> None:
        self._app = app
        self._events_a_second = events_a_second
        self._tabs_of_one = tabs
        self._who_is = who_is
        self._hears = hears
        self._tabs: Counter[str] = Counter()
        self._paces = Paces()
        self._arrivals = Paces()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket" or not scope["path"].startswith(EVENTS):
            return await self._app(scope, receive, send)
        client = (scope.get("client") or ("",))[0]
        arrivals = self._arrivals.of(household(client), limits.arrivals_at_an_address(self._tabs_of_one))
        if not arrivals.take_now():
            log.warning("too many handshakes of one address")
            return await _refuse(receive, send)
        person, tie = await self._who_is(_cookies(scope), client)
        address = household(client)
        key = f"person:{person}" if person else f"address:{address}"
        most = self._tabs_of_one * (1 if person else limits.TABS_OF_AN_ADDRESS)
        if self._tabs[key] >= most:
            log.warning("too many tabs of one", whose="somebody" if person else "nobody")
            return await _refuse(receive, send)
        self._tabs[key] += 1
        pace = limits.events_of_one if person else limits.events_of_nobody
        shared = self._paces.of(key, pace(self._events_a_second), self._tabs)
        own = TokenBucket(limits.events_of_a_tab(self._events_a_second))
        try:
            paced = _paced(receive, send, own, shared)
            scope = tied(scope, tie)
            await self._app(scope, self._only_of_pages(paced, scope), send)
        finally:
            self._tabs[key] -= 1
            if not self._tabs[key]:
                del self._tabs[key]
        return None

    def _only_of_pages(self, receive: Receive, scope: Scope) -> Receive:
        """The messages of a tab without those that no page sends; a tab without a token is no page of ours."""
        hears = self._hears
        if hears is None:
            return receive
        nameless = b"token=" not in scope["query_string"]

        async def next_message() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                said = message.get("text") or message.get("bytes") or ""
                why = trouble_with(said, hears)
                if not why and nameless and said[:2] == "42":
                    why = "no token"
                if not why:
                    return message
                log.info("a message was passed over", why=why, handler=shown(said))

        return next_message


async def _refuse(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.close", "code": _TOO_MANY})


def _cookies(scope: Scope) -> str:
    """All cookies, put together as the pages' events see them."""
    return "; ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie")


def tied(scope: Scope, tie: str) -> Scope:
    """The scope with a token in place of the tab's own that only the same tab with the same tie leads to."""
    asked = parse_qsl(scope["query_string"].decode("latin-1"))
    own = next((value for name, value in asked if name == "token"), "")
    if not own:
        return scope
    made = hmac.digest(tie.encode(), own.encode("utf-8", "replace"), "sha256")
    kept = [(name, value) for name, value in asked if name != "token"]
    query = urlencode([*kept, ("token", str(UUID(bytes=made[:16])))])
    return {**scope, "query_string": query.encode()}


def _paced(receive: Receive, send: Send, own: TokenBucket, shared: TokenBucket) -> Receive:
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
