"""Signing in and out: one session behind a page's cookie and a caller's tokens (SEC-03)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import math
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from cleanit_app.domain import limits as limits_of
from cleanit_app.domain.actors import SYSTEM, Actor, Role
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import AccountPaused, BadCredentials, SignInLocked, TokenRefused, TooManyRequests
from cleanit_app.domain.events import SignInsFailed, SignInsLocked
from cleanit_app.domain.limits import Use
from cleanit_app.domain.statuses import UserStatus
from cleanit_app.models import FailedSignIn, KnownDevice, RefreshToken, SecondFactor, Session, User, new_id
from cleanit_app.ports import Limits
from cleanit_app.services import input_validation
from cleanit_app.services.accounts.accounts import Standing, actor_of, standing_of
from cleanit_app.services.accounts.erasure_requests import take_erasure_back
from cleanit_app.services.auth.passwords import password_matches
from cleanit_app.services.auth.rate_limits import give_back, take
from cleanit_app.services.auth.session_revocation import end_session
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork


@dataclass(frozen=True)
class SignedIn:
    """A new session: its secret for the cookie (or refresh token), shown once and kept only as a hash."""

    actor: Actor
    user: User
    session_id: UUID
    secret: str
    device: str = ""
    kept: bool = False
    """The account was about to be deleted and stays, because its owner signed in (LAW-02)."""


def secret_hash(secret: str) -> bytes:
    """What is kept of a cookie or token."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


@dataclass(frozen=True)
class Visitor:
    """Where a request comes from: the network address, the browser's own secret (if it has one), and its name."""

    address: str = ""
    device: str = ""
    user_agent: str = ""


@dataclass(frozen=True)
class Tries:
    """How many wrong passwords one account takes from one address, and one address altogether (SEC-01)."""

    per_account: int = 5
    per_address: int = 20


def sign_in(
    open_uow: OpenUow,
    limits: Limits,
    *,
    identifier: object,
    password: object,
    visitor: Visitor,
    with_cookie: bool,
    tries: Tries = Tries(),
) -> SignedIn:
    """Open a session for the right password; BadCredentials otherwise, in the same words and time for all.

    TooManyRequests before the slow hash once the tries are used up (SEC-01), SignInLocked where more than ten tries
    from anywhere failed and the browser is not known (SEC-10), TryLater while nobody counts them.
    With `with_cookie` the secret is a page's cookie, else it is the first refresh token.
    """
    named = (
        input_validation.email_address(identifier)
        or input_validation.indian_mobile(identifier)
        or _as_typed(identifier)
        or identifier
    )
    with open_uow() as uow:
        user = find_account(uow, identifier)
        stored = user.password_hash if user else None
        account = account_hash(user.id if user else str(named))
        uses = _uses(uow, user, account, visitor, tries)
    try:
        take(limits, uses, uow.now)
    except TooManyRequests:
        note_refusal(open_uow, account_hash=account, user_id=user.id if user else None, address=visitor.address)
        raise
    if not password_matches(str(password)[:1024], stored) or user is None:
        with open_uow() as uow:
            failure = note_failure(
                uow, account_hash=account, user_id=user.id if user else None, address=visitor.address
            )
            _lock_if_too_many(uow, failure)
        raise BadCredentials
    give_back(limits, uses)
    with open_uow() as uow:
        return open_session(uow, user_id=user.id, visitor=visitor, with_cookie=with_cookie)


def _uses(uow: UnitOfWork, user: User | None, account: bytes, visitor: Visitor, tries: Tries) -> list[Use]:
    """What a try uses up. A browser in which this person was before has tries of its own, so that strangers
    at the same address, or everywhere, cannot lock anybody out."""
    if user and (device := known_device(uow, user.id, visitor)):
        return [Use(f"sign-in:device:{user.id}:{device}", limits_of.guessing(tries.per_account))]
    _must_be_open(uow, account)
    return [
        Use(f"sign-in:account:{account.hex()}:{visitor.address}", limits_of.guessing(tries.per_account)),
        Use(f"sign-in:address:{visitor.address}", limits_of.at_one_address(tries.per_address)),
    ]


def account_hash(account: UUID | str) -> bytes:
    """The account by which failed tries are counted: the same whether its number or its mailbox was typed."""
    return secret_hash(f"account {account}")


def _must_be_open(uow: UnitOfWork, account: bytes) -> None:
    """SignInLocked while the account is locked for browsers it does not know; the same for an account nobody has."""
    locked = select(func.max(FailedSignIn.locked_until)).where(
        col(FailedSignIn.account_hash) == account, col(FailedSignIn.at) > uow.now - limits_of.LOCKED_FOR
    )
    until = uow.run(locked).scalar_one()
    if until is not None and until > uow.now:
        raise SignInLocked.wait(math.ceil((until - uow.now).total_seconds()))


