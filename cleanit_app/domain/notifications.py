"""What notifications are about: the categories people choose from, and those that always arrive (NOT-05)."""

from __future__ import annotations

from enum import StrEnum

from cleanit_app.domain.actors import Role


class NotificationCategory(StrEnum):
    """What a notification is about."""

    CAMPAIGNS = "CAMPAIGNS"  # how cleanups go on that I started or gave to
    JOBS = "JOBS"  # new jobs to take
    WORK = "WORK"  # jobs in my hands: deadlines and results
    DESK = "DESK"  # what waits for an admin
    MONEY = "MONEY"  # payments, payouts, refunds, receipts
    SECURITY = "SECURITY"  # the account and its sign-ins
    MARKETING = "MARKETING"  # what Cleanit would like to tell, and nobody needs
    SERVICE = "SERVICE"  # what everybody concerned must know: an outage, a change of how things work
    LEGAL = "LEGAL"  # terms, identity checks, suspensions, fraud, answers to complaints


def terms_dedupe_key(version: str) -> str:
    """What makes the notification of a new version of the terms come once to each person."""
    return f"terms_renewed:{version}"


CHOOSABLE = (
    NotificationCategory.CAMPAIGNS,
    NotificationCategory.JOBS,
    NotificationCategory.WORK,
    NotificationCategory.DESK,
    NotificationCategory.MARKETING,
)
"""What may be switched off. Money, security, service and legal notifications always arrive."""

OFF_AT_FIRST = (NotificationCategory.MARKETING,)
"""What nobody gets who has not said yes: only marketing (LAW-07)."""


def choices_for(role: Role) -> tuple[NotificationCategory, ...]:
    """What somebody of this role may switch on and off, in the order it is shown."""
    return {
        Role.CITIZEN: (NotificationCategory.CAMPAIGNS, NotificationCategory.MARKETING),
        Role.CLEANER: (
            NotificationCategory.JOBS,
            NotificationCategory.WORK,
            NotificationCategory.CAMPAIGNS,
            NotificationCategory.MARKETING,
        ),
        Role.ADMIN: (NotificationCategory.DESK, NotificationCategory.CAMPAIGNS, NotificationCategory.MARKETING),
    }[role]
