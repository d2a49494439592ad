"""Security headers and caching, on every answer."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from starlette.types import Message

from cleanit_app.i18n import LANGUAGES, built
from cleanit_app.routes import TUTORIALS
from cleanit_app.settings import Settings
from cleanit_app.web.asgi import ASGIApp, Receive, Scope, Send
from cleanit_app.web.content_policy import hashes_of_site, policy

SHELL = f"/{built.SHELL}"
"""The document that answers every address without a built page of its own."""

_FOREVER = b"public, max-age=31536000, immutable"
_A_WEEK = b"public, max-age=604800"
_KEPT_A_WEEK = ("/fonts/", f"{TUTORIALS}/")
_ASK_EACH_TIME = b"no-cache"
_GOOD = (200, 206, 304)
"""Whole, a part, or what the browser has: the last one's headers replace those that it kept."""

_FIXED = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"permissions-policy", b"camera=(self), geolocation=(self), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin-allow-popups"),
]
_HTTPS_ONLY = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


class SecurityHeaders:
    """Adds what a browser needs to know to each answer, unless the answer already says it."""

    def __init__(self, app: ASGIApp, settings: Settings, site: Path) -> None:
        self._app = app
        self._settings = settings
        self._hashes = hashes_of_site(site)
        https = settings.public_url.startswith("https://")
        self._fixed = [*_FIXED, _HTTPS_ONLY] if https else _FIXED
        self._policy_of = lru_cache(maxsize=512)(self._make_policy)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        path: str = scope["path"]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._complete(list(message["headers"]), path, message["status"])
            await send(message)

        return await self._app(scope, receive, send_with_headers)

    def _complete(self, headers: list[tuple[bytes, bytes]], path: str, status: int) -> list[tuple[bytes, bytes]]:
        said = {name.lower(): value for name, value in headers}
        language = said.get(b"content-language", b"").decode("latin-1")
        wanted = [
            *self._fixed,
            (b"content-security-policy", self._policy_of(self._document(path, language))),
            (b"cache-control", caching(path, status)),
        ]
        return [*headers, *(pair for pair in wanted if pair[0] not in said)]

    def _document(self, path: str, language: str) -> str:
        """The built document that this address shows in a language; an address without one shows the shell."""
        bare = path.rstrip("/")
        for candidate in (bare, f"{bare}.html", f"{bare}/index.html", SHELL):
            for name in (f"/{language}{candidate}", candidate):
                if name in self._hashes:
                    return name
        return SHELL

    def _make_policy(self, document: str) -> bytes:
        scripts = self._hashes.get(document, []) + self._hashes.get(_shell_beside(document), [])
        return policy(self._settings, list(dict.fromkeys(scripts))).encode("latin-1")


def _shell_beside(document: str) -> str:
    """The shell in the language of a document."""
    first = document.split("/")[1]
    return f"/{first}{SHELL}" if first in LANGUAGES else SHELL


def caching(path: str, status: int) -> bytes:
    """For ever when the name holds a content hash, a week for fonts and recordings, else ask each time."""
    if status not in _GOOD:
        return _ASK_EACH_TIME
    if path.startswith("/assets/"):
        return _FOREVER
    return _A_WEEK if path.startswith(_KEPT_A_WEEK) else _ASK_EACH_TIME
