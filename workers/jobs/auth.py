"""Sending one-time codes."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.services.auth import codes, retention
from cleanit_app.services.auth.sign_up import clear_pending_accounts
from cleanit_app.services.operations.scheduled_jobs import clear_old_runs
from cleanit_app.wiring import wiring
from workers.sweeping import alone, sweep

_BATCH = 50


def send_code(code_id: str) -> None:
    """Send one code that somebody has just asked for."""
    parts = wiring()
    codes.send_code(parts.open_uow, parts.codes, parts.keyed_hash, code_id=UUID(code_id))


def send_codes() -> None:
    """Send codes whose hint was lost or that the message service refused, until none is due."""
    parts = wiring()

    def due(size: int) -> list[UUID]:
        with parts.open_read() as uow:
            return codes.codes_to_send(uow, limit=size)

    def send(code_id: UUID) -> None:
        codes.send_code(parts.open_uow, parts.codes, parts.keyed_hash, code_id=code_id)

    sweep(due, alone(parts, "code", send), batch=_BATCH)


CLEARED_AT_ONCE = 1_000


def forget_pending_accounts() -> None:
    """Forget who wanted to join and never typed the code, some in each transaction."""
    cleared = CLEARED_AT_ONCE
    while cleared == CLEARED_AT_ONCE:
        with wiring().open_uow() as uow:
            cleared = clear_pending_accounts(uow, limit=CLEARED_AT_ONCE)


def clear_old_traces() -> None:
    """Remove codes, failed sign-ins, browsers, refresh tokens and runs of jobs that have had their time, bit by bit."""
    clearing = (codes.clear_old_codes, *retention.CLEARING, clear_old_runs)
    for clear in clearing:
        cleared = CLEARED_AT_ONCE
        while cleared == CLEARED_AT_ONCE:
            with wiring().open_uow() as uow:
                cleared = clear(uow, limit=CLEARED_AT_ONCE)
