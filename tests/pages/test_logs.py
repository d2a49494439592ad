"""Newlines, secrets and floods at every door of a running Cleanit; then every log is read (MON-06, SEC-07)."""

from __future__ import annotations

import asyncio
import json
import socket
import time
import uuid
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import requests

from tests.support.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.row("MON-06", "SEC-07"), pytest.mark.xdist_group("live")]
SECRET, MAIL, PHONE, NAME = "Lamp-in-the-lane-4711", "leaky@leak.example", "9876501234", "Leela Logleak"
HYDRATE = "reflex___state____state.hydrate"
FLOOD = 400
PLACES = (
    f"/api/{SECRET}",
    f"/{SECRET}/%0a%0dforged?token={SECRET}",
    f"/private/{SECRET}",
    f"/files/{SECRET}.webp",
    f"/api/jobs/{SECRET}",
    f"/api/campaigns?q={MAIL}&cursor={SECRET}",
    f"/campaigns/{PHONE}",
    f"/api/users/{MAIL}",
)
SIGN_INS: tuple[dict[str, Any], ...] = (
    {"identifier": MAIL, "password": "not-it"},
    {"identifier": [f"\n{SECRET}"], "password": 5},
    {"identifier": f"{SECRET}\x00\ud83d", "password": SECRET},
    {"identifier": MAIL, "password": SECRET},
)
LINES = (
    f"{SECRET} / HTTP/1.1\nHost: x\n",
    f"GET /{SECRET} HTTP/1.1\nHost: {SECRET}\n",
    f"\x00{SECRET}\n\n",
    "GET /\n",
)


def sizes(logs: Path) -> dict[str, int]:
    """How far each log has come."""
    return {path.name: path.stat().st_size for path in logs.glob("*.log")}


def since(logs: Path, before: dict[str, int]) -> dict[str, str]:
    """What each log got meanwhile."""
    return {
        path.name: path.read_bytes()[before.get(path.name, 0) :].decode(errors="replace") for path in logs.glob("*.log")
    }


def event(**said: Any) -> str:
    return "42/_event," + json.dumps(["event", said])


async def shout(live: Live, token: str) -> None:
    """A tab that says what no page says, and goes on saying it."""
    forged = f'a\n{{"level": "error", "cookie": "sid={SECRET}"}}\n{SECRET}'
    odd = [
        '42/_event,["event",' + json.dumps(json.dumps({"name": forged, "payload": {"password": SECRET}})) + "]",
        *(
            f"42/_event,{json.dumps(said)}"
            for said in (["event", forged], [forged, {}], ["client_error", {"m": forged}])
        ),
        *(event(name=name, payload={"password": SECRET}) for name in (forged, "state.gone", HYDRATE, HYDRATE + ".x")),
        event(name=HYDRATE, payload=forged),
        event(name=HYDRATE, payload={}, router_data={"pathname": [forged], "query": forged}),
        event(name=HYDRATE, payload={}, router_data={"pathname": f"/{forged}", "query": {"token": SECRET}}),
        f"4\n{forged}",
        f"43/_event,1[{json.dumps(forged)}]",
        '42/_event,["event",' + "[" * 30_000,
    ]
    headers = {"Origin": live.base_url, "Cookie": f"sid={SECRET}; device={SECRET}", "User-Agent": SECRET}
    address = live.base_url.replace("http", "ws") + f"/_event/?EIO=4&transport=websocket{token}"
    async with aiohttp.ClientSession() as client, client.ws_connect(address, headers=headers) as tab:
        await tab.send_str("40/_event,")
        await asyncio.sleep(0.5)
        for said in odd:
            await tab.send_str(said)
        await tab.send_bytes(f"{forged}".encode())
        for number in range(FLOOD):
            if tab.closed:
                return
            await tab.send_str(event(name=f"state.n{number}", payload={"password": SECRET, "pad": "p" * 9_000}))
        await asyncio.sleep(1)


