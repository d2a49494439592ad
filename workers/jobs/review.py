"""Decisions about handed-in work that take too long."""

from __future__ import annotations

from cleanit_app.services.review import dispute_watch, queue_watch
from cleanit_app.wiring import wiring


def watch_verification_queue() -> None:
    """Say once when decisions take too long (VER-08)."""
    with wiring().open_uow() as uow:
        queue_watch.watch_queue(uow)


def watch_disputes() -> None:
    """Say once of each dispute that it has waited longer than promised (OPS-03)."""
    with wiring().open_uow() as uow:
        dispute_watch.watch_disputes(uow)
