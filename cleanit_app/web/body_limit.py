"""Refuses bodies that are too large before anything reads them (SEC-06)."""

from __future__ import annotations

from starlette.requests import ClientDisconnect
from starlette.types import Message

from cleanit_app.web.asgi import ASGIApp, Receive, Scope, Send, header, refuse

_FORM_OVERHEAD = 64 * 1024
"""Room for the fields around a file of the largest allowed size."""


class BodyLimit:
    """Answers 413 when a request's body is larger than an upload may be."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes + _FORM_OVERHEAD

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        length = header(scope, b"content-length")
        if length:
            too_large = not length.isdigit() or int(length) > self._max_bytes
        elif header(scope, b"transfer-encoding"):
            try:
                body = await _read_up_to(receive, self._max_bytes)
            except ClientDisconnect:
                return await refuse(send, 400, "CUT_OFF", "Not all of it arrived.", [(b"connection", b"close")])
            too_large = body is None
            receive = _replay(body or b"", receive)
        else:
            too_large = False
        if too_large:
            return await refuse(send, 413, "TOO_LARGE", "What you sent is too large.", [(b"connection", b"close")])
        return await self._app(scope, receive, send)


async def _read_up_to(receive: Receive, most: int) -> bytes | None:
    """The whole body of unannounced length, or None when it is longer than `most`.

    ClientDisconnect when its sender hangs up in the middle: a part of it is nothing that anybody sent.
    """
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > most:
            return None
        if not message.get("more_body", False):
            return b"".join(chunks)


def _replay(body: bytes, receive: Receive) -> Receive:
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return messages.pop() if messages else await receive()

    return next_message
