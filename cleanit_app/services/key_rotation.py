"""Changing keys: what lies under an older key is locked anew with the newest, in small steps that may be broken off.

A step that was broken off has changed nothing; the next run finds what is left by its key id (SEC-07).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from cleanit_app.models import IdentityDocument
from cleanit_app.ports import FieldCipher, FileStore
from cleanit_app.services.failures import note_failure
from cleanit_app.services.identity_files import file_context
from cleanit_app.services.unit_of_work import UnitOfWork

OpenUow = Callable[[], AbstractContextManager[UnitOfWork]]
_BATCH = 200


@dataclass(frozen=True)
class LockedColumn:
    """A column whose values are locked, each for the place `table:column:<key>`."""

    table: str
    column: str
    key: str

    def context(self, row_id: UUID) -> str:
        """What binds a value to its row."""
        return f"{self.table}:{self.column}:{row_id}"


# Every column that a field cipher locks; a house test compares it with the tables.
LOCKED = (
    LockedColumn("cleaners", "payout_details", "user_id"),
    LockedColumn("cleaners", "pan_locked", "user_id"),
    LockedColumn("identity_documents", "number_locked", "id"),
    LockedColumn("second_factors", "secret", "user_id"),
)


@dataclass
class Rotation:
    """What one run did: values and files that lie under the newest key now."""

    values: int = 0
    files: int = 0
    lost: int = 0  # files that are not there any more; each is noted for a person


def rotate(open_uow: OpenUow, files: FileStore, cipher: FieldCipher) -> Rotation:
    """Lock everything under older keys anew; ValueError when a key that is still needed is not in the ring."""
    done = Rotation()
    for column in LOCKED:
        while changed := _values(open_uow, cipher, column):
            done.values += changed
    last: UUID | None = None
    while step := _files(open_uow, files, cipher, last):
        last, moved = step[-1].id, sum(one.there for one in step)
        done.files, done.lost = done.files + moved, done.lost + len(step) - moved
    return done


def left_under_older_keys(uow: UnitOfWork, cipher: FieldCipher) -> dict[int, int]:
    """How many values and files lie under each older key; a key that is not named here may be taken away."""
    asked = [
        f"SELECT get_byte({one.column}, 1) AS key_id FROM {one.table} WHERE {one.column} IS NOT NULL"  # noqa: S608 (names from LOCKED)
        for one in LOCKED
    ]
    asked.append("SELECT file_key_id FROM identity_documents WHERE file_key IS NOT NULL")
    union = " UNION ALL ".join(asked)
    sql = f"SELECT key_id, count(*) FROM ({union}) held WHERE key_id <> :newest GROUP BY key_id"  # noqa: S608 (names from LOCKED)
    return {int(key_id): int(count) for key_id, count in uow.run(text(sql), {"newest": cipher.newest})}


def _values(open_uow: OpenUow, cipher: FieldCipher, one: LockedColumn) -> int:
    """One step: some rows, each locked while its value is changed; rows that somebody else holds wait for the next."""
    older = f"""SELECT {one.key} AS id, {one.column} AS value FROM {one.table}
        WHERE {one.column} IS NOT NULL AND get_byte({one.column}, 1) <> :newest
        ORDER BY {one.key} LIMIT :most FOR NO KEY UPDATE"""  # noqa: S608 (names from LOCKED)
    change = f"UPDATE {one.table} SET {one.column} = :value WHERE {one.key} = :id"  # noqa: S608 (names from LOCKED)
    with open_uow() as uow:
        rows = uow.run(text(older), {"newest": cipher.newest, "most": _BATCH}).all()
        anew = []
        for row in rows:
            place = one.context(row.id)
            anew.append(
                {"id": row.id, "value": cipher.lock(cipher.unlock(bytes(row.value), context=place), context=place)}
            )
        if anew:
            uow.run(text(change), anew)
        return len(anew)


@dataclass(frozen=True)
class _Held:
    """One file under an older key, and whether it was there."""

    id: UUID
    there: bool


def _files(open_uow: OpenUow, files: FileStore, cipher: FieldCipher, last: UUID | None) -> list[_Held]:
    """One step: some files after the last one, each written under a new name before its row says so.

    The old file is dropped then. A run that dies in between leaves a file that nobody names; it is overwritten when
    the same file comes again. A file that is lost is noted and does not hold up the others; its key stays needed.
    """
    with open_uow() as uow:
        sql = """SELECT id, file_key FROM identity_documents WHERE file_key IS NOT NULL AND file_key_id <> :newest
            AND (CAST(:last AS uuid) IS NULL OR id > CAST(:last AS uuid)) ORDER BY id LIMIT :most"""
        asked = {"newest": cipher.newest, "most": _BATCH, "last": last}
        held = [(row.id, row.file_key) for row in uow.run(text(sql), asked)]
    done = []
    for document_id, old in held:
        try:
            _file(open_uow, files, cipher, document_id, old)
            done.append(_Held(document_id, there=True))
        except KeyError as lost:
            with open_uow() as uow:
                note_failure(uow, source="key_rotation", subject_id=document_id, trouble=lost)
            done.append(_Held(document_id, there=False))
    return done


def _file(open_uow: OpenUow, files: FileStore, cipher: FieldCipher, document_id: UUID, old: str) -> None:
    place, new = file_context(document_id), f"identity/{document_id}-{cipher.newest}.bin"
    sealed = cipher.seal(cipher.unseal(files.get(old), context=place), context=place)
    files.put(new, sealed, "application/octet-stream")
    with open_uow() as uow:
        document = uow.lock(IdentityDocument, document_id)
        moved = document.file_key == old
        if moved:
            document.file_key, document.file_key_id = new, cipher.newest
    files.delete(old if moved else new)
