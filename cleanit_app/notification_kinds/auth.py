"""Auth: sign-ins, and what one signs in with; its owner always hears (NOT-05, SEC-10)."""

from __future__ import annotations

from cleanit_app import routes
from cleanit_app.domain.notifications import NotificationCategory
from cleanit_app.notification_kinds.kind import NotificationKind, Tone

SECURITY = NotificationCategory.SECURITY

SIGN_INS_FAILED = NotificationKind("sign_ins_failed", category=SECURITY, urgent=True, tone=Tone.PROBLEM, link=routes.ME)
SIGN_INS_LOCKED = NotificationKind("sign_ins_locked", category=SECURITY, urgent=True, tone=Tone.PROBLEM, link=routes.ME)
SIGN_INS_LOCKED_ADMIN = NotificationKind(
    "sign_ins_locked_admin", category=SECURITY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_PEOPLE
)
BAD_SIGNATURES = NotificationKind(
    "bad_signatures", category=SECURITY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN
)
REFUSED_FOR_NUMBER = NotificationKind(
    "refused_for_number", category=SECURITY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN
)
SIGN_INS_FAILED_ADMIN = NotificationKind(
    "sign_ins_failed_admin", category=SECURITY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_PEOPLE
)
SECOND_FACTOR_ON = NotificationKind(
    "second_factor_on", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.SECOND_FACTOR
)
SECOND_FACTOR_OFF = NotificationKind(
    "second_factor_off", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.SECOND_FACTOR
)
SECOND_FACTOR_ON_ADMIN = NotificationKind(
    "second_factor_on_admin", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.ADMIN_AUDIT
)
SECOND_FACTOR_OFF_ADMIN = NotificationKind(
    "second_factor_off_admin", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.ADMIN_AUDIT
)
RECOVERY_CODE_USED = NotificationKind(
    "recovery_code_used", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.SECOND_FACTOR
)
PASSWORD_CHANGED = NotificationKind(
    "password_changed", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.ACCOUNT
)
PASSWORD_RESET = NotificationKind(
    "password_reset", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.ACCOUNT
)
CONTACT_CHANGED_PHONE = NotificationKind(
    "contact_changed_phone", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.ACCOUNT
)
CONTACT_CHANGED_EMAIL = NotificationKind(
    "contact_changed_email", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.ACCOUNT
)
JOIN_TRIED = NotificationKind("join_tried", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.ACCOUNT)
RESET_ASKED = NotificationKind("reset_asked", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.ACCOUNT)
CONTACT_TRIED = NotificationKind(
    "contact_tried", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.ACCOUNT
)
