"""Serves each page's built document in its reader's language, `/me` without a detour over `/me/`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import lru_cache
from pathlib import Path

from starlette.requests import cookie_parser
from starlette.types import Message

from cleanit_app.i18n import LANGUAGES, Language, language_of, speak
from cleanit_app.i18n.built import NOT_FOUND, SHELL, document
from cleanit_app.web.asgi import ASGIApp, Receive, Scope, Send, header

_NOWHERE = "/no-such-page"


class Documents:
    """Rewrites the path of a page to its document in the reader's language; everything else passes unchanged.

    `routes` are the addresses of pages as Reflex writes them (`/jobs/[job_id]`); `elsewhere` those whose document is
    made by somebody else.
    """

    def __init__(self, app: ASGIApp, site: Path, routes: Collection[str] = (), elsewhere: Collection[str] = ()) -> None:
        self._app, self._site = app, site
        self._built = {_address(name): name for name in _english(site) if name not in {SHELL, NOT_FOUND}}
        self._shells = [_pattern(route) for route in routes if "[" in route and route not in elsewhere]
        self._missing = lru_cache(self._read_missing)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        language = asked_language(scope)
        speak(language)
        if scope["path"].lstrip("/").split("/")[0] in LANGUAGES:
            scope = dict(scope, path=_NOWHERE, raw_path=_NOWHERE.encode())  # the folders of languages are no addresses
        name = self._document_of(scope["path"])
        if name is not None:
            file = "/" + document(Path(), language, name).as_posix()
            scope = dict(scope, path=file, raw_path=file.encode())
        await self._app(scope, receive, _InLanguage(send, language, self._missing, known=name is not None))

    def _document_of(self, path: str) -> str | None:
        bare = path.rstrip("/") or "/"
        if bare in self._built:
            return self._built[bare]
        return SHELL if any(pattern.fullmatch(bare) for pattern in self._shells) else None

    def _read_missing(self, language: Language) -> bytes:
        file = document(self._site, language, NOT_FOUND)
        return file.read_bytes() if file.exists() else b""


class _InLanguage:
    """Says of each document which language it is in, and gives an address that leads nowhere the page that says so."""

    def __init__(self, send: Send, language: Language, missing: Callable[[Language], bytes], *, known: bool) -> None:
        self._send, self._language, self._missing, self._known = send, language, missing, known
        self._instead: bytes | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message = self._start(message)
        elif self._instead is not None:
            if message.get("more_body"):
                return
            message = {"type": "http.response.body", "body": self._instead}
        await self._send(message)

    def _start(self, message: Message) -> Message:
        headers = [(name.lower(), value) for name, value in message["headers"]]
        # "Not modified" has no type, and a browser takes its headers, the policy among them, for the document it kept.
        still = self._known and message["status"] == 304
        if not still and not dict(headers).get(b"content-type", b"").startswith(b"text/html"):
            return message
        said = [(b"content-language", self._language.encode()), (b"vary", b"Accept-Encoding, Accept-Language, Cookie")]
        headers = [one for one in headers if one[0] not in {b"content-language", b"vary"}]
        if message["status"] == 404 and (instead := self._missing(self._language)):
            self._instead = instead
            dropped = {b"content-length", b"content-encoding", b"etag", b"last-modified"}
            headers = [one for one in headers if one[0] not in dropped]
            headers.append((b"content-length", str(len(instead)).encode()))
        return {**message, "headers": [*headers, *said]}


def asked_language(scope: Scope) -> Language:
    """The language of a request: its `lang` cookie, else what its browser asks for."""
    return language_of(cookie_parser(header(scope, b"cookie")).get("lang"), header(scope, b"accept-language"))


def _english(site: Path) -> list[str]:
    """The built documents by their paths; a page that lies there twice last as `me.html`, after `me/index.html`."""
    found = (path.relative_to(site) for path in site.rglob("*.html"))
    names = (path.as_posix() for path in found if path.parts[0] not in LANGUAGES)
    return sorted(names, key=lambda name: (not name.endswith("/index.html"), name))


def _address(name: str) -> str:
    bare = name.removesuffix(".html").removesuffix("index").rstrip("/")
    return f"/{bare}"


def _pattern(route: str) -> re.Pattern[str]:
    parts = (r"[^/]+" if part.startswith("[") else re.escape(part) for part in route.split("/"))
    return re.compile("/".join(parts))
