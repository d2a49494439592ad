"""Serves `/me` from the built `me.html` without a detour over `/me/`."""

from __future__ import annotations

from pathlib import Path

from cleanit_app.web.asgi import ASGIApp, Receive, Scope, Send


class PrettyUrls:
    """Rewrites the path of a built page to its file; everything else passes unchanged."""

    def __init__(self, app: ASGIApp, site: Path) -> None:
        self._app = app
        self._pages = {
            "/" + path.relative_to(site).with_suffix("").as_posix()
            for path in site.rglob("*.html")
            if path.name not in {"index.html", "404.html", "__spa-fallback.html"}
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].rstrip("/") in self._pages:
            file = scope["path"].rstrip("/") + ".html"
            scope = dict(scope, path=file, raw_path=file.encode())
        await self._app(scope, receive, send)
