"""Who the admins are and what each is trusted with, for whoever manages them (SEC-10)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from cleanit_app.domain.actors import Actor, AdminDuty, Permission
from cleanit_app.reads.paging import ask
from cleanit_app.services.unit_of_work import UnitOfWork

MOST_SHOWN = 200


@dataclass(frozen=True)
class AdminItem:
    """One admin; `mine` is the one who asks. `has_factor`: a second factor is set up."""

    id: UUID
    name: str
    contact: str
    duties: tuple[AdminDuty, ...]
    has_factor: bool
    mine: bool


def all_admins(uow: UnitOfWork, *, actor: Actor) -> tuple[AdminItem, ...]:
    """Every admin whose account stands, by name."""
    actor.must(Permission.MANAGE_ADMINS)
    rows = ask(
        uow,
        """SELECT u.id, u.name, coalesce(u.email, u.phone) AS contact, u.duties,
             EXISTS (SELECT FROM second_factors f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS has_factor
           FROM users u WHERE u.role = 'ADMIN' AND u.status = 'ACTIVE' ORDER BY lower(u.name), u.id LIMIT :most""",
        most=MOST_SHOWN,
    )
    return tuple(
        AdminItem(r.id, r.name, r.contact, tuple(map(AdminDuty, r.duties)), r.has_factor, r.id == actor.user_id)
        for r in rows
    )
