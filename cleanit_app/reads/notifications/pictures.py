"""The pictures beside a notification: the place before, and after, as far as its reader may see them (JOB-12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from cleanit_app.domain.actors import Actor
from cleanit_app.reads.photos.photos import PhotoView
from cleanit_app.reads.photos.visibility import photos_seen_by
from cleanit_app.services.unit_of_work import UnitOfWork

_NAMED_BY = ("beforePhotoId", "afterPhotoId")

Pictures = tuple[PhotoView, PhotoView]
"""The place before and after; there is no picture of one without the other."""


def pictures_of(uow: UnitOfWork, *, actor: Actor, values: Iterable[Mapping[str, Any]]) -> list[Pictures | None]:
    """For each notification's values its two photos; None where it names none or its reader may not see both."""
    named = [_named(each) for each in values]
    seen = photos_seen_by(uow, actor=actor, photo_ids=[photo for pair in named for photo in pair])
    return [(seen[pair[0]], seen[pair[1]]) if pair and seen.keys() >= set(pair) else None for pair in named]


def _named(values: Mapping[str, Any]) -> tuple[UUID, ...]:
    """The two ids that the values name; none when one of them is missing or was stored as something else."""
    try:
        return tuple(UUID(values[name]) for name in _NAMED_BY)
    except (KeyError, ValueError, TypeError, AttributeError):
        return ()
