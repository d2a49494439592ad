"""What admins did, newest first, for whoever manages admins (SEC-10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.reads.paging import Page, ask, one_page, page_size, read_cursor
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


def admin_actions(
    uow: UnitOfWork,
    *,
    actor: Actor,
    admin_id: UUID | None = None,
    subject_id: UUID | None = None,
    action: str | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[AdminActionItem]:
    """What admins did: all of it, or of one admin, about one thing, of one kind; newest first."""
    actor.must(Permission.MANAGE_ADMINS)
    size, keys = page_size(limit), read_cursor(cursor, UUID)
    wanted = {"admin_id": admin_id, "subject_id": subject_id, "action": action}
    given = {name: value for name, value in wanted.items() if value}
    conditions = [f"a.{name} = :{name}" for name in given] + (["a.id < :last"] if keys else [])
    rows = ask(
        uow,
        f"""SELECT a.*, u.name, coalesce(s.address, '') AS address FROM admin_actions a
            JOIN users u ON u.id = a.admin_id LEFT JOIN sessions s ON s.id = a.session_id
            {"WHERE " + " AND ".join(conditions) if conditions else ""} ORDER BY a.id DESC LIMIT :size""",
        size=size + 1,
        **given,
        **({"last": keys[0]} if keys else {}),
    )
    return one_page(rows, size, _item, lambda row: (row.id,))


def _item(row: Row[Any]) -> AdminActionItem:
    return AdminActionItem(row.id, row.admin_id, row.name, row.action, row.subject_id, row.details, row.address, row.at)
