"""Asking issuers about IDs that cleaners handed in, and dropping pictures that have served."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.services.people import id_verification, identity_files
from cleanit_app.wiring import wiring
from workers.sweeping import alone, sweep

_BATCH = 20


def check_new_documents() -> None:
    """Ask about IDs that were just handed in, while their cleaners look at the page (LAW-08)."""
    _check_due()


def check_documents() -> None:
    """Ask about IDs whose hint was lost or whose issuer was silent; drop pictures that are no longer needed."""
    _check_due()
    drop_files()


def _check_due() -> int:
    """Ask about each that is due, until none is; how many."""

    def due(size: int) -> list[UUID]:
        with wiring().open_uow() as uow:
            return id_verification.due_documents(uow, limit=size)

    return sweep(due, alone(wiring(), "identity", _check), batch=_BATCH)


def drop_files() -> None:
    """Delete the pictures of IDs that were refused or replaced."""
    parts = wiring()
    identity_files.drop_files(parts.open_uow, parts.files)


def _check(document_id: UUID) -> None:
    parts = wiring()
    id_verification.check_identity(parts.open_uow, parts.identities, parts.cipher, document_id=document_id)
