"""An admin's second factor: an authenticator app (RFC 6238), and recovery codes for the day the phone is lost."""

from __future__ import annotations

import hmac
import logging
import secrets
from dataclasses import dataclass
from uuid import UUID

import pyotp
from sqlalchemy import delete, func, update
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, Permission, Role
from cleanit_app.domain.errors import (
    FieldProblem,
    InvalidFields,
    NotAllowed,
    NotFound,
    SecondFactorStands,
    TooManyRequests,
)
from cleanit_app.domain.events import RecoveryCodeUsed, SecondFactorChanged
from cleanit_app.domain.limits import Use, at_one_address, guessing
from cleanit_app.domain.reading import identifiers
from cleanit_app.domain.reading.signs import maybe
from cleanit_app.models import KnownDevice, RecoveryCode, SecondFactor, Session, User
from cleanit_app.ports import FieldCipher, Limits
from cleanit_app.services.accounts.terms import open_before_terms
from cleanit_app.services.auth.codes import digits_of
from cleanit_app.services.auth.rate_limits import give_back, take
from cleanit_app.services.auth.session_revocation import end_sessions_of
from cleanit_app.services.auth.sign_in import Visitor, note_failure, note_refusal, secret_hash
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork

log = logging.getLogger(__name__)
STEP_SECONDS = 30
GUESSES = 5
GUESSES_FROM_ANYWHERE = 50  # in a quarter of an hour, from browsers that never showed a code
RECOVERY_CODES = 10
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # none that looks like another
_GROUPS, _GROUP = 4, 4  # 16 of 30 letters: 78 bits, so a plain hash of them cannot be tried out
ISSUER = "Cleanit"

SET_BACK_STEPS = 3
"""A last used step further ahead than this was written by a clock that has been set back since."""


@dataclass(frozen=True)
class Enrolment:
    """What an authenticator app needs, once: the secret as text and as the address behind its QR code."""

    secret: str
    uri: str


@open_before_terms
def begin_factor(uow: UnitOfWork, *, actor: Actor, cipher: FieldCipher) -> Enrolment:
    """Make a secret for an admin's authenticator app; it counts once a code of it was typed (`confirm_factor`).

    ConfirmFirst unless the password was just typed, SecondFactorStands while there is one, NotAllowed for others.
    """
    actor.must(Permission.MANAGE_SELF)
    actor.must_be_fresh()
    if actor.role is not Role.ADMIN:
        raise NotAllowed
    user, row = uow.get(User, actor.user_id), uow.first(SecondFactor, SecondFactor.user_id == actor.user_id, lock=True)
    if row is not None and row.confirmed_at is not None:
        raise SecondFactorStands
    secret = pyotp.random_base32()
    sealed = cipher.lock(secret, context=_place(user.id))
    if row is None:
        uow.add(SecondFactor(user_id=user.id, secret=sealed, created_at=uow.now))
    else:
        row.secret, row.created_at, row.last_step = sealed, uow.now, 0
    uow.audit(actor, "SecondFactorBegun", subject_id=user.id)
    name = user.email or user.phone or user.name
    return Enrolment(secret, pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER))


@open_before_terms
def confirm_factor(
    open_uow: OpenUow, limits: Limits, cipher: FieldCipher, *, actor: Actor, code: object, visitor: Visitor
) -> list[str]:
    """Type a first code of the new app: from now on it is asked for. Gives back ten recovery codes, shown once."""
    actor.must(Permission.MANAGE_SELF)
    actor.must_be_fresh()
    guess = _count_guess(open_uow, limits, actor, visitor)
    with open_uow() as uow:
        row = uow.first(SecondFactor, SecondFactor.user_id == actor.user_id, lock=True)
        if row is None or row.confirmed_at is not None or not _fits(uow, row, cipher, code):
            raise InvalidFields({"code": FieldProblem("factor_code_wrong")})
        row.confirmed_at = uow.now
        _remember_proof(uow, actor, visitor)
        codes = _new_recovery_codes(uow, actor.user_id)
        uow.record(SecondFactorChanged(actor.user_id, True), by=actor)
    give_back(limits, guess)
    return codes


@open_before_terms
def prove(
    open_uow: OpenUow, limits: Limits, cipher: FieldCipher, *, actor: Actor, code: object, visitor: Visitor
) -> None:
    """Show a code of the app, or a recovery code: this session is all the way in, and may move money for a while.

    Each code counts once. InvalidFields for a wrong one, TooManyRequests after five, NotFound without a factor.
    The sixth wrong one within a quarter of an hour alerts, for whoever types codes knows the password (SEC-10).
    """
    user_id, guessed = actor.user_id, secret_hash(f"factor:{actor.user_id}")
    try:
        guess = _count_guess(open_uow, limits, actor, visitor)
    except TooManyRequests:
        note_refusal(open_uow, account_hash=guessed, user_id=user_id, address=visitor.address)
        raise
    with open_uow() as uow:
        row = uow.first(SecondFactor, SecondFactor.user_id == user_id, lock=True)
        if row is None or row.confirmed_at is None:
            raise NotFound(what="SecondFactor")
        fits = _fits(uow, row, cipher, code) or _spend_recovery_code(uow, actor, code)
        if fits:
            _remember_proof(uow, actor, visitor)
            uow.audit(actor, "SecondFactorShown", subject_id=user_id)
        else:
            note_failure(uow, account_hash=guessed, user_id=user_id, address=visitor.address)
    if not fits:
        raise InvalidFields({"code": FieldProblem("factor_code_wrong")})
    give_back(limits, guess)


