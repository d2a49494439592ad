"""Nonsense of every kind at every handler: no trace reaches the sender and nothing changes (T28)."""

from __future__ import annotations

import asyncio
import math
import random
import uuid
from typing import Any

import pytest
import socketio

from cleanit_app.services.demo_places import ADMIN, CITIZEN, CLEANER
from tests.pages.test_websocket import KNOWN, at_rest, counts, secrets_of
from tests.sandbox.running import until
from tests.support.live import Live

pytestmark = [pytest.mark.proof, pytest.mark.browser, pytest.mark.row("SEC-04")]
ROUNDS = 200
SEED = 20_261_124
WINDOW = 40  # events under way before the next batch waits


def nonsense(chance: random.Random, deep: int = 0) -> Any:
    """A value that no form sends."""
    made = [
        lambda: None, lambda: True, lambda: chance.randint(-(2**70), 2**70), lambda: chance.random() * 1e308,
        lambda: math.nan, lambda: math.inf, lambda: "", lambda: "x" * chance.choice((1, 300, 20_000)),
        lambda: "\x00\ud83e'\";--<script>", lambda: str(uuid.UUID(int=chance.getrandbits(128))),
        lambda: "../../../etc/passwd", lambda: "१२३", lambda: {"__class__": "x", "constructor": {"prototype": 1}},
    ]  # fmt: skip
    if deep < 3:
        made += [
            lambda: [nonsense(chance, deep + 1) for _ in range(chance.randint(0, 4))],
            lambda: {str(n): nonsense(chance, deep + 1) for n in range(chance.randint(0, 4))},
        ]
    return chance.choice(made)()


def payloads(chance: random.Random, arguments: list[str]) -> list[dict[str, Any]]:
    """Arguments of wrong kinds, missing ones, and ones that do not exist."""
    made = []
    for _ in range(ROUNDS):
        payload = {name: nonsense(chance) for name in arguments if chance.random() > 0.1}
        if chance.random() < 0.2:
            payload[chance.choice(("self", "state", "_x", "extra"))] = nonsense(chance)
        made.append(payload)
    return made


async def throw(live: Live, chance: random.Random) -> tuple[int, str]:
    """Throw everything from tabs of nobody, some handlers to a tab; how many, and what came back."""
    heard: list[str] = []
    thrown = 0

    async def hear(update: Any) -> None:
        heard.append(str(update)[:2_000])

    names = sorted(KNOWN)
    for start in range(0, len(names), 10):
        client, token = socketio.AsyncClient(reconnection=False), str(uuid.uuid4())
        client.on("event", hear, namespace="/_event")
        await client.connect(
            f"{live.base_url}/?token={token}", namespaces=["/_event"], socketio_path="/_event",
            transports=["websocket"], headers={"Origin": live.base_url},
        )  # fmt: skip
        for name in names[start : start + 10]:
            wire, arguments = KNOWN[name]
            for payload in payloads(chance, arguments):
                router = {"pathname": "/", "query": {}, "asPath": "/"}
                body = {"token": token, "name": wire, "router_data": router, "payload": payload}
                if client.connected:  # one that the server cut off for rudeness goes on with the next tab
                    await client.emit("event", body, namespace="/_event")
                    thrown += 1
                if thrown % WINDOW == 0:
                    await asyncio.sleep(0.05)
        await asyncio.sleep(1)
        await client.disconnect()
    return thrown, "\n".join(heard)


def test_nonsense_changes_nothing_and_tells_nothing(live: Live) -> None:
    live.seed()
    live.stop("scheduler")
    until(lambda: at_rest(live), seconds=120)
    before = counts(live)
    thrown, heard = asyncio.run(throw(live, random.Random(SEED)))
    print(f"\n{thrown} payloads at {len(KNOWN)} handlers, seed {SEED}")
    assert "Traceback" not in heard
    assert [word for word in [*secrets_of(live), CITIZEN, CLEANER, ADMIN] if word in heard] == []
    assert counts(live) == before
    live.wait_for("web")
    live.start("scheduler")
