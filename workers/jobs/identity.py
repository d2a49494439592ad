"""Asking issuers about IDs that cleaners handed in, and dropping pictures that have served."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.services import asking_issuers, identity_files
from cleanit_app.wiring import wiring

_BATCH = 20


def check_document(document_id: str) -> None:
    """Ask about one ID that was just handed in, while its cleaner looks at the page (LAW-08)."""
    _check(UUID(document_id))


def check_documents() -> None:
    """Ask about IDs whose hint was lost or whose issuer was silent; drop pictures that are no longer needed."""
    with wiring().open_uow() as uow:
        due = asking_issuers.due_documents(uow, limit=_BATCH)
    for document_id in due:
        _check(document_id)
    drop_files()


def drop_files() -> None:
    """Delete the pictures of IDs that were refused or replaced."""
    parts = wiring()
    identity_files.drop_files(parts.open_uow, parts.files)


def _check(document_id: UUID) -> None:
    parts = wiring()
    asking_issuers.check_identity(parts.open_uow, parts.identities, parts.cipher, document_id=document_id)
