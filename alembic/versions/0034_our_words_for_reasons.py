"""Reasons are said in our own words: those of the provider, stored until now, are put into ours, and back.

Where several of its words mean one thing to us, going back gives the first of them. What somebody wrote, and what a
bank said beyond its list, stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TRANSFERS = {
    "bank_account_closed": "account_closed",
    "bank_account_frozen": "account_frozen",
    "bank_account_invalid": "account_wrong",
    "beneficiary_account_invalid": "account_wrong",
    "beneficiary_account_dormant": "account_asleep",
    "invalid_beneficiary": "account_unknown",
    "beneficiary_vpa_invalid": "upi_wrong",
    "invalid_ifsc_code": "ifsc_wrong",
    "imps_not_allowed": "no_imps",
    "beneficiary_bank_rejected": "bank_refused",
    "beneficiary_bank_failure": "bank_failed",
    "beneficiary_bank_technical_error": "bank_trouble",
    "beneficiary_bank_offline": "bank_away",
    "beneficiary_psp_offline": "bank_away",
    "beneficiary_bank_down": "bank_away",
    "npci_beneficiary_timeout": "bank_silent",
    "transaction_limit_exceeded": "limit_reached",
    "amount_limit_exhausted_neft": "limit_reached",
    "gateway_down": "provider_away",
    "gateway_timeout": "provider_silent",
    "gateway_technical_error": "provider_trouble",
    "gateway_degraded": "provider_trouble",
    "syncing_balance": "provider_trouble",
    "server_error": "provider_broke",
    "server_error_temporary": "provider_broke",
    "low_balance": "balance_short",
    "insufficient_funds": "balance_short",
    "cancelled": "called_off",
    "the provider could not refund": "no_reason",
}
PAYMENTS = {
    "insufficient_funds": "funds_short",
    "insufficient_fund": "funds_short",
    "payment_cancelled": "given_up",
    "incorrect_pin": "pin_wrong",
    "card_declined": "card_refused",
    "payment_failed": "not_taken",
    "payment_timed_out": "too_late",
    "gateway_timeout": "bank_silent",
    "payment_pending": "still_open",
}
COLUMNS = (
    ("payouts", "failure_reason", TRANSFERS),
    ("refunds", "failure_reason", TRANSFERS),
    ("transfer_attempts", "failure_reason", TRANSFERS),
    ("account_checks", "reason", TRANSFERS),
    ("contributions", "failure_reason", PAYMENTS),
    ("failed_tries", "reason", PAYMENTS),
)
TOLD = (
    ("notifications", "values", "bank", "true"),
    ("outbox", "payload", "reason", "name IN ('PayoutFailed', 'RefundStuck', 'PayoutDetailsWrong')"),
    ("outbox", "payload", "why", "name IN ('MoneyWaits', 'TransferUnsure')"),
)


def upgrade() -> None:
    """Go forward."""
    _say(lambda words: words)


def downgrade() -> None:
    """Go back."""
    _say(lambda words: {ours: theirs for theirs, ours in reversed(words.items())})


def _say(put: Callable[[dict[str, str]], dict[str, str]]) -> None:
    for table, column, words in COLUMNS:
        _in_column(table, column, put(words))
    told = put(TRANSFERS)
    for table, column, key, where in TOLD:
        change = sa.text(
            f"""UPDATE {table} t SET "{column}" = jsonb_set(t."{column}", ARRAY['{key}'], to_jsonb(w.ours))
                FROM unnest(CAST(:theirs AS text[]), CAST(:ours AS text[])) AS w (theirs, ours)
                WHERE t."{column}" ->> '{key}' = w.theirs AND {where}"""  # noqa: S608  (the names are our own)
        )
        op.get_bind().execute(change, {"theirs": list(told), "ours": list(told.values())})


def _in_column(table: str, column: str, words: dict[str, str]) -> None:
    change = sa.text(
        f"""UPDATE {table} t SET {column} = w.ours
            FROM unnest(CAST(:theirs AS text[]), CAST(:ours AS text[])) AS w (theirs, ours)
            WHERE t.{column} = w.theirs"""  # noqa: S608  (the names are our own)
    )
    op.get_bind().execute(change, {"theirs": list(words), "ours": list(words.values())})
