"""Every column has its bounds: moments of this century and the next, finite numbers, texts with a length.

What lies outside is mended first: a place or time that a photo or a phone claimed becomes none, other moments move to
the nearest that is allowed, and each change is noted among the failures. Money is never mended: there the migration
stops.
"""

from __future__ import annotations

# ruff: noqa: S608  (the names in the statements are our own)
import sqlalchemy as sa

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

FIRST, LAST = "2000-01-01", "2199-12-31 23:59:59"
SHORT_LENGTH, LONG_LENGTH = 512, 20_000
CLAIMED = {("photos", name) for name in ("taken_at", "latitude", "longitude", "accuracy_m")}
FRACTIONS = {
    "latitude": (-90, 90),
    "longitude": (-180, 180),
    "accuracy_m": (0, 100_000),
    "brightness": (0, 255),
    "sharpness": (0, 100_000),
}
DUTIES = "duties <@ ARRAY['VERIFIER', 'FINANCE', 'SUPPORT', 'COMPLIANCE', 'SENIOR']::varchar[]"
REFUND_STATUS = "refund_status IN ('NONE', 'PROCESSING', 'COMPLETED')"
CHECKS = {
    "account_checks": """
        least(details_at, created_at, next_try_at, finished_at) >= '2000-01-01T00:00Z' AND greatest(details_at,
        created_at, next_try_at, finished_at) < '2200-01-01T00:00Z' AND least(score, tries) >= 0""",
    "admin_actions": """
        at >= '2000-01-01T00:00Z' AND at < '2200-01-01T00:00Z' AND jsonb_typeof(details) = 'object'""",
    "alerts": """
        least(raised_at, cleared_at) >= '2000-01-01T00:00Z' AND greatest(raised_at, cleared_at) < '2200-01-01T00:00Z'""",
    "campaigns": """
        least(created_at, activated_at, expires_at, funded_at, completed_at, closed_at, cancelled_at, archived_at,
        problem_at) >= '2000-01-01T00:00Z' AND greatest(created_at, activated_at, expires_at, funded_at, completed_at,
        closed_at, cancelled_at, archived_at, problem_at) < '2200-01-01T00:00Z' AND least(target_paise, raised_paise)
        >= 0 AND greatest(target_paise, raised_paise) < 10000000000001 AND char_length(title) <= 20000 AND latitude
        BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180 AND char_length(address) <= 20000""",
    "capture_tokens": """
        least(issued_at, expires_at, used_at) >= '2000-01-01T00:00Z' AND greatest(issued_at, expires_at, used_at) <
        '2200-01-01T00:00Z'""",
    "check_runs": """
        least(started_at, finished_at) >= '2000-01-01T00:00Z' AND greatest(started_at, finished_at) <
        '2200-01-01T00:00Z' AND day_on >= '2000-01-01' AND day_on < '2200-01-01' AND least(checked, problems) >= 0 AND
        jsonb_typeof(report) = 'object'""",
    "cleaner_penalties": """
        least(deadline_at, created_at) >= '2000-01-01T00:00Z' AND greatest(deadline_at, created_at) <
        '2200-01-01T00:00Z' AND claim_number >= 0""",
    "cleaners": """
        least(flagged_for_review_at, payout_changed_at, payout_verified_at, payout_usable_at, identity_waits_since,
        pan_given_at) >= '2000-01-01T00:00Z' AND greatest(flagged_for_review_at, payout_changed_at,
        payout_verified_at, payout_usable_at, identity_waits_since, pan_given_at) < '2200-01-01T00:00Z' AND
        least(verified_count, rejected_count, failed_count, released_count) >= 0""",
    "contributions": """
        least(order_claimed_until, created_at, next_check_at, paid_at, failed_at) >= '2000-01-01T00:00Z' AND
        greatest(order_claimed_until, created_at, next_check_at, paid_at, failed_at) < '2200-01-01T00:00Z' AND
        least(amount_paise, kept_paise, checks) >= 0 AND greatest(amount_paise, kept_paise, checks) < 10000000000001""",
    "daily_runs": """
        least(started_at, lease_until, finished_at) >= '2000-01-01T00:00Z' AND greatest(started_at, lease_until,
        finished_at) < '2200-01-01T00:00Z' AND on_date >= '2000-01-01' AND on_date < '2200-01-01' AND tries >= 0""",
    "deadline_reminders": """
        least(deadline_at, sent_at) >= '2000-01-01T00:00Z' AND greatest(deadline_at, sent_at) < '2200-01-01T00:00Z'
        AND hours >= 0""",
    "disputes": """
        least(raised_at, decided_at) >= '2000-01-01T00:00Z' AND greatest(raised_at, decided_at) < '2200-01-01T00:00Z'""",
    "error_logs": """
        at >= '2000-01-01T00:00Z' AND at < '2200-01-01T00:00Z'""",
    "escrow_transactions": """
        least(held_at, released_at) >= '2000-01-01T00:00Z' AND greatest(held_at, released_at) < '2200-01-01T00:00Z'
        AND amount_paise >= 0 AND amount_paise < 10000000000001""",
    "failed_sign_ins": """
        at >= '2000-01-01T00:00Z' AND at < '2200-01-01T00:00Z'""",
    "failed_tries": """
        at >= '2000-01-01T00:00Z' AND at < '2200-01-01T00:00Z'""",
    "fee_invoices": """
        issued_at >= '2000-01-01T00:00Z' AND issued_at < '2200-01-01T00:00Z' AND issued_on >= '2000-01-01' AND
        issued_on < '2200-01-01' AND least(fee_paise, taxable_paise, cgst_paise, sgst_paise, igst_paise) >= 0 AND
        greatest(fee_paise, taxable_paise, cgst_paise, sgst_paise, igst_paise) < 10000000000001 AND
        jsonb_typeof(parties) = 'object'""",
    "fraud_cases": """
        least(opened_at, closed_at) >= '2000-01-01T00:00Z' AND greatest(opened_at, closed_at) < '2200-01-01T00:00Z'""",
    "identity_documents": """
        least(file_dropped_at, next_try_at, created_at, decided_at) >= '2000-01-01T00:00Z' AND
        greatest(file_dropped_at, next_try_at, created_at, decided_at) < '2200-01-01T00:00Z' AND least(file_key_id,
        score, tries) >= 0""",
    "jobs": """
        least(created_at, expires_at, claimed_at, completion_deadline, review_since, unclaimed_at, completed_at,
        verified_at, rejected_at, paid_at) >= '2000-01-01T00:00Z' AND greatest(created_at, expires_at, claimed_at,
        completion_deadline, review_since, unclaimed_at, completed_at, verified_at, rejected_at, paid_at) <
        '2200-01-01T00:00Z' AND least(amount_paise, platform_fee_paise, platform_added_paise, claim_count) >= 0 AND
        greatest(amount_paise, platform_fee_paise, platform_added_paise, claim_count) < 10000000000001 AND latitude
        BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180 AND jsonb_typeof(flags) = 'array' AND
        jsonb_typeof(checklist) = 'object'""",
    "known_devices": """
        least(first_seen_at, last_seen_at, proved_at) >= '2000-01-01T00:00Z' AND greatest(first_seen_at, last_seen_at,
        proved_at) < '2200-01-01T00:00Z'""",
    "ledger_lines": """
        amount_paise >= -10000000000000 AND amount_paise < 10000000000001 AND id >= 0 AND id < 10000000000001""",
    "ledger_transfers": """
        created_at >= '2000-01-01T00:00Z' AND created_at < '2200-01-01T00:00Z'""",
    "money_switches": """
        stopped_at >= '2000-01-01T00:00Z' AND stopped_at < '2200-01-01T00:00Z'""",
    "notifications": """
        least(created_at, delivered_at, read_at) >= '2000-01-01T00:00Z' AND greatest(created_at, delivered_at,
        read_at) < '2200-01-01T00:00Z' AND jsonb_typeof("values") = 'object'""",
    "one_time_codes": """
        least(next_send_at, created_at, expires_at, used_at) >= '2000-01-01T00:00Z' AND greatest(next_send_at,
        created_at, expires_at, used_at) < '2200-01-01T00:00Z' AND least(tries, sendings) >= 0""",
    "outbox": """
        least(occurred_at, relayed_at) >= '2000-01-01T00:00Z' AND greatest(occurred_at, relayed_at) <
        '2200-01-01T00:00Z' AND jsonb_typeof(payload) = 'object'""",
    "payment_flags": """
        least(raised_at, seen_at) >= '2000-01-01T00:00Z' AND greatest(raised_at, seen_at) < '2200-01-01T00:00Z' AND
        found >= 0""",
    "payments": """
        captured_at >= '2000-01-01T00:00Z' AND captured_at < '2200-01-01T00:00Z' AND least(amount_paise, kept_paise,
        fee_paise, tax_paise) >= 0 AND greatest(amount_paise, kept_paise, fee_paise, tax_paise) < 10000000000001""",
    "payouts": """
        least(scheduled_for, created_at, initiated_at, paid_at, held_at) >= '2000-01-01T00:00Z' AND
        greatest(scheduled_for, created_at, initiated_at, paid_at, held_at) < '2200-01-01T00:00Z' AND
        least(amount_paise, tds_paise, failures, hand_tries) >= 0 AND greatest(amount_paise, tds_paise, failures,
        hand_tries) < 10000000000001""",
    "photos": """
        least(received_at, quarantined_at, taken_at) >= '2000-01-01T00:00Z' AND greatest(received_at, quarantined_at,
        taken_at) < '2200-01-01T00:00Z' AND least(width, height, bytes_received) >= 0 AND brightness BETWEEN 0 AND 255
        AND sharpness BETWEEN 0 AND 100000 AND latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180 AND
        accuracy_m BETWEEN 0 AND 100000 AND jsonb_typeof(exif) = 'object'""",
    "receipt_counters": """
        last >= 0""",
    "reconciliation_differences": """
        least(found_at, resolved_at) >= '2000-01-01T00:00Z' AND greatest(found_at, resolved_at) < '2200-01-01T00:00Z'""",
    "recovery_codes": """
        used_at >= '2000-01-01T00:00Z' AND used_at < '2200-01-01T00:00Z'""",
    "refresh_tokens": """
        least(created_at, expires_at, used_at) >= '2000-01-01T00:00Z' AND greatest(created_at, expires_at, used_at) <
        '2200-01-01T00:00Z'""",
    "refunds": """
        least(created_at, next_try_at, initiated_at, completed_at) >= '2000-01-01T00:00Z' AND greatest(created_at,
        next_try_at, initiated_at, completed_at) < '2200-01-01T00:00Z' AND due_on >= '2000-01-01' AND due_on <
        '2200-01-01' AND least(amount_paise, fee_withheld_paise, failures) >= 0 AND greatest(amount_paise,
        fee_withheld_paise, failures) < 10000000000001""",
    "second_factors": """
        least(created_at, confirmed_at) >= '2000-01-01T00:00Z' AND greatest(created_at, confirmed_at) <
        '2200-01-01T00:00Z' AND last_step >= 0""",
    "sessions": """
        least(created_at, last_seen_at, confirmed_at, proved_at, expires_at, ended_at) >= '2000-01-01T00:00Z' AND
        greatest(created_at, last_seen_at, confirmed_at, proved_at, expires_at, ended_at) < '2200-01-01T00:00Z'""",
    "status_history": """
        at >= '2000-01-01T00:00Z' AND at < '2200-01-01T00:00Z' AND id >= 0""",
    "sweep_beats": """
        well_at >= '2000-01-01T00:00Z' AND well_at < '2200-01-01T00:00Z' AND least(took_ms, may_be_silent_seconds) >=
        0""",
    "tds_deductions": """
        credited_at >= '2000-01-01T00:00Z' AND credited_at < '2200-01-01T00:00Z' AND least(gross_before_paise,
        untaxed_before_paise, owed_before_paise, base_paise, due_paise) >= -10000000000000 AND
        greatest(gross_before_paise, untaxed_before_paise, owed_before_paise, base_paise, due_paise) < 10000000000001
        AND least(number, gross_paise, tds_paise) >= 0 AND greatest(number, gross_paise, tds_paise) < 10000000000001""",
    "tds_returns": """
        returned_at >= '2000-01-01T00:00Z' AND returned_at < '2200-01-01T00:00Z' AND before >= 0""",
    "tds_rules": """
        least(valid_from, valid_to) >= '2000-01-01' AND greatest(valid_from, valid_to) < '2200-01-01' AND
        least(rate_bps, single_threshold_paise, year_threshold_paise) >= 0 AND greatest(rate_bps,
        single_threshold_paise, year_threshold_paise) < 10000000000001""",
    "terms_acceptances": """
        accepted_at >= '2000-01-01T00:00Z' AND accepted_at < '2200-01-01T00:00Z' AND id >= 0""",
    "transactions": """
        least(created_at, updated_at) >= '2000-01-01T00:00Z' AND greatest(created_at, updated_at) <
        '2200-01-01T00:00Z' AND amount_paise >= 0 AND amount_paise < 10000000000001""",
    "transfer_attempts": """
        least(lease_until, next_try_at, created_at, first_sent_at, alerted_at, finished_at) >= '2000-01-01T00:00Z' AND
        greatest(lease_until, next_try_at, created_at, first_sent_at, alerted_at, finished_at) < '2200-01-01T00:00Z'
        AND least(number, tries) >= 0""",
    "users": """
        least(created_at, suspended_at, phone_verified_at, email_verified_at) >= '2000-01-01T00:00Z' AND
        greatest(created_at, suspended_at, phone_verified_at, email_verified_at) < '2200-01-01T00:00Z'""",
    "webhook_events": """
        least(received_at, next_try_at, processed_at) >= '2000-01-01T00:00Z' AND greatest(received_at, next_try_at,
        processed_at) < '2200-01-01T00:00Z' AND tries >= 0""",
}
SHORT = {
    "account_checks": "provider_id registered_name",
    "admin_actions": "action",
    "alerts": "kind subject",
    "campaigns": "cancel_reason",
    "check_runs": "kind",
    "cleaners": "payout_kind payout_mask payout_holder pan_mask razorpay_contact_id razorpay_fund_account_id",
    "contributions": "idempotency_key razorpay_order_id razorpay_payment_id receipt_number failure_reason",
    "daily_runs": "name skipped_because",
    "error_logs": "source request_id environment",
    "escrow_transactions": "released_for",
    "failed_sign_ins": "address",
    "failed_tries": "razorpay_payment_id",
    "fee_invoices": "number kind sac",
    "fraud_cases": "kind_of_case",
    "identity_documents": "document_kind number_mask file_key registered_name provider_reference ground",
    "jobs": "unclaim_reason rejection_reason",
    "ledger_lines": "account",
    "ledger_transfers": "kind business_key",
    "money_switches": "flow",
    "notifications": "kind link dedupe_key",
    "one_time_codes": "purpose destination language",
    "outbox": "name request_id",
    "payment_flags": "rule once_key",
    "payments": "razorpay_payment_id method reference",
    "payouts": "razorpay_payout_id utr failure_reason hold_reason",
    "photos": "original_key base_key infected_with location_source",
    "receipt_counters": "series",
    "reconciliation_differences": "what kind provider_id resolution",
    "reconciliation_seen": "provider_id",
    "refunds": "cause razorpay_refund_id failure_reason by_hand_reference",
    "sessions": "user_agent address end_reason",
    "status_history": "kind from_status to_status",
    "sweep_beats": "name",
    "tds_deductions": "tax_year rule_id",
    "tds_rules": "id regime payee_kind cross_mode section_label payment_code",
    "terms_acceptances": "version",
    "transactions": "type from_account to_account status reference",
    "transfer_attempts": "idempotency_key reference provider_id provider_status failure_reason",
    "users": "name email phone password_hash role language terms_version",
    "webhook_events": "event_id event outcome",
}
LONG = {
    "account_checks": "reason",
    "campaigns": "description problem_note",
    "daily_runs": "trouble",
    "disputes": "reason note",
    "error_logs": "message stack",
    "failed_tries": "reason",
    "fraud_cases": "notes",
    "jobs": "verification_notes rejection_notes",
    "money_switches": "reason",
    "reconciliation_differences": "ours theirs note",
    "status_history": "why",
    "transfer_attempts": "request",
    "users": "suspension_reason",
}


