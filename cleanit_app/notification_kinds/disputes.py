"""Disputes about anything, appeals, and what the sides say."""

from __future__ import annotations

from cleanit_app import routes
from cleanit_app.domain.notifications import NotificationCategory
from cleanit_app.notification_kinds.kind import NotificationKind, Tone

LEGAL = NotificationCategory.LEGAL
MONEY = NotificationCategory.MONEY

QUESTION_RAISED = NotificationKind(
    "question_raised", category=LEGAL, urgent=True, tone=Tone.PROBLEM, link=routes.dispute
)
QUESTION_RAISED_ADMIN = NotificationKind(
    "question_raised_admin", category=LEGAL, urgent=True, tone=Tone.PROBLEM, link=routes.admin_dispute
)
DISPUTE_APPEALED = NotificationKind(
    "dispute_appealed", category=LEGAL, urgent=True, tone=Tone.PROBLEM, link=routes.dispute
)
DISPUTE_APPEALED_ADMIN = NotificationKind(
    "dispute_appealed_admin", category=LEGAL, urgent=True, tone=Tone.PROBLEM, link=routes.admin_dispute
)
DISPUTE_SAID = NotificationKind("dispute_said", category=LEGAL, urgent=True, tone=Tone.JOB, link=routes.dispute)
DISPUTE_SAID_ADMIN = NotificationKind(
    "dispute_said_admin", category=LEGAL, urgent=True, tone=Tone.JOB, link=routes.admin_dispute
)
QUESTION_UPHELD = NotificationKind("question_upheld", category=LEGAL, urgent=True, tone=Tone.DONE, link=routes.dispute)
QUESTION_DISMISSED = NotificationKind(
    "question_dismissed", category=LEGAL, urgent=True, tone=Tone.JOB, link=routes.dispute
)
QUESTION_DECIDED_OTHER = NotificationKind(
    "question_decided_other", category=LEGAL, urgent=True, tone=Tone.JOB, link=routes.dispute
)
WORK_SPLIT = NotificationKind("work_split", category=MONEY, urgent=True, tone=Tone.MONEY, link=routes.dispute)
WORK_SPLIT_CLEANER = NotificationKind(
    "work_split_cleaner", category=MONEY, urgent=True, tone=Tone.MONEY, link=routes.payout
)
DISPUTE_LEFT_TO_FINANCE = NotificationKind(
    "dispute_left_to_finance", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.admin_dispute
)
DISPUTE_LATE = NotificationKind(
    "dispute_late", category=LEGAL, urgent=True, tone=Tone.PROBLEM, link=routes.admin_dispute
)
