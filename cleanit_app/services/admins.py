"""Admins: what each is trusted with, changed by a senior and told to everybody it concerns (SEC-10)."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.actors import Actor, AdminDuty, Permission, Role
from cleanit_app.domain.errors import FieldProblem, InvalidFields, NotFound, OwnInterest
from cleanit_app.domain.events import AdminDutiesChanged
from cleanit_app.models import User
from cleanit_app.services.unit_of_work import UnitOfWork


def change_duties(uow: UnitOfWork, *, actor: Actor, admin_id: UUID, duties: object) -> User:
    """Give an admin exactly these duties; they count from that person's next request or page event on.

    Asks for the second factor. InvalidFields for an unknown duty, NotFound for who is no admin, OwnInterest for
    oneself. None at all leaves an admin who may nothing but manage the own account.
    """
    actor.must(Permission.MANAGE_ADMINS)
    actor.must_prove()
    if not isinstance(duties, list) or not all(duty in [d.value for d in AdminDuty] for duty in duties):
        raise InvalidFields({"duties": FieldProblem("duties_unknown")})
    if admin_id == actor.user_id:
        raise OwnInterest
    user = uow.lock(User, admin_id)
    if user.role != Role.ADMIN:
        raise NotFound(what="User")
    user.duties = sorted(set(map(str, duties)))
    uow.record(AdminDutiesChanged(user.id, ", ".join(user.duties)), by=actor)
    return user
