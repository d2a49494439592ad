"""A socket that was open before its person was paused does nothing for that person from the next event on (SEC-03)."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import pytest
import requests
import socketio

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.services.auth.sign_in import open_session
from cleanit_app.services.people.suspension import suspend_person
from tests.journeys.office import LiveTown
from tests.support.live import Live
from tests.support.wire import KNOWN, NAMESPACE

pytestmark = [pytest.mark.browser, pytest.mark.row("SEC-03", "SEC-10"), pytest.mark.xdist_group("live")]
HERE, GONE = "'signed_in_rx_state_': True", "'signed_in_rx_state_': False"


def test_an_open_socket_and_its_cookie_are_worth_nothing_once_paused(live: Live) -> None:
    town = LiveTown(live)
    person, support = town.person(name="Noor Bano"), town.admin(AdminDuty.SUPPORT)
    with town.uow() as uow:
        secret = open_session(uow, user_id=person.user_id, user_agent="raw", with_cookie=True).secret
    assert _profile(live, secret) == 200
    before, after = asyncio.run(_watch(live, town, secret, person, support))
    assert HERE in before, before[-2_000:]
    assert GONE in after, after[-2_000:]
    assert "Noor Bano" not in after
    assert _profile(live, secret) == 401
    town.engine.dispose()


def _profile(live: Live, secret: str) -> int:
    answer = requests.get(f"{live.base_url}/api/users/me", cookies={"sid": secret}, timeout=30)
    return answer.status_code


async def _watch(live: Live, town: LiveTown, secret: str, person: Actor, support: Actor) -> tuple[str, str]:
    """Open a page, pause the person, open the page again over the same socket; what was heard before and after."""
    heard: list[str] = []
    client, token = socketio.AsyncClient(reconnection=False), str(uuid.uuid4())

    async def hear(update: Any) -> None:
        heard.append(str(update))

    async def say(name: str) -> None:
        router = {"pathname": "/me", "query": {}, "asPath": "/me"}
        body = {"token": token, "name": name, "router_data": router, "payload": {}}
        await client.emit("event", body, namespace=NAMESPACE)

    async def until_heard(what: str) -> None:
        for _ in range(60):
            if any(what in one for one in heard):
                return
            await asyncio.sleep(0.5)

    client.on("event", hear, namespace=NAMESPACE)
    await client.connect(
        f"{live.base_url}/?token={token}",
        namespaces=[NAMESPACE],
        socketio_path="/_event",
        transports=["websocket"],
        headers={"Origin": live.base_url, "Cookie": f"sid={secret}"},
    )
    await say("reflex___state____state.hydrate")
    await say(KNOWN["CurrentUserState.arrive_signed_in"][0])
    await until_heard(HERE)
    before = "\n".join(heard)
    heard.clear()
    await asyncio.to_thread(_pause, town, person, support)
    await say(KNOWN["CurrentUserState.hear"][0])
    await until_heard(GONE)
    await client.disconnect()
    return before, "\n".join(heard)


def _pause(town: LiveTown, person: Actor, support: Actor) -> None:
    with town.uow() as uow:
        suspend_person(uow, actor=support, user_id=person.user_id, reason="looking into it")
