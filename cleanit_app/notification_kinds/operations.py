"""Operations: payments that look odd, books that disagree, and messages that nobody can read."""

from __future__ import annotations

from cleanit_app import routes
from cleanit_app.domain.notifications import NotificationCategory
from cleanit_app.notification_kinds.kind import NotificationKind, Tone

MONEY = NotificationCategory.MONEY

PAYMENT_ODD = NotificationKind("payment_odd", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_MONEY)
TRANSACTIONS_EXPORTED = NotificationKind(
    "transactions_exported", category=NotificationCategory.SECURITY, urgent=False, tone=Tone.SECURITY,
    link=routes.ADMIN_AUDIT,
)  # fmt: skip
TAX_QUARTER_TAKEN = NotificationKind(
    "tax_quarter_taken", category=NotificationCategory.SECURITY, urgent=False, tone=Tone.SECURITY,
    link=routes.ADMIN_AUDIT,
)  # fmt: skip
SETTING_CHOSEN = NotificationKind(
    "setting_chosen", category=NotificationCategory.SECURITY, urgent=True, tone=Tone.SECURITY,
    link=routes.ADMIN_SETTINGS,
)  # fmt: skip
MISMATCHES_FOUND = NotificationKind(
    "mismatches_found", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_RECONCILIATION
)
BOOKS_WRONG = NotificationKind(
    "books_wrong", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_RECONCILIATION
)
RECONCILIATION_LATE = NotificationKind(
    "reconciliation_late", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_RECONCILIATION
)
MESSAGE_UNKNOWN = NotificationKind(
    "message_unknown", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_ERRORS
)
MESSAGE_PARKED = NotificationKind(
    "message_parked", category=MONEY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_ERRORS
)
