"""Photos that came while no scanner answered are scanned, those that are public no more leave shared caches."""

from __future__ import annotations

from cleanit_app.services.photos.quarantine import scan_waiting
from cleanit_app.services.photos.takedowns import take_down
from cleanit_app.wiring import wiring


def scan_photos() -> None:
    """Bring photos out of quarantine, as far as there is a scanner now (SEC-06)."""
    parts = wiring()
    scan_waiting(parts.open_uow, parts.files, parts.scanner)


def take_photos_down() -> None:
    """Let shared caches forget photos that are public no more (SEC-06)."""
    parts = wiring()
    take_down(parts.open_uow, parts.shared_cache)
