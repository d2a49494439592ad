"""Who hears of changes to an account: its owner, always (NOT-05, SEC-10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cleanit_app.domain import rules
from cleanit_app.domain.actors import AdminDuty, Role
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
from cleanit_app.domain.notices import terms_notice
from cleanit_app.models import User
from cleanit_app.services.notifications.audiences import ADMINS, NOT_ACCEPTED, ONE, Notice, duty, one
from cleanit_app.services.unit_of_work import UnitOfWork

ACCOUNT, FACTOR, LOG, PEOPLE = "/me/account", "/admin/second-factor", "/admin/audit", "/admin/people"
TRUSTED = "/admin/admins"


def _password(_uow: UnitOfWork, e: PasswordChanged) -> list[Notice]:
    return [Notice("password_reset" if e.by_code else "password_changed", ACCOUNT, ONE, one(e.user_id))]


def _contact(_uow: UnitOfWork, e: ContactChanged) -> list[Notice]:
    return [Notice(f"contact_changed_{e.field}", ACCOUNT, ONE, one(e.user_id), {"contact": e.mask})]


def _code_asked(_uow: UnitOfWork, e: CodeAskedElsewhere) -> list[Notice]:
    """Once a day for each of the three: whoever types the number again and again is no more news."""
    kind = {CodePurpose.JOIN: "join_tried", CodePurpose.RESET_PASSWORD: "reset_asked"}.get(
        CodePurpose(e.purpose), "contact_tried"
    )
    return [Notice(kind, ACCOUNT, ONE, one(e.user_id), {"contact": e.mask}, once=f"{kind}:{{day}}")]


def _exported(uow: UnitOfWork, e: DataExported) -> list[Notice]:
    values, day = {"name": uow.get(User, e.user_id).name}, f"{e.user_id}:{rules.ist_date(uow.now)}"
    return [
        Notice("data_exported", ACCOUNT, ONE, one(e.user_id)),
        Notice("data_exported_admin", PEOPLE, ADMINS, duty(AdminDuty.SENIOR), values, once=day),  # once a day is enough
    ]


def _factor(uow: UnitOfWork, e: SecondFactorChanged) -> list[Notice]:
    word = "on" if e.stands else "off"
    values = {"name": uow.get(User, e.user_id).name}
    return [
        Notice(f"second_factor_{word}", FACTOR, ONE, one(e.user_id), values),
        Notice(f"second_factor_{word}_admin", LOG, ADMINS, duty(AdminDuty.SENIOR), values),
    ]


def _recovery(_uow: UnitOfWork, e: RecoveryCodeUsed) -> list[Notice]:
    return [Notice("recovery_code_used", FACTOR, ONE, one(e.user_id), {"n": e.left})]


def _admin_made(uow: UnitOfWork, e: AdminMade) -> list[Notice]:
    values = {"name": uow.get(User, e.user_id).name, "duties": e.duties}
    return [
        Notice("admin_made", FACTOR, ONE, one(e.user_id), values),
        Notice("admin_made_admin", LOG, ADMINS, duty(AdminDuty.SENIOR), values),
    ]


def _duties(uow: UnitOfWork, e: AdminDutiesChanged) -> list[Notice]:
    values = {"name": uow.get(User, e.user_id).name, "duties": e.duties or "-"}
    return [
        Notice("duties_changed", "/admin", ONE, one(e.user_id), values),
        Notice("duties_changed_admin", TRUSTED, ADMINS, duty(AdminDuty.SENIOR), values),
    ]


def _suspended(uow: UnitOfWork, e: PersonSuspended) -> list[Notice]:
    values = {"reason": e.reason}
    told = [Notice("person_suspended", "/me", ONE, one(e.user_id), values)]
    user = uow.get(User, e.user_id)
    if user.role == Role.ADMIN:
        values = {"name": user.name, "reason": e.reason}
        told.append(Notice("admin_suspended_admin", LOG, ADMINS, duty(AdminDuty.SENIOR), values))
    return told


def _reinstated(_uow: UnitOfWork, e: PersonReinstated) -> list[Notice]:
    return [Notice("person_reinstated", "/me", ONE, one(e.user_id))]


def _terms(_uow: UnitOfWork, e: TermsRenewed) -> list[Notice]:
    bound = {"version": e.version}
    return [Notice("terms_renewed", "/terms/accept", NOT_ACCEPTED, bound, bound, terms_notice(e.version))]


ACCOUNT_NEWS: dict[type[Event], Callable[[UnitOfWork, Any], list[Notice]]] = {
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
