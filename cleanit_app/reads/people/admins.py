"""Who the admins are and what each is trusted with, for whoever manages them (SEC-10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, AdminDuty, Permission
from cleanit_app.domain.errors import NotFound
from cleanit_app.reads.paging import Page, about_one, ask, ask_list, one_page, page_size, read_cursor
from cleanit_app.services.unit_of_work import UnitOfWork

_ADMINS = """SELECT u.id, u.name, lower(u.name) AS place, coalesce(u.email, u.phone) AS contact, u.duties,
  EXISTS (SELECT FROM second_factors f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS has_factor
FROM users u WHERE u.role = 'ADMIN' AND u.status = 'ACTIVE' {only} ORDER BY lower(u.name), u.id LIMIT :many"""


@dataclass(frozen=True)
class AdminItem:
    """One admin; `mine` is the one who asks. `has_factor`: a second factor is set up."""

    id: UUID
    name: str
    contact: str
    duties: tuple[AdminDuty, ...]
    has_factor: bool
    mine: bool


def admins_by_name(
    uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None
) -> Page[AdminItem]:
    """A page of the admins whose account stands, by name."""
    actor.must(Permission.MANAGE_ADMINS)
    after, size = read_cursor(cursor, str, UUID), page_size(limit)
    name, admin_id = after or (None, None)
    beyond = "AND (lower(u.name), u.id) > (:name, CAST(:admin_id AS uuid))" if after else ""
    rows = ask_list(uow, "admins", _ADMINS.format(only=beyond), name=name, admin_id=admin_id, many=size + 1)
    return one_page(rows, size, lambda row: _item(row, actor), lambda row: (row.place, row.id))


@about_one
def one_admin(uow: UnitOfWork, *, actor: Actor, admin_id: UUID) -> AdminItem:
    """One of them; NotFound when there is none."""
    actor.must(Permission.MANAGE_ADMINS)
    rows = ask(uow, _ADMINS.format(only="AND u.id = :admin_id"), admin_id=admin_id, many=1)
    if not rows:
        raise NotFound(what="User")
    return _item(rows[0], actor)


def _item(row: Row[Any], actor: Actor) -> AdminItem:
    duties = tuple(map(AdminDuty, row.duties))
    return AdminItem(row.id, row.name, row.contact, duties, row.has_factor, row.id == actor.user_id)
