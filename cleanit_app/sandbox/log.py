"""One JSON line for each request to the sandbox, with the id its caller gave it; bodies are never written."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_QUIET = ("/health", "/sandbox-static", "/control", "/book")


class RequestLines:
    """Writes to standard output, where the other parts write theirs."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_QUIET):
            return await self._app(scope, receive, send)
        started, status = time.perf_counter(), 500

        async def watched(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")[:64]
            # Real time, not the sandbox's movable one: log lines of all programs are read side by side.
            line = {
                "event": "request", "part": "sandbox", "request_id": given, "method": scope["method"],
                "path": scope["path"], "status": status, "timestamp": datetime.now(UTC).isoformat(),
                "milliseconds": round((time.perf_counter() - started) * 1000, 1),
            }  # fmt: skip
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
