"""What the wire gives each kind of person, and to pages of which origin it answers at all (T27, T29)."""

from __future__ import annotations

import asyncio
import re
import uuid

import httpx
import pytest
import socketio
from sqlalchemy import text

from cleanit_app.services.demo_places import ADMIN, CITIZEN, CLEANER
from tests.pages.test_websocket import KNOWN, call_all, sign_in
from tests.support.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.row("SEC-04", "SEC-05")]
LOADS = ["Who.arrive", "Desk.arrive", "Me.load", "Account.load", "MyMoney.load", "MyCampaigns.load", "Papers.load",
         "Earnings.load", "Work.load", "Notices.load", "Factor.load", "People.load", "Payouts.load", "Audit.load",
         "Money.load", "Overview.load"]  # fmt: skip
SHAPES = {
    "a PAN": r"\b[A-Z]{3}P[A-Z]\d{4}[A-Z]\b",
    "a bank account": r"(?<![\d.+])\d{11,18}(?![\d.])",  # no fraction and no phone number
    "a session or token": r"eyJ[A-Za-z0-9_-]{10,}\.|\bsid=",
    "a password hash": r"\$2b\$\d\d\$",
}


@pytest.fixture(scope="module")
def demo(live: Live) -> Live:
    """The running Cleanit with people and money."""
    live.seed()
    return live


def contacts(live: Live, own: str) -> list[str]:
    """Phones and mailboxes of everybody else."""
    with live.engine.connect() as connection:
        rows = connection.execute(text("SELECT email, phone FROM users WHERE email <> :own"), {"own": own})
        return [word for row in rows for word in row if word]


@pytest.mark.parametrize("who", ["", CITIZEN, CLEANER, ADMIN], ids=["nobody", "citizen", "cleaner", "admin"])
def test_no_state_carries_anybodys_secrets(demo: Live, who: str) -> None:
    cookie = sign_in(demo, who) if who else ""
    heard = asyncio.run(call_all(demo, cookie, [name for name in LOADS if name in KNOWN], [None]))
    assert len(heard) > 500
    assert {name: re.findall(shape, heard)[:3] for name, shape in SHAPES.items() if re.search(shape, heard)} == {}
    if who != ADMIN:  # an admin of people sees whom to call
        assert [word for word in contacts(demo, who) if word in heard] == []
    if cookie:
        assert cookie.removeprefix("sid=") not in heard


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
