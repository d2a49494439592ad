"""Scanning photos that came while no scanner answered."""

from __future__ import annotations

from cleanit_app.services.photos.quarantine import scan_waiting
from cleanit_app.wiring import wiring


def scan_photos() -> None:
    """Bring photos out of quarantine, as far as there is a scanner now (SEC-06)."""
    parts = wiring()
    scan_waiting(parts.open_uow, parts.files, parts.scanner)
