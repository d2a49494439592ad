"""Who hears of sign-ins and of what one signs in with: the owner, always (NOT-05, SEC-10)."""

from __future__ import annotations

from cleanit_app.domain.codes import CodePurpose
from cleanit_app.domain.events import (
    BurstSeen,
    CodeAskedElsewhere,
    ContactChanged,
    PasswordChanged,
    RecoveryCodeUsed,
    SecondFactorChanged,
    SignInsFailed,
    SignInsLocked,
)
from cleanit_app.domain.limits import Burst
from cleanit_app.notification_kinds import auth as kinds
from cleanit_app.services.notifications.audiences import ADMINS, ONE, SENIOR, Draft, Tellers, named, one
from cleanit_app.services.unit_of_work import UnitOfWork


def _sign_ins_failed(uow: UnitOfWork, e: SignInsFailed) -> list[Draft]:
    """To the person and to seniors, once a day for each account however long it goes on (SEC-10)."""
    values, once = {"n": e.failures, **named(uow, e.user_id)}, f"sign_ins_failed:{e.user_id}:{{day}}"
    return [
        Draft(kinds.SIGN_INS_FAILED, ONE, one(e.user_id), values, f"{once}:self"),
        Draft(kinds.SIGN_INS_FAILED_ADMIN, ADMINS, SENIOR, values, once),
    ]


def _sign_ins_locked(uow: UnitOfWork, e: SignInsLocked) -> list[Draft]:
    """To the person and to seniors, once a day for each account (SEC-10)."""
    once = f"sign_ins_locked:{e.user_id}:{{day}}"
    values = {"n": e.failures, "until_at": e.until_at, **named(uow, e.user_id)}
    return [
        Draft(kinds.SIGN_INS_LOCKED, ONE, one(e.user_id), values, f"{once}:self"),
        Draft(kinds.SIGN_INS_LOCKED_ADMIN, ADMINS, SENIOR, values, once),
    ]


_BURSTS = {
    Burst.BAD_SIGNATURES.value: kinds.BAD_SIGNATURES,
    Burst.REFUSED_FOR_NUMBER.value: kinds.REFUSED_FOR_NUMBER,
}


def _burst(_uow: UnitOfWork, e: BurstSeen) -> list[Draft]:
    return [Draft(_BURSTS[e.kind], ADMINS, SENIOR, {"n": e.count})]


def _password(_uow: UnitOfWork, e: PasswordChanged) -> list[Draft]:
    return [Draft(kinds.PASSWORD_RESET if e.by_code else kinds.PASSWORD_CHANGED, ONE, one(e.user_id))]


def _contact(_uow: UnitOfWork, e: ContactChanged) -> list[Draft]:
    kind = {"phone": kinds.CONTACT_CHANGED_PHONE, "email": kinds.CONTACT_CHANGED_EMAIL}[e.field]
    return [Draft(kind, ONE, one(e.user_id), {"contact": e.mask})]


_ASKED = {CodePurpose.JOIN: kinds.JOIN_TRIED, CodePurpose.RESET_PASSWORD: kinds.RESET_ASKED}


def _code_asked(_uow: UnitOfWork, e: CodeAskedElsewhere) -> list[Draft]:
    """Once a day for each of the three: whoever types the number again and again is no more news."""
    kind = _ASKED.get(CodePurpose(e.purpose), kinds.CONTACT_TRIED)
    return [Draft(kind, ONE, one(e.user_id), {"contact": e.mask}, once=f"{kind.name}:{{day}}")]


def _factor(uow: UnitOfWork, e: SecondFactorChanged) -> list[Draft]:
    kind, desk = kinds.SECOND_FACTOR_OFF, kinds.SECOND_FACTOR_OFF_ADMIN
    if e.stands:
        kind, desk = kinds.SECOND_FACTOR_ON, kinds.SECOND_FACTOR_ON_ADMIN
    values = named(uow, e.user_id)
    return [Draft(kind, ONE, one(e.user_id), values), Draft(desk, ADMINS, SENIOR, values)]


def _recovery(_uow: UnitOfWork, e: RecoveryCodeUsed) -> list[Draft]:
    return [Draft(kinds.RECOVERY_CODE_USED, ONE, one(e.user_id), {"n": e.left})]


TELLERS: Tellers = {
    SignInsFailed: _sign_ins_failed,
    SignInsLocked: _sign_ins_locked,
    BurstSeen: _burst,
    PasswordChanged: _password,
    ContactChanged: _contact,
    CodeAskedElsewhere: _code_asked,
    SecondFactorChanged: _factor,
    RecoveryCodeUsed: _recovery,
}
