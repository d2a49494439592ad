"""What a page needs to show a photo: where its public sizes are, never the original."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row


@dataclass(frozen=True)
class PhotoView:
    """A photo's public sizes: `/files/<base_key>/<width>.webp` for each width in px; none of them when withheld."""

    id: UUID
    base_key: str
    widths: tuple[int, ...]
    width: int
    height: int
    taken_at: datetime | None
    received_at: datetime


def withheld(photo: PhotoView) -> PhotoView:
    """The photo without its sizes, for whom its files answer with 404."""
    return replace(photo, base_key="", widths=())


def photo_columns(alias: str, prefix: str) -> str:
    """The SQL columns of one photo, to be read back by `photo_of`; an erased one comes without its sizes (LAW-02)."""
    names = ("id", "width", "height", "taken_at", "received_at")
    sizes = (
        f"CASE WHEN {alias}.erased_at IS NULL THEN {alias}.base_key ELSE '' END AS {prefix}_base_key",
        f"CASE WHEN {alias}.erased_at IS NULL THEN {alias}.widths ELSE '{{}}' END AS {prefix}_widths",
    )
    return ", ".join((*(f"{alias}.{name} AS {prefix}_{name}" for name in names), *sizes))


def photo_of(row: Row[Any], prefix: str) -> PhotoView:
    """The photo in a row; every campaign has one, so its join cannot miss."""
    value = row._mapping
    return PhotoView(
        id=value[f"{prefix}_id"],
        base_key=value[f"{prefix}_base_key"],
        widths=tuple(value[f"{prefix}_widths"]),
        width=value[f"{prefix}_width"],
        height=value[f"{prefix}_height"],
        taken_at=value[f"{prefix}_taken_at"],
        received_at=value[f"{prefix}_received_at"],
    )


def maybe_photo(row: Row[Any], prefix: str) -> PhotoView | None:
    """The photo in a row, or None when the outer join found none."""
    return None if row._mapping[f"{prefix}_id"] is None else photo_of(row, prefix)
