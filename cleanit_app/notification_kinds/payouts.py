"""Payouts: pay on its way to a cleaner, and the account it goes to."""

from __future__ import annotations

from cleanit_app import routes
from cleanit_app.domain.notifications import NotificationCategory
from cleanit_app.notification_kinds.kind import NotificationKind, Tone

DESK = NotificationCategory.DESK
MONEY = NotificationCategory.MONEY
SECURITY = NotificationCategory.SECURITY

PAYOUT_SUCCESS = NotificationKind("payout_success", category=MONEY, urgent=True, tone=Tone.DONE, link=routes.payout)
PAYOUT_FAILED = NotificationKind("payout_failed", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.payout)
PAYOUT_FAILED_PERSON = NotificationKind(
    "payout_failed_person", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.payout
)
PAYOUT_FAILED_ADMIN = NotificationKind(
    "payout_failed_admin", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_PAYOUTS
)
PAYOUT_TRIED_AGAIN_ADMIN = NotificationKind(
    "payout_tried_again_admin", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_PAYOUTS
)
PAYOUT_DETAILS_WRONG = NotificationKind(
    "payout_details_wrong", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.KYC
)
PAYOUT_DETAILS_WRONG_ADMIN = NotificationKind(
    "payout_details_wrong_admin", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_PAYOUTS
)
PAYOUT_HELD = NotificationKind("payout_held", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.payout)
PAYOUT_RELEASED = NotificationKind("payout_released", category=MONEY, urgent=True, tone=Tone.DONE, link=routes.payout)
PAYOUT_UNSURE = NotificationKind(
    "payout_unsure", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_PAYOUTS
)
PAYOUTS_WAIT = NotificationKind(
    "payouts_wait", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_PAYOUTS
)
PAYOUTS_STOPPED = NotificationKind(
    "payouts_stopped", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_PAYOUTS
)
PAYOUTS_RESUMED = NotificationKind(
    "payouts_resumed", category=MONEY, urgent=True, tone=Tone.DONE, link=routes.ADMIN_PAYOUTS
)
PAYOUT_ACCOUNT_CHANGED = NotificationKind(
    "payout_account_changed", category=SECURITY, urgent=True, tone=Tone.PROBLEM, link=routes.KYC
)
ACCOUNT_CONFIRMED = NotificationKind("account_confirmed", category=MONEY, urgent=True, tone=Tone.DONE, link=routes.KYC)
ACCOUNT_WAITS = NotificationKind("account_waits", category=MONEY, urgent=True, tone=Tone.JOB, link=routes.KYC)
ACCOUNT_WRONG = NotificationKind("account_wrong", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.KYC)
ACCOUNT_TO_CONFIRM = NotificationKind(
    "account_to_confirm", category=DESK, urgent=False, tone=Tone.JOB, link=routes.ADMIN_PEOPLE
)
