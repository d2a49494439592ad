"""Changing keys: what lies under an older key is locked anew with the newest, in small steps that may be broken off.

A step that was broken off has changed nothing; the next run finds what is left by its key id (SEC-07).
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from cleanit_app.models import IdentityDocument
from cleanit_app.ports import CannotUnlock, FieldCipher, FileStore
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.services.people.identity_files import file_context
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork

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
    LockedColumn("cleaners", "tax_name_locked", "user_id"),
    LockedColumn("identity_documents", "number_locked", "id"),
    LockedColumn("second_factors", "secret", "user_id"),
)


@dataclass
class Rotation:
    """What one run did: values and files that lie under the newest key now, and those that could not be opened."""

    values: int = 0
    files: int = 0
    closed: int = 0  # values that no key of the ring opens; noted for a person, their key stays needed
    lost: int = 0  # files that are not there any more or that no key opens; each is noted


def rotate(open_uow: OpenUow, files: FileStore, cipher: FieldCipher) -> Rotation:
    """Lock everything under older keys anew; what no key opens is noted, left as it is, and holds up nothing else."""
    done = Rotation()
    for column in LOCKED:
        values, closed = _column(open_uow, cipher, column)
        done.values, done.closed = done.values + values, done.closed + closed
    last: UUID | None = None
    while step := _files(open_uow, files, cipher, last):
        last, moved = step[-1].id, sum(one.moved for one in step)
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


def _column(open_uow: OpenUow, cipher: FieldCipher, one: LockedColumn) -> tuple[int, int]:
    """Lock a column anew, step by step; how many values that were, and how many no key opened."""
    values, last = 0, None
    closed: list[tuple[UUID, CannotUnlock]] = []
    while step := _values(open_uow, cipher, one, last):
        last = step[-1][0]
        refused = [(row_id, trouble) for row_id, trouble in step if trouble]
        values, closed = values + len(step) - len(refused), closed + refused
    if closed:  # one line for a column: a key that is missing would fill the list of failures every night
        row_id, trouble = closed[0]
        where = f"{len(closed)} of {one.table}.{one.column}"
        with open_uow() as uow:
            note_failure(uow, source="key_rotation", subject_id=row_id, trouble=trouble, where=where)
    return values, len(closed)


def _values(
    open_uow: OpenUow, cipher: FieldCipher, one: LockedColumn, last: UUID | None
) -> list[tuple[UUID, CannotUnlock | None]]:
    """One step: some rows after the last one, each locked while its value is changed, and what was wrong with it."""
    older = f"""SELECT {one.key} AS id, {one.column} AS value FROM {one.table}
        WHERE {one.column} IS NOT NULL AND get_byte({one.column}, 1) <> :newest
            AND (CAST(:last AS uuid) IS NULL OR {one.key} > CAST(:last AS uuid))
        ORDER BY {one.key} LIMIT :most FOR NO KEY UPDATE"""  # noqa: S608 (names from LOCKED)
    change = f"UPDATE {one.table} SET {one.column} = :value WHERE {one.key} = :id"  # noqa: S608 (names from LOCKED)
    done: list[tuple[UUID, CannotUnlock | None]] = []
    anew = []
    with open_uow() as uow:
        for row in uow.run(text(older), {"newest": cipher.newest, "most": _BATCH, "last": last}):
            place = one.context(row.id)
            try:
                plain = cipher.unlock(bytes(row.value), context=place)
            except CannotUnlock as trouble:
                done.append((row.id, trouble))
                continue
            anew.append({"id": row.id, "value": cipher.lock(plain, context=place)})
            done.append((row.id, None))
        if anew:
            uow.run(text(change), anew)
    return done


@dataclass(frozen=True)
class _Held:
    """One file under an older key, and whether it lies under the newest now."""

    id: UUID
    moved: bool


def _files(open_uow: OpenUow, files: FileStore, cipher: FieldCipher, last: UUID | None) -> list[_Held]:
    """One step: some files after the last one, each written under a new name before its row says so.

    The old file is dropped then. A run that dies in between leaves a file that nobody names; it is overwritten when
    the same file comes again. A file that is lost or that no key opens is noted and does not hold up the others;
    its key stays needed.
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
            done.append(_Held(document_id, moved=True))
        except (KeyError, CannotUnlock) as lost:
            with open_uow() as uow:
                there = uow.get(IdentityDocument, document_id).file_key == old  # else somebody else moved or dropped it
                if there:
                    note_failure(uow, source="key_rotation", subject_id=document_id, trouble=lost)
            done.append(_Held(document_id, moved=not there))
    return done


def _file(open_uow: OpenUow, files: FileStore, cipher: FieldCipher, document_id: UUID, old: str) -> None:
    place, new = file_context(document_id), f"identity/{document_id}-{cipher.newest}.bin"
    sealed = cipher.seal(cipher.unseal(files.get(old), context=place), context=place)
    files.put(new, sealed, "application/octet-stream")
    with open_uow() as uow:
        document = uow.lock(IdentityDocument, document_id)
        if document.file_key == old:
            document.file_key, document.file_key_id = new, cipher.newest
        named = document.file_key
    for key in {old, new} - {named}:  # another run may have moved it meanwhile: what the row names stays
        files.delete(key)
