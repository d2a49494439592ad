"""Support: questions for who answers, answers for who asked."""

from __future__ import annotations

from cleanit_app import routes
from cleanit_app.domain.notifications import NotificationCategory
from cleanit_app.notification_kinds.kind import NotificationKind, Tone

DESK = NotificationCategory.DESK
LEGAL = NotificationCategory.LEGAL

SUPPORT_ASKED = NotificationKind("support_asked", category=DESK, urgent=False, tone=Tone.JOB, link=routes.admin_ticket)
SUPPORT_WRITTEN_TO = NotificationKind(
    "support_written_to", category=DESK, urgent=False, tone=Tone.JOB, link=routes.admin_ticket
)
SUPPORT_HANDED_OVER = NotificationKind(
    "support_handed_over", category=DESK, urgent=True, tone=Tone.JOB, link=routes.admin_ticket
)
SUPPORT_LATE = NotificationKind("support_late", category=DESK, urgent=True, tone=Tone.PROBLEM, link=routes.admin_ticket)
SUPPORT_ANSWERED = NotificationKind("support_answered", category=LEGAL, urgent=True, tone=Tone.DONE, link=routes.ticket)
SUPPORT_CLOSED = NotificationKind("support_closed", category=LEGAL, urgent=True, tone=Tone.DONE, link=routes.ticket)
SUPPORT_REOPENED = NotificationKind("support_reopened", category=LEGAL, urgent=True, tone=Tone.JOB, link=routes.ticket)
