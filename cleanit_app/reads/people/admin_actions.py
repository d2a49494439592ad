"""What admins did, newest first, for whoever manages admins (SEC-10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.models import first_id_of_moment
from cleanit_app.reads.paging import Page, ask_list, json_object, one_page, page_size, read_cursor
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AdminActionItem:
    """One thing an admin did; `address` is where that admin had signed in from."""

    id: UUID
    admin_id: UUID
    admin_name: str
    action: str
    subject_id: UUID | None
    details: Mapping[str, Any]
    address: str
    at: datetime


@dataclass(frozen=True)
class Wanted:
    """Which acts are looked for: of one admin, about one thing, of one kind, from one moment until before another."""

    admin_id: UUID | None = None
    subject_id: UUID | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def admin_actions(
    uow: UnitOfWork,
    *,
    actor: Actor,
    wanted: Wanted = Wanted(),
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[AdminActionItem]:
    """What admins did: all of it or what is looked for; newest first."""
    actor.must(Permission.MANAGE_ADMINS)
    size, keys = page_size(limit), read_cursor(cursor, UUID)
    given: dict[str, Any] = {n: getattr(wanted, n) for n in ("admin_id", "subject_id", "action") if getattr(wanted, n)}
    conditions = [f"a.{name} = :{name}" for name in given]
    # The ids were made at the moment of the act, so the index that orders them also finds a time.
    for name, sign, bound in (("since", ">=", wanted.since), ("until", "<", wanted.until)):
        if bound is not None:
            given[name] = first_id_of_moment(bound)
            conditions.append(f"a.id {sign} :{name}")
    if keys:
        given["last"] = keys[0]
        conditions.append("a.id < :last")
    rows = ask_list(
        uow,
        "acts of admins",
        f"""SELECT a.*, u.name, coalesce(s.address, '') AS address FROM admin_actions a
            JOIN users u ON u.id = a.admin_id LEFT JOIN sessions s ON s.id = a.session_id
            {"WHERE " + " AND ".join(conditions) if conditions else ""} ORDER BY a.id DESC LIMIT :size""",
        size=size + 1,
        **given,
    )
    return one_page(rows, size, _item, lambda row: (row.id,))


@dataclass(frozen=True)
class LogChoices:
    """What one may look for: every admin there was (id, name), and every kind of act that was done."""

    admins: tuple[tuple[UUID, str], ...]
    actions: tuple[str, ...]


def log_choices(uow: UnitOfWork, *, actor: Actor) -> LogChoices:
    """The choices above the log; kinds are found by stepping through their index, not by reading the log."""
    actor.must(Permission.MANAGE_ADMINS)
    admins = ask_list(uow, "admins", "SELECT id, name FROM users WHERE role = 'ADMIN' ORDER BY name, id LIMIT 500")
    actions = ask_list(
        uow,
        "kinds of acts",
        """WITH RECURSIVE kinds (action) AS (
             (SELECT action FROM admin_actions ORDER BY action LIMIT 1)
             UNION ALL
             SELECT (SELECT a.action FROM admin_actions a WHERE a.action > k.action ORDER BY a.action LIMIT 1)
             FROM kinds k WHERE k.action IS NOT NULL)
           SELECT action FROM kinds WHERE action IS NOT NULL""",
    )
    return LogChoices(tuple(admins.read(lambda row: (row.id, row.name))), tuple(actions.read(lambda row: row.action)))


def _item(row: Row[Any]) -> AdminActionItem:
    return AdminActionItem(
        row.id, row.admin_id, row.name, row.action, row.subject_id, json_object(row.details), row.address, row.at
    )
