"""Calls that moved money and have no last word yet, whatever they moved it for."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.models import Attempt
from cleanit_app.services.payouts.send import carry_out_payout
from cleanit_app.services.refunds.send import carry_out_refund
from cleanit_app.services.transfers import attempts
from cleanit_app.wiring import Wiring, wiring
from workers.sending import guarded
from workers.sweeping import sweep


def settle_open_attempts() -> None:
    """Repeat or ask about all calls that were never made, got no answer, or wait long for the last word."""
    parts = wiring()

    def due(size: int) -> list[UUID]:
        with parts.open_uow() as uow:
            return attempts.open_attempts(uow, limit=size)

    sweep(due, lambda attempt_id: guarded(parts, attempt_id, _settle), batch=5 * LIMITS.money_batch)


def _settle(parts: Wiring, attempt_id: UUID) -> None:
    with parts.open_uow() as uow:
        is_payout = uow.get(Attempt, attempt_id).payout_id is not None
    if is_payout:
        carry_out_payout(parts.open_uow, parts.payouts, attempt_id=attempt_id)
    else:
        carry_out_refund(parts.open_uow, parts.payments, attempt_id=attempt_id)
