"""A new password: by a code for who forgot the old one, or by who is here and has just typed it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.codes import CodePurpose, asked_at, guessed_at, sendings_to
from cleanit_app.domain.errors import FieldProblem, InvalidFields
from cleanit_app.domain.events import PasswordChanged
from cleanit_app.domain.limits import Use, guessing
from cleanit_app.models import Session, User
from cleanit_app.ports import KeyedHash, Limits
from cleanit_app.services import input_validation
from cleanit_app.services.accounts.accounts import actor_of
from cleanit_app.services.accounts.terms import open_before_terms
from cleanit_app.services.auth.codes import spend_code, want_code
from cleanit_app.services.auth.hash_limiter import slow_hash
from cleanit_app.services.auth.passwords import check_password, hash_password, password_matches
from cleanit_app.services.auth.rate_limits import give_back, take
from cleanit_app.services.auth.session_revocation import end_sessions_of
from cleanit_app.services.auth.sign_in import (
    Tries,
    Visitor,
    find_account,
    known_device,
    open_for_all_browsers,
    secret_hash,
)
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork

CONFIRM_TRIES = 5


def ask_for_reset(
    open_uow: OpenUow, limits: Limits, *, identifier: object, visitor: Visitor, language: str, tries: Tries
) -> UUID:
    """Send a code to a phone or mailbox that has an account; the same answer after the same work when it has none.

    The answer names the wish, not the account: only who asked can type the code, so nobody uses up another's tries.
    InvalidFields for what is neither number nor address, TooManyRequests for asking too often; a browser in which
    the person was before has sendings of its own, so that strangers cannot use them up.
    """
    contact = input_validation.email_address(identifier) or input_validation.indian_mobile(identifier)
    if contact is None:
        raise InvalidFields({"identifier": FieldProblem("contact_form")})
    with open_uow() as uow:
        user = find_account(uow, contact)
        device = known_device(uow, user.id, visitor) if user else ""
        user_id = user.id if user else None
    subject = f"{user_id}:{device}" if device else secret_hash(contact).hex()
    take(limits, [*sendings_to(subject), asked_at(visitor.address, tries.per_address)], uow.now)
    with open_uow() as uow:
        wanted = want_code(
            uow, purpose=CodePurpose.RESET_PASSWORD, user_id=user_id, destination=contact, language=language
        )
    return wanted.id


@dataclass(frozen=True)
class NewPassword:
    """Whose password is new, and which sessions that ended."""

    user_id: UUID
    ended: list[UUID]


def reset_password(
    open_uow: OpenUow,
    limits: Limits,
    keyed: KeyedHash,
    *,
    code_id: object,
    code: object,
    password: object,
    visitor: Visitor,
    tries: Tries,
) -> NewPassword:
    """Set a new password with a code; every session of the account ends and its owner is told.

    InvalidFields for a password that cannot be, and for a code that does not fit (any more).
    """
    _check(password)
    guess = [guessed_at(visitor.address, tries.per_address)]
    with open_uow() as uow:
        now = uow.now
    take(limits, guess, now)
    with open_uow() as uow:
        one_time_code = spend_code(uow, keyed=keyed, code_id=code_id, typed=code, purposes={CodePurpose.RESET_PASSWORD})
    if one_time_code is None or one_time_code.user_id is None:
        raise InvalidFields({"code": FieldProblem("code_wrong")})
    give_back(limits, guess)
    with slow_hash():
        hashed = hash_password(str(password))
    with open_uow() as uow:
        open_for_all_browsers(uow, user_id=one_time_code.user_id)
        _remember_contact(uow, uow.get(User, one_time_code.user_id), one_time_code.destination)
        ended = _set_password(
            uow,
            actor_of(uow.get(User, one_time_code.user_id), terms=uow.policy.terms.version),
            hashed=hashed,
            by_code=True,
        )
    return NewPassword(one_time_code.user_id, ended)


@open_before_terms
def change_password(open_uow: OpenUow, *, actor: Actor, password: object) -> NewPassword:
    """Set a new password while signed in; all other sessions end. ConfirmFirst unless the old one was just typed."""
    actor.must(Permission.MANAGE_SELF)
    actor.must_be_fresh()
    _check(password)
    with slow_hash():
        hashed = hash_password(str(password))
    with open_uow() as uow:
        ended = _set_password(uow, actor, hashed=hashed, by_code=False)
    return NewPassword(actor.user_id, ended)


@open_before_terms
def confirm_again(open_uow: OpenUow, limits: Limits, *, actor: Actor, password: object) -> None:
    """Type the password once more before changing what the account hangs on; holds for ten minutes.

    InvalidFields for a wrong one or none, TooManyRequests after five: whoever found an open phone may guess no longer.
    """
    actor.must(Permission.MANAGE_SELF)
    if not password:
        raise InvalidFields({"currentPassword": FieldProblem("password_now_missing")})
    with open_uow() as uow:
        stored, now = uow.get(User, actor.user_id).password_hash, uow.now
    guess = [Use(f"confirm:{actor.user_id}", guessing(CONFIRM_TRIES))]
    take(limits, guess, now)
    with slow_hash():
        fits = password_matches(str(password)[:1024], stored)
    if not fits:
        raise InvalidFields({"currentPassword": FieldProblem("password_wrong")})
    give_back(limits, guess)
    with open_uow() as uow:
        mine = update(Session).where(col(Session.id) == actor.session_id, col(Session.user_id) == actor.user_id)
        uow.run(mine.values(confirmed_at=uow.now))


def _check(password: object) -> None:
    form = input_validation.Form()
    check_password(form, password)
    form.done()


def _remember_contact(uow: UnitOfWork, user: User, destination: str) -> None:
    """Whoever typed the code holds the phone or mailbox it went to."""
    if user.phone == destination:
        user.phone_verified_at = user.phone_verified_at or uow.now
    if user.email == destination:
        user.email_verified_at = user.email_verified_at or uow.now


def _set_password(uow: UnitOfWork, actor: Actor, *, hashed: str, by_code: bool) -> list[UUID]:
    """Put the new hash in place and end every session but the one that asks; gives back the ended ones."""
    user = uow.lock(User, actor.user_id)
    user.password_hash = hashed
    ended = end_sessions_of(uow, user_id=user.id, reason="the password changed", but=actor.session_id)
    uow.record(PasswordChanged(user.id, by_code), by=actor)
    return ended
