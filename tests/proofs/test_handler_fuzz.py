"""Nonsense of every kind at every handler: no trace reaches the sender and nothing changes (T28)."""

from __future__ import annotations

import asyncio
import math
import random
import uuid
from typing import Any

import httpx
import pytest
import socketio

from cleanit_app.services.demo_places import ADMIN, CITIZEN, CLEANER
from tests.pages.test_websocket import KNOWN, at_rest, counts, secrets_of, sign_in
from tests.sandbox.running import until
from tests.support.live import Live

pytestmark = [pytest.mark.proof, pytest.mark.browser, pytest.mark.row("SEC-04")]
SEED = 20_261_124
TABS = 20  # at once, for each may send so many events a second and no more (SEC-01)
HANDLERS_OF_A_TAB = 8
PEOPLE = [("", 200), (CITIZEN, 20), (CLEANER, 20), (ADMIN, 20)]
"""Who throws, and how many payloads at each handler; a person's tabs share one pace."""
NEVER = ("ledger_lines", "contributions", "status_history", "capture_tokens")
"""What nonsense changes for nobody, whatever that person may do with sense."""


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


def payloads(chance: random.Random, arguments: list[str], rounds: int) -> list[dict[str, Any]]:
    """Arguments of wrong kinds, missing ones, and ones that do not exist."""
    made = []
    for _ in range(rounds):
        payload = {name: nonsense(chance) for name in arguments if chance.random() > 0.1}
        if chance.random() < 0.2:
            payload[chance.choice(("self", "state", "_x", "extra"))] = nonsense(chance)
        made.append(payload)
    return made


async def throw(live: Live, email: str, rounds: int, chance: random.Random) -> tuple[int, str]:
    """Throw from many tabs of one person, some handlers to a tab; how many payloads, and what came back."""
    heard: list[str] = []
    free = asyncio.Semaphore(TABS)
    names = sorted(KNOWN)

    async def one_tab(mine: list[str]) -> int:
        client, token, thrown = socketio.AsyncClient(reconnection=False), str(uuid.uuid4()), 0

        async def hear(update: Any) -> None:
            heard.append(str(update)[:2_000])

        client.on("event", hear, namespace="/_event")
        # A session for each tab: some of these handlers end it.
        cookie = {"Cookie": sign_in(live, email)} if email else {}
        await client.connect(
            f"{live.base_url}/?token={token}", namespaces=["/_event"], socketio_path="/_event",
            transports=["websocket"], headers={"Origin": live.base_url, **cookie},
        )  # fmt: skip
        for name in mine:
            wire, arguments = KNOWN[name]
            for payload in payloads(chance, arguments, rounds):
                router = {"pathname": "/", "query": {}, "asPath": "/"}
                body = {"token": token, "name": wire, "router_data": router, "payload": payload}
                if client.connected:  # one that was cut off for rudeness is over
                    await client.emit("event", body, namespace="/_event")
                    thrown += 1
                    await asyncio.sleep(0.05)
        await asyncio.sleep(1)
        await client.disconnect()
        return thrown

    async def in_turn(mine: list[str]) -> int:
        async with free:
            return await one_tab(mine)

    parts = [names[start : start + HANDLERS_OF_A_TAB] for start in range(0, len(names), HANDLERS_OF_A_TAB)]
    return sum(await asyncio.gather(*map(in_turn, parts))), "\n".join(heard)


@pytest.mark.parametrize(("email", "rounds"), PEOPLE, ids=["nobody", "citizen", "cleaner", "admin"])
def test_nonsense_changes_nothing_and_tells_nothing(live: Live, email: str, rounds: int) -> None:
    live.seed()
    live.stop("scheduler")
    until(lambda: at_rest(live), seconds=120)
    before = counts(live)
    thrown, heard = asyncio.run(throw(live, email, rounds, random.Random(SEED)))
    print(
        f"\n{email or 'nobody'}: {thrown} payloads at {len(KNOWN)} handlers, seed {SEED}, {len(heard)} characters back"
    )
    until(lambda: at_rest(live), seconds=120)
    after = counts(live)
    assert "Traceback" not in heard
    if not email:
        assert [word for word in secrets_of(live) if word in heard] == []
    assert {name: after[name] for name in (NEVER if email else before)} == {
        name: before[name] for name in (NEVER if email else before)
    }
    assert httpx.get(f"{live.base_url}/api/campaigns", trust_env=False).status_code == 200
    live.start("scheduler")
