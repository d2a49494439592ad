"""Scheduled care of what has grown old."""

from __future__ import annotations

from cleanit_app.services.campaigns.archive import archive_old_campaigns
from cleanit_app.wiring import wiring

ARCHIVED_AT_ONCE = 500


def archive() -> None:
    """Archive what ended a year ago, some hundred in each transaction (OPS-05)."""
    parts = wiring()
    archived = ARCHIVED_AT_ONCE
    while archived == ARCHIVED_AT_ONCE:
        with parts.open_uow() as uow:
            archived = archive_old_campaigns(uow, limit=ARCHIVED_AT_ONCE)
