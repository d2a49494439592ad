"""A small app behind the socket gate, for raw clients: it counts the events it is given."""

from __future__ import annotations

from starlette.types import Receive, Scope, Send

from cleanit_app.web.asgi import ASGIApp
from cleanit_app.web.websocket_limits import WebsocketLimits


async def _count(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        while (message := await receive())["type"] != "lifespan.shutdown":
            await send({"type": f"{message['type']}.complete"})
        return await send({"type": "lifespan.shutdown.complete"})
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        return await send({"type": "http.response.body", "body": b"ok"})
    await receive()
    await send({"type": "websocket.accept"})
    seen = 0
    while (await receive())["type"] == "websocket.receive":
        seen += 1
        await send({"type": "websocket.send", "text": str(seen)})
    return None


async def _who(cookie: str, _address: str) -> tuple[str, str]:
    return cookie.removeprefix("sid="), cookie


def make() -> ASGIApp:
    """The app, for granian."""
    return WebsocketLimits(_count, _who, events_a_second=20, tabs=40)
