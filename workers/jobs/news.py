"""Telling people what happened, when the relay did not."""

from __future__ import annotations

from cleanit_app.wiring import wiring
from workers.relay import relay_all


def sweep_outbox() -> None:
    """Relay events that nobody relayed."""
    relay_all(wiring())
