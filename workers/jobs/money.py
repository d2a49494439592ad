"""Money that leaves: payouts and refunds, ten at a time, and calls without an answer."""

from __future__ import annotations

import logging
from uuid import UUID

from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.rules import MONEY_BATCH
from cleanit_app.models import Attempt
from cleanit_app.ports import ProviderRejected, ProviderUnknown
from cleanit_app.services import attempts, payouts, refunds, transfers
from cleanit_app.wiring import Wiring, wiring

log = logging.getLogger(__name__)


def send_due_payouts() -> None:
    """The 10 AM batch: every due payout, ten at a time (PAY-04)."""
    parts = wiring()
    tried: set[UUID] = set()
    while True:
        with parts.open_uow() as uow:
            batch = [p for p in payouts.due_payouts(uow, limit=MONEY_BATCH + len(tried)) if p not in tried]
        if not batch:
            return
        for payout_id in batch[:MONEY_BATCH]:
            tried.add(payout_id)
            _send_payout(parts, payout_id)


def send_payout(payout_id: str) -> None:
    """Send one payout that an admin ordered (OPS-01)."""
    _send_payout(wiring(), UUID(payout_id))


def _send_payout(parts: Wiring, payout_id: UUID) -> None:
    try:
        transfers.send_payout(
            parts.open_uow,
            parts.payouts,
            parts.cipher,
            payout_id=payout_id,
            account_number=parts.settings.razorpay_x_account_number,
        )
    except (DomainError, ProviderRejected, ProviderUnknown) as trouble:
        # Nothing was sent: it stays due, and one cleaner's trouble must not keep the others waiting.
        log.warning("a payout could not be prepared", extra={"payout": str(payout_id), "why": str(trouble)})


def send_due_refunds() -> None:
    """Every waiting refund, ten at a time (PAY-08)."""
    parts = wiring()
    while True:
        with parts.open_uow() as uow:
            batch = refunds.due_refunds(uow, limit=MONEY_BATCH)
        for refund_id in batch:
            transfers.send_refund(parts.open_uow, parts.payments, refund_id=refund_id)
        if len(batch) < MONEY_BATCH:
            return


def settle_open_attempts() -> None:
    """Repeat or ask about calls that were never made, got no answer, or wait long for the last word."""
    parts = wiring()
    with parts.open_uow() as uow:
        unsure = [uow.get(Attempt, a) for a in attempts.open_attempts(uow, limit=5 * MONEY_BATCH)]
    for attempt in unsure:
        if attempt.payout_id:
            transfers.carry_out_payout(parts.open_uow, parts.payouts, attempt_id=attempt.id)
        else:
            transfers.carry_out_refund(parts.open_uow, parts.payments, attempt_id=attempt.id)
