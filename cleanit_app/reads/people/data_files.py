"""The photos that somebody sent, by the keys they lie under: what a copy of one's data takes along (LAW-01)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.reads.paging import ask_list
from cleanit_app.services.unit_of_work import UnitOfWork

AT_ONCE = 100
BEFORE_ALL = UUID(int=0)


@dataclass(frozen=True)
class DataFile:
    """A photo of one's own: what it is called in the copy, and its key in the store."""

    id: UUID
    name: str
    key: str


# Photos of cleanups and work as they were sent; of messages the largest size, for no other is kept. What nobody has
# scanned yet, or what was found infected, is given to nobody.
_MINE = """
SELECT id, 'photos/' || id || substring(original_key FROM '\\.[a-z]+$') AS name, original_key AS key FROM photos
WHERE owner_id = :me AND quarantined_at IS NULL AND infected_with IS NULL AND erased_at IS NULL AND id > :after
UNION ALL
SELECT id, 'messages/' || id || '.webp', base_key || '/' || widths[cardinality(widths)] || '.webp' FROM attachments
WHERE owner_id = :me AND id > :after
ORDER BY id LIMIT :most
"""


def my_files(uow: UnitOfWork, *, actor: Actor, after: UUID = BEFORE_ALL) -> tuple[DataFile, ...]:
    """The next of my photos in the order of their ids, a hundred at most; those of others are never among them."""
    actor.must(Permission.MANAGE_SELF)
    rows = ask_list(uow, "my photos", _MINE, me=actor.user_id, after=after, most=AT_ONCE)
    return tuple(rows.read(_file))


def _file(row: Row[Any]) -> DataFile:
    return DataFile(row.id, row.name, row.key)
