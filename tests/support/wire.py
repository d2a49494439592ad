"""The wire of pages as a stranger sees it: every handler by its name there, called by raw clients, in any order."""

from __future__ import annotations

import asyncio
import inspect
import json
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import socketio
from reflex_base.registry import RegistrationContext
from sqlalchemy import text

from cleanit_app.domain.actors import SYSTEM, AdminDuty, Role
from cleanit_app.pages import PAGES
from cleanit_app.services.accounts.accounts import NewAccount, make_admin
from cleanit_app.services.auth.passwords import hash_password
from cleanit_app.services.auth.sign_in import open_session
from cleanit_app.services.demo.places import DEMO_PASSWORD
from cleanit_app.wiring import Wiring
from tests.factories import prove
from tests.support.live import Live

NAMESPACE = "/_event"
ARRIVED = "reflex___state____state.hydrate"
"""What a page sends first; its answer names the address that it was sent from."""
assert PAGES  # importing them has registered every handler


def _handlers(ours: bool) -> dict[str, tuple[str, list[str]]]:
    found = {}
    for wire, registered in RegistrationContext.get().event_handlers.items():
        function = getattr(registered.handler.fn, "func", registered.handler.fn)
        if function.__module__.startswith("cleanit_app.") is ours:
            name = function.__qualname__ if ours else wire
            found[name] = wire, list(inspect.signature(function).parameters)[1:]
    return found


KNOWN = _handlers(ours=True)
"""The wire name and the arguments of each of our handlers."""
FRAMEWORK = _handlers(ours=False)
"""The same of the framework's own, which every browser can call too."""
PLACES = {
    "campaign_id": "campaigns", "job_id": "jobs", "payout_id": "payouts", "contribution_id": "contributions",
    "cleaner_id": "cleaners", "person_id": "users", "dispute_id": "disputes", "ticket_id": "support_tickets",
    "case_id": "fraud_cases", "run_id": "bulk_runs", "article_id": "help_articles",
}  # fmt: skip
"""Which table the parts of addresses speak of; a guide's is its name."""
GUIDE = "camera"


def place(part: str, ids: Mapping[str, list[str]], turn: int = 0) -> str:
    """What stands at this part of an address: a row's id, or a person's where there is no such row yet."""
    if part == "slug":
        return GUIDE
    found = ids.get(PLACES[part]) or ids["users"]
    return found[turn % len(found)]


@dataclass(frozen=True)
class Call:
    """One event: a handler's name on the wire, what it is given, and the address the sender claims to be at."""

    wire: str
    payload: Any = field(default_factory=dict)
    pathname: str = "/"
    query: dict[str, str] = field(default_factory=dict)

    def body(self, token: str) -> dict[str, Any]:
        """As a browser would send it."""
        address = re.sub(r"\[(\w+)\]", lambda part: self.query[part[1]], self.pathname)
        router = {"pathname": address, "query": self.query, "asPath": address}
        return {"token": token, "name": self.wire, "router_data": router, "payload": self.payload}


async def call_each(live: Live, cookie: str, calls: Iterable[Call], quiet: float = 2.0) -> str:
    """Send the events from one tab and wait until nothing more comes back; everything that came, as text."""
    heard: list[str] = []
    # Named, for the library keeps one for the whole process: the app's own, made here by another test, writes letters
    # that no line can carry as they are.
    client = socketio.AsyncClient(reconnection=False, json=json)
    token, loop = str(uuid.uuid4()), asyncio.get_running_loop()
    last = loop.time()

    async def hear(update: Any) -> None:
        nonlocal last
        last = loop.time()
        heard.append(str(update))

    client.on("event", hear, namespace=NAMESPACE)
    await client.connect(
        f"{live.base_url}/?token={token}", namespaces=[NAMESPACE], socketio_path="/_event", transports=["websocket"],
        headers={"Origin": live.base_url, **({"Cookie": cookie} if cookie else {})},
    )  # fmt: skip
    for number, call in enumerate([Call(ARRIVED), *calls]):
        await client.emit("event", call.body(token), namespace=NAMESPACE)
        last = loop.time()
        if number % 25 == 24:  # no faster than the other side can follow, else its pings drown and it hangs up
            beat, seen = f"beat-{number}", len(heard)
            await client.emit("event", Call(ARRIVED, query={"beat": beat}).body(token), namespace=NAMESPACE)
            while not any(beat in answer for answer in heard[seen:]):
                assert client.connected, f"the line was cut at the latest after {call.wire}"
                assert loop.time() < last + 60, f"nothing came back for a minute after {call.wire}"
                await asyncio.sleep(0.01)
    for _ in range(1_200):
        if loop.time() > last + quiet:
            break
        await asyncio.sleep(0.1)
    await client.disconnect()
    return "\n".join(heard)


def sign_in(live: Live, email: str, proved: bool = False) -> str:
    """A session cookie of somebody; an admin's second factor was shown just now if `proved`."""
    parts = Wiring(live.settings)
    with live.engine.connect() as connection:
        user_id = connection.execute(text("SELECT id FROM users WHERE email = :email"), {"email": email}).scalar_one()
    with parts.open_uow() as uow:
        session = open_session(uow, user_id=user_id, user_agent="raw", with_cookie=True)
        uow.flush()
        if proved:
            prove(uow, session.session_id)
    parts.engine.dispose()
    return f"sid={session.secret}"


def admins_of_each_duty(live: Live) -> dict[str, str]:
    """The addresses of an admin of each single duty, made if they are not there."""
    emails = {duty.value: f"{duty.value.lower()}@cleanit.example" for duty in AdminDuty if duty != AdminDuty.SENIOR}
    parts = Wiring(live.settings)
    password = hash_password(DEMO_PASSWORD)
    with parts.open_uow() as uow:
        known = set(uow.run(text("SELECT email FROM users")).scalars())
        for number, (duty, email) in enumerate(emails.items()):
            if email not in known:
                wish = NewAccount(f"Only {duty.title()}", email, f"+9190000001{number:02}", Role.CITIZEN, password)
                make_admin(uow, actor=SYSTEM, account=wish, duties=[AdminDuty(duty)])
    parts.engine.dispose()
    return emails
