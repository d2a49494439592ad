"""Answers only at addresses of ours, and leads nowhere else: what a caller writes into Host moves nobody (SEC-01)."""

from __future__ import annotations

import re
import socket
from urllib.parse import urlsplit

import psutil
from starlette.types import Message

from cleanit_app.settings import Settings
from cleanit_app.web.asgi import ASGIApp, Receive, Scope, Send, refuse

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_HOST = re.compile(r"(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::[0-9]{1,5})?")
_NEVER_IN_A_PATH = re.compile(r"[\x00-\x1f\x7f\\]|^//|(?:^|/)\.\.?(?:/|$)")
_ASKED_BY_MACHINES = ("/health", "/livez", "/readyz", "/metrics", "/ping")
"""Balancers ask these by number; they lead nowhere."""
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]"})


def own_hosts(settings: Settings) -> frozenset[str]:
    """The names under which this site answers; in development also whatever this machine is called in its network."""
    addresses = [settings.public_url, *settings.allowed_origins]
    named = {_bare(urlsplit(address).netloc) for address in addresses} | _THIS_MACHINE
    return frozenset(named if settings.is_production else named | _machine_names())


def _machine_names() -> set[str]:
    """This machine's name and numbers, so that a phone in the same network finds it."""
    name = socket.gethostname().lower()
    found = [card.address for cards in psutil.net_if_addrs().values() for card in cards]
    numbers = {f"[{one.split('%')[0]}]" if ":" in one else one for one in found}
    return {name, f"{name}.local", *numbers}


def _bare(host: str) -> str:
    """A host without its port, in small letters; empty for what is none."""
    fits = _HOST.fullmatch(host)
    return fits[1].lower().rstrip(".") if fits else ""


class OwnAddress:
    """Refuses methods, hosts and paths that no caller of ours needs, and keeps every redirect within this site."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._hosts = own_hosts(settings)
        self._origin = settings.public_url.rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        trouble = self._trouble_with(scope)
        if trouble and scope["type"] == "websocket":
            await receive()
            return await send({"type": "websocket.close", "code": 1008})
        if trouble:
            return await refuse(send, *trouble)
        return await self._app(scope, receive, self._kept_inside(send) if scope["type"] == "http" else send)

    def _trouble_with(self, scope: Scope) -> tuple[int, str, str] | None:
        if scope.get("method", "GET") not in _METHODS:
            return 405, "METHOD_NOT_ALLOWED", "This does not work here."
        if _NEVER_IN_A_PATH.search(scope["path"]):
            return 400, "BAD_REQUEST", "There is no such address."
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if len(hosts) > 1 or (not hosts and scope.get("http_version") == "1.1"):
            return 400, "BAD_REQUEST", "Name one host."
        if hosts and not self._is_ours(hosts[0], scope["path"]):
            return 421, "UNKNOWN_HOST", "This site does not answer under that name."
        return None

    def _is_ours(self, host: str, path: str) -> bool:
        bare = _bare(host)
        return bare in self._hosts or (bool(bare) and path in _ASKED_BY_MACHINES)

    def _kept_inside(self, send: Send) -> Send:
        async def send_inside(message: Message) -> None:
            if message["type"] == "http.response.start" and 300 <= message["status"] < 400:
                message["headers"] = [
                    (name, self._inside(value) if name.lower() == b"location" else value)
                    for name, value in message["headers"]
                ]
            await send(message)

        return send_inside

    def _inside(self, location: bytes) -> bytes:
        """The place within this site that a redirect names; its front page for a place anywhere else."""
        goal = location.decode("latin-1")
        if goal.startswith(f"{self._origin}/"):
            return location
        parts = urlsplit(goal)
        if parts.netloc and _bare(parts.netloc) not in self._hosts:
            return b"/"
        path = "/" + parts.path.lstrip("/\\")
        fits = path.isprintable() and not _NEVER_IN_A_PATH.search(path)
        return f"{path}{'?' if parts.query else ''}{parts.query}".encode("latin-1") if fits else b"/"
