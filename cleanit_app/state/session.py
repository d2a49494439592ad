"""Who is behind a tab: the session cookie of its websocket, looked up anew at every event (SEC-03)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

import reflex as rx
from sqlalchemy.exc import SQLAlchemyError

from cleanit_app.domain.actors import NOBODY, Actor, Role
from cleanit_app.domain.errors import ForeignNetwork
from cleanit_app.domain.networks import household, is_inside
from cleanit_app.i18n import Language, language_of
from cleanit_app.services.accounts import actor_of_session
from cleanit_app.services.sign_in import Visitor, secret_hash
from cleanit_app.wiring import wiring

COOKIE_NAMES = ("__Host-sid", "sid")
DEVICE_NAMES = ("__Host-device", "device")


@dataclass(frozen=True)
class Caller:
    """What a tab's connection says of who is behind it: the secret in its cookie, and where it comes from."""

    secret: str
    address: str


def caller_of(state: rx.State) -> Caller:
    """The one behind a tab, as the handshake of its websocket had it."""
    return Caller(cookie_secret(state), state.router.session.client_ip or "")


def visitor_of(state: rx.State) -> Visitor:
    """Where a tab knocks from: its address as limits count it, and the browser's own secret."""
    device = _secret_in(_cookies(state.router.headers.cookie), DEVICE_NAMES)
    return Visitor(household(state.router.session.client_ip or ""), device[:100])


def cookie_secret(state: rx.State) -> str:
    """The session secret in this tab's cookies, or an empty text."""
    return _secret_in(_cookies(state.router.headers.cookie))


def language_of_tab(state: rx.State) -> Language:
    """The language this tab is read in."""
    cookies = _cookies(state.router.headers.cookie)
    return language_of(cookies["lang"].value if "lang" in cookies else None)


def _cookies(header: str | None) -> SimpleCookie:
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(header or "")
    except CookieError:
        return SimpleCookie()
    return cookies


def _secret_in(cookies: SimpleCookie, names: tuple[str, ...] = COOKIE_NAMES) -> str:
    return next((cookies[name].value for name in names if name in cookies), "")


def look_up(caller: Caller) -> Actor:
    """The actor of a session secret at this moment; NOBODY for an empty, ended or made-up one.

    ForeignNetwork for an admin who comes from outside the listed networks (SEC-02).
    """
    if not caller.secret:
        return NOBODY
    parts = wiring()
    with parts.open_read() as uow:
        actor = actor_of_session(uow, cookie_hash=secret_hash(caller.secret))
    networks = parts.settings.admin_ip_allowlist
    if actor.role is Role.ADMIN and networks and not is_inside(caller.address, networks):
        raise ForeignNetwork
    return actor


async def person_behind(cookie_header: str) -> str:
    """The id of the person behind a websocket's cookies, for counting; nobody while the database is away."""
    secret = _secret_in(_cookies(cookie_header))
    if not secret:
        return ""
    try:
        return await asyncio.to_thread(_person, secret)
    except SQLAlchemyError:
        return ""


def _person(secret: str) -> str:
    with wiring().open_read() as uow:
        return str(actor_of_session(uow, cookie_hash=secret_hash(secret)).id or "")
