"""Pay that leaves: the morning's batch, what is tried again, and single payouts an admin asked about."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.flows import AfterNo
from cleanit_app.services.payouts import payouts, send
from cleanit_app.wiring import Wiring, wiring
from workers.sending import guarded, in_batches


def send_due_payouts() -> None:
    """The 10 AM batch: every due payout, ten at a time (PAY-04)."""
    in_batches(wiring(), lambda uow, size: payouts.due_payouts(uow, limit=size), _send_payout)


def send_payouts_again() -> None:
    """Due payouts that need not wait for a morning: tried before, or left behind by the last run (PAY-04, PAY-06)."""
    in_batches(wiring(), lambda uow, size: payouts.due_payouts(uow, limit=size, again=True), _send_payout)


def send_payout(payout_id: str) -> None:
    """Send one payout that an admin ordered (OPS-01)."""
    guarded(wiring(), UUID(payout_id), _send_payout)


def look_at_payout(attempt_id: str) -> None:
    """Ask about one ended call by its id: a late message contradicts how it ended (PAY-06)."""
    guarded(wiring(), UUID(attempt_id), _look_at_payout)


def _send_payout(parts: Wiring, payout_id: UUID) -> AfterNo | None:
    return send.send_payout(
        parts.open_uow,
        parts.payouts,
        parts.cipher,
        payout_id=payout_id,
        form=parts.provider_format,
    )


def _look_at_payout(parts: Wiring, attempt_id: UUID) -> None:
    send.look_at_payout(parts.open_uow, parts.payouts, attempt_id=attempt_id)
