"""Runs over many things: their end, and what stopped them."""

from __future__ import annotations

from cleanit_app import routes
from cleanit_app.domain.notifications import NotificationCategory
from cleanit_app.notification_kinds.kind import NotificationKind, Tone

MONEY = NotificationCategory.MONEY

BULK_RUN_ENDED = NotificationKind("bulk_run_ended", category=MONEY, urgent=True, tone=Tone.DONE, link=routes.bulk_run)
BULK_RUN_STOPPED = NotificationKind(
    "bulk_run_stopped", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.bulk_run
)
