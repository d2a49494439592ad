"""The pictures of IDs in the store: sealed before they get there, dropped when they have served (LAW-08, SEC-07)."""

from __future__ import annotations

import hashlib
from uuid import UUID

from sqlalchemy import text

from cleanit_app.models import IdentityDocument, new_id
from cleanit_app.ports import FieldCipher, FileStore
from cleanit_app.services.people.identity import DocumentDraft, SealedPicture
from cleanit_app.services.photos.photos import ExaminedPhoto
from cleanit_app.services.unit_of_work import OpenUow

PICTURE_TYPE = "image/webp"
_WIDTH = 1600
_BATCH = 50


def file_context(document_id: UUID) -> str:
    """What binds a sealed picture to its document."""
    return f"identity_documents:file:{document_id}"


def number_context(document_id: UUID) -> str:
    """What binds a locked number to its document."""
    return f"identity_documents:number_locked:{document_id}"


def keep_sealed(files: FileStore, cipher: FieldCipher, *, draft: DocumentDraft, photo: ExaminedPhoto) -> SealedPicture:
    """Keep the picture of an ID, re-encoded without any metadata and sealed; what was sent is kept nowhere."""
    document_id = new_id()
    key, picture = f"identity/{document_id}.bin", photo.sizes[_WIDTH]
    files.put(key, cipher.seal(picture, context=file_context(document_id)), "application/octet-stream")
    number = cipher.lock(draft.number, context=number_context(document_id))
    return SealedPicture(document_id, key, cipher.newest, hashlib.sha256(picture).digest(), number)


def picture_of(files: FileStore, cipher: FieldCipher, document: IdentityDocument) -> bytes:
    """The picture of an ID in clear, for the eyes of one admin; KeyError when its file is gone."""
    return cipher.unseal(files.get(document.file_key or ""), context=file_context(document.id))


def drop_files(open_uow: OpenUow, files: FileStore) -> int:
    """Delete the pictures of IDs that were refused or replaced; how many there were."""
    dropped = 0
    while batch := _to_drop(open_uow):
        for document_id, key in batch:
            files.delete(key)
            with open_uow() as uow:  # by a statement: whatever else its row says, it stands in nobody's way
                uow.run(text(_DROPPED), {"id": document_id, "now": uow.now})
        dropped += len(batch)
    return dropped


def _to_drop(open_uow: OpenUow) -> list[tuple[UUID, str]]:
    with open_uow() as uow:
        rows = uow.run(text(_DROPPABLE), {"most": _BATCH})
        return [(row.id, row.file_key) for row in rows]


_DROPPED = "UPDATE identity_documents SET file_key = NULL, file_dropped_at = :now WHERE id = :id"
_DROPPABLE = """SELECT id, file_key FROM identity_documents
WHERE status IN ('REFUSED','REPLACED') AND file_key IS NOT NULL ORDER BY id LIMIT :most"""
