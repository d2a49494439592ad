"""Who is behind a tab: the session cookie of its websocket, looked up anew at every event (SEC-03)."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

import reflex as rx
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import cookie_parser

from cleanit_app.domain.actors import NOBODY, Actor, Role
from cleanit_app.domain.errors import ForeignNetwork
from cleanit_app.domain.networks import household, is_inside
from cleanit_app.i18n import Language, language_of
from cleanit_app.services.accounts.accounts import actor_of_session
from cleanit_app.services.auth.sign_in import Visitor, note_seen, secret_hash
from cleanit_app.wiring import wiring

NOTED_EVERY = timedelta(minutes=5)
MOST_NOTED = 20_000
_noted: OrderedDict[bytes, datetime] = OrderedDict()  # when this process last wrote down that a session is in use
_lock = threading.Lock()


@dataclass(frozen=True)
class TabSession:
    """What a tab's connection says of who is behind it: the secret in its cookie, and where it comes from."""

    secret: str
    address: str


def caller_of(state: rx.State) -> TabSession:
    """The one behind a tab, as the handshake of its websocket had it."""
    return TabSession(cookie_secret(state), state.router.session.client_ip or "")


def visitor_of(state: rx.State) -> Visitor:
    """Where a tab knocks from: its address as limits count it, and the browser's own secret."""
    device = _cookies(state.router.headers.cookie).get(wiring().settings.device_cookie, "")
    return Visitor(household(state.router.session.client_ip or ""), device[:100])


def cookie_secret(state: rx.State) -> str:
    """The session secret in this tab's cookies, or an empty text."""
    return _secret_in(_cookies(state.router.headers.cookie))


def language_of_tab(state: rx.State) -> Language:
    """The language this tab is read in."""
    headers = state.router.headers
    return language_of(_cookies(headers.cookie).get("lang"), headers.accept_language)


def _cookies(header: str | None) -> dict[str, str]:
    """The cookies as REST reads them: an odd one hides none of the others."""
    return cookie_parser(header or "")


def _secret_in(cookies: dict[str, str]) -> str:
    return cookies.get(wiring().settings.session_cookie, "")


def look_up(caller: TabSession) -> Actor:
    """The actor of a session secret at this moment; NOBODY for an empty, ended or made-up one.

    ForeignNetwork for an admin who comes from outside the listed networks (SEC-02).
    """
    if not caller.secret:
        return NOBODY
    parts, key = wiring(), secret_hash(caller.secret)
    with parts.open_read() as uow:
        actor, now = actor_of_session(uow, cookie_hash=key), uow.now
    if actor.id is not None and _is_due(key, now):
        with parts.open_uow() as uow:
            note_seen(uow, cookie_hash=key)
    networks = parts.settings.admin_ip_allowlist
    if actor.role is Role.ADMIN and networks and not is_inside(caller.address, networks):
        raise ForeignNetwork
    return actor


def _is_due(key: bytes, now: datetime) -> bool:
    """Whether it is time to write down that this session is in use: once in a few minutes, not at every event."""
    with _lock:
        last = _noted.get(key)
        if last is not None and last <= now < last + NOTED_EVERY:
            return False
        _noted[key] = now
        _noted.move_to_end(key)
        while len(_noted) > MOST_NOTED:
            _noted.popitem(last=False)
        return True


async def person_behind(cookie_header: str, address: str) -> tuple[str, str]:
    """The id of the person behind a websocket, for counting, and what its tab's state is tied to (SEC-04).

    The tie is the secret in the cookie together with what it opens now, so that a session that has ended finds
    nothing of what it saw. Nobody while the database is away, tied to the cookie all the same.
    """
    secret = _secret_in(_cookies(cookie_header))
    if not secret:
        return "", ""
    try:
        person, standing = await asyncio.to_thread(_standing, TabSession(secret, address))
    except SQLAlchemyError:
        person, standing = "", "unknown"
    return person, f"{secret_hash(secret).hex()}:{standing}"


def _standing(caller: TabSession) -> tuple[str, str]:
    try:
        actor = look_up(caller)
    except ForeignNetwork:
        actor = NOBODY
    if actor.id is None:
        return "", "ended"
    return str(actor.id), "half in" if actor.half_in else "open"
