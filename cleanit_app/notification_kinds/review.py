"""Review: what was handed in, what was decided of it, and what somebody disputes."""

from __future__ import annotations

from cleanit_app import routes
from cleanit_app.domain.notifications import NotificationCategory
from cleanit_app.notification_kinds.kind import NotificationKind, Tone

CAMPAIGNS = NotificationCategory.CAMPAIGNS
DESK = NotificationCategory.DESK
LEGAL = NotificationCategory.LEGAL
MONEY = NotificationCategory.MONEY
WORK = NotificationCategory.WORK

JOB_COMPLETED = NotificationKind("job_completed", category=CAMPAIGNS, urgent=False, tone=Tone.JOB, link=routes.campaign)
JOB_COMPLETED_ADMIN = NotificationKind(
    "job_completed_admin", category=DESK, urgent=False, tone=Tone.JOB, link=routes.checking
)
JOB_VERIFIED = NotificationKind("job_verified", category=MONEY, urgent=True, tone=Tone.DONE, link=routes.payout)
JOB_VERIFIED_WAITS = NotificationKind(
    "job_verified_waits", category=MONEY, urgent=True, tone=Tone.DONE, link=routes.payout
)
JOB_VERIFIED_NEIGHBOUR = NotificationKind(
    "job_verified_neighbour", category=CAMPAIGNS, urgent=False, tone=Tone.DONE, link=routes.campaign
)
JOB_VERIFIED_CREATOR = NotificationKind(
    "job_verified_creator", category=CAMPAIGNS, urgent=True, tone=Tone.DONE, link=routes.campaign
)
JOB_REJECTED_RETRY = NotificationKind(
    "job_rejected_retry", category=WORK, urgent=True, tone=Tone.PROBLEM, link=routes.work
)
JOB_REJECTED_FINAL = NotificationKind(
    "job_rejected_final", category=WORK, urgent=True, tone=Tone.PROBLEM, link=routes.work
)
JOB_REJECTED_CREATOR = NotificationKind(
    "job_rejected_creator", category=CAMPAIGNS, urgent=True, tone=Tone.JOB, link=routes.campaign
)
VERIFICATION_QUEUE_LONG = NotificationKind(
    "verification_queue_long", category=DESK, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_CHECKS
)
VERIFICATION_OVER_48_H = NotificationKind(
    "verification_over_48_h", category=DESK, urgent=True, tone=Tone.PROBLEM, link=routes.checking
)
VERIFICATION_AVERAGE_LONG = NotificationKind(
    "verification_average_long", category=DESK, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_CHECKS
)
REVIEW_ESCALATED = NotificationKind(
    "review_escalated", category=DESK, urgent=True, tone=Tone.PROBLEM, link=routes.checking
)
DECISION_FELL_THROUGH = NotificationKind(
    "decision_fell_through", category=DESK, urgent=True, tone=Tone.PROBLEM, link=routes.checking
)
FRAUD_SUSPECTED = NotificationKind(
    "fraud_suspected", category=LEGAL, urgent=True, tone=Tone.PROBLEM, link=routes.fraud_case
)
FRAUD_CASE_OPENED = NotificationKind(
    "fraud_case_opened", category=LEGAL, urgent=True, tone=Tone.PROBLEM, link=routes.fraud_case
)
FRAUD_HANDED_OVER = NotificationKind(
    "fraud_handed_over", category=LEGAL, urgent=True, tone=Tone.PROBLEM, link=routes.fraud_case
)
PAY_TAKEN_BACK = NotificationKind("pay_taken_back", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.payout)
DISPUTE_OPENED = NotificationKind("dispute_opened", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.payout)
DISPUTE_OPENED_ADMIN = NotificationKind(
    "dispute_opened_admin", category=LEGAL, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_DISPUTES
)
DISPUTE_UPHELD = NotificationKind("dispute_upheld", category=LEGAL, urgent=True, tone=Tone.DONE, link=routes.campaign)
DISPUTE_DISMISSED = NotificationKind(
    "dispute_dismissed", category=LEGAL, urgent=True, tone=Tone.JOB, link=routes.campaign
)
DISPUTE_DISMISSED_CLEANER = NotificationKind(
    "dispute_dismissed_cleaner", category=MONEY, urgent=True, tone=Tone.DONE, link=routes.payout
)
DISPUTE_DISMISSED_WAITS = NotificationKind(
    "dispute_dismissed_waits", category=MONEY, urgent=True, tone=Tone.DONE, link=routes.payout
)
