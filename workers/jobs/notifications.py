"""Telling people what happened, when the relay did not."""

from __future__ import annotations

from cleanit_app.services.notifications.relay import clear_old_notifications
from cleanit_app.wiring import wiring
from workers.relay import relay_all


def sweep_outbox() -> None:
    """Relay events that nobody relayed."""
    relay_all(wiring())


CLEARED_AT_ONCE = 5_000


def clear_notifications() -> None:
    """Remove notifications past their 90 days, some thousand in each transaction (NOT-07)."""
    cleared = CLEARED_AT_ONCE
    while cleared == CLEARED_AT_ONCE:
        with wiring().open_uow() as uow:
            cleared = clear_old_notifications(uow, limit=CLEARED_AT_ONCE)
