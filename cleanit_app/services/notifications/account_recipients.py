"""Who hears of changes to an account: its owner, always (NOT-05, SEC-10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cleanit_app.domain.actors import AdminDuty, Role
from cleanit_app.domain.calendar import ist_date
from cleanit_app.domain.codes import CodePurpose
from cleanit_app.domain.events import (
    AdminDutiesChanged,
    AdminMade,
    CodeAskedElsewhere,
    ContactChanged,
    DataExported,
    Event,
    PasswordChanged,
    PersonReinstated,
    PersonSuspended,
    RecoveryCodeUsed,
    SecondFactorChanged,
    TermsRenewed,
)
from cleanit_app.domain.notifications import terms_dedupe_key
from cleanit_app.models import User
from cleanit_app.services.notifications.audiences import ADMINS, NOT_ACCEPTED, ONE, Draft, duty, one
from cleanit_app.services.unit_of_work import UnitOfWork

ACCOUNT, FACTOR, LOG, PEOPLE = "/me/account", "/admin/second-factor", "/admin/audit", "/admin/people"
TRUSTED = "/admin/admins"


def _password(_uow: UnitOfWork, e: PasswordChanged) -> list[Draft]:
    return [Draft("password_reset" if e.by_code else "password_changed", ACCOUNT, ONE, one(e.user_id))]


def _contact(_uow: UnitOfWork, e: ContactChanged) -> list[Draft]:
    return [Draft(f"contact_changed_{e.field}", ACCOUNT, ONE, one(e.user_id), {"contact": e.mask})]


def _code_asked(_uow: UnitOfWork, e: CodeAskedElsewhere) -> list[Draft]:
    """Once a day for each of the three: whoever types the number again and again is no more news."""
    kind = {CodePurpose.JOIN: "join_tried", CodePurpose.RESET_PASSWORD: "reset_asked"}.get(
        CodePurpose(e.purpose), "contact_tried"
    )
    return [Draft(kind, ACCOUNT, ONE, one(e.user_id), {"contact": e.mask}, once=f"{kind}:{{day}}")]


def _exported(uow: UnitOfWork, e: DataExported) -> list[Draft]:
    values, day = {"name": uow.get(User, e.user_id).name}, f"{e.user_id}:{ist_date(uow.now)}"
    return [
        Draft("data_exported", ACCOUNT, ONE, one(e.user_id)),
        Draft("data_exported_admin", PEOPLE, ADMINS, duty(AdminDuty.SENIOR), values, once=day),  # once a day is enough
    ]


def _factor(uow: UnitOfWork, e: SecondFactorChanged) -> list[Draft]:
    word = "on" if e.stands else "off"
    values = {"name": uow.get(User, e.user_id).name}
    return [
        Draft(f"second_factor_{word}", FACTOR, ONE, one(e.user_id), values),
        Draft(f"second_factor_{word}_admin", LOG, ADMINS, duty(AdminDuty.SENIOR), values),
    ]


def _recovery(_uow: UnitOfWork, e: RecoveryCodeUsed) -> list[Draft]:
    return [Draft("recovery_code_used", FACTOR, ONE, one(e.user_id), {"n": e.left})]


def _admin_made(uow: UnitOfWork, e: AdminMade) -> list[Draft]:
    values = {"name": uow.get(User, e.user_id).name, "duties": e.duties}
    return [
        Draft("admin_made", FACTOR, ONE, one(e.user_id), values),
        Draft("admin_made_admin", LOG, ADMINS, duty(AdminDuty.SENIOR), values),
    ]


def _duties(uow: UnitOfWork, e: AdminDutiesChanged) -> list[Draft]:
    values = {"name": uow.get(User, e.user_id).name, "duties": e.duties or "-"}
    return [
        Draft("duties_changed", "/admin", ONE, one(e.user_id), values),
        Draft("duties_changed_admin", TRUSTED, ADMINS, duty(AdminDuty.SENIOR), values),
    ]


def _suspended(uow: UnitOfWork, e: PersonSuspended) -> list[Draft]:
    values = {"reason": e.reason}
    told = [Draft("person_suspended", "/me", ONE, one(e.user_id), values)]
    user = uow.get(User, e.user_id)
    if user.role == Role.ADMIN:
        values = {"name": user.name, "reason": e.reason}
        told.append(Draft("admin_suspended_admin", LOG, ADMINS, duty(AdminDuty.SENIOR), values))
    return told


def _reinstated(_uow: UnitOfWork, e: PersonReinstated) -> list[Draft]:
    return [Draft("person_reinstated", "/me", ONE, one(e.user_id))]


def _terms(_uow: UnitOfWork, e: TermsRenewed) -> list[Draft]:
    bound = {"version": e.version}
    return [Draft("terms_renewed", "/terms/accept", NOT_ACCEPTED, bound, bound, terms_dedupe_key(e.version))]


ACCOUNT_NEWS: dict[type[Event], Callable[[UnitOfWork, Any], list[Draft]]] = {
    PasswordChanged: _password,
    CodeAskedElsewhere: _code_asked,
    ContactChanged: _contact,
    DataExported: _exported,
    SecondFactorChanged: _factor,
    RecoveryCodeUsed: _recovery,
    AdminMade: _admin_made,
    AdminDutiesChanged: _duties,
    PersonSuspended: _suspended,
    PersonReinstated: _reinstated,
    TermsRenewed: _terms,
}
