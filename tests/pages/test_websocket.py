"""A raw websocket client calls every handler as somebody it is not for: nothing private, nothing changed."""

from __future__ import annotations

import asyncio
import inspect
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import socketio
from redis import Redis
from reflex_base.registry import RegistrationContext
from rq import Queue
from sqlalchemy import text

from cleanit_app.pages import PAGES
from cleanit_app.services.demo_places import ADMIN, CITIZEN, CLEANER, NEIGHBOUR
from cleanit_app.services.sign_in import open_session
from cleanit_app.wiring import Wiring
from tests.house.approved import APPROVED, Needs
from tests.sandbox.running import until
from tests.support.live import Live
from workers.queues import IN_ORDER

pytestmark = [pytest.mark.row("SEC-04", "TST-05"), pytest.mark.browser]
NAMESPACE = "/_event"
CHANGES = ("outbox", "status_history", "ledger_lines", "notifications", "contributions", "capture_tokens")


def handlers() -> dict[str, tuple[str, list[str]]]:
    """The wire name and the arguments of each of our handlers."""
    found = {}
    for name, registered in RegistrationContext.get().event_handlers.items():
        function = getattr(registered.handler.fn, "func", registered.handler.fn)
        if function.__module__.startswith("cleanit_app."):
            found[function.__qualname__] = name, list(inspect.signature(function).parameters)[1:]
    return found


assert PAGES  # importing them has registered every handler
KNOWN = handlers()


async def call_all(live: Live, cookie: str, names: list[str], payloads: list[Any]) -> str:
    """Call the handlers with each payload; everything the server sent, as text."""
    heard: list[str] = []
    client, token = socketio.AsyncClient(reconnection=False), str(uuid.uuid4())

    async def hear(update: Any) -> None:
        heard.append(str(update))

    client.on("event", hear, namespace=NAMESPACE)
    headers = {"Origin": live.base_url, **({"Cookie": cookie} if cookie else {})}
    await client.connect(
        f"{live.base_url}/?token={token}",
        namespaces=[NAMESPACE],
        socketio_path="/_event",
        transports=["websocket"],
        headers=headers,
    )
    router = {"pathname": "/", "query": {}, "asPath": "/"}
    calls = [("reflex___state____state.hydrate", {})]
    for name in names:
        wire, arguments = KNOWN[name]
        calls += [(wire, dict.fromkeys(arguments, value)) for value in (payloads if arguments else [None])]
    for wire, payload in calls:
        body = {"token": token, "name": wire, "router_data": router, "payload": payload}
        await client.emit("event", body, namespace=NAMESPACE)
        await asyncio.sleep(0.02)
    await asyncio.sleep(3)
    await client.disconnect()
    return "\n".join(heard)


def sign_in(live: Live, email: str) -> str:
    """A session cookie of a demo person."""
    parts = Wiring(live.settings)
    with live.engine.connect() as connection:
        user_id = connection.execute(text("SELECT id FROM users WHERE email = :email"), {"email": email}).scalar_one()
    with parts.open_uow() as uow:
        return f"sid={open_session(uow, user_id=user_id, user_agent='raw', with_cookie=True).secret}"


def counts(live: Live) -> dict[str, int]:
    """How many rows the tables have that any act would grow."""
    with live.engine.connect() as connection:
        return {t: connection.execute(text(f"SELECT count(*) FROM {t}")).scalar_one() for t in CHANGES}


def secrets_of(live: Live) -> list[str]:
    """Words that nobody but their owner and admins may read."""
    query = "SELECT email, phone FROM users UNION SELECT payout_mask, NULL FROM cleaners"
    with live.engine.connect() as connection:
        return [word for row in connection.execute(text(query)) for word in row if word]


def ids(live: Live) -> list[Any]:
    """Arguments to try: real ids of others, and nonsense."""
    query = "SELECT id FROM campaigns UNION SELECT id FROM jobs UNION SELECT id FROM payouts ORDER BY 1 LIMIT 6"
    with live.engine.connect() as connection:
        real = [str(i) for i in connection.execute(text(query)).scalars()]
    return [*real, "", "1", None, -1, 2.5, {"x": [1]}, ["a"], "x" * 5_000, "'; DROP TABLE users; --", True]


@pytest.fixture
def demo(live: Live) -> Iterator[Live]:
    """The running Cleanit with people, places and money, in which the clock causes nothing meanwhile."""
    live.seed()
    live.stop("scheduler")
    until(lambda: at_rest(live), seconds=120)
    yield live
    live.start("scheduler")


def at_rest(live: Live) -> bool:
    """Whether no worker has anything to do and all news is told."""
    client = Redis.from_url(live.settings.redis_url)
    queues = [Queue(name, connection=client) for name in IN_ORDER]
    with live.engine.connect() as connection:
        untold = connection.execute(text("SELECT count(*) FROM outbox WHERE relayed_at IS NULL")).scalar_one()
    return not untold and not any(queue.count or queue.started_job_registry.count for queue in queues)


STRANGERS: list[tuple[str, frozenset[Needs]]] = [
    ("", frozenset({Needs.SIGNED_IN, Needs.CLEANER, Needs.ADMIN})),
    (NEIGHBOUR, frozenset({Needs.CLEANER, Needs.ADMIN})),
    (CLEANER, frozenset({Needs.ADMIN})),
]


@pytest.mark.parametrize(("email", "foreign"), STRANGERS, ids=["nobody", "citizen", "cleaner"])
def test_handlers_of_others_give_nothing_and_change_nothing(demo: Live, email: str, foreign: frozenset[Needs]) -> None:
    names = [name for name, needs in APPROVED.items() if needs in foreign]
    before, cookie = counts(demo), sign_in(demo, email) if email else ""
    heard = asyncio.run(call_all(demo, cookie, names, ids(demo)))
    own = {email}
    leaked = [word for word in secrets_of(demo) if word in heard and word not in own]
    assert leaked == []
    assert "Traceback" not in heard
    assert counts(demo) == before


def test_what_everybody_gets_names_nobodys_contacts(demo: Live) -> None:
    heard = asyncio.run(call_all(demo, "", list(APPROVED), ids(demo)[-9:]))
    assert [word for word in secrets_of(demo) if word in heard] == []
    assert CITIZEN not in heard
    assert ADMIN not in heard
