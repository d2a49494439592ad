"""Refunds: money on its way back to whoever gave it."""

from __future__ import annotations

from cleanit_app import routes
from cleanit_app.domain.money_returns import ReturnCause
from cleanit_app.domain.notifications import NotificationCategory
from cleanit_app.notification_kinds.kind import NotificationKind, Tone

MONEY = NotificationCategory.MONEY

MONEY_COMES_BACK = NotificationKind(
    "money_comes_back", category=MONEY, urgent=True, tone=Tone.REFUND, link=routes.contribution
)
MONEY_COMES_BACK_PART = NotificationKind(
    "money_comes_back_part", category=MONEY, urgent=True, tone=Tone.REFUND, link=routes.contribution
)
MONEY_COMES_BACK_ENDED = NotificationKind(
    "money_comes_back_ended", category=MONEY, urgent=True, tone=Tone.REFUND, link=routes.contribution
)
MONEY_COMES_BACK_DOUBLE = NotificationKind(
    "money_comes_back_double", category=MONEY, urgent=True, tone=Tone.REFUND, link=routes.contribution
)
MONEY_COMES_BACK_SPLIT = NotificationKind(
    "money_comes_back_split", category=MONEY, urgent=True, tone=Tone.REFUND, link=routes.contribution
)
MONEY_TAKEN_BACK = NotificationKind(
    "money_taken_back", category=MONEY, urgent=True, tone=Tone.REFUND, link=routes.contribution
)
COMES_BACK = {
    ReturnCause.FULL: MONEY_COMES_BACK,
    ReturnCause.PART: MONEY_COMES_BACK_PART,
    ReturnCause.ENDED: MONEY_COMES_BACK_ENDED,
    ReturnCause.TAKEN_BACK: MONEY_TAKEN_BACK,
    ReturnCause.DOUBLE: MONEY_COMES_BACK_DOUBLE,
    ReturnCause.SPLIT: MONEY_COMES_BACK_SPLIT,
}
"""What is told of money that goes back at once, by its cause."""
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