@open_before_terms
def new_recovery_codes(uow: UnitOfWork, *, actor: Actor) -> list[str]:
    """Ten new recovery codes; the earlier ones are void. Asks for the second factor itself."""
    actor.must(Permission.MANAGE_SELF)
    actor.must_prove()
    uow.audit(actor, "RecoveryCodesMade", subject_id=actor.user_id)
    return _new_recovery_codes(uow, actor.user_id)


@open_before_terms
def remove_factor(uow: UnitOfWork, *, actor: Actor, user_id: UUID | None = None) -> None:
    """Take a second factor away: one's own after showing it, or as a senior that of a colleague who lost it.

    A colleague's sessions end, so that nobody goes on in them. NotFound when there is none.
    """
    actor.must(Permission.MANAGE_SELF)
    whose = user_id or actor.user_id
    if whose != actor.user_id:
        actor.must(Permission.MANAGE_ADMINS)
    actor.must_prove()
    row = uow.first(SecondFactor, SecondFactor.user_id == whose, lock=True)
    if row is None or row.confirmed_at is None:
        raise NotFound(what="SecondFactor")
    uow.run(delete(RecoveryCode).where(col(RecoveryCode.user_id) == whose))
    uow.session.delete(row)
    if whose == actor.user_id:
        mine = update(Session).where(col(Session.user_id) == whose, col(Session.ended_at).is_(None))
        uow.run(mine.values(proved_at=None))
    else:
        end_sessions_of(uow, user_id=whose, reason="the second factor was taken away")
    uow.record(SecondFactorChanged(whose, False), by=actor)


def _count_guess(open_uow: OpenUow, limits: Limits, actor: Actor, visitor: Visitor) -> list[Use]:
    with open_uow() as uow:
        guess, now = _guesses(uow, actor, visitor), uow.now
    take(limits, guess, now)
    return guess


def _guesses(uow: UnitOfWork, actor: Actor, visitor: Visitor) -> list[Use]:
    """What a guess uses up. A browser in which a code was shown before has guesses of its own, so that whoever
    knows an admin's password cannot keep that admin out; signing in alone makes no browser such a one."""
    device = secret_hash(visitor.device) if visitor.device else b""
    mine = (KnownDevice.user_id == actor.user_id, KnownDevice.device_hash == device)
    showed = uow.first(KnownDevice, *mine, col(KnownDevice.proved_at).is_not(None))
    if showed is not None:
        return [Use(f"factor:device:{actor.user_id}:{device.hex()}", guessing(GUESSES))]
    return [
        Use(f"factor:{actor.user_id}:{visitor.address}", guessing(GUESSES)),
        Use(f"factor:{actor.user_id}", at_one_address(GUESSES_FROM_ANYWHERE)),
    ]


def _place(user_id: UUID) -> str:
    return f"second_factors:secret:{user_id}"


def _fits(uow: UnitOfWork, row: SecondFactor, cipher: FieldCipher, code: object) -> bool:
    """Whether this is the code of now, just before or just after; its step is spent by this."""
    try:
        app = pyotp.TOTP(cipher.unlock(row.secret, context=_place(row.user_id)))
    except ValueError:  # locked with a key that is gone: recovery codes and seniors still help
        log.error("a second factor cannot be unlocked", extra={"user": str(row.user_id)})
        return False
    typed, now = digits_of(code), int(uow.now.timestamp()) // STEP_SECONDS
    if row.last_step > now + SET_BACK_STEPS:
        log.warning("the clock was set back: codes fit again in a minute and a half", extra={"user": str(row.user_id)})
        row.last_step = now + 1  # the steps of now may have been spent before: nothing is taken twice
    for step in (now - 1, now, now + 1):
        if step > row.last_step and hmac.compare_digest(app.generate_otp(step), typed):
            row.last_step = step
            return True
    return False


def _remember_proof(uow: UnitOfWork, actor: Actor, visitor: Visitor) -> None:
    mine = update(Session).where(col(Session.id) == actor.session_id, col(Session.user_id) == actor.user_id)
    uow.run(mine.values(proved_at=uow.now))
    if visitor.device:
        here = update(KnownDevice).where(col(KnownDevice.user_id) == actor.user_id)
        here = here.where(col(KnownDevice.device_hash) == secret_hash(visitor.device))
        uow.run(here.values(proved_at=uow.now))


def _new_recovery_codes(uow: UnitOfWork, user_id: UUID) -> list[str]:
    uow.run(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))
    codes = ["-".join("".join(map(secrets.choice, [_LETTERS] * _GROUP)) for _ in range(_GROUPS))
             for _ in range(RECOVERY_CODES)]  # fmt: skip
    for code in codes:
        uow.add(RecoveryCode(user_id=user_id, code_hash=_hash(code)))
    return codes


def _hash(code: object) -> bytes:
    return secret_hash(maybe(identifiers.recovery_code, code) or "")


def _spend_recovery_code(uow: UnitOfWork, actor: Actor, code: object) -> bool:
    mine = (RecoveryCode.user_id == actor.user_id, RecoveryCode.code_hash == _hash(code))
    found = uow.first(RecoveryCode, *mine, col(RecoveryCode.used_at).is_(None), lock=True)
    if found is None:
        return False
    found.used_at = uow.now
    uow.flush()
    left = select(func.count()).where(col(RecoveryCode.user_id) == actor.user_id, col(RecoveryCode.used_at).is_(None))
    uow.record(RecoveryCodeUsed(actor.user_id, int(uow.run(left).scalar_one())), by=actor)
    return True
