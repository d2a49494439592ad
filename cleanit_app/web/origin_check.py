"""Refuses changes that another website's page sends in a person's name (CSRF)."""

from __future__ import annotations

from urllib.parse import urlsplit

from cleanit_app import routes
from cleanit_app.settings import Settings
from cleanit_app.web.asgi import ASGIApp, Receive, Scope, Send, header, refuse

_SAFE = {"GET", "HEAD", "OPTIONS"}
_SIGNED_BY_SENDER = f"{routes.API_WEBHOOKS}/"
"""Webhooks carry a signature instead of cookies and come from no page."""


class OriginCheck:
    """A changing request with cookies must name one of our origins; without, at least no foreign one."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._allowed = frozenset(settings.allowed_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._fits(scope):
            return await refuse(send, 403, "FOREIGN_ORIGIN", "This request comes from another website.")
        return await self._app(scope, receive, send)

    def _fits(self, scope: Scope) -> bool:
        if scope["method"] in _SAFE or scope["path"].startswith(_SIGNED_BY_SENDER):
            return True
        origin = header(scope, b"origin") or _origin_of(header(scope, b"referer"))
        return origin in self._allowed if origin or header(scope, b"cookie") else True


def _origin_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
