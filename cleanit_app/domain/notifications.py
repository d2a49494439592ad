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
    LEGAL = "LEGAL"  # terms, identity checks, suspensions, fraud


def terms_dedupe_key(version: str) -> str:
    """What makes the notification of a new version of the terms come once to each person."""
    return f"terms_renewed:{version}"


CHOOSABLE = (
    NotificationCategory.CAMPAIGNS,
    NotificationCategory.JOBS,
    NotificationCategory.WORK,
    NotificationCategory.DESK,
)
"""What may be switched off. Money, security and legal notifications always arrive."""

_C, _J, _W, _D, _M, _S, _L = NotificationCategory
CATEGORY_OF: dict[str, NotificationCategory] = {
    "campaign_created": _D,
    "campaign_approved": _C,
    "campaign_declined": _C,
    "campaign_cancelled": _C,
    "campaign_cancelled_refund": _M,
    "campaign_contribution": _C,
    "campaign_contribution_last": _C,
    "contribution_receipt": _M,
    "campaign_funded": _C,
    "campaign_expired": _M,
    "campaign_expired_creator": _C,
    "job_available": _J,
    "job_claimed": _C,
    "job_claimed_self": _W,
    "job_unclaimed": _C,
    "job_completed": _C,
    "job_completed_admin": _D,
    "job_verified": _M,
    "job_verified_neighbour": _C,
    "job_verified_creator": _C,
    "job_rejected_retry": _W,
    "job_rejected_final": _W,
    "job_rejected_creator": _C,
    "job_auto_released": _W,
    "job_held": _D,
    "job_cancelled": _W,
    "job_expired": _C,
    "job_expired_refund": _M,
    "cleaner_suspended": _L,
    "cleaner_suspended_admin": _L,
    "person_suspended": _L,
    "terms_renewed": _L,
    "person_reinstated": _L,
    "admin_suspended_admin": _S,
    "verification_queue_long": _D,
    "verification_over_48_h": _D,
    "verification_average_long": _D,
    "deadline_24h": _W,
    "deadline_1h": _W,
    "payout_success": _M,
    "payout_failed": _M,
    "payout_failed_admin": _M,
    "payout_tried_again_admin": _M,
    "payout_details_wrong_admin": _M,
    "money_comes_back": _M,
    "refund_processed": _M,
    "refund_stuck": _M,
    "refund_stuck_admin": _M,
    "fraud_suspected": _L,
    "kyc_verified": _L,
    "kyc_active": _L,
    "kyc_rejected": _L,
    "kyc_rejected_because": _L,
    "identity_to_check": _D,
    "photo_infected": _S,
    "photo_infected_admin": _S,
    "sign_ins_failed": _S,
    "sign_ins_failed_admin": _S,
    "second_factor_on": _S,
    "second_factor_off": _S,
    "second_factor_on_admin": _S,
    "second_factor_off_admin": _S,
    "recovery_code_used": _S,
    "admin_made": _S,
    "admin_made_admin": _S,
    "duties_changed": _S,
    "duties_changed_admin": _S,
    "password_changed": _S,
    "password_reset": _S,
    "contact_changed_phone": _S,
    "join_tried": _S,
    "contact_tried": _S,
    "reset_asked": _S,
    "contact_changed_email": _S,
    "data_exported": _S,
    "data_exported_admin": _S,
    "account_confirmed": _M,
    "account_waits": _M,
    "account_to_confirm": _D,
    "account_wrong": _M,
    "campaign_funded_short": _C,
    "campaign_refunded": _M,
    "campaign_refunded_creator": _C,
    "payment_odd": _M,
    "mismatches_found": _M,
    "books_wrong": _M,
    "reconciliation_late": _M,
    "message_unknown": _M,
    "message_parked": _M,
    "payout_account_changed": _S,
    "payout_details_wrong": _M,
    "payout_failed_person": _M,
    "pay_taken_back": _M,
    "payout_held": _M,
    "dispute_opened": _M,
    "dispute_opened_admin": _L,
    "dispute_upheld": _L,
    "dispute_dismissed": _L,
    "dispute_dismissed_cleaner": _M,
    "dispute_dismissed_waits": _M,
    "payout_released": _M,
    "payout_unsure": _M,
    "payouts_resumed": _M,
    "payouts_stopped": _M,
    "payouts_wait": _M,
    "refund_unsure": _M,
    "refunds_resumed": _M,
    "refunds_stopped": _M,
    "refunds_wait": _M,
}

QUIET = frozenset(
    {
        "campaign_contribution",
        "campaign_contribution_last",
        "campaign_created",
        "contribution_receipt",
        "identity_to_check",
        "account_to_confirm",
        "job_claimed",
        "job_unclaimed",
        "job_completed",
        "job_completed_admin",
        "job_verified_neighbour",
        "data_exported_admin",
    }
)
"""What can wait until somebody looks: it moves the badge and stands in the list, and nothing pops up for it."""


def is_urgent(kind: str) -> bool:
    """Whether an open tab says it at once: money, decisions, deadlines, security, and whatever nobody sorted."""
    return kind not in QUIET


def choices_for(role: Role) -> tuple[NotificationCategory, ...]:
    """What somebody of this role may switch on and off, in the order it is shown."""
    return {
        Role.CITIZEN: (NotificationCategory.CAMPAIGNS,),
        Role.CLEANER: (NotificationCategory.JOBS, NotificationCategory.WORK, NotificationCategory.CAMPAIGNS),
        Role.ADMIN: (NotificationCategory.DESK, NotificationCategory.CAMPAIGNS),
    }[role]


def category_of(kind: str) -> NotificationCategory:
    """What a kind of notification is about; a kind that nobody sorted counts as money and always arrives."""
    return CATEGORY_OF.get(kind, NotificationCategory.MONEY)
