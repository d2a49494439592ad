"""Photos that arrive: read up to a limit, taken apart, scanned, stored, and forgotten when the wish is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog
from fastapi import Request, UploadFile

from cleanit_app.api.dependencies import wiring_of
from cleanit_app.domain.errors import PhotoInfected, PhotoMissing, PhotoNotChecked, PhotoTooLarge, TryLater
from cleanit_app.domain.pictures import ExaminedPhoto, Stamp
from cleanit_app.ports import ExaminerAway, ScannerAway, VirusScanner
from cleanit_app.services.operations.failures import note_outage
from cleanit_app.services.photos.photos import QUARANTINE, StoredPhoto, drop, keys_of, store

log = structlog.get_logger("cleanit.uploads")
_LARGEST_SIZE = 1600


@dataclass(frozen=True)
class Received:
    """A photo that was taken apart; `scanned` says whether a scanner has looked at it."""

    photo: ExaminedPhoto
    scanned: bool


def receive(
    request: Request,
    upload: UploadFile | None,
    *,
    most_bytes: int,
    kinds: tuple[str, ...],
    stamp: Stamp | None = None,
) -> Received:
    """The photo of a form, checked in a process of its own and scanned; never reads more than is allowed (SEC-06).

    The original of a JPEG carries the stamp.

    Raises PhotoMissing, PhotoTooLarge, NotAnImage, TooManyPixels, PhotoTooSmall, PhotoBroken or PhotoInfected;
    PhotoNotChecked, and operators are told, when no process can be had that looks at it.
    """
    if upload is None:
        raise PhotoMissing
    data = upload.file.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise PhotoTooLarge(most_mb=most_bytes // (1024 * 1024))
    parts = wiring_of(request)
    try:
        photo = parts.examiner.examine(data, most_bytes=most_bytes, kinds=kinds, stamp=stamp)
    except ExaminerAway as away:
        log.error("photos cannot be examined", why=str(away))
        with parts.open_uow() as uow:
            note_outage(uow, source="photos", trouble=away)
        raise PhotoNotChecked from away
    return Received(photo, _is_scanned(parts.scanner, photo))


def receive_scanned(
    request: Request, upload: UploadFile | None, *, most_bytes: int, kinds: tuple[str, ...]
) -> Received:
    """The same for what may not lie in quarantine; TryLater while nobody can scan."""
    received = receive(request, upload, most_bytes=most_bytes, kinds=kinds)
    if not received.scanned:
        raise TryLater
    return received


def _is_scanned(scanner: VirusScanner, photo: ExaminedPhoto) -> bool:
    """Whether the original as it will be kept and what was made of it are both clean; a silent scanner is no yes."""
    try:
        for data in (photo.original, photo.sizes[_LARGEST_SIZE]):
            if scanner.scan(data).found is not None:
                raise PhotoInfected
    except ScannerAway as away:
        log.warning("no scanner answers: a photo goes into quarantine", why=str(away))
        return False
    return True


@contextmanager
def stored(request: Request, received: Received, *, folder: str) -> Iterator[StoredPhoto]:
    """The photo's files, kept if the block ends well and deleted if it does not."""
    files = wiring_of(request).files
    kept = store(files, received.photo, folder=folder, quarantine=not received.scanned)
    try:
        yield kept
    except BaseException:
        under = QUARANTINE if kept.in_quarantine else ""
        drop(files, [under + key for key in keys_of(kept.original_key, kept.base_key, received.photo.sizes)])
        raise
