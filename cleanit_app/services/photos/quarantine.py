"""Photos that nobody could scan when they came: scanned later, then published or destroyed (SEC-06)."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.events import PhotoWasInfected
from cleanit_app.models import Photo
from cleanit_app.ports import FileStore, ScannerAway, VirusScanner
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.services.photos.photos import QUARANTINE, keys_of
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork

_BATCH = 20
_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


def scan_waiting(open_uow: OpenUow, files: FileStore, scanner: VirusScanner) -> int:
    """Scan what waits, oldest first, and stop while the scanner is away; how many photos came out."""
    done, tried = 0, set[UUID]()
    while True:
        with open_uow() as uow:
            fresh = [one for one in _waiting(uow, limit=_BATCH + len(tried)) if one not in tried][:_BATCH]
        if not fresh:
            return done
        for photo_id in fresh:
            tried.add(photo_id)
            try:
                _scan(open_uow, files, scanner, photo_id)
                done += 1
            except (ScannerAway, DomainError, KeyError, OSError) as trouble:  # a lost file does not keep the others
                with open_uow() as uow:
                    note_failure(uow, source="quarantine", subject_id=photo_id, trouble=trouble)
                if isinstance(trouble, ScannerAway):
                    return done


def _waiting(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    held = col(Photo.quarantined_at)
    oldest = select(col(Photo.id)).where(
        held.is_not(None), col(Photo.infected_with).is_(None), col(Photo.erased_at).is_(None)
    )
    oldest = oldest.order_by(held)
    return list(uow.run(oldest.limit(limit)).scalars())


def _scan(open_uow: OpenUow, files: FileStore, scanner: VirusScanner, photo_id: UUID) -> None:
    with open_uow() as uow:
        photo = uow.get(Photo, photo_id)
    _bring_out(open_uow, files, photo, _found(files, scanner, photo))


def _keys(photo: Photo) -> list[str]:
    return keys_of(photo.original_key, photo.base_key, photo.widths)


def _found(files: FileStore, scanner: VirusScanner, photo: Photo) -> str | None:
    """What the scanner finds in any file of the photo; its files may be out already after a crash."""
    for key in _keys(photo):
        try:
            data = files.get(QUARANTINE + key)
        except KeyError:
            data = files.get(key)
        found = scanner.scan(data).found
        if found is not None:
            return found
    return None


def _bring_out(open_uow: OpenUow, files: FileStore, photo: Photo, found: str | None) -> None:
    """Publish a clean photo, destroy an infected one; repeated after a crash, each step finds its work done."""
    for key in _keys(photo) if found is None else ():
        try:
            files.put(key, files.get(QUARANTINE + key), _TYPES[key.rpartition(".")[2]])
        except KeyError:
            files.get(key)
    with open_uow() as uow:
        _settle(uow, photo.id, found)
    for key in _keys(photo):
        files.delete(QUARANTINE + key)


def _settle(uow: UnitOfWork, photo_id: UUID, found: str | None) -> None:
    photo = uow.lock(Photo, photo_id)
    if found is None:
        photo.quarantined_at = None
        return
    photo.infected_with = found[:100]
    uow.record(PhotoWasInfected(photo.id, photo.owner_id, found[:100]), by=SYSTEM)
