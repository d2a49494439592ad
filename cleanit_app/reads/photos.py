"""What a page needs to show a photo: where its public sizes are, never the original."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class PhotoView:
    """A photo's public sizes: `/files/<base_key>/<width>.webp` for each width in px."""

    id: UUID
    base_key: str
    widths: tuple[int, ...]
    width: int
    height: int
    taken_at: datetime | None
    received_at: datetime


def photo_columns(alias: str, prefix: str) -> str:
    """The SQL columns of one photo, to be read back by `photo_of`."""
    names = ("id", "base_key", "widths", "width", "height", "taken_at", "received_at")
    return ", ".join(f"{alias}.{name} AS {prefix}_{name}" for name in names)


def photo_of(row: Mapping[str, Any], prefix: str) -> PhotoView | None:
    """The photo in a row's mapping, or None when the join found none."""
    if row[f"{prefix}_id"] is None:
        return None
    return PhotoView(
        id=row[f"{prefix}_id"],
        base_key=row[f"{prefix}_base_key"],
        widths=tuple(row[f"{prefix}_widths"]),
        width=row[f"{prefix}_width"],
        height=row[f"{prefix}_height"],
        taken_at=row[f"{prefix}_taken_at"],
        received_at=row[f"{prefix}_received_at"],
    )
