"""What is asked about people and kept of them: bank accounts, IDs, accepted terms, keys that lock both."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.services.accounts import terms
from cleanit_app.services.people import (
    bank_account_checks,
    bank_account_verification,
    erasure,
    id_verification,
    identity_files,
    key_rotation,
    record_retention,
)
from cleanit_app.wiring import Wiring, wiring
from workers.sweeping import alone, sweep

_ACCOUNTS_AT_ONCE = 10
_DOCUMENTS_AT_ONCE = 20


def check_new_accounts() -> None:
    """Ask about accounts that were just given, while their cleaners look at the page (LAW-08)."""
    _check_due_accounts(wiring(), somebody_waits=True)


def check_accounts() -> None:
    """Ask about accounts whose hint was lost, and what became of earlier questions."""
    _check_due_accounts(wiring(), somebody_waits=False)


def _check_due_accounts(parts: Wiring, *, somebody_waits: bool) -> int:
    """Ask about each that is due, until none is; how many."""

    def due(size: int) -> list[UUID]:
        with parts.open_uow() as uow:
            return bank_account_checks.due_checks(uow, limit=size, somebody_waits=somebody_waits)

    def check(check_id: UUID) -> None:
        bank_account_verification.check_account(parts.open_uow, parts.payouts, parts.cipher, check_id=check_id)

    return sweep(due, alone(parts, "account_check", check), batch=_ACCOUNTS_AT_ONCE)


def check_new_documents() -> None:
    """Ask about IDs that were just handed in, while their cleaners look at the page (LAW-08)."""
    _check_due_documents()


def check_documents() -> None:
    """Ask about IDs whose hint was lost or whose issuer was silent; drop pictures that are no longer needed."""
    _check_due_documents()
    drop_identity_files()


def _check_due_documents() -> int:
    """Ask about each that is due, until none is; how many."""

    def due(size: int) -> list[UUID]:
        with wiring().open_uow() as uow:
            return id_verification.due_documents(uow, limit=size)

    return sweep(due, alone(wiring(), "identity", _check_document), batch=_DOCUMENTS_AT_ONCE)


def drop_identity_files() -> None:
    """Delete the pictures of IDs that were refused or replaced."""
    parts = wiring()
    identity_files.drop_files(parts.open_uow, parts.files)


def _check_document(document_id: UUID) -> None:
    parts = wiring()
    id_verification.check_identity(parts.open_uow, parts.identities, parts.cipher, document_id=document_id)


def tell_of_new_terms() -> None:
    """Tell whoever accepted an earlier version of the terms that there is a new one (LAW-06)."""
    with wiring().open_uow() as uow:
        terms.tell_of_new_terms(uow)


def rotate_keys() -> None:
    """Lock anew what lies under an older key since FIELD_ENCRYPTION_KEYS got a newer one (SEC-07)."""
    parts = wiring()
    key_rotation.rotate(parts.open_uow, parts.files, parts.cipher)


_ERASED_AT_ONCE = 20


def erase_accounts() -> None:
    """Erase accounts whose owners asked for it and did not sign in for seven days (LAW-02)."""
    parts = wiring()

    def due(size: int) -> list[UUID]:
        with parts.open_uow() as uow:
            return erasure.due_erasures(uow, limit=size)

    def erase(user_id: UUID) -> None:
        erasure.erase_account(parts.open_uow, keyed=parts.keyed_hash, cipher=parts.cipher, user_id=user_id)

    sweep(due, alone(parts, "erasure", erase), batch=_ERASED_AT_ONCE)


_CLEARED_AT_ONCE = 1_000


def clear_old_records() -> None:
    """Drop what has had its time by `domain.retention`, some in each transaction (LAW-02)."""
    for clear in record_retention.CLEARING:
        cleared = _CLEARED_AT_ONCE
        while cleared == _CLEARED_AT_ONCE:
            with wiring().open_uow() as uow:
                cleared = clear(uow, limit=_CLEARED_AT_ONCE)
