"""Asking banks whose account a cleaner gave."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.services.people import bank_account_checks, bank_account_verification
from cleanit_app.wiring import Wiring, wiring
from workers.sweeping import alone, sweep

_BATCH = 10


def check_new_accounts() -> None:
    """Ask about accounts that were just given, while their cleaners look at the page (LAW-08)."""
    _check_due(wiring(), somebody_waits=True)


def check_accounts() -> None:
    """Ask about accounts whose hint was lost, and what became of earlier questions."""
    _check_due(wiring(), somebody_waits=False)


def _check_due(parts: Wiring, *, somebody_waits: bool) -> int:
    """Ask about each that is due, until none is; how many."""

    def due(size: int) -> list[UUID]:
        with parts.open_uow() as uow:
            return bank_account_checks.due_checks(uow, limit=size, somebody_waits=somebody_waits)

    def check(check_id: UUID) -> None:
        bank_account_verification.check_account(parts.open_uow, parts.payouts, parts.cipher, check_id=check_id)

    return sweep(due, alone(parts, "account_check", check), batch=_BATCH)
