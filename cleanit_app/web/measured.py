"""Times every request by the address as it is written down, so that nobody can multiply the figures (MON-01)."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from typing import Any

from starlette.types import Message

from cleanit_app import routes, telemetry
from cleanit_app.web.asgi import ASGIApp, Receive, Scope, Send

OTHER = "other"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
FOLDERS = ("/assets/", "/fonts/", "/c/", f"{routes.FILES}/", f"{routes.TUTORIALS}/")
"""Below these lie files, one figure for each folder."""
_HERE = "\0"
"""Under this key, which no part of a path can be, stands the address that ends here."""
_VALUE = re.compile(r"[{\[].*[}\]]")


class Templates:
    """Finds the written address of a path: its own parts first, then a value's place."""

    def __init__(self, templates: Iterable[str]) -> None:
        self._tree: dict[str, Any] = {}
        for template in templates:
            node = self._tree
            for part in template.split("/"):
                node = node.setdefault("{}" if _VALUE.fullmatch(part) else part, {})
            node[_HERE] = template

    def of(self, path: str) -> str:
        """The address that this path fits; `other` for one that nobody wrote down."""
        if folder := next((folder for folder in FOLDERS if path.startswith(folder)), None):
            return f"{folder}…"
        return _find(self._tree, (path.rstrip("/") or "/").split("/")) or OTHER


def _find(node: dict[str, Any], parts: list[str]) -> str | None:
    if not parts:
        found: str | None = node.get(_HERE)
        return found
    for name in (parts[0], "{}"):
        child = node.get(name)
        if isinstance(child, dict) and (found := _find(child, parts[1:])):
            return found
    return None


class Measured:
    """Counts and times what is asked, and the tabs that are connected."""

    def __init__(self, app: ASGIApp, templates: Iterable[str]) -> None:
        self._app = app
        self._templates = Templates(templates)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._timed(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._counted(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _timed(self, scope: Scope, receive: Receive, send: Send) -> None:
        started, status = time.perf_counter(), 500

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, seen)
        finally:
            method = scope["method"] if scope["method"] in _METHODS else "OTHER"
            route = self._templates.of(scope["path"])
            telemetry.request_answered(method, route, status, time.perf_counter() - started)

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        telemetry.socket_opened()
        try:
            await self._app(scope, receive, send)
        finally:
            telemetry.socket_closed()
