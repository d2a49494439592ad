"""How a request opens its one transaction, and who is asking.

A route opens the door inside its own body instead of through a dependency with `yield`: the commit is made
before the answer is built, and one thread does it all, so that requests which hold a connection never wait
for a thread that waits for a connection.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fastapi import Request

from cleanit_app.api import cookies
from cleanit_app.domain.actors import NOBODY, Actor
from cleanit_app.domain.errors import NotSignedIn, TokenRefused
from cleanit_app.i18n import Language, language_of
from cleanit_app.services.accounts.accounts import actor_of_session, actor_of_token
from cleanit_app.services.auth.sign_in import secret_hash
from cleanit_app.services.unit_of_work import UnitOfWork
from cleanit_app.wiring import Wiring


@dataclass(frozen=True)
class ApiCall:
    """An open transaction and the one who asks."""

    uow: UnitOfWork
    actor: Actor


def wiring_of(request: Request) -> Wiring:
    """The parts of the app that serves this request."""
    found: Wiring = request.app.state.wiring
    return found


@contextmanager
def changing(request: Request, *, before_terms: bool = False) -> Iterator[ApiCall]:
    """A transaction that commits at the end of the block.

    While new terms wait to be accepted only what says `before_terms` goes on (TermsNotAccepted, LAW-06).
    """
    with wiring_of(request).open_uow() as uow:
        actor = actor_of(request, uow)
        if not before_terms:
            actor.must_have_accepted()
        yield ApiCall(uow, actor)


@contextmanager
def asking(request: Request) -> Iterator[ApiCall]:
    """A transaction that can only read."""
    with wiring_of(request).open_read() as uow:
        yield ApiCall(uow, actor_of(request, uow))


def who_asks(request: Request, *, before_terms: bool = False) -> Actor:
    """Whoever is signed in, for stories that open their own transactions; NotSignedIn for nobody.

    `before_terms` as in `changing`.
    """
    with asking(request) as call:
        if call.actor.id is None:
            raise NotSignedIn
        if not before_terms:
            call.actor.must_have_accepted()
        return call.actor


def actor_of(request: Request, uow: UnitOfWork) -> Actor:
    """The actor behind the access token or else the page's cookie, looked up anew each time (SEC-03).

    TokenRefused for a token that is not ours, too old, or whose session ended: Redis knows those that ended within
    the life of a token, and what it does not know the session's row decides. NOBODY without either.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        parts = wiring_of(request)
        subject = parts.tokens.read(token.strip(), uow.now)
        if parts.revoked.holds(subject.session_id):
            raise TokenRefused
        actor = actor_of_token(uow, user_id=subject.user_id, session_id=subject.session_id)
        if actor.id is None:
            raise TokenRefused
        return actor
    secret = cookies.session_secret(request)
    return actor_of_session(uow, cookie_hash=secret_hash(secret)) if secret else NOBODY


def language(request: Request) -> Language:
    """The language for sentences: the `lang` cookie, else what the browser asks for."""
    return language_of(request.cookies.get("lang"), request.headers.get("accept-language"))
