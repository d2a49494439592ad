"""Whoever has only a tab's token, or no longer the session it was used with, is sent nothing of what it showed."""

from __future__ import annotations

import asyncio
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import socketio

from cleanit_app.domain.actors import Actor
from cleanit_app.models import User
from cleanit_app.services.auth.sign_in import end_session, open_session
from tests.factories import PASSWORD
from tests.journeys.office import LiveTown
from tests.support.live import Live
from tests.support.wire import KNOWN, NAMESPACE

pytestmark = [pytest.mark.browser, pytest.mark.row("SEC-04"), pytest.mark.xdist_group("live")]
HYDRATE = "reflex___state____state.hydrate"
Call = tuple[str, dict[str, Any]] | Callable[[], None]
ARRIVE: list[Call] = [("CurrentUserState.arrive", {}), ("AccountState.load", {})]


@dataclass
class SignIn:
    """A session of somebody."""

    id: uuid.UUID
    cookie: str


@pytest.fixture
def town(live: Live) -> Iterator[LiveTown]:
    town = LiveTown(live)
    yield town
    town.engine.dispose()


def sign_in(town: LiveTown, person: Actor) -> SignIn:
    with town.uow() as uow:
        made = open_session(uow, user_id=person.user_id, user_agent="raw", with_cookie=True)
        return SignIn(made.session_id, f"sid={made.secret}")


def mail_of(town: LiveTown, person: Actor) -> str:
    with town.uow() as uow:
        return uow.get(User, person.user_id).email or ""


async def visit(live: Live, token: str, cookie: str, calls: list[Call], path: str = "/me/account") -> list[str]:
    """Come with a token and a cookie, take the first state, do these; what was sent to each, as text."""
    heard = [""]
    done = asyncio.Queue[bool]()
    client = socketio.AsyncClient(reconnection=False)

    async def hear(update: Any) -> None:
        heard[-1] += str(update)
        if update.get("final", True):
            await done.put(True)

    client.on("event", hear, namespace=NAMESPACE)
    headers = {"Origin": live.base_url, **({"Cookie": cookie} if cookie else {})}
    await client.connect(
        f"{live.base_url}/?token={token}",
        namespaces=[NAMESPACE],
        socketio_path="/_event",
        transports=["websocket"],
        headers=headers,
    )
    router = {"pathname": path, "query": {}, "asPath": path}
    for call in [("hydrate", {}), *calls]:
        if callable(call):
            await asyncio.to_thread(call)
            continue
        heard.append("")
        name = HYDRATE if call[0] == "hydrate" else KNOWN[call[0]][0]
        body = {"token": token, "name": name, "router_data": router, "payload": call[1]}
        await client.emit("event", body, namespace=NAMESPACE)
        await asyncio.wait_for(done.get(), 20)
    await client.disconnect()
    await asyncio.sleep(0.5)  # until the server has let go of the token
    return heard


def again(live: Live, token: str, cookie: str) -> str:
    """What a tab that comes back is sent before anything else runs."""
    return "".join(asyncio.run(visit(live, token, cookie, [])))


def ending(town: LiveTown, session_id: uuid.UUID) -> None:
    with town.uow() as uow:
        end_session(uow, session_id=session_id, reason="test")


def test_a_used_token_alone_gives_nothing_and_its_own_session_all(live: Live, town: LiveTown) -> None:
    person = town.person()
    me, mine, theirs, token = str(person.id), sign_in(town, person), sign_in(town, town.person()), str(uuid.uuid4())
    assert me in "".join(asyncio.run(visit(live, token, mine.cookie, ARRIVE)))
    for cookie in ("", theirs.cookie, "sid=made-up"):
        assert me not in again(live, token, cookie)
    assert me in again(live, token, mine.cookie)  # a reload keeps what the tab had
    ending(town, mine.id)
    assert me not in again(live, token, mine.cookie)


def test_a_session_that_ends_takes_what_its_open_tab_had(live: Live, town: LiveTown) -> None:
    person = town.person()
    mine = sign_in(town, person)
    calls: list[Call] = [
        *ARRIVE,
        ("hydrate", {}),
        lambda: ending(town, mine.id),
        ("CurrentUserState.leave", {}),
        ("hydrate", {}),
    ]
    *_, before, left, after = asyncio.run(visit(live, str(uuid.uuid4()), mine.cookie, calls))
    mail = mail_of(town, person)
    assert str(person.id) in before
    assert mail in before
    rest = left + after
    assert "'email_rx_state_': ''" in rest
    assert str(person.id) not in rest
    assert mail not in rest


def test_the_secret_of_a_second_factor_goes_with_the_next_arrival(live: Live, town: LiveTown) -> None:
    admin = town.admin()
    mine, token = sign_in(town, admin), str(uuid.uuid4())
    begin: list[Call] = [
        ("SecondFactorState.load", {}),
        ("SecondFactorState.begin", {"form": {"currentPassword": PASSWORD}}),
    ]
    shown = "".join(asyncio.run(visit(live, token, mine.cookie, [ARRIVE[0], *begin], "/admin/second-factor")))
    found = re.search(r"'key_rx_state_': '((?:[A-Z2-7]{4} ?)+)'", shown)
    assert found, shown[-2_000:]
    assert found.group(1) not in again(live, token, "")
    asyncio.run(visit(live, token, mine.cookie, [ARRIVE[0]]))
    assert found.group(1) not in again(live, token, mine.cookie)
