"""Admins: what each is trusted with, changed by a senior and told to everybody it concerns (SEC-10)."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.actors import Actor, AdminDuty, Permission, Role
from cleanit_app.domain.errors import FieldProblem, InvalidFields, NotFound, OwnInterest
from cleanit_app.domain.events import AdminDutiesChanged, AdminMade
from cleanit_app.domain.reading.signs import folded
from cleanit_app.domain.statuses import UserStatus
from cleanit_app.models import User
from cleanit_app.services import input_validation
from cleanit_app.services.auth.session_revocation import end_sessions_of
from cleanit_app.services.auth.sign_in import find_account
from cleanit_app.services.unit_of_work import UnitOfWork


def appoint_admin(uow: UnitOfWork, *, actor: Actor, contact: object, duties: object) -> User:
    """Make an existing citizen's account an admin's, with duties; seniors and the person are told (SEC-10).

    A senior asks, with the second factor, and names a mailbox or number that was shown to be that person's; the
    first admin of a house is made by who runs it (SYSTEM). The account is signed out everywhere. InvalidFields for
    an unknown duty or none, and for an account that is not there or does not fit.
    """
    if not actor.may(Permission.SYSTEM):
        actor.must(Permission.MANAGE_ADMINS)
        actor.must_prove()
    form, wanted = input_validation.Form(), _duties(duties)
    if not wanted:
        form.problem("duties", "duties_unknown")
    found = find_account(uow, contact)
    user = uow.lock(User, found.id) if found else None
    if user is None:
        form.problem("contact", "account_unknown" if folded(contact) else "account_missing")
    elif unfit := _unfit(user):
        form.problem("contact", unfit)
    elif not actor.may(Permission.SYSTEM) and not _was_shown(user, contact):
        form.problem("contact", "account_unconfirmed")
    form.done()
    if user is None or wanted is None:
        raise NotFound(what="User")
    user.role, user.duties = Role.ADMIN.value, wanted
    end_sessions_of(uow, user_id=user.id, reason="became an admin")
    uow.record(AdminMade(user.id, ", ".join(wanted)), by=actor)
    return user


def _unfit(user: User) -> str:
    """Why this account cannot become an admin's; empty when it can."""
    if user.role == Role.ADMIN:
        return "account_admin"
    if user.role == Role.CLEANER:
        return "account_cleaner"
    return "" if user.status is UserStatus.ACTIVE else "account_paused"


def _was_shown(user: User, contact: object) -> bool:
    """Whether a code has shown that the named mailbox or number is this person's, not somebody's who only typed it."""
    by_mail = "@" in folded(contact)
    return (user.email_verified_at if by_mail else user.phone_verified_at) is not None


def _duties(duties: object) -> list[str] | None:
    """The duties without repetition, in order; None when one is unknown."""
    if not isinstance(duties, list) or not all(duty in [d.value for d in AdminDuty] for duty in duties):
        return None
    return sorted(set(map(str, duties)))


def change_duties(uow: UnitOfWork, *, actor: Actor, admin_id: UUID, duties: object) -> User:
    """Give an admin exactly these duties; they count from that person's next request or page event on.

    Asks for the second factor. InvalidFields for an unknown duty, NotFound for who is no admin, OwnInterest for
    oneself. None at all leaves an admin who may nothing but manage the own account.
    """
    actor.must(Permission.MANAGE_ADMINS)
    actor.must_prove()
    wanted = _duties(duties)
    if wanted is None:
        raise InvalidFields({"duties": FieldProblem("duties_unknown")})
    if admin_id == actor.user_id:
        raise OwnInterest
    user = uow.lock(User, admin_id)
    if user.role != Role.ADMIN:
        raise NotFound(what="User")
    user.duties = wanted
    uow.record(AdminDutiesChanged(user.id, ", ".join(user.duties)), by=actor)
    return user
