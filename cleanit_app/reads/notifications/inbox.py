"""A person's notifications, newest first; words are made from kind and values in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission, Role
from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.notifications import NotificationCategory, choices_for
from cleanit_app.reads.notifications.pictures import Pictures, pictures_of
from cleanit_app.reads.paging import Page, ask, ask_list, json_object, one_page, page_size, read_cursor
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class NotificationItem:
    """Something this person was told; `link` is where it leads inside Cleanit."""

    id: UUID
    kind: str
    values: dict[str, Any]
    link: str
    created_at: datetime
    delivered_at: datetime | None
    read_at: datetime | None
    pictures: Pictures | None = None


@dataclass(frozen=True)
class Inbox:
    """A page of notifications and how many are unread in all (NOT-02)."""

    page: Page[NotificationItem]
    unread_count: int


def notifications(
    uow: UnitOfWork,
    *,
    actor: Actor,
    unread_only: bool = False,
    cursor: str | None = None,
    limit: int | None = None,
) -> Inbox:
    """My notifications, newest first, and the number of unread ones."""
    actor.must(Permission.MANAGE_SELF)
    size = page_size(limit)
    keys = read_cursor(cursor, UUID)
    rows = ask_list(
        uow,
        "notifications",
        f"""SELECT id, kind, values, link, created_at, delivered_at, read_at FROM notifications
            WHERE user_id = :me {"AND read_at IS NULL" if unread_only else ""}
              {"AND id < CAST(:last AS uuid)" if keys else ""} ORDER BY id DESC LIMIT :size""",
        me=actor.user_id,
        size=size + 1,
        **({"last": keys[0]} if keys else {}),
    )
    page = one_page(
        rows,
        size,
        _item,
        lambda row: (row.id,),
    )
    pictures = pictures_of(uow, actor=actor, values=[item.values for item in page.items])
    shown = tuple(replace(item, pictures=pair) for item, pair in zip(page.items, pictures, strict=True))
    return Inbox(replace(page, items=shown), unread_count(uow, actor=actor))


def _item(r: Row[Any]) -> NotificationItem:
    values = json_object(r._mapping["values"])
    return NotificationItem(r.id, r.kind, values, r.link, r.created_at, r.delivered_at, r.read_at)


def unread_count(uow: UnitOfWork, *, actor: Actor) -> int:
    """How many notifications this person has not read."""
    actor.must(Permission.MANAGE_SELF)
    sql = "SELECT count(*) FROM notifications WHERE user_id = :me AND read_at IS NULL"
    return int(ask(uow, sql, me=actor.user_id)[0][0])


@dataclass(frozen=True)
class NotificationChoice:
    """A category of news and whether this person gets it."""

    category: NotificationCategory
    on: bool


def notification_choices(uow: UnitOfWork, *, actor: Actor) -> list[NotificationChoice]:
    """What this person can switch on and off (NOT-05); money, security and legal notifications are not among it."""
    actor.must(Permission.MANAGE_SELF)
    row: Any = ask(uow, "SELECT role, muted_notices FROM users WHERE id = :me", me=actor.user_id)[0]
    role, muted = row
    return [NotificationChoice(category, category.value not in muted) for category in choices_for(Role(role))]


def own_notification(uow: UnitOfWork, *, actor: Actor, notification_id: UUID) -> UUID:
    """The id of a notification of mine; NotFound for anybody else's and for none."""
    actor.must(Permission.MANAGE_SELF)
    sql = "SELECT id FROM notifications WHERE id = :id AND user_id = :me"
    if not ask(uow, sql, id=notification_id, me=actor.user_id):
        raise NotFound(what="Notification")
    return notification_id
