"""Banners of the site: those that stand, come, and stood, with who set them (OPS-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.banners import BannerTone
from cleanit_app.reads.paging import Page, ask_list, json_object, one_page, page_size, read_cursor
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class BannerItem:
    """One banner; `ended_at` is set when somebody took it away before its time."""

    id: UUID
    said: dict[str, str]
    tone: BannerTone
    link: str
    from_at: datetime
    until_at: datetime
    made_at: datetime
    made_by_name: str
    ended_at: datetime | None
    ended_by_name: str | None

    def stands(self, now: datetime) -> bool:
        """Whether it can still be taken away: it is seen now, or would be."""
        return self.ended_at is None and self.until_at > now


def banners(uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None) -> Page[BannerItem]:
    """Every banner, the newest first."""
    actor.must(Permission.MANAGE_ADMINS)
    size = page_size(limit)
    keys = read_cursor(cursor, UUID)
    rows = ask_list(
        uow,
        "banners",
        f"""SELECT b.*, m.name AS made_by_name, e.name AS ended_by_name
            FROM site_banners b JOIN users m ON m.id = b.made_by LEFT JOIN users e ON e.id = b.ended_by
            {"WHERE b.id < CAST(:last AS uuid)" if keys else ""} ORDER BY b.id DESC LIMIT :size""",
        size=size + 1,
        **({"last": keys[0]} if keys else {}),
    )
    return one_page(rows, size, _item, lambda row: (row.id,))


def _item(row: Row[Any]) -> BannerItem:
    return BannerItem(
        id=row.id,
        said={str(lang): str(text) for lang, text in json_object(row.said).items()},
        tone=BannerTone(row.tone),
        link=row.link,
        from_at=row.from_at,
        until_at=row.until_at,
        made_at=row.made_at,
        made_by_name=row.made_by_name,
        ended_at=row.ended_at,
        ended_by_name=row.ended_by_name,
    )
