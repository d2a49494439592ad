"""A tab with a cleaner's papers hears by itself that the ID was found, also while the account form is open (LAW-08)."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import pytest
import requests
import socketio

from cleanit_app.domain.actors import Role
from cleanit_app.services.auth.sign_in import open_session
from cleanit_app.services.demo.documents import specimen_card
from tests.journeys.office import LiveTown
from tests.support.live import Live
from tests.support.wire import KNOWN, NAMESPACE

pytestmark = [pytest.mark.browser, pytest.mark.row("LAW-08"), pytest.mark.xdist_group("live")]
FOUND = "'kyc_rx_state_': 'VERIFIED'"


def test_the_page_of_papers_follows_the_issuers_word(live: Live) -> None:
    town = LiveTown(live)
    cleaner = town.person(Role.CLEANER, "Noor Bano")
    with town.uow() as uow:
        secret = open_session(uow, user_id=cleaner.user_id, user_agent="raw", with_cookie=True).secret
    heard = asyncio.run(_watch(live, secret))
    town.engine.dispose()
    assert FOUND in heard, heard[-2_000:]


async def _watch(live: Live, secret: str) -> str:
    """Open the page, hand in an ID by REST, and do nothing more; what the tab was told meanwhile."""
    heard: list[str] = []
    client, token = socketio.AsyncClient(reconnection=False), str(uuid.uuid4())

    async def hear(update: Any) -> None:
        heard.append(str(update))
        for event in (update.get("events") or []) if isinstance(update, dict) else []:
            await say(event["name"], event.get("payload") or {})

    async def say(name: str, payload: dict[str, Any]) -> None:
        router = {"pathname": "/kyc", "query": {}, "asPath": "/kyc"}
        body = {"token": token, "name": name, "router_data": router, "payload": payload}
        await client.emit("event", body, namespace=NAMESPACE)

    client.on("event", hear, namespace=NAMESPACE)
    await client.connect(
        f"{live.base_url}/?token={token}",
        namespaces=[NAMESPACE],
        socketio_path="/_event",
        transports=["websocket"],
        headers={"Origin": live.base_url, "Cookie": f"sid={secret}"},
    )
    await say("reflex___state____state.hydrate", {})
    for name in ("CurrentUserState.arrive_signed_in", "PapersState.load"):
        await say(KNOWN[name][0], {})
        await asyncio.sleep(1)
    await asyncio.to_thread(_hand_in, live, secret)
    for _ in range(60):
        if any(FOUND in one for one in heard):
            break
        await asyncio.sleep(0.5)
    await client.disconnect()
    return "\n".join(heard)


def _hand_in(live: Live, secret: str) -> None:
    answer = requests.post(
        f"{live.base_url}/api/cleaners/me/identity-document",
        cookies={"sid": secret},
        headers={"Origin": live.base_url},
        files={"photo": specimen_card("Noor Bano", "LMN1234567")},
        data={"kind": "VOTER_ID", "number": "LMN1234567"},
        timeout=30,
    )
    assert answer.status_code == 201, answer.text
