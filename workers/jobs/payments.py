"""Asking the payment provider what it did not say about money that came in."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.services.payments import contributions
from cleanit_app.wiring import wiring
from workers.sweeping import alone, sweep

_BATCH = 50


def ask_about_contributions() -> None:
    """Ask about payments of which nobody told us, until none is due (PAY-01)."""
    parts = wiring()

    def due(size: int) -> list[UUID]:
        with parts.open_uow() as uow:
            return contributions.open_contributions(uow, limit=size)

    def ask(contribution_id: UUID) -> None:
        contributions.ask_about_order(parts.open_uow, parts.payments, contribution_id=contribution_id)

    sweep(due, alone(parts, "payment", ask, where="ask", put_off=contributions.ask_later), batch=_BATCH)
