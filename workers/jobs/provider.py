"""Work on what the payment provider said, and asking what it did not say."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.services import contributions, provider_events
from cleanit_app.wiring import wiring

_BATCH = 50


def work_webhook(webhook_id: str) -> None:
    """Apply one stored message (PAY-01)."""
    provider_events.work_webhook(wiring().open_uow, webhook_id=UUID(webhook_id))


def sweep_webhooks() -> None:
    """Apply messages whose hint was lost or that were too early."""
    parts = wiring()
    with parts.open_uow() as uow:
        waiting = provider_events.waiting_webhooks(uow, limit=_BATCH)
    for webhook_id in waiting:
        provider_events.work_webhook(parts.open_uow, webhook_id=webhook_id)


def ask_about_contributions() -> None:
    """Ask about payments of which nobody told us (PAY-01)."""
    parts = wiring()
    with parts.open_uow() as uow:
        unsure = contributions.open_contributions(uow, limit=_BATCH)
    for contribution_id in unsure:
        contributions.ask_about_order(parts.open_uow, parts.payments, contribution_id=contribution_id)
