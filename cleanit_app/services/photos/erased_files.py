"""Photos that went with their owner's account: their files leave the store, and are tried again until they have."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select

from cleanit_app.models import Attachment, Photo, User
from cleanit_app.ports import FileStore
from cleanit_app.services.photos.photos import QUARANTINE, keys_of
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork


def files_to_drop(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    """Erased photos whose files are in the store still."""
    mine = col(Photo.erased_at).is_not(None), col(Photo.files_gone_at).is_(None)
    return list(uow.run(select(col(Photo.id)).where(*mine).order_by(col(Photo.id)).limit(limit)).scalars())


def drop_files(open_uow: OpenUow, files: FileStore, *, photo_id: UUID) -> None:
    """Delete original and sizes of one erased photo and note it; what is gone already hinders nothing (LAW-02)."""
    with open_uow() as uow:
        photo = uow.get(Photo, photo_id)
        keys = keys_of(photo.original_key, photo.base_key, photo.widths)
        hidden = photo.quarantined_at is not None
    for key in keys:
        files.delete(QUARANTINE + key if hidden else key)
    with open_uow() as uow:
        uow.lock(Photo, photo_id).files_gone_at = uow.now


def attachments_to_drop(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    """Photos that somebody sent to support before the account was erased."""
    theirs = select(col(Attachment.id)).join(User, col(User.id) == col(Attachment.owner_id))
    return list(uow.run(theirs.where(col(User.erased_at).is_not(None)).limit(limit)).scalars())


def drop_attachment(open_uow: OpenUow, files: FileStore, *, attachment_id: UUID) -> None:
    """Delete the sizes of one such photo, then its row; it has no original."""
    with open_uow() as uow:
        row = uow.get(Attachment, attachment_id)
        keys = [f"{row.base_key}/{width}.webp" for width in row.widths]
    for key in keys:
        files.delete(key)
    with open_uow() as uow:
        uow.run(delete(Attachment).where(col(Attachment.id) == attachment_id))
