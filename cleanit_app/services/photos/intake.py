"""The order of trust of a photo that a stranger sends (SEC-06).

Each step believes only what the one before it has left: read up to a limit, taken apart by a process of its own,
scanned as it will be kept, stored where no address leads while nobody could scan it, and forgotten when what it
was sent for is refused. A row comes last, in the caller's transaction (`photos.add_photo`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from cleanit_app.domain.errors import PhotoInfected, PhotoMissing, PhotoNotChecked, PhotoTooLarge, TryLater
from cleanit_app.domain.pictures import WIDTHS, ExaminedPhoto, Stamp
from cleanit_app.ports import ExaminerAway, FileStore, PhotoExaminer, ScannerAway, VirusScanner
from cleanit_app.services.operations.failures import note_outage
from cleanit_app.services.photos.photos import QUARANTINE, StoredPhoto, drop, keys_of, store
from cleanit_app.services.unit_of_work import OpenUow

log = logging.getLogger(__name__)


class Sent(Protocol):
    """Bytes that somebody sends; they may be anything, and more than anybody wants."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Received:
    """A photo that was taken apart; `scanned` says whether a scanner has looked at it."""

    photo: ExaminedPhoto
    scanned: bool


def receive(
    open_uow: OpenUow,
    examiner: PhotoExaminer,
    scanner: VirusScanner,
    *,
    sent: Sent | None,
    most_bytes: int,
    kinds: tuple[str, ...],
    stamp: Stamp | None = None,
) -> Received:
    """The photo in what was sent, taken apart and scanned; never reads more than is allowed.

    The original of a JPEG carries the stamp.

    Raises PhotoMissing, PhotoTooLarge, NotAnImage, TooManyPixels, PhotoTooSmall, PhotoBroken or PhotoInfected;
    PhotoNotChecked, and operators are told, when no process can be had that looks at it.
    """
    data = _read(sent, most_bytes)
    try:
        photo = examiner.examine(data, most_bytes=most_bytes, kinds=kinds, stamp=stamp)
    except ExaminerAway as away:
        log.error("photos cannot be examined", extra={"why": str(away)})
        with open_uow() as uow:
            note_outage(uow, source="photos", trouble=away)
        raise PhotoNotChecked from away
    return Received(photo, _is_scanned(scanner, photo))


def must_be_scanned(received: Received) -> Received:
    """The same for what may not lie in quarantine; TryLater while nobody can scan."""
    if not received.scanned:
        raise TryLater
    return received


def _read(sent: Sent | None, most_bytes: int) -> bytes:
    if sent is None:
        raise PhotoMissing
    data = sent.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise PhotoTooLarge(most_mb=most_bytes // (1024 * 1024))
    return data


def _is_scanned(scanner: VirusScanner, photo: ExaminedPhoto) -> bool:
    """Whether the original as it will be kept and what was made of it are both clean; a silent scanner is no yes."""
    try:
        for data in (photo.original, photo.sizes[max(WIDTHS)]):
            if scanner.scan(data).found is not None:
                raise PhotoInfected
    except ScannerAway as away:
        log.warning("no scanner answers: a photo goes into quarantine", extra={"why": str(away)})
        return False
    return True


@contextmanager
def stored(files: FileStore, received: Received, *, folder: str, original: bool = True) -> Iterator[StoredPhoto]:
    """The photo's files, kept if the block ends well and deleted if it does not."""
    kept = store(files, received.photo, folder=folder, quarantine=not received.scanned, original=original)
    try:
        yield kept
    except BaseException:
        under = QUARANTINE if kept.in_quarantine else ""
        drop(files, [under + key for key in keys_of(kept.original_key, kept.base_key, received.photo.sizes)])
        raise
