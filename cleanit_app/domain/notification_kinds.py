"""Every kind of notification as one object: what it is about, whether it is said at once, and how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cleanit_app.domain.notifications import CHOOSABLE, NotificationCategory


class Tone(StrEnum):
    """How a notification is coloured."""

    MONEY = "money"
    DONE = "done"
    JOB = "job"
    REFUND = "refund"
    PROBLEM = "problem"
    RECEIPT = "receipt"
    SECURITY = "security"


@dataclass(frozen=True, kw_only=True)
class _Properties:
    category: NotificationCategory
    urgent: bool  # an open tab says it at once; else it moves the badge and stands in the list
    tone: Tone


@dataclass(frozen=True)
class NotificationKind(_Properties):
    """A kind by the name it is stored under; nothing of it has a default, so that nobody forgets a property."""

    name: str

    @property
    def words_key(self) -> str:
        """Where its sentence stands in the catalogue."""
        return f"notify.{self.name}"

    @property
    def always_arrives(self) -> bool:
        """Whether nobody can switch it off (NOT-05)."""
        return self.category not in CHOOSABLE


CAMPAIGNS, JOBS, WORK, DESK, MONEY, SECURITY, LEGAL = NotificationCategory
_ALL = (
    NotificationKind("campaign_created", category=DESK, urgent=False, tone=Tone.JOB),
    NotificationKind("campaign_approved", category=CAMPAIGNS, urgent=True, tone=Tone.DONE),
    NotificationKind("campaign_declined", category=CAMPAIGNS, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("campaign_cancelled", category=CAMPAIGNS, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("campaign_cancelled_refund", category=MONEY, urgent=True, tone=Tone.REFUND),
    NotificationKind("campaign_contribution", category=CAMPAIGNS, urgent=False, tone=Tone.MONEY),
    NotificationKind("campaign_contribution_last", category=CAMPAIGNS, urgent=False, tone=Tone.MONEY),
    NotificationKind("contribution_receipt", category=MONEY, urgent=False, tone=Tone.RECEIPT),
    NotificationKind("campaign_funded", category=CAMPAIGNS, urgent=True, tone=Tone.DONE),
    NotificationKind("campaign_expired", category=MONEY, urgent=True, tone=Tone.REFUND),
    NotificationKind("campaign_expired_creator", category=CAMPAIGNS, urgent=True, tone=Tone.REFUND),
    NotificationKind("job_available", category=JOBS, urgent=True, tone=Tone.JOB),
    NotificationKind("job_claimed", category=CAMPAIGNS, urgent=False, tone=Tone.JOB),
    NotificationKind("job_claimed_self", category=WORK, urgent=True, tone=Tone.JOB),
    NotificationKind("job_unclaimed", category=CAMPAIGNS, urgent=False, tone=Tone.JOB),
    NotificationKind("job_completed", category=CAMPAIGNS, urgent=False, tone=Tone.JOB),
    NotificationKind("job_completed_admin", category=DESK, urgent=False, tone=Tone.JOB),
    NotificationKind("job_verified", category=MONEY, urgent=True, tone=Tone.DONE),
    NotificationKind("job_verified_neighbour", category=CAMPAIGNS, urgent=False, tone=Tone.DONE),
    NotificationKind("job_verified_creator", category=CAMPAIGNS, urgent=True, tone=Tone.DONE),
    NotificationKind("job_rejected_retry", category=WORK, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("job_rejected_final", category=WORK, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("job_rejected_creator", category=CAMPAIGNS, urgent=True, tone=Tone.JOB),
    NotificationKind("job_auto_released", category=WORK, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("job_held", category=DESK, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("job_cancelled", category=WORK, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("job_expired", category=CAMPAIGNS, urgent=True, tone=Tone.REFUND),
    NotificationKind("job_expired_refund", category=MONEY, urgent=True, tone=Tone.REFUND),
    NotificationKind("cleaner_suspended", category=LEGAL, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("cleaner_suspended_admin", category=LEGAL, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("person_suspended", category=LEGAL, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("terms_renewed", category=LEGAL, urgent=True, tone=Tone.JOB),
    NotificationKind("person_reinstated", category=LEGAL, urgent=True, tone=Tone.DONE),
    NotificationKind("admin_suspended_admin", category=SECURITY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("verification_queue_long", category=DESK, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("verification_over_48_h", category=DESK, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("verification_average_long", category=DESK, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("deadline_24h", category=WORK, urgent=True, tone=Tone.JOB),
    NotificationKind("deadline_1h", category=WORK, urgent=True, tone=Tone.JOB),
    NotificationKind("payout_success", category=MONEY, urgent=True, tone=Tone.DONE),
    NotificationKind("payout_failed", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("payout_failed_admin", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("payout_tried_again_admin", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("payout_details_wrong_admin", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("money_comes_back", category=MONEY, urgent=True, tone=Tone.REFUND),
    NotificationKind("refund_processed", category=MONEY, urgent=True, tone=Tone.REFUND),
    NotificationKind("refund_stuck", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("refund_stuck_admin", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("fraud_suspected", category=LEGAL, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("kyc_verified", category=LEGAL, urgent=True, tone=Tone.JOB),
    NotificationKind("kyc_active", category=LEGAL, urgent=True, tone=Tone.DONE),
    NotificationKind("kyc_rejected", category=LEGAL, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("kyc_rejected_because", category=LEGAL, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("identity_to_check", category=DESK, urgent=False, tone=Tone.JOB),
    NotificationKind("photo_infected", category=SECURITY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("photo_infected_admin", category=SECURITY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("sign_ins_failed", category=SECURITY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("sign_ins_failed_admin", category=SECURITY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("second_factor_on", category=SECURITY, urgent=True, tone=Tone.SECURITY),
    NotificationKind("second_factor_off", category=SECURITY, urgent=True, tone=Tone.SECURITY),
    NotificationKind("second_factor_on_admin", category=SECURITY, urgent=True, tone=Tone.SECURITY),
    NotificationKind("second_factor_off_admin", category=SECURITY, urgent=True, tone=Tone.SECURITY),
    NotificationKind("recovery_code_used", category=SECURITY, urgent=True, tone=Tone.SECURITY),
    NotificationKind("admin_made", category=SECURITY, urgent=True, tone=Tone.SECURITY),
    NotificationKind("admin_made_admin", category=SECURITY, urgent=True, tone=Tone.SECURITY),
    NotificationKind("duties_changed", category=SECURITY, urgent=True, tone=Tone.SECURITY),
    NotificationKind("duties_changed_admin", category=SECURITY, urgent=True, tone=Tone.SECURITY),
    NotificationKind("password_changed", category=SECURITY, urgent=True, tone=Tone.SECURITY),
    NotificationKind("password_reset", category=SECURITY, urgent=True, tone=Tone.SECURITY),
    NotificationKind("contact_changed_phone", category=SECURITY, urgent=True, tone=Tone.SECURITY),
    NotificationKind("join_tried", category=SECURITY, urgent=True, tone=Tone.SECURITY),
    NotificationKind("contact_tried", category=SECURITY, urgent=True, tone=Tone.SECURITY),
    NotificationKind("reset_asked", category=SECURITY, urgent=True, tone=Tone.SECURITY),
    NotificationKind("contact_changed_email", category=SECURITY, urgent=True, tone=Tone.SECURITY),
    NotificationKind("data_exported", category=SECURITY, urgent=True, tone=Tone.SECURITY),
    NotificationKind("data_exported_admin", category=SECURITY, urgent=False, tone=Tone.SECURITY),
    NotificationKind("account_confirmed", category=MONEY, urgent=True, tone=Tone.DONE),
    NotificationKind("account_waits", category=MONEY, urgent=True, tone=Tone.JOB),
    NotificationKind("account_to_confirm", category=DESK, urgent=False, tone=Tone.JOB),
    NotificationKind("account_wrong", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("campaign_funded_short", category=CAMPAIGNS, urgent=True, tone=Tone.DONE),
    NotificationKind("campaign_refunded", category=MONEY, urgent=True, tone=Tone.REFUND),
    NotificationKind("campaign_refunded_creator", category=CAMPAIGNS, urgent=True, tone=Tone.REFUND),
    NotificationKind("payment_odd", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("mismatches_found", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("books_wrong", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("reconciliation_late", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("message_unknown", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("message_parked", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("payout_account_changed", category=SECURITY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("payout_details_wrong", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("payout_failed_person", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("pay_taken_back", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("payout_held", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("dispute_opened", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("dispute_opened_admin", category=LEGAL, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("dispute_upheld", category=LEGAL, urgent=True, tone=Tone.DONE),
    NotificationKind("dispute_dismissed", category=LEGAL, urgent=True, tone=Tone.JOB),
    NotificationKind("dispute_dismissed_cleaner", category=MONEY, urgent=True, tone=Tone.DONE),
    NotificationKind("dispute_dismissed_waits", category=MONEY, urgent=True, tone=Tone.DONE),
    NotificationKind("payout_released", category=MONEY, urgent=True, tone=Tone.DONE),
    NotificationKind("payout_unsure", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("payouts_resumed", category=MONEY, urgent=True, tone=Tone.DONE),
    NotificationKind("payouts_stopped", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("payouts_wait", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("refund_unsure", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("refunds_resumed", category=MONEY, urgent=True, tone=Tone.DONE),
    NotificationKind("refunds_stopped", category=MONEY, urgent=True, tone=Tone.PROBLEM),
    NotificationKind("refunds_wait", category=MONEY, urgent=True, tone=Tone.PROBLEM),
)
KINDS: dict[str, NotificationKind] = {kind.name: kind for kind in _ALL}
"""All that can be sent, by the name that is stored."""

NO_LONGER_KNOWN = NotificationKind("", category=MONEY, urgent=True, tone=Tone.JOB)
"""What stands for a stored kind of an earlier version: it is shown, and takes nothing else down."""


def kind_named(name: str) -> NotificationKind:
    """The kind that was stored under this name, or NO_LONGER_KNOWN."""
    return KINDS.get(name, NO_LONGER_KNOWN)
