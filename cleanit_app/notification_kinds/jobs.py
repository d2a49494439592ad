"""Jobs: to take, taken, and over without a result."""

from __future__ import annotations

from cleanit_app import routes
from cleanit_app.domain.notifications import NotificationCategory
from cleanit_app.notification_kinds.kind import NotificationKind, Tone

CAMPAIGNS = NotificationCategory.CAMPAIGNS
DESK = NotificationCategory.DESK
JOBS = NotificationCategory.JOBS
MONEY = NotificationCategory.MONEY
WORK = NotificationCategory.WORK

JOB_AVAILABLE = NotificationKind("job_available", category=JOBS, urgent=True, tone=Tone.JOB, link=routes.JOBS)
JOB_CLAIMED = NotificationKind("job_claimed", category=CAMPAIGNS, urgent=False, tone=Tone.JOB, link=routes.campaign)
JOB_CLAIMED_SELF = NotificationKind("job_claimed_self", category=WORK, urgent=True, tone=Tone.JOB, link=routes.work)
JOB_UNCLAIMED = NotificationKind("job_unclaimed", category=CAMPAIGNS, urgent=False, tone=Tone.JOB, link=routes.campaign)
JOB_TIME_RAN_OUT = NotificationKind(
    "job_time_ran_out", category=CAMPAIGNS, urgent=False, tone=Tone.JOB, link=routes.campaign
)
JOB_HELD_CREATOR = NotificationKind(
    "job_held_creator", category=CAMPAIGNS, urgent=True, tone=Tone.JOB, link=routes.campaign
)
JOB_FREED = NotificationKind("job_freed", category=CAMPAIGNS, urgent=False, tone=Tone.JOB, link=routes.campaign)
JOB_AUTO_RELEASED_HELD = NotificationKind(
    "job_auto_released_held", category=WORK, urgent=True, tone=Tone.PROBLEM, link=routes.WORK
)
JOB_AUTO_RELEASED = NotificationKind(
    "job_auto_released", category=WORK, urgent=True, tone=Tone.PROBLEM, link=routes.WORK
)
JOB_HELD = NotificationKind("job_held", category=DESK, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_HELD)
JOB_CANCELLED = NotificationKind("job_cancelled", category=WORK, urgent=True, tone=Tone.PROBLEM, link=routes.WORK)
JOB_EXPIRED = NotificationKind("job_expired", category=CAMPAIGNS, urgent=True, tone=Tone.REFUND, link=routes.campaign)
JOB_EXPIRED_REFUND = NotificationKind(
    "job_expired_refund", category=MONEY, urgent=True, tone=Tone.REFUND, link=routes.MY_MONEY
)
DEADLINE_24H = NotificationKind("deadline_24h", category=WORK, urgent=True, tone=Tone.JOB, link=routes.work)
DEADLINE_1H = NotificationKind("deadline_1h", category=WORK, urgent=True, tone=Tone.JOB, link=routes.work)
PAN_WANTED = NotificationKind(
    "pan_wanted", category=NotificationCategory.LEGAL, urgent=True, tone=Tone.JOB, link=routes.KYC
)
