"""Trouble on demand: what the next answers to the API do instead of arriving well."""

from __future__ import annotations

import asyncio
import fnmatch
import json
from collections.abc import Callable
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World

AFTER_COMMIT = ("timeout_after", "drop_after", "500_after", "502_html_after", "200_html_after")
BEFORE = ("timeout_before", "drop", "401", "429", "429_no_code", "500", "502_html", "409_in_progress")
KINDS = (*BEFORE, *AFTER_COMMIT)
"""Kinds ending in `_after` do the work first; the others change nothing."""

_TROUBLE = "We are facing some trouble completing your request at the moment. Please try again shortly."


def add(world: World, scope: str, kind: str, count: int, options: Json) -> None:
    """Let a fault happen to the next `count` matching answers (scope `api`) or events (scope `webhook`)."""
    world.store.db.execute(
        "INSERT INTO fault (scope, kind, remaining, options) VALUES (?, ?, ?, ?)",
        (scope, kind, count, json.dumps(options)),
    )


def clear(world: World, scope: str) -> None:
    """Forget the waiting faults of a scope."""
    world.store.db.execute("DELETE FROM fault WHERE scope = ?", (scope,))


def waiting(world: World, scope: str) -> list[Json]:
    """The faults that have not happened yet."""
    rows = world.store.db.execute("SELECT * FROM fault WHERE scope = ? ORDER BY seq", (scope,)).fetchall()
    return [{"kind": row["kind"], "remaining": row["remaining"], **json.loads(row["options"])} for row in rows]


def take(world: World, method: str, path: str) -> Json | None:
    """Use up one fault that fits this request: `method`, and `path` as a glob such as `payouts*`."""
    for row in world.store.db.execute("SELECT * FROM fault WHERE scope = 'api' ORDER BY seq").fetchall():
        options = json.loads(row["options"])
        if options.get("method", method) == method and fnmatch.fnmatch(path, options.get("path", "*")):
            with world.store.transaction():
                world.store.db.execute("UPDATE fault SET remaining = remaining - 1 WHERE seq = ?", (row["seq"],))
                world.store.db.execute("DELETE FROM fault WHERE remaining <= 0")
            return {**options, "kind": row["kind"]}
    return None


class Dropped(Response):
    """Begins an answer and breaks the connection in the middle of it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
        raise ConnectionAbortedError("the sandbox breaks this connection as it was told to")


async def respond(fault: Json, work: Callable[[], tuple[int, Any]]) -> Response:
    """The faulty answer; `work` is done first for the kinds that trouble a finished request."""
    kind = str(fault["kind"])
    if kind in AFTER_COMMIT:
        work()
    kind = kind.removesuffix("_after").removesuffix("_before")
    if kind == "timeout":
        await asyncio.sleep(float(fault.get("seconds", 40)))
        provider = "Payment processing failed due to error at bank/wallet gateway"
        return _error(504, "GATEWAY_ERROR", provider)
    if kind == "drop":
        return Dropped()
    return _plain(kind)


def _plain(kind: str) -> Response:
    if kind == "429":
        return _error(429, "BAD_REQUEST_ERROR", "Too many requests")
    if kind == "429_no_code":
        return JSONResponse({"message": "Throttling Error"}, 429)
    if kind == "409_in_progress":
        return _error(409, "BAD_REQUEST_ERROR", "Another request with the same idempotency key is still in progress.")
    if kind == "401":  # keys that were just changed, for example
        return _error(401, "BAD_REQUEST_ERROR", "Authentication failed")
    if kind in ("502_html", "200_html"):
        return HTMLResponse("<html><head><title>Bad Gateway</title></head></html>", int(kind[:3]))
    return _error(500, "SERVER_ERROR", _TROUBLE)


def _error(status: int, code: str, description: str) -> Response:
    return JSONResponse({"error": {"code": code, "description": description}}, status)