def upgrade() -> None:
    """Go forward."""
    for table, check in CHECKS.items():
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        _mend(table)
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        _set_lengths(table, {SHORT_LENGTH: SHORT.get(table, ""), LONG_LENGTH: LONG.get(table, "")})
        op.create_check_constraint(op.f(f"ck_{table}_in_range"), table, check)
    for table in {*SHORT, *LONG} - {*CHECKS}:
        _set_lengths(table, {SHORT_LENGTH: SHORT.get(table, ""), LONG_LENGTH: LONG.get(table, "")})
    op.create_check_constraint(op.f("ck_campaigns_refund_status_known"), "campaigns", REFUND_STATUS)
    op.create_check_constraint(op.f("ck_users_duties_known"), "users", DUTIES)
    op.create_check_constraint(op.f("ck_photos_widths_range"), "photos", "1 <= ALL (widths) AND 10000 >= ALL (widths)")


def downgrade() -> None:
    """Go back."""
    op.drop_constraint(op.f("ck_photos_widths_range"), "photos", type_="check")
    op.drop_constraint(op.f("ck_users_duties_known"), "users", type_="check")
    op.drop_constraint(op.f("ck_campaigns_refund_status_known"), "campaigns", type_="check")
    for table in CHECKS:
        op.drop_constraint(op.f(f"ck_{table}_in_range"), table, type_="check")
    for table in {*SHORT, *LONG}:
        names = f"{SHORT.get(table, '')} {LONG.get(table, '')}".split()
        changes = ", ".join(f'ALTER COLUMN "{name}" TYPE varchar' for name in names)
        op.execute(f"ALTER TABLE {table} {changes}")


