"""Who is behind a tab: the session cookie of its websocket, looked up anew at every event (SEC-03)."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

import reflex as rx

from cleanit_app.domain.actors import NOBODY, Actor
from cleanit_app.i18n import Language, language_of
from cleanit_app.services.accounts import actor_of_session
from cleanit_app.services.sign_in import secret_hash
from cleanit_app.wiring import wiring

COOKIE_NAMES = ("__Host-sid", "sid")


def cookie_secret(state: rx.State) -> str:
    """The session secret in this tab's cookies, or an empty text."""
    cookies = _cookies(state)
    return next((cookies[name].value for name in COOKIE_NAMES if name in cookies), "")


def language_of_tab(state: rx.State) -> Language:
    """The language this tab is read in."""
    cookies = _cookies(state)
    return language_of(cookies["lang"].value if "lang" in cookies else None)


def _cookies(state: rx.State) -> SimpleCookie:
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(state.router.headers.cookie or "")
    except CookieError:
        return SimpleCookie()
    return cookies


def look_up(secret: str) -> Actor:
    """The actor of a session secret at this moment; NOBODY for an empty, ended or made-up one."""
    if not secret:
        return NOBODY
    with wiring().open_read() as uow:
        return actor_of_session(uow, cookie_hash=secret_hash(secret))
