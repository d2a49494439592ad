"""Signing in and out: one session behind a page's cookie and a caller's tokens (SEC-03)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select

from cleanit_app.domain import rules
from cleanit_app.domain.actors import Actor
from cleanit_app.domain.errors import BadCredentials, TokenRefused
from cleanit_app.domain.statuses import UserStatus
from cleanit_app.models import RefreshToken, Session, User, new_id
from cleanit_app.services import checks
from cleanit_app.services.accounts import actor_of
from cleanit_app.services.passwords import password_matches
from cleanit_app.services.unit_of_work import UnitOfWork

OpenUow = Callable[[], AbstractContextManager[UnitOfWork]]


@dataclass(frozen=True)
class SignedIn:
    """A new session: its secret for the cookie (or refresh token), shown once and kept only as a hash."""

    actor: Actor
    user: User
    session_id: UUID
    secret: str


def secret_hash(secret: str) -> bytes:
    """What is kept of a cookie or token."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def sign_in(open_uow: OpenUow, *, identifier: object, password: object, user_agent: str, with_cookie: bool) -> SignedIn:
    """Open a session for the right password; BadCredentials otherwise, in the same words and time for all.

    With `with_cookie` the secret is a page's cookie, else it is the first refresh token.
    The slow hash is compared between two short transactions.
    """
    with open_uow() as uow:
        user = _find(uow, identifier)
        stored = user.password_hash if user else None
    if not password_matches(str(password)[:1024], stored) or user is None:
        raise BadCredentials
    with open_uow() as uow:
        return open_session(uow, user_id=user.id, user_agent=user_agent, with_cookie=with_cookie)


def _find(uow: UnitOfWork, identifier: object) -> User | None:
    mail, mobile = checks.email_address(identifier), checks.indian_mobile(identifier)
    # One or the other, never both in one question: a missing one would find everybody who has none.
    if mail:
        return uow.first(User, User.email == mail, User.status != UserStatus.DELETED)
    if mobile:
        return uow.first(User, User.phone == mobile, User.status != UserStatus.DELETED)
    return None


def open_session(uow: UnitOfWork, *, user_id: UUID, user_agent: str, with_cookie: bool) -> SignedIn:
    """Open a session for a person whose password was just checked or set; BadCredentials for a deleted account."""
    user = uow.get(User, user_id)
    if user.status is UserStatus.DELETED:
        raise BadCredentials
    secret = secrets.token_urlsafe(32)
    session = Session(
        id=new_id(),
        user_id=user.id,
        cookie_hash=secret_hash(secret) if with_cookie else None,
        user_agent=user_agent[:200],
        created_at=uow.now,
        expires_at=uow.now + (rules.SESSION_LIFE if with_cookie else rules.REFRESH_TOKEN_LIFE),
    )
    uow.add(session)
    uow.flush()
    if not with_cookie:
        _add_refresh_token(uow, session.id, secret)
    return SignedIn(actor_of(user, session.id), user, session.id, secret)


def _add_refresh_token(uow: UnitOfWork, session_id: UUID, secret: str) -> None:
    uow.add(
        RefreshToken(
            session_id=session_id,
            token_hash=secret_hash(secret),
            created_at=uow.now,
            expires_at=uow.now + rules.REFRESH_TOKEN_LIFE,
        )
    )


@dataclass(frozen=True)
class Refreshed:
    """The outcome of a refresh: a new secret, or the session that was ended because of theft."""

    signed_in: SignedIn | None
    stolen_session: UUID | None = None


def refresh(uow: UnitOfWork, *, secret: str) -> Refreshed:
    """Swap a refresh token for the next one; a token used before ends its whole session (SEC-03).

    TokenRefused for one we never gave or that is too old. The ended session is returned, not raised,
    so that the ending is committed.
    """
    row = uow.first(RefreshToken, RefreshToken.token_hash == secret_hash(secret), lock=True)
    if row is None or row.expires_at <= uow.now:
        raise TokenRefused
    session = uow.get(Session, row.session_id)
    if session.ended_at is not None:
        raise TokenRefused
    if row.used_at is not None:
        end_session(uow, session_id=session.id, reason="refresh token used twice")
        return Refreshed(None, session.id)
    row.used_at = uow.now
    fresh = secrets.token_urlsafe(32)
    _add_refresh_token(uow, session.id, fresh)
    session.expires_at = uow.now + rules.REFRESH_TOKEN_LIFE
    user = uow.get(User, session.user_id)
    return Refreshed(SignedIn(actor_of(user, session.id), user, session.id, fresh))


def end_session(uow: UnitOfWork, *, session_id: UUID, reason: str) -> None:
    """End one session: its cookie, its access tokens and its refresh tokens stop working at once."""
    uow.run(
        update(Session)
        .where(col(Session.id) == session_id, col(Session.ended_at).is_(None))
        .values(ended_at=uow.now, end_reason=reason)
    )


def session_of_cookie(uow: UnitOfWork, *, secret: str) -> UUID | None:
    """The id of the open session behind a cookie."""
    return uow.run(select(col(Session.id)).where(col(Session.cookie_hash) == secret_hash(secret))).scalar()
