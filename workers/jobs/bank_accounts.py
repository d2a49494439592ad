"""Asking banks whose account a cleaner gave."""

from __future__ import annotations

import logging
from uuid import UUID

from cleanit_app.domain.errors import DomainError
from cleanit_app.services import account_checks, asking_banks
from cleanit_app.services.failures import note_failure
from cleanit_app.wiring import Wiring, wiring

log = logging.getLogger(__name__)
_BATCH = 20


def check_account(check_id: str) -> None:
    """Ask about one account that was just given, while its cleaner looks at the page (LAW-08)."""
    parts = wiring()
    with parts.open_read() as uow:
        wanted = account_checks.somebody_waits(uow, check_id=UUID(check_id))
    if wanted:
        _check(parts, UUID(check_id))


def check_accounts() -> None:
    """Ask about accounts whose hint was lost, and what became of earlier questions."""
    parts = wiring()
    with parts.open_uow() as uow:
        due = account_checks.due_checks(uow, limit=_BATCH)
    for check_id in due:
        _check(parts, check_id)


def _check(parts: Wiring, check_id: UUID) -> None:
    try:
        asking_banks.check_account(parts.open_uow, parts.payouts, parts.cipher, check_id=check_id)
    except DomainError as trouble:
        log.warning("an account could not be checked", extra={"check": str(check_id), "why": str(trouble)})
        with parts.open_uow() as uow:
            note_failure(uow, source="account_check", subject_id=check_id, trouble=trouble)