def _lock_if_too_many(uow: UnitOfWork, failure: FailedSignIn) -> None:
    """More than ten failed sign-ins in a quarter of an hour lock the account for browsers it does not know (SEC-10)."""
    quarter = uow.now - limits_of.QUARTER_HOUR
    failed = failures_since(uow, account_hash=failure.account_hash, since=quarter)
    if failed <= limits_of.FAILURES_BEFORE_LOCK:
        return
    failure.locked_until = uow.now + limits_of.LOCKED_FOR
    if failure.user_id is not None:
        uow.record(SignInsLocked(failure.user_id, failed, failure.locked_until.isoformat()), by=SYSTEM)


def open_for_all_browsers(uow: UnitOfWork, *, user_id: UUID) -> None:
    """Who typed a code that went to the account's own phone or mailbox ends its lock (SEC-10)."""
    mine = update(FailedSignIn).where(col(FailedSignIn.account_hash) == account_hash(user_id))
    uow.run(mine.where(col(FailedSignIn.locked_until) > uow.now).values(locked_until=uow.now))


def known_device(uow: UnitOfWork, user_id: UUID, visitor: Visitor) -> str:
    """The name of a browser in which this person signed in before; an empty text for any other."""
    if not visitor.device:
        return ""
    device = secret_hash(visitor.device)
    known = uow.first(KnownDevice, KnownDevice.user_id == user_id, KnownDevice.device_hash == device)
    return device.hex() if known else ""


def failures_since(uow: UnitOfWork, *, account_hash: bytes, since: datetime) -> int:
    """How often somebody failed to sign in at one account since a moment, from wherever."""
    mine = select(func.count()).where(col(FailedSignIn.account_hash) == account_hash, col(FailedSignIn.at) > since)
    return int(uow.run(mine).scalar_one())


def note_failure(uow: UnitOfWork, *, account_hash: bytes, user_id: UUID | None, address: str) -> FailedSignIn:
    """Keep a failed sign-in; the sixth of an account within a quarter of an hour alerts (SEC-10)."""
    failure = uow.add(FailedSignIn(account_hash=account_hash, user_id=user_id, address=address, at=uow.now))
    uow.flush()
    failed = failures_since(uow, account_hash=account_hash, since=uow.now - limits_of.QUARTER_HOUR)
    if user_id is not None and failed == limits_of.FAILURES_BEFORE_ALERT + 1:
        uow.record(SignInsFailed(user_id, failed), by=SYSTEM)
    return failure


def note_refusal(open_uow: OpenUow, *, account_hash: bytes, user_id: UUID | None, address: str) -> None:
    """A try that was not even looked at, for five before it failed, is the sixth: it alerts (SEC-10).

    From one address no more are looked at, and later refusals write nothing, however many there are.
    """
    with open_uow() as uow:
        quarter = uow.now - limits_of.QUARTER_HOUR
        if failures_since(uow, account_hash=account_hash, since=quarter) == limits_of.FAILURES_BEFORE_ALERT:
            note_failure(uow, account_hash=account_hash, user_id=user_id, address=address)


def find_account(uow: UnitOfWork, identifier: object) -> User | None:
    """The account that an email address or mobile number belongs to; None for nobody's and for a deleted one's.

    An address kept before addresses were read so strictly is found as it was typed then.
    """
    mail, mobile = input_validation.email_address(identifier), input_validation.indian_mobile(identifier)
    # One or the other, never both in one question: a missing one would find everybody who has none.
    if mobile:
        return uow.first(User, User.phone == mobile, User.status != UserStatus.DELETED)
    for address in dict.fromkeys(filter(None, (_as_typed(identifier), mail))):
        if found := uow.first(User, User.email == address, User.status != UserStatus.DELETED):
            return found
    return None


def _as_typed(identifier: object) -> str | None:
    """An address as it was kept before addresses were read so strictly."""
    text = identifier.strip().lower() if isinstance(identifier, str) and len(identifier) < 300 else ""
    return text if "@" in text and text.isprintable() else None


def open_session(
    uow: UnitOfWork, *, user_id: UUID, with_cookie: bool, visitor: Visitor | None = None, user_agent: str = ""
) -> SignedIn:
    """Open a session for a person whose password was just checked or set.

    An account that was to be deleted stays. BadCredentials for one that is, AccountPaused for a paused one that is
    an admin's.
    """
    user = uow.get(User, user_id)
    if user.erase_at is not None:
        user = uow.lock(User, user_id)  # the clock may be erasing it at this moment
    if user.status is UserStatus.DELETED:
        raise BadCredentials
    if user.status is UserStatus.SUSPENDED and user.role == Role.ADMIN:
        raise AccountPaused
    kept = take_erasure_back(uow, user=user)
    visitor = visitor or Visitor(user_agent=user_agent)
    secret, device = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    _know_device(uow, user.id, visitor, device)
    session = Session(
        id=new_id(),
        user_id=user.id,
        cookie_hash=secret_hash(secret) if with_cookie else None,
        user_agent=visitor.user_agent[:200],
        address=visitor.address,
        created_at=uow.now,
        last_seen_at=uow.now,
        confirmed_at=uow.now,
        expires_at=uow.now + (LIMITS.session_life if with_cookie else LIMITS.refresh_token_life),
    )
    uow.add(session)
    uow.flush()
    if not with_cookie:
        _add_refresh_token(uow, session.id, secret)
    return SignedIn(
        actor_of(user, _standing(uow, user, session), uow.policy.terms.version), user, session.id, secret, device, kept
    )


