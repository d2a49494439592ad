"""Jobs by their earlier names: what was put into a queue before an update is done after it all the same."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_MOVED = {
    "bank_accounts.check_accounts": "people.check_accounts",
    "bank_accounts.check_new_accounts": "people.check_new_accounts",
    "clock.catch_up": "operations.catch_up",
    "clock.run_day": "operations.run_day",
    "clock.tick": "operations.tick",
    "heartbeat.beat": "operations.beat",
    "identity.check_documents": "people.check_documents",
    "identity.check_new_documents": "people.check_new_documents",
    "identity.drop_files": "people.drop_identity_files",
    "jobs.watch_verification_queue": "review.watch_verification_queue",
    "notifications.clear_old_news": "notifications.clear_notifications",
    "notifications.tell_of_new_terms": "people.tell_of_new_terms",
    "reconciliation.back_up": "operations.back_up",
    "reconciliation.rotate_keys": "people.rotate_keys",
    "retention.archive": "campaigns.archive",
    "transfers.look_at_payout": "payouts.look_at_payout",
    "transfers.send_due_payouts": "payouts.send_due_payouts",
    "transfers.send_due_refunds": "refunds.send_due_refunds",
    "transfers.send_payout": "payouts.send_payout",
    "transfers.send_payouts_again": "payouts.send_payouts_again",
    "webhooks.ask_about_contributions": "payments.ask_about_contributions",
}

RENAMED: Mapping[str, str] = MappingProxyType(
    {f"workers.jobs.{old}": f"workers.jobs.{new}" for old, new in _MOVED.items()}
)
"""Earlier name to present name. A line may go once no queue can hold its name any more: one release later."""


def present_name(job: str) -> str:
    """The name under which a job is found now; one that was never another stays as it is."""
    return RENAMED.get(job, job)