def raw(live: Live, head: str, body: bytes = b"", wait: float = 0.1) -> None:
    """Bytes as no library sends them; the line is dropped after a moment."""
    with socket.create_connection(("127.0.0.1", int(live.base_url.rsplit(":", 1)[1]))) as line:
        line.sendall(head.replace("\n", "\r\n").encode() + b"\r\n" + body)
        time.sleep(wait)


def rest(live: Live) -> None:
    """Every kind of place that a REST caller can write into."""
    http, base = requests.Session(), live.base_url
    http.trust_env = False
    headers = {"User-Agent": SECRET, "X-Request-Id": SECRET, "Authorization": f"Bearer {SECRET}", "Referer": SECRET}
    for path in PLACES:
        http.get(base + path, headers=headers)
    wish = {"name": NAME, "email": MAIL, "phone": f"+91{PHONE}", "password": SECRET, "role": "CITIZEN"}
    for _ in range(2):  # who joins twice
        http.post(f"{base}/api/auth/register", json=wish | {"acceptTerms": True})
    signed = {}
    for said in SIGN_INS:
        body, kind = json.dumps(said), {"Content-Type": "application/json"}
        signed = http.post(f"{base}/api/auth/login", data=body, headers=kind).json()
    mine = {"Authorization": f"Bearer {signed.get('accessToken')}", "Origin": base}
    for _ in range(3):
        http.put(f"{base}/api/users/me/contacts", json={"email": f"other{MAIL}", "phone": f"+91{PHONE}"}, headers=mine)
    photo = {"photo": (f"{SECRET}\n.jpg", f"{SECRET}".encode(), "image/jpeg")}
    http.post(f"{base}/api/campaigns", files=photo, data={"title": SECRET}, headers=mine)
    for body in (b"\x00{", json.dumps({"event": f"\n{SECRET}", "payload": {"contact": PHONE}}).encode()):
        http.post(f"{base}/api/webhooks/razorpay/payment", data=body, headers={"X-Razorpay-Signature": SECRET})


def hang_up(live: Live) -> None:
    """Uploads, forms and messages of which only a part arrives."""
    form = "Content-Type: multipart/form-data; boundary=b\n"
    part = f'--b\r\nContent-Disposition: form-data; name="photo"; filename="{SECRET}.jpg"\r\n\r\n'.encode()
    for path, kind in (("/api/campaigns", form), ("/api/webhooks/razorpay/payment", ""), ("/api/auth/login", ""),
                       ("/session/login", "Content-Type: application/x-www-form-urlencoded\n")):  # fmt: skip
        head = f"POST {path} HTTP/1.1\nHost: localhost\nOrigin: {live.base_url}\n{kind}"
        for body in (b"", part, part + b"x" * 200_000):
            raw(live, f"{head}Content-Length: 900000\n", body)
        raw(live, f"{head}Transfer-Encoding: chunked\n", b"5\r\nabcde\r\n")
        raw(live, f"{head}Content-Length: 7\n", b"garbage")
    for line in LINES:
        raw(live, line)


def test_no_door_writes_into_the_logs_what_it_wants(live: Live) -> None:
    before = sizes(live.logs)
    for token in (f"&token={uuid.uuid4()}", "", ""):
        asyncio.run(shout(live, token))
    rest(live)
    hang_up(live)
    time.sleep(6)  # what was withheld is told
    rest(live)
    said = since(live.logs, before)
    for name, lines in said.items():
        for line in lines.split("\n")[:-1]:
            assert isinstance(json.loads(line), dict), f"{name}: {line[:300]}"
        for private in (SECRET, MAIL, "leak.example", PHONE, NAME):
            assert private not in lines, f"{name} holds {private}"
    everything = "".join(said.values())
    assert len(everything) < 400_000, {name: len(lines) for name, lines in said.items()}  # 10 MB were sent
    assert "more lines were not written" in everything or '"withheld"' in everything
    troubles = [line for line in said["web.log"].split("\n") if '"level": "error"' in line or '"exception"' in line]
    assert troubles == [], troubles[:3]  # what callers do wrong is no failure of ours
