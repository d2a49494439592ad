"""How long what is kept: one table, run by the clock and said word for word on the privacy page (LAW-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from cleanit_app.domain.business_limits import LIMITS


@dataclass(frozen=True)
class RetentionRule:
    """What is kept how long, why, what happens then, and which job of the clock does it.

    `life` is None for what stays as long as the account does; `figure` is how `said` names it on the privacy page.
    """

    name: str
    tables: tuple[str, ...]
    life: timedelta | None
    figure: str
    why: str
    then: str
    job: str
    said: str


RETENTION: tuple[RetentionRule, ...] = (
    RetentionRule(
        name="notices",
        tables=("notifications",),
        life=LIMITS.notification_life,
        figure="notification_days",
        why="People look up what they were told.",
        then="The rows are deleted.",
        job="old-news",
        said="privacy.keep.1",
    ),
    RetentionRule(
        name="account",
        tables=(
            "users",
            "cleaners",
            "name_changes",
            "identity_documents",
            "account_checks",
            "photos",
            "photo_takedowns",
            "second_factors",
            "recovery_codes",
            "capture_tokens",
            "desk_notes",
            "saved_views",
            "account_fingerprints",
            "terms_acceptances",
            "data_requests",
            "photo_consents",
            "support_tickets",
            "support_messages",
            "attachments",
        ),
        life=None,
        figure="erasure_days",
        why="It is the account; its owner ends it.",
        then="Seven days after the wish all is erased; keyed hashes of contacts and the dates of consent stay.",
        job="erasures",
        said="privacy.keep.3",
    ),
    RetentionRule(
        name="money",
        tables=(
            "contributions",
            "payments",
            "failed_tries",
            "payment_flags",
            "refunds",
            "payouts",
            "transfer_attempts",
            "ledger_transfers",
            "ledger_lines",
            "escrow_transactions",
            "transactions",
            "receipt_counters",
            "fee_invoices",
            "tds_deductions",
            "tds_returns",
            "campaigns",
            "campaign_corrections",
            "jobs",
            "cleaner_penalties",
            "deadline_reminders",
            "disputes",
            "reviews",
            "pending_decisions",
            "dispute_statements",
            "fraud_findings",
            "fraud_cases",
            "bulk_runs",
            "bulk_rows",
            "status_history",
            "outbox",
            "admin_actions",
        ),
        life=LIMITS.money_records_life,
        figure="money_years",
        why="Tax and company law: income-tax, GST and Companies Acts ask for the books of six to eight years.",
        then="The last that leads from the books to a person who left goes: sealed name and PAN, hashes of contacts.",
        job="old-records",
        said="privacy.keep.4",
    ),
    RetentionRule(
        name="messages",
        tables=("webhook_events",),
        life=LIMITS.messages_life,
        figure="messages_days",
        why="A dispute about a payment is settled by what the provider said and signed.",
        then="The message is emptied; its number stays, so that it never counts twice.",
        job="old-records",
        said="privacy.keep.5",
    ),
    RetentionRule(
        name="sign-ins",
        tables=("sessions", "known_devices"),
        life=LIMITS.device_life,
        figure="device_days",
        why="One sees where one is signed in, and strangers' wrong passwords lock nobody out.",
        then="Browser and address go; of admins they stay with the log of what they did.",
        job="old-records",
        said="privacy.keep.6",
    ),
    RetentionRule(
        name="tries",
        tables=("failed_sign_ins", "refresh_tokens", "one_time_codes", "pending_accounts"),
        life=LIMITS.failures_kept,
        figure="failures_days",
        why="Guessing and stolen tokens are seen.",
        then="The rows are deleted.",
        job="old-traces",
        said="privacy.keep.7",
    ),
)
"""Every table that holds something about a person stands in one rule."""

NOBODY_IN_IT = frozenset(
    {
        "alerts", "board_figures", "canned_answer_versions", "check_runs", "daily_runs", "error_logs", "feature_flags",
        "fraud_scans", "help_article_editions", "help_articles", "money_switches", "reconciliation_differences",
        "reconciliation_seen", "scheduled_jobs", "scheduled_runs", "search_vocabulary", "setting_choices",
        "site_banners", "sweep_beats", "tds_rules",
    }
)  # fmt: skip
"""Tables of the machinery: they name things by id, never persons."""
