"""Accounts: opening one, and what an actor is allowed at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text

from cleanit_app.domain.actors import NOBODY, Actor, AdminDuty, Permission, Role, permissions_of
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import FieldProblem, InvalidFields
from cleanit_app.domain.events import AdminMade
from cleanit_app.domain.statuses import UserStatus
from cleanit_app.domain.terms import TERMS
from cleanit_app.models import Cleaner, TermsAcceptance, User, new_id
from cleanit_app.services.accounts.contact_owners import is_free
from cleanit_app.services.unit_of_work import UnitOfWork

# Asked at every request and every page event, so they are made once and bring only what an actor is.
_ACTOR = """SELECT u.id, u.role, u.duties, u.status, u.terms_version, s.id AS session_id, s.confirmed_at, s.proved_at,
      u.role = 'ADMIN' AND EXISTS
        (SELECT 1 FROM second_factors f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS has_factor
    FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.ended_at IS NULL AND """
ACTOR_OF_COOKIE = text(_ACTOR + "s.cookie_hash = :cookie AND s.expires_at > :now").execution_options(prepared=True)
ACTOR_OF_TOKEN = text(_ACTOR + "s.id = :session AND s.user_id = :user").execution_options(prepared=True)


@dataclass(frozen=True)
class NewAccount:
    """A checked wish to join, its password already hashed."""

    name: str
    email: str | None
    phone: str | None
    role: Role
    password_hash: str


@dataclass(frozen=True)
class Signature:
    """What is kept beside accepted terms: a keyed hash of the address, and a hash of the text as it stood (LAW-06).

    Version (empty) and moment (None) are those of now, unless the terms were accepted a while ago.
    """

    address_hash: bytes | None = None
    text_hash: bytes | None = None
    version: str = ""
    accepted_at: datetime | None = None


def register(
    uow: UnitOfWork,
    *,
    actor: Actor,
    account: NewAccount,
    signature: Signature = Signature(),
    user_id: UUID | None = None,
) -> User:
    """Open an account and log the accepted terms (LAW-06); InvalidFields when another has the contact.

    Anybody may join, so there is no permission to ask for, but a code comes first (`services.auth.sign_up`); demo data
    and tests call this themselves. Admins are made by admins.
    """
    for contact in sorted(filter(None, (account.email, account.phone))):  # in one order, for each is locked
        if not is_free(uow, contact):
            raise InvalidFields({"contact": FieldProblem("contact_has_account")})
    user = User(
        id=user_id or new_id(),
        name=account.name,
        email=account.email,
        phone=account.phone,
        password_hash=account.password_hash,
        role=account.role.value,
        created_at=uow.now,
    )
    uow.add(user)
    uow.flush()
    user.begin(by=Actor(id=user.id), at=uow.now, why="registered")
    log_acceptance(uow, user, signature)
    if account.role is Role.CLEANER:
        cleaner = uow.add(Cleaner(id=user.id))
        cleaner.begin(by=Actor(id=user.id), at=uow.now, why="registered as a cleaner")
    uow.flush()
    return user


def log_acceptance(uow: UnitOfWork, user: User, signature: Signature) -> None:
    """This person accepts the terms as signed: version, time, hashes of the text and of where from (LAW-06)."""
    user.terms_version = signature.version or uow.policy.terms.version
    uow.add(
        TermsAcceptance(
            user_id=user.id,
            version=user.terms_version,
            address_hash=signature.address_hash,
            text_hash=signature.text_hash,
            accepted_at=signature.accepted_at or uow.now,
        )
    )


@dataclass(frozen=True)
class Standing:
    """What a session adds to an account: which one it is, and what was shown in it a moment ago."""

    session_id: UUID | None = None
    confirmed: bool = False
    proved: bool = False
    half_in: bool = False


def actor_of(user: User, standing: Standing = Standing(), terms: str = TERMS.version) -> Actor:
    """The actor that this account is now: nobody once deleted, almost nothing while suspended.

    `terms` is the version that holds.
    """
    due = user.terms_version != terms
    return _actor(user.id, user.role, user.duties, user.status, standing, terms_due=due)


def _actor(user_id: UUID, role: str, duties: list[str], status: str, standing: Standing, *, terms_due: bool) -> Actor:
    if status == UserStatus.DELETED:
        return NOBODY
    permissions = permissions_of(Role(role), frozenset(AdminDuty(d) for d in duties))
    if status == UserStatus.SUSPENDED:
        permissions = frozenset({Permission.MANAGE_SELF})
    if standing.half_in:
        permissions = frozenset()
    return Actor(user_id, Role(role), permissions, terms_due=terms_due, **standing.__dict__)


def actor_of_session(uow: UnitOfWork, *, cookie_hash: bytes) -> Actor:
    """Who a page's session cookie belongs to at this moment; NOBODY when it ended or never was."""
    return _found(uow, uow.run(ACTOR_OF_COOKIE, {"cookie": cookie_hash, "now": uow.now}).first())


def actor_of_token(uow: UnitOfWork, *, user_id: UUID, session_id: UUID) -> Actor:
    """Who an access token belongs to at this moment; NOBODY once its session ended."""
    return _found(uow, uow.run(ACTOR_OF_TOKEN, {"session": session_id, "user": user_id}).first())


def _found(uow: UnitOfWork, row: Row[Any] | None) -> Actor:
    if row is None:
        return NOBODY
    standing = standing_of(uow.now, row.session_id, row.confirmed_at, row.proved_at, row.has_factor)
    due = row.terms_version != uow.policy.terms.version
    return _actor(row.id, row.role, row.duties, row.status, standing, terms_due=due)


def standing_of(
    now: datetime, session_id: UUID, confirmed_at: datetime | None, proved_at: datetime | None, has_factor: bool
) -> Standing:
    """What a session's facts mean at this moment."""
    return Standing(
        session_id,
        confirmed=_is_recent(confirmed_at, now, LIMITS.confirmed_for),
        proved=has_factor and _is_recent(proved_at, now, LIMITS.proved_for),
        half_in=has_factor and proved_at is None,
    )


def _is_recent(at: datetime | None, now: datetime, within: timedelta) -> bool:
    return at is not None and now - at <= within


def make_admin(uow: UnitOfWork, *, actor: Actor, account: NewAccount, duties: list[AdminDuty]) -> User:
    """Open an admin's account with duties; only who manages admins (or the system at the start) may."""
    if not actor.may(Permission.SYSTEM):
        actor.must(Permission.MANAGE_ADMINS)
        actor.must_prove()
    user = register(uow, actor=actor, account=account)
    user.role = Role.ADMIN.value
    user.duties = [d.value for d in duties]
    if not actor.may(Permission.SYSTEM):  # of the first ones there is nobody to tell
        uow.record(AdminMade(user.id, ", ".join(user.duties)), by=actor)
    return user
