"""Decisions about handed-in work: those that wait to be carried out, and those that take too long."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.errors import DomainError
from cleanit_app.services.review import dispute_watch, pending_decisions, queue_watch
from cleanit_app.wiring import Wiring, wiring
from workers.sweeping import alone, sweep

BATCH = 50


def watch_verification_queue() -> None:
    """Say once when decisions take too long (VER-08)."""
    with wiring().open_uow() as uow:
        queue_watch.watch_queue(uow)


def watch_disputes() -> None:
    """Say once of each dispute that it has waited longer than promised (OPS-03)."""
    with wiring().open_uow() as uow:
        dispute_watch.watch_disputes(uow)


def carry_out_decisions() -> None:
    """Carry out every decision that can be undone no more: its hint was lost, or its worker was killed (VER-03)."""
    parts = wiring()

    def find(limit: int) -> list[UUID]:
        with parts.open_read() as uow:
            return pending_decisions.due_decisions(uow, limit=limit)

    sweep(find, alone(parts, "job", lambda job_id: _carry_out(parts, job_id), where="decision"), batch=BATCH)


def carry_out_decision(job_id: str) -> None:
    """Carry out one decision, ten seconds after it was made (VER-03)."""
    _carry_out(wiring(), UUID(job_id))


def _carry_out(parts: Wiring, job_id: UUID) -> None:
    try:
        with parts.open_uow() as uow:
            pending_decisions.carry_out(uow, job_id=job_id)
    except DomainError as refusal:
        with parts.open_uow() as uow:
            pending_decisions.let_fall(uow, job_id=job_id, refusal=refusal)
