"""Whoever hangs up in the middle of what was sent is no failure of ours: a line, no stack, nothing kept (MON-05)."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from starlette.types import Message
from structlog.testing import capture_logs

from cleanit_app.web.asgi import ASGIApp
from cleanit_app.web.body_limit import BodyLimit

pytestmark = [pytest.mark.row("MON-05", "SEC-06"), pytest.mark.anyio]
FORM = b"multipart/form-data; boundary=b"
DOORS = (
    ("/api/webhooks/razorpay/payment", b"application/json"),
    ("/session/login", b"application/x-www-form-urlencoded"),
    ("/session/login", FORM),
    ("/api/auth/login", b"application/json"),
    ("/api/campaigns", FORM),
)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def hang_up(
    app: ASGIApp, path: str, kind: bytes, headers: list[tuple[bytes, bytes]]
) -> tuple[list[Any], list[Any]]:
    """Send a part of a body and be gone; what was answered, and what was logged."""
    coming: list[Message] = [
        {"type": "http.request", "body": b"--b\r\n", "more_body": True},
        {"type": "http.disconnect"},
    ]
    said: list[Message] = []

    async def receive() -> Message:
        return coming.pop(0) if len(coming) > 1 else coming[0]

    async def send(message: Message) -> None:
        said.append(message)

    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "path": path, "raw_path": b"", "scheme": "http",
        "query_string": b"", "root_path": "", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
        "headers": [(b"host", b"localhost"), (b"content-type", kind), *headers],
    }  # fmt: skip
    with capture_logs() as lines:
        await app(scope, receive, send)
    return said, lines


@pytest.mark.parametrize(("path", "kind"), DOORS)
async def test_a_dropped_upload_is_a_line_and_no_failure(path: str, kind: bytes, api: FastAPI) -> None:
    _, lines = await hang_up(api, path, kind, [(b"content-length", b"900000")])
    assert [line for line in lines if line["log_level"] in ("warning", "error", "critical") or "exc_info" in line] == []


@pytest.mark.parametrize(("path", "kind"), DOORS)
async def test_a_piece_of_a_body_of_unknown_length_is_not_taken_for_the_whole(
    path: str, kind: bytes, api: FastAPI
) -> None:
    reached: list[str] = []

    async def behind(scope: Any, receive: Any, send: Any) -> None:
        reached.append(scope["path"])
        await api(scope, receive, send)

    said, _ = await hang_up(BodyLimit(behind, 10_000_000), path, kind, [(b"transfer-encoding", b"chunked")])
    assert said[0]["status"] == 400
    assert reached == []


async def test_what_is_ours_is_an_error_still(api: FastAPI) -> None:
    async def broken() -> None:
        raise RuntimeError("ours")

    api.add_api_route("/api/broken", broken)
    api.router.routes.insert(0, api.router.routes.pop())
    said, lines = await hang_up_get(api)
    assert said[0]["status"] == 500
    assert [line["event"] for line in lines if line["log_level"] == "error"] == ["surprise"]


async def hang_up_get(app: ASGIApp) -> tuple[list[Any], list[Any]]:
    """Ask for what is broken."""
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        said.append(message)

    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "path": "/api/broken", "raw_path": b"/api/broken",
        "scheme": "http", "query_string": b"", "root_path": "", "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80), "headers": [(b"host", b"localhost")],
    }  # fmt: skip
    with capture_logs() as lines:
        await app(scope, receive, send)
    return said, lines
