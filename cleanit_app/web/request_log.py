"""Gives each request an id, finds out who is asking, and writes one line about it."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterable

import structlog
from starlette.types import Message

from cleanit_app import routes
from cleanit_app.domain.networks import is_inside
from cleanit_app.web.asgi import ASGIApp, Receive, Scope, Send, header

_log = structlog.get_logger("cleanit.request")
_GOOD_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_QUIET = ("/assets/", "/fonts/", f"{routes.TUTORIALS}/", "/ping")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_AN_ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|[0-9]{1,8}")
_MOST_PARTS = 12


class RequestLog:
    """Sets the caller's address from trusted proxies only, and logs without query strings, cookies or anybody's words.

    Of an address only `words` and ids are shown; whatever else somebody writes into one is left out.
    """

    def __init__(
        self, app: ASGIApp, trusted_hops: int, trusted_proxies: list[str], words: frozenset[str] = frozenset()
    ) -> None:
        self._app = app
        self._words = words
        self._hops = trusted_hops
        self._proxies = trusted_proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            return await self._app(scope, receive, send)
        scope = believe_proxies(scope, self._hops, self._proxies)
        if scope["type"] == "websocket":
            return await self._app(scope, receive, send)
        request_id = self._request_id(scope)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        return await self._logged(scope, receive, send, request_id)

    def _request_id(self, scope: Scope) -> str:
        given = header(scope, b"x-request-id") if self._hops else ""
        return given if _GOOD_ID.fullmatch(given) else uuid.uuid4().hex

    async def _logged(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        started = time.perf_counter()
        status = 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            if status >= 400 or not scope["path"].startswith(_QUIET):
                _log.info(
                    "request",
                    method=scope["method"] if scope["method"] in _METHODS else "OTHER",
                    path=shown(scope["path"], self._words),
                    status=status,
                    milliseconds=round((time.perf_counter() - started) * 1000, 1),
                    client=(scope.get("client") or ("",))[0],
                )


def shown(path: str, words: frozenset[str]) -> str:
    """The path with its ids and our own words; a signed link is as good as a key, and anything else may be a secret."""
    if path.startswith(f"{routes.PRIVATE}/"):
        return f"{routes.PRIVATE}/…"
    if not words:
        return path[:200]
    parts = [part if part in words or _AN_ID.fullmatch(part) else "…" for part in path.split("/")[:_MOST_PARTS]]
    return "/".join(parts)


def words_of(paths: Iterable[str]) -> frozenset[str]:
    """The fixed parts of addresses such as `/api/jobs/{job_id}` and `/jobs/[job_id]`."""
    return frozenset(part for path in paths for part in path.split("/") if not part.startswith(("{", "[")))


def believe_proxies(scope: Scope, hops: int, proxies: list[str]) -> Scope:
    """The scope as our outermost proxy saw it: the n-th forwarded address from the right.

    Only what a proxy of ours says is believed; the header of anybody who comes directly changes nothing.
    """
    peer = (scope.get("client") or ("",))[0]
    if not hops or not is_inside(peer, proxies):
        return scope
    forwarded = [part.strip() for part in header(scope, b"x-forwarded-for").split(",") if part.strip()]
    if len(forwarded) < hops:
        return scope
    scope = dict(scope, client=(forwarded[-hops], 0))
    if scope["type"] == "http" and header(scope, b"x-forwarded-proto") == "https":
        scope["scheme"] = "https"
    return scope
