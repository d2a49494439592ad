"""Refunds: money on its way back to whoever gave it."""

from __future__ import annotations

from cleanit_app import routes
from cleanit_app.domain.notifications import NotificationCategory
from cleanit_app.notification_kinds.kind import NotificationKind, Tone

MONEY = NotificationCategory.MONEY

MONEY_COMES_BACK = NotificationKind(
    "money_comes_back", category=MONEY, urgent=True, tone=Tone.REFUND, link=routes.contribution
)
REFUND_PROCESSED = NotificationKind(
    "refund_processed", category=MONEY, urgent=True, tone=Tone.REFUND, link=routes.MY_MONEY
)
REFUND_STUCK = NotificationKind("refund_stuck", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.MY_MONEY)
REFUND_STUCK_ADMIN = NotificationKind(
    "refund_stuck_admin", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_REFUNDS
)
REFUND_UNSURE = NotificationKind(
    "refund_unsure", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_REFUNDS
)
REFUNDS_WAIT = NotificationKind(
    "refunds_wait", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_REFUNDS
)
REFUNDS_STOPPED = NotificationKind(
    "refunds_stopped", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_REFUNDS
)
REFUNDS_RESUMED = NotificationKind(
    "refunds_resumed", category=MONEY, urgent=True, tone=Tone.DONE, link=routes.ADMIN_REFUNDS
)