def _set_lengths(table: str, wanted: dict[int, str]) -> None:
    columns = [(name, most) for most, names in wanted.items() for name in names.split()]
    if not columns:
        return
    for name, most in columns:
        _note(table, name, f'char_length("{name}") > {most}')
    changes = (f'ALTER COLUMN "{name}" TYPE varchar({most}) USING left("{name}", {most})' for name, most in columns)
    op.execute(f"ALTER TABLE {table} {', '.join(changes)}")


def _mend(table: str) -> None:
    """Bring what lies outside into the bounds; asked and changed by the database alone, for no driver can read it."""
    found = sa.text(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = :table"
        " AND table_schema = current_schema() AND is_generated = 'NEVER'"
    )
    for name, kind in op.get_bind().execute(found, {"table": table}).all():
        if kind in ("timestamp with time zone", "date"):
            _change(table, name, f"'{FIRST}'", f"'{LAST if kind != 'date' else LAST[:10]}'")
        elif kind == "double precision":
            _change(table, name, *map(str, FRACTIONS[name]))
        elif kind == "jsonb":
            shape, empty = ("array", "[]") if name == "flags" else ("object", "{}")
            _note(table, name, f"jsonb_typeof(\"{name}\") <> '{shape}'")
            op.execute(f"UPDATE {table} SET \"{name}\" = '{empty}' WHERE jsonb_typeof(\"{name}\") <> '{shape}'")


def _change(table: str, name: str, least: str, most: str) -> None:
    outside = f"NOT ({name} BETWEEN {least} AND {most})"
    _note(table, name, outside)
    nearest = "NULL" if (table, name) in CLAIMED else f"least(greatest({name}, {least}), {most})"
    op.execute(f"UPDATE {table} SET {name} = {nearest} WHERE {outside}")


def _note(table: str, name: str, outside: str) -> None:
    """Keep what stood there among the failures, in the database's own words."""
    subject = {"cleaners": "user_id"}.get(table, "id")
    known = sa.text(
        "SELECT data_type FROM information_schema.columns WHERE table_name = :table AND column_name = :name"
    )
    kind = op.get_bind().execute(known, {"table": table, "name": subject}).scalar()
    op.execute(
        f"""INSERT INTO error_logs (id, source, subject_id, message, environment, at)
            SELECT gen_random_uuid(), 'mended', {subject if kind == "uuid" else "NULL"},
              left('{table}.{name} was ' || "{name}"::text, 500), '', now()
            FROM {table} WHERE {outside}"""
    )
