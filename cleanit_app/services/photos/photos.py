"""Photos: kept by their sizes, added with what they prove, compared with others (CAM-05, JOB-09, SEC-06)."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.errors import PhotoAlreadyUsed
from cleanit_app.domain.pictures import WIDTHS, ExaminedPhoto
from cleanit_app.models import Photo, new_id
from cleanit_app.ports import FileStore
from cleanit_app.services.photos.image_decoding import examine
from cleanit_app.services.unit_of_work import UnitOfWork

__all__ = ["CAMPAIGN_KINDS", "JOB_KINDS", "WIDTHS", "ExaminedPhoto", "StoredPhoto", "examine", "store"]
CAMPAIGN_KINDS = ("JPEG", "PNG")
JOB_KINDS = ("JPEG", "PNG", "WEBP")
LOOKALIKE_BITS = 5
QUARANTINE = "quarantine/"
_SUFFIX = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


@dataclass(frozen=True)
class StoredPhoto:
    """An examined photo whose files are kept under `base_key`; not yet in the database."""

    photo: ExaminedPhoto
    id: UUID
    base_key: str
    original_key: str
    in_quarantine: bool = False


def store(
    files: FileStore, photo: ExaminedPhoto, *, folder: str, quarantine: bool = False, original: bool = True
) -> StoredPhoto:
    """Keep the original and the public sizes; `folder` is like `campaigns` or `jobs/<id>/completion`.

    In quarantine the files lie where no address leads, until a scanner has looked (SEC-06). What proves nothing by its
    file is kept without the `original`.
    """
    photo_id = new_id()
    base_key, original_key = f"{folder}/{photo_id}", f"originals/{folder}/{photo_id}.{_SUFFIX[photo.kind]}"
    under = QUARANTINE if quarantine else ""
    try:
        if original:
            files.put(under + original_key, photo.original, f"image/{photo.kind.lower()}")
        for width, data in photo.sizes.items():
            files.put(f"{under}{base_key}/{width}.webp", data, "image/webp")
    except BaseException:  # a disk that fills up in the middle
        drop(files, [under + key for key in keys_of(original_key, base_key, photo.sizes)])
        raise
    return StoredPhoto(photo, photo_id, base_key, original_key, quarantine)


def keys_of(original_key: str, base_key: str, widths: Iterable[int]) -> list[str]:
    """Every file of a photo, its original first."""
    return [original_key, *(f"{base_key}/{width}.webp" for width in widths)]


def drop(files: FileStore, keys: Iterable[str]) -> None:
    """Delete what nobody will point at; a file that stays is only lost space."""
    for key in keys:
        with suppress(OSError):
            files.delete(key)


def add_photo(
    uow: UnitOfWork,
    *,
    owner: Actor,
    stored: StoredPhoto,
    location_source: str,
    place: tuple[float, float] | None,
    accuracy_m: float | None,
    taken_at: datetime | None,
    job_id: UUID | None = None,
) -> Photo:
    """Add a stored photo with what it proves, an after-photo with its job.

    Raises PhotoAlreadyUsed when the very same file came before.
    """
    row = Photo(
        id=stored.id,
        owner_id=owner.user_id,
        job_id=job_id,
        sha256=stored.photo.sha256,
        phash=stored.photo.dhash,
        original_key=stored.original_key,
        base_key=stored.base_key,
        widths=sorted(stored.photo.sizes),
        width=stored.photo.width,
        height=stored.photo.height,
        bytes_received=len(stored.photo.original),
        received_at=uow.now,
        quarantined_at=uow.now if stored.in_quarantine else None,
        brightness=stored.photo.brightness,
        sharpness=stored.photo.sharpness,
        location_source=location_source,
        latitude=place[0] if place else None,
        longitude=place[1] if place else None,
        accuracy_m=accuracy_m,
        taken_at=taken_at,
        exif=_exif_facts(stored.photo),
    )
    uow.add(row)
    try:
        uow.flush()
    except IntegrityError as same:
        if "sha256" not in str(same.orig):
            raise
        raise PhotoAlreadyUsed from same
    if stored.in_quarantine:
        uow.hint("default", "workers.jobs.photos.scan_photos")
    return row


def _exif_facts(photo: ExaminedPhoto) -> dict[str, object]:
    taken = photo.taken_at.isoformat() if photo.taken_at else None
    return {"place": photo.place, "takenAt": taken, "camera": photo.camera}


def lookalike_of(uow: UnitOfWork, photo: Photo) -> UUID | None:
    """Another photo that looks the same (a few bits of the hash apart), newest 20,000 searched, or None.

    Earlier tries of the same job are no copies: people stand where they stood.
    """
    recent = (
        select(col(Photo.id), col(Photo.phash))
        .where(
            col(Photo.id) != photo.id, col(Photo.job_id).is_distinct_from(photo.job_id) | col(Photo.job_id).is_(None)
        )
        .order_by(col(Photo.id).desc())
        .limit(20_000)
    )
    mask = (1 << 64) - 1
    for other_id, bits in uow.run(recent):
        if ((bits ^ photo.phash) & mask).bit_count() <= LOOKALIKE_BITS:
            return UUID(str(other_id))
    return None
