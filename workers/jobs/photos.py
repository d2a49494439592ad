"""Photos that came while no scanner answered are scanned, those that are public no more leave shared caches."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.services.photos import erased_files
from cleanit_app.services.photos.quarantine import scan_waiting
from cleanit_app.services.photos.takedowns import take_down
from cleanit_app.wiring import wiring
from workers.sweeping import alone, sweep


def scan_photos() -> None:
    """Bring photos out of quarantine, as far as there is a scanner now (SEC-06)."""
    parts = wiring()
    scan_waiting(parts.open_uow, parts.files, parts.scanner)


def take_photos_down() -> None:
    """Let shared caches forget photos that are public no more (SEC-06)."""
    parts = wiring()
    take_down(parts.open_uow, parts.shared_cache)


_ERASED_AT_ONCE = 50


def drop_erased_files() -> None:
    """Delete the files of photos whose owners' accounts are deleted (LAW-02)."""
    parts = wiring()

    def due(size: int) -> list[UUID]:
        with parts.open_read() as uow:
            return erased_files.files_to_drop(uow, limit=size)

    def drop(photo_id: UUID) -> None:
        erased_files.drop_files(parts.open_uow, parts.files, photo_id=photo_id)

    def sent(size: int) -> list[UUID]:
        with parts.open_read() as uow:
            return erased_files.attachments_to_drop(uow, limit=size)

    def drop_sent(attachment_id: UUID) -> None:
        erased_files.drop_attachment(parts.open_uow, parts.files, attachment_id=attachment_id)

    sweep(due, alone(parts, "erased_files", drop), batch=_ERASED_AT_ONCE)
    sweep(sent, alone(parts, "erased_files", drop_sent), batch=_ERASED_AT_ONCE)
