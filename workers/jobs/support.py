"""Questions to support that wait too long."""

from __future__ import annotations

from cleanit_app.services.support import watch
from cleanit_app.wiring import wiring


def watch_support() -> None:
    """Say once of each question that it has waited longer than promised (OPS-02)."""
    with wiring().open_uow() as uow:
        watch.watch_support(uow)
