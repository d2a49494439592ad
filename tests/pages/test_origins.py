"""To pages of which origin the page wire, the upload door and the API answer at all (T29)."""

from __future__ import annotations

import asyncio
import uuid

import httpx
import pytest
import socketio

from cleanit_app.services.demo.places import CITIZEN
from tests.support.live import Live
from tests.support.wire import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.row("SEC-04", "SEC-05")]


@pytest.fixture(scope="module")
def demo(live: Live) -> Live:
    """The running Cleanit with people and money."""
    live.seed()
    return live


def origins(live: Live) -> dict[str, str | None]:
    """Where a page may come from."""
    port = live.base_url.rsplit(":", 1)[1]
    return {
        "none": None,
        "null": "null",
        "evil": "https://evil.example",
        "sub-domain": f"http://evil.localhost:{port}",
        "another port": "http://localhost:1",
        "good": live.base_url,
    }


async def connects(live: Live, origin: str | None, cookie: str) -> bool:
    """Whether the page wire lets a page of this origin in."""
    client = socketio.AsyncClient(reconnection=False)
    headers = {"Cookie": cookie} | ({"Origin": origin} if origin else {})
    try:
        await client.connect(
            f"{live.base_url}/?token={uuid.uuid4()}", namespaces=["/_event"], socketio_path="/_event",
            transports=["websocket"], headers=headers,
        )  # fmt: skip
    except socketio.exceptions.ConnectionError:
        return False
    await client.disconnect()
    return True


def test_only_our_own_origin_is_served_with_credentials(demo: Live) -> None:
    """T29: the page wire, the upload door and a change over REST, for six origins."""
    cookie = sign_in(demo, CITIZEN)
    got: dict[str, tuple[bool, int, int, str | None]] = {}
    for name, origin in origins(demo).items():
        headers = {"Cookie": cookie} | ({"Origin": origin} if origin else {})
        with httpx.Client(base_url=demo.base_url, headers=headers, trust_env=False) as http:
            change = http.post("/api/users/me/notifications/read-all")
            upload = http.post("/_upload", files={"files": ("x.jpg", b"x")})
            read = http.get("/api/users/me")
        allowed = read.headers.get("access-control-allow-origin")
        got[name] = (asyncio.run(connects(demo, origin, cookie)), change.status_code, upload.status_code, allowed)
    for name in ("null", "evil", "sub-domain", "another port"):
        wired, change_status, upload_status, allowed = got[name]
        assert (wired, change_status, allowed) == (False, 403, None), (name, got[name])
        assert upload_status in (403, 404, 405), (name, upload_status)
    assert got["good"][:2] == (True, 204)
    # A program without an Origin is no page: it has a cookie only when its owner gave it one.
    assert got["none"][3] is None
