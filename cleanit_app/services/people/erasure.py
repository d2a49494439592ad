"""Deleting an account: asked for with the password, done by the clock, nothing left but money records (LAW-02)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM, Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.erasure import ERASED_NAME
from cleanit_app.domain.errors import AccountInUse, FieldProblem
from cleanit_app.domain.events import AccountErased, ErasureAsked
from cleanit_app.domain.statuses import UserStatus
from cleanit_app.models import Cleaner, DataRequest, User
from cleanit_app.ports import FieldCipher, KeyedHash
from cleanit_app.services.accounts.erasure_hashes import contact_hash
from cleanit_app.services.accounts.erasure_requests import DONE, ERASURE, end_erasure
from cleanit_app.services.accounts.terms import open_before_terms
from cleanit_app.services.auth.session_revocation import end_sessions_of
from cleanit_app.services.campaigns.campaigns import lock_drafts, withdraw
from cleanit_app.services.crashpoints import crashpoint
from cleanit_app.services.people.erasure_obstacles import obstacles, refusing
from cleanit_app.services.people.erasure_traces import (
    erase_codes,
    erase_first_traces,
    erase_papers,
    erase_traces,
    forget_messages,
)
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork

NO_PASSWORD = "!"  # noqa: S105 (no hash is ever equal to it)


@open_before_terms
def ask_for_erasure(uow: UnitOfWork, *, actor: Actor) -> datetime:
    """Wish that my account be deleted: signed out everywhere, erased in seven days unless I sign in; gives back when.

    ConfirmFirst unless the password was just typed. AccountInUse, with a sentence for each reason, while money or
    work is open. A wish that stands already stays as it is.
    """
    actor.must(Permission.MANAGE_SELF)
    actor.must_be_fresh()
    user = uow.lock(User, actor.user_id)
    if found := refusing(obstacles(uow, user_id=user.id)):
        raise AccountInUse({one.what.value: FieldProblem(f"erasure_{one.what}", n=one.n) for one in found})
    if user.erase_at is None:
        user.erase_at = uow.now + LIMITS.erasure_wait
        uow.add(DataRequest(user_id=user.id, kind=ERASURE, asked_at=uow.now))
        uow.record(ErasureAsked(user.id, user.erase_at.isoformat()), by=actor)
    end_sessions_of(uow, user_id=user.id, reason="the account is to be deleted")
    return user.erase_at


def due_erasures(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    """Accounts whose days to think again are over, the longest waiting first."""
    wanted = select(col(User.id)).where(col(User.erase_at) <= uow.now).order_by(col(User.erase_at)).limit(limit)
    return list(uow.run(wanted).scalars())


class _TakenBack(Exception):
    """Its owner signed in at this very moment; nothing was changed."""


def erase_account(open_uow: OpenUow, *, keyed: KeyedHash, cipher: FieldCipher, user_id: UUID) -> bool:
    """Erase an account whose time has come; whether it was. Broken off anywhere, it is done by the next run.

    While something is open still it is looked at again a day later; who signed in meanwhile keeps it. Files and
    shared caches follow by themselves (`services.photos.erased_files`, `takedowns`, `identity_files`).
    """
    with open_uow() as uow:
        if not _its_time(uow, user_id):
            return False
        forget_messages(uow, user=uow.get(User, user_id))
    crashpoint("erasure.after_messages")
    try:
        with open_uow() as uow:
            _erase(uow, keyed, cipher, user_id)
    except _TakenBack:
        return False
    return True


def _its_time(uow: UnitOfWork, user_id: UUID) -> bool:
    """Whether the wish stands and nothing is open; if something is, it is put off."""
    user = uow.lock(User, user_id)
    if user.erase_at is None or user.erase_at > uow.now:
        return False
    if obstacles(uow, user_id=user_id):
        user.erase_at = uow.now + LIMITS.erasure_asked_again
        return False
    return True


def _erase(uow: UnitOfWork, keyed: KeyedHash, cipher: FieldCipher, user_id: UUID) -> None:
    """All of it in one transaction, in the order of `locks.ORDER`."""
    before = uow.get(User, user_id)
    erase_first_traces(uow, user=before)
    withdraw(uow, lock_drafts(uow, creator_id=user_id))
    if cleaner := uow.first(Cleaner, Cleaner.id == user_id, lock=True):
        erase_papers(uow, cipher, cleaner=cleaner, name=before.name)
    erase_codes(uow, user=before)
    user = uow.lock(User, user_id)
    if not _its_time(uow, user_id):
        raise _TakenBack
    end_erasure(uow, user=user, outcome=DONE)
    erase_traces(uow, user=user)
    _anonymise(uow, user, keyed)
    uow.record(AccountErased(user_id), by=SYSTEM)


def _anonymise(uow: UnitOfWork, user: User, keyed: KeyedHash) -> None:
    user.email_hash, user.phone_hash = contact_hash(keyed, user.email), contact_hash(keyed, user.phone)
    user.erased_while_suspended = user.status is UserStatus.SUSPENDED
    user.name, user.email, user.phone, user.password_hash = ERASED_NAME, None, None, NO_PASSWORD
    user.phone_verified_at = user.email_verified_at = user.suspended_at = user.suspension_reason = None
    user.gallery_consent = user.marketing_consent = user.credited = False
    user.muted_notices, user.duties, user.erase_at, user.erased_at = [], [], None, uow.now
    user.move_to(UserStatus.DELETED, by=SYSTEM, at=uow.now, why="asked for by its owner")
