"""People: who they are, what they agreed to, and what they may do here."""

from __future__ import annotations

from cleanit_app import routes
from cleanit_app.domain.notifications import NotificationCategory
from cleanit_app.notification_kinds.kind import NotificationKind, Tone

DESK = NotificationCategory.DESK
LEGAL = NotificationCategory.LEGAL
SECURITY = NotificationCategory.SECURITY

KYC_VERIFIED = NotificationKind("kyc_verified", category=LEGAL, urgent=True, tone=Tone.JOB, link=routes.KYC)
KYC_ACTIVE = NotificationKind("kyc_active", category=LEGAL, urgent=True, tone=Tone.DONE, link=routes.JOBS)
KYC_REJECTED = NotificationKind("kyc_rejected", category=LEGAL, urgent=True, tone=Tone.PROBLEM, link=routes.KYC)
KYC_REJECTED_BECAUSE = NotificationKind(
    "kyc_rejected_because", category=LEGAL, urgent=True, tone=Tone.PROBLEM, link=routes.KYC
)
IDENTITY_TO_CHECK = NotificationKind(
    "identity_to_check", category=DESK, urgent=False, tone=Tone.JOB, link=routes.ADMIN_PEOPLE
)
NAME_ASKED = NotificationKind("name_asked", category=DESK, urgent=False, tone=Tone.JOB, link=routes.ADMIN_PEOPLE)
NAME_ACCEPTED = NotificationKind("name_accepted", category=LEGAL, urgent=True, tone=Tone.DONE, link=routes.ACCOUNT)
NAME_ACCEPTED_ACCOUNT = NotificationKind(
    "name_accepted_account", category=LEGAL, urgent=True, tone=Tone.JOB, link=routes.KYC
)
NAME_REFUSED = NotificationKind("name_refused", category=LEGAL, urgent=True, tone=Tone.PROBLEM, link=routes.ACCOUNT)
PHOTO_INFECTED = NotificationKind("photo_infected", category=SECURITY, urgent=True, tone=Tone.PROBLEM, link=routes.ME)
PHOTO_INFECTED_ADMIN = NotificationKind(
    "photo_infected_admin", category=SECURITY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_PEOPLE
)
CLEANER_SUSPENDED = NotificationKind(
    "cleaner_suspended", category=LEGAL, urgent=True, tone=Tone.PROBLEM, link=routes.ME
)
CLEANER_SUSPENDED_ADMIN = NotificationKind(
    "cleaner_suspended_admin", category=LEGAL, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_PEOPLE
)
ACCOUNT_FLAGGED = NotificationKind(
    "account_flagged", category=LEGAL, urgent=True, tone=Tone.PROBLEM, link=routes.person
)
PERSON_SUSPENDED = NotificationKind("person_suspended", category=LEGAL, urgent=True, tone=Tone.PROBLEM, link=routes.ME)
PERSON_REINSTATED = NotificationKind("person_reinstated", category=LEGAL, urgent=True, tone=Tone.DONE, link=routes.ME)
ADMIN_SUSPENDED_ADMIN = NotificationKind(
    "admin_suspended_admin", category=SECURITY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_AUDIT
)
TERMS_RENEWED = NotificationKind("terms_renewed", category=LEGAL, urgent=True, tone=Tone.JOB, link=routes.ACCEPT_TERMS)
DATA_EXPORTED = NotificationKind(
    "data_exported", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.ACCOUNT
)
DATA_EXPORTED_ADMIN = NotificationKind(
    "data_exported_admin", category=SECURITY, urgent=False, tone=Tone.SECURITY, link=routes.ADMIN_PEOPLE
)
ERASURE_ASKED_ADMIN = NotificationKind(
    "erasure_asked_admin", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.ADMIN_PEOPLE
)
ERASURE_TAKEN_BACK = NotificationKind(
    "erasure_taken_back", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.ACCOUNT
)
ACCOUNT_ERASED_ADMIN = NotificationKind(
    "account_erased_admin", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.ADMIN_PEOPLE
)
BANNED_PERSON_JOINED = NotificationKind(
    "banned_person_joined", category=SECURITY, urgent=True, tone=Tone.PROBLEM, link=routes.ADMIN_PEOPLE
)
ADMIN_MADE = NotificationKind(
    "admin_made", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.SECOND_FACTOR
)
ADMIN_MADE_ADMIN = NotificationKind(
    "admin_made_admin", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.ADMIN_AUDIT
)
DUTIES_CHANGED = NotificationKind(
    "duties_changed", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.ADMIN
)
DUTIES_CHANGED_ADMIN = NotificationKind(
    "duties_changed_admin", category=SECURITY, urgent=True, tone=Tone.SECURITY, link=routes.ADMIN_ADMINS
)
