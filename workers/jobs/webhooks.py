"""Work on what the payment provider said."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.services import webhooks
from cleanit_app.wiring import Wiring, wiring
from workers.sweeping import ENOUGH_SECONDS, alone, sweep

_BATCH = 50
_TURN_SECONDS = 20.0


def work_webhook(webhook_id: str) -> None:
    """Apply one stored message (PAY-01): what hints of an earlier version asked for."""
    _work(wiring(), UUID(webhook_id))


def work_webhooks() -> None:
    """Apply every message that waits, one after another in one process, as long as money jobs may wait (PAY-01).

    A process for each message would do one to ten a second. What is left over is hinted at again, so that payouts and
    refunds in the same queue come between.
    """
    parts = wiring()
    _apply_due(parts, seconds=_TURN_SECONDS)
    with parts.open_uow() as uow:
        if webhooks.waiting_webhooks(uow, limit=1):
            webhooks.hint_work(uow)


def sweep_webhooks() -> None:
    """Apply messages whose hint was lost or that were too early, until none is due."""
    _apply_due(wiring(), seconds=ENOUGH_SECONDS)


def _apply_due(parts: Wiring, *, seconds: float) -> int:
    """Each message in a transaction of its own, in the order in which they came; how many were tried."""

    def due(size: int) -> list[UUID]:
        with parts.open_uow() as uow:
            return webhooks.waiting_webhooks(uow, limit=size)

    def work(webhook_id: UUID) -> None:
        _work(parts, webhook_id)

    one = alone(parts, "webhook", work, where="work", put_off=webhooks.put_off)
    return sweep(due, one, batch=_BATCH, seconds=seconds)


def watch_messages() -> None:
    """Tell finance of messages about something that is not known here (PAY-13)."""
    with wiring().open_uow() as uow:
        webhooks.watch_messages(uow)


def _work(parts: Wiring, webhook_id: UUID) -> None:
    webhooks.work_webhook(parts.open_uow, webhook_id=webhook_id, form=parts.provider_format)
