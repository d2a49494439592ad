"""Runs over many things: their end, and what stopped them."""

from __future__ import annotations

from cleanit_app import routes
from cleanit_app.domain.notifications import NotificationCategory
from cleanit_app.notification_kinds.kind import NotificationKind, Tone

MARKETING = NotificationCategory.MARKETING
MONEY = NotificationCategory.MONEY
SERVICE = NotificationCategory.SERVICE

BULK_RUN_ENDED = NotificationKind("bulk_run_ended", category=MONEY, urgent=True, tone=Tone.DONE, link=routes.bulk_run)
BULK_RUN_STOPPED = NotificationKind(
    "bulk_run_stopped", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.bulk_run
)
NOTICE_OF_SERVICE = NotificationKind(
    "notice_of_service", category=SERVICE, urgent=True, tone=Tone.JOB, link=routes.NOTIFICATIONS
)
NOTICE_OF_MARKETING = NotificationKind(
    "notice_of_marketing", category=MARKETING, urgent=False, tone=Tone.JOB, link=routes.NOTIFICATIONS
)
