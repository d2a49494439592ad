"""Pausing somebody's account and letting the person back: by an admin, with a reason the person reads (SEC-10)."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col

from cleanit_app.domain.actors import Actor, Permission, Role
from cleanit_app.domain.errors import FieldProblem, InvalidFields, OwnInterest
from cleanit_app.domain.events import PersonReinstated, PersonSuspended
from cleanit_app.domain.fraud import FraudKind
from cleanit_app.domain.statuses import FraudCaseStatus, UserStatus
from cleanit_app.models import FraudCase, User
from cleanit_app.services import input_validation
from cleanit_app.services.auth.session_revocation import end_sessions_of
from cleanit_app.services.unit_of_work import UnitOfWork

LONGEST_REASON = 300


def suspend_person(uow: UnitOfWork, *, actor: Actor, user_id: UUID, reason: object) -> User:
    """Pause an account: it is signed out everywhere at once, and its owner is told why.

    Nobody pauses oneself (OwnInterest); an admin is paused by a senior alone, with the second factor. Who is no
    admin may sign in again to read the reason, question it and look after the own money (decision 31). What a cleaner
    had taken goes back to the others by the clock. MoveRefused for who is paused or gone already.
    """
    actor.must(Permission.MANAGE_PEOPLE)
    user, why = _whom(uow, actor, user_id), _reason(reason)
    user.status.check_move(UserStatus.SUSPENDED)
    user.suspended_at, user.suspension_reason = uow.now, why
    user.move_to(UserStatus.SUSPENDED, by=actor, at=uow.now, why=why)
    end_sessions_of(uow, user_id=user.id, reason="the account was paused")
    uow.record(PersonSuspended(user.id, why), by=actor)
    return user


def reinstate_person(uow: UnitOfWork, *, actor: Actor, user_id: UUID, reason: object) -> User:
    """Let a paused person back, for a reason that stays in the record; the person is told.

    After a suspected fake photo only compliance may, whose looking into it this ends. MoveRefused for who is not
    paused.
    """
    actor.must(Permission.MANAGE_PEOPLE)
    user, why = _whom(uow, actor, user_id), _reason(reason)
    user.status.check_move(UserStatus.ACTIVE)
    faked = FraudCase.kind_of_case == FraudKind.FAKE_COMPLETION.value
    for case in uow.all(FraudCase, FraudCase.person_id == user.id, faked, col(FraudCase.closed_at).is_(None)):
        actor.must(Permission.MANAGE_KYC)
        case.closed_at, case.closed_by = uow.now, actor.user_id
        case.move_to(FraudCaseStatus.UNFOUNDED, by=actor, at=uow.now, why=why)
    user.suspended_at = user.suspension_reason = None
    user.move_to(UserStatus.ACTIVE, by=actor, at=uow.now, why=why)
    uow.record(PersonReinstated(user.id, why), by=actor)
    return user


def sign_out_person(uow: UnitOfWork, *, actor: Actor, user_id: UUID, reason: object) -> list[UUID]:
    """End every sign-in of a person, on all devices, whose account somebody else may hold; the ids of those ended.

    The person signs in again with the password. An admin's sign-ins are ended by a senior with the second factor.
    """
    actor.must(Permission.MANAGE_PEOPLE)
    user, why = _whom(uow, actor, user_id), _reason(reason)
    ended = end_sessions_of(uow, user_id=user.id, reason="an admin ended it")
    uow.audit(actor, "SignInsEnded", subject_id=user.id, reason=why, count=len(ended))
    return ended


def _whom(uow: UnitOfWork, actor: Actor, user_id: UUID) -> User:
    if user_id == actor.user_id:
        raise OwnInterest
    user = uow.lock(User, user_id)
    if user.role == Role.ADMIN:
        actor.must(Permission.MANAGE_ADMINS)
        actor.must_prove()
    return user


def _reason(reason: object) -> str:
    why = input_validation.said("reason", reason, LONGEST_REASON)
    if not why:
        raise InvalidFields({"reason": FieldProblem("reason_missing")})
    return why
