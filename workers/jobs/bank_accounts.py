"""Asking banks whose account a cleaner gave."""

from __future__ import annotations

import logging
from uuid import UUID

from cleanit_app.domain.errors import DomainError
from cleanit_app.services import account_checks, asking_banks
from cleanit_app.services.failures import note_failure
from cleanit_app.wiring import Wiring, wiring

log = logging.getLogger(__name__)
_BATCH = 10


def check_new_accounts() -> None:
    """Ask about accounts that were just given, while their cleaners look at the page (LAW-08)."""
    parts = wiring()
    while _check_due(parts, somebody_waits=True) == _BATCH:
        log.info("more accounts wait to be checked")


def check_accounts() -> None:
    """Ask about accounts whose hint was lost, and what became of earlier questions."""
    _check_due(wiring(), somebody_waits=False)


def _check_due(parts: Wiring, *, somebody_waits: bool) -> int:
    with parts.open_uow() as uow:
        due = account_checks.due_checks(uow, limit=_BATCH, somebody_waits=somebody_waits)
    for check_id in due:
        _check(parts, check_id)
    return len(due)


def _check(parts: Wiring, check_id: UUID) -> None:
    try:
        asking_banks.check_account(parts.open_uow, parts.payouts, parts.cipher, check_id=check_id)
    except DomainError as trouble:
        log.warning("an account could not be checked", extra={"check": str(check_id), "why": str(trouble)})
        with parts.open_uow() as uow:
            note_failure(uow, source="account_check", subject_id=check_id, trouble=trouble)