def _standing(uow: UnitOfWork, user: User, session: Session) -> Standing:
    factor = uow.session.get(SecondFactor, user.id) if user.role == Role.ADMIN else None
    has_factor = factor is not None and factor.confirmed_at is not None
    return standing_of(uow.now, session.id, session.confirmed_at, session.proved_at, has_factor)


def _know_device(uow: UnitOfWork, user_id: UUID, visitor: Visitor, device: str) -> None:
    """Know this browser by a fresh secret: what it brought may have been put there by somebody else.

    One in which this person was before goes on under the new secret, with what was shown in it.
    """
    now_known = {"device_hash": secret_hash(device), "last_seen_at": uow.now}
    if visitor.device:
        before = update(KnownDevice).where(col(KnownDevice.user_id) == user_id)
        before = before.where(col(KnownDevice.device_hash) == secret_hash(visitor.device))
        if uow.run(before.values(**now_known).returning(col(KnownDevice.user_id))).first():
            return
    uow.run(insert(KnownDevice).values(user_id=user_id, first_seen_at=uow.now, **now_known))


def _add_refresh_token(uow: UnitOfWork, session_id: UUID, secret: str) -> None:
    uow.add(
        RefreshToken(
            session_id=session_id,
            token_hash=secret_hash(secret),
            created_at=uow.now,
            expires_at=uow.now + LIMITS.refresh_token_life,
        )
    )


@dataclass(frozen=True)
class Refreshed:
    """The outcome of a refresh: a new secret, or the session that was ended because of theft."""

    signed_in: SignedIn | None
    stolen_session: UUID | None = None


def refresh(uow: UnitOfWork, *, secret: str) -> Refreshed:
    """Swap a refresh token for the next one; a token used before ends its whole session (SEC-03).

    Two tabs that renew within ten seconds of each other get the same next token. TokenRefused for a token we
    never gave or that is too old. The ended session is returned, not raised, so that the ending is committed.
    """
    row = uow.first(RefreshToken, RefreshToken.token_hash == secret_hash(secret), lock=True)
    if row is None or row.expires_at <= uow.now:
        raise TokenRefused
    session = uow.get(Session, row.session_id)
    if session.ended_at is not None:
        raise TokenRefused
    newest = row
    while newest.used_at is not None:
        if newest.salt is None or uow.now - newest.used_at > LIMITS.refresh_grace:
            end_session(uow, session_id=session.id, reason="refresh token used twice")
            return Refreshed(None, session.id)
        secret = _next_secret(secret, newest.salt)
        newest = _token(uow, secret)
    if newest is row:
        row.used_at, row.salt = uow.now, secrets.token_bytes(32)
        secret = _next_secret(secret, row.salt)
        _add_refresh_token(uow, session.id, secret)
        session.expires_at, session.last_seen_at = uow.now + LIMITS.refresh_token_life, uow.now
    user = uow.get(User, session.user_id)
    return Refreshed(
        SignedIn(actor_of(user, _standing(uow, user, session), uow.policy.terms.version), user, session.id, secret)
    )


def _next_secret(secret: str, salt: bytes) -> str:
    """The token after this one; only who holds this one can be given it again."""
    made = hmac.digest(secret.encode(), salt, "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def _token(uow: UnitOfWork, secret: str) -> RefreshToken:
    found = uow.first(RefreshToken, RefreshToken.token_hash == secret_hash(secret), lock=True)
    if found is None:
        raise TokenRefused
    return found


def note_seen(uow: UnitOfWork, *, cookie_hash: bytes) -> None:
    """The session behind a cookie is in use now: its owner sees when under *Account* (SEC-03)."""
    mine = update(Session).where(col(Session.cookie_hash) == cookie_hash, col(Session.ended_at).is_(None))
    uow.run(mine.values(last_seen_at=uow.now))


def session_of_cookie(uow: UnitOfWork, *, secret: str) -> UUID | None:
    """The id of the open session behind a cookie."""
    return uow.run(select(col(Session.id)).where(col(Session.cookie_hash) == secret_hash(secret))).scalar()
