"""Everything that is kept about one person, in that person's own hands (LAW-01; DPDP Act 2023, section 11)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from pydantic.alias_generators import to_camel

from cleanit_app import routes
from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.reads.paging import ask_list
from cleanit_app.services.unit_of_work import UnitOfWork

# What is locked (an ID's number, bank details) or only known as a hash goes out as the mask its owner knows from
# the pages. Amounts are paise.
_ONE = {
    "profile": """SELECT id, name, email, phone, role, duties, status, language, muted_notices, created_at,
        phone_verified_at, email_verified_at, suspended_at, suspension_reason, terms_version
        FROM users WHERE id = :me""",
    "cleaner": """SELECT status AS kyc_status, verified_count, rejected_count, failed_count, released_count,
        payout_kind, payout_mask, payout_holder, payout_changed_at, payout_verified_at, pan_mask, pan_given_at
        FROM cleaners WHERE user_id = :me""",
}
_MANY = {
    "accepted_terms": "SELECT version, accepted_at FROM terms_acceptances WHERE user_id = :me ORDER BY id",
    "requests": "SELECT kind, asked_at, ended_at, outcome FROM data_requests WHERE user_id = :me ORDER BY id",
    "photo_consents": "SELECT purpose, given, version, at FROM photo_consents WHERE user_id = :me ORDER BY id",
    "name_changes": """SELECT old_name, new_name, status, asked_at, decided_at, reason
        FROM name_changes WHERE user_id = :me ORDER BY id""",
    "sign_ins": """SELECT user_agent AS browser, address, created_at, last_seen_at, ended_at, end_reason
        FROM sessions WHERE user_id = :me ORDER BY id""",
    "photos": f"""SELECT id, received_at, width, height, bytes_received, location_source, latitude, longitude,
        accuracy_m, taken_at, exif AS kept_from_the_file,
        CASE WHEN quarantined_at IS NULL
          THEN '{routes.FILES}/' || base_key || '/' || widths[cardinality(widths)] || '.webp' END AS address
        FROM photos WHERE owner_id = :me ORDER BY id""",
    "campaigns": """SELECT id, title, description, status, refund_status, target_paise, raised_paise, latitude,
        longitude, address, photo_id, created_at, activated_at, expires_at, funded_at, completed_at, closed_at,
        cancelled_at, cancel_reason, archived_at FROM campaigns WHERE creator_id = :me ORDER BY id""",
    "campaign_corrections": """SELECT e.campaign_id, e.changed, e.before, e.at FROM campaign_corrections e
        JOIN campaigns c ON c.id = e.campaign_id WHERE c.creator_id = :me ORDER BY e.id""",
    "contributions": """SELECT g.id, g.campaign_id, c.title AS campaign_title, g.status, g.amount_paise, g.kept_paise,
        g.anonymous, g.receipt_number, g.razorpay_order_id, g.razorpay_payment_id, g.created_at, g.paid_at, g.failed_at,
        g.failure_reason FROM contributions g JOIN campaigns c ON c.id = g.campaign_id
        WHERE g.contributor_id = :me ORDER BY g.id""",
    "payments": """SELECT p.razorpay_payment_id, p.contribution_id, p.amount_paise, p.kept_paise, p.method, p.reference,
        p.captured_at FROM payments p JOIN contributions g ON g.id = p.contribution_id
        WHERE g.contributor_id = :me ORDER BY p.id""",
    "refunds": """SELECT id, contribution_id, campaign_id, cause, status, amount_paise, fee_withheld_paise,
        razorpay_refund_id, created_at, due_on, initiated_at, completed_at, failure_reason
        FROM refunds WHERE contributor_id = :me ORDER BY id""",
    "jobs": """SELECT j.id, j.campaign_id, c.title AS campaign_title, c.address, j.status, j.amount_paise, j.claimed_at,
        j.completion_deadline, j.completed_at, j.completion_photo_id, j.verified_at, j.verification_notes,
        j.rejected_at, j.rejection_reason, j.rejection_notes, j.paid_at
        FROM jobs j JOIN campaigns c ON c.id = j.campaign_id WHERE j.claimed_by = :me ORDER BY j.claimed_at, j.id""",
    "disputes": """SELECT id, about, subject_id, campaign_id, job_id, status, reason, raised_at, decided_at, note,
        done_percent, appeal_of FROM disputes WHERE raised_by = :me ORDER BY id""",
    "dispute_statements": """SELECT id, dispute_id, side, message, at FROM dispute_statements
        WHERE author_id = :me ORDER BY id""",
    "support_tickets": """SELECT id, topic, status, page, campaign_id, contribution_id, job_id, opened_at, last_at,
        due_at, closed_at FROM support_tickets WHERE person_id = :me ORDER BY id""",
    "support_messages": f"""SELECT m.id, m.ticket_id, m.by_desk, m.message, m.at,
        (SELECT coalesce(jsonb_agg('{routes.API}/attachments/' || a.id || '/'
             || a.widths[cardinality(a.widths)] || '.webp' ORDER BY a.id), '[]')
           FROM attachments a WHERE a.message_id = m.id) AS photos
        FROM support_messages m JOIN support_tickets t ON t.id = m.ticket_id
        WHERE t.person_id = :me AND NOT m.internal ORDER BY m.id""",
    "penalties": """SELECT job_id, deadline_at, created_at FROM cleaner_penalties WHERE cleaner_id = :me ORDER BY id""",
    "payouts": """SELECT id, job_id, campaign_id, status, amount_paise, tds_paise, scheduled_for, created_at, paid_at,
        utr, failure_reason, hold_reason FROM payouts WHERE cleaner_id = :me ORDER BY id""",
    "tax_kept_back": """SELECT payout_id, tax_year, number, gross_paise, base_paise, due_paise, tds_paise, credited_at
        FROM tds_deductions WHERE payee_id = :me ORDER BY tax_year, number""",
    "identity_documents": """SELECT document_kind, number_mask, status, registered_name, created_at, decided_at, ground,
        file_dropped_at FROM identity_documents WHERE cleaner_id = :me ORDER BY id""",
    "notifications": """SELECT kind, values, link, created_at, delivered_at, read_at
        FROM notifications WHERE user_id = :me ORDER BY id""",
}


def my_data(uow: UnitOfWork, *, actor: Actor) -> dict[str, Any]:
    """All that is kept about me as JSON values: `profile`, `cleaner` (or null) and a list of each other kind.

    Moments are ISO 8601 in UTC, days ISO dates, amounts whole paise.
    """
    actor.must(Permission.MANAGE_SELF)
    one = {name: _read(uow, sql, actor) for name, sql in _ONE.items()}
    many = {name: _read(uow, sql, actor) for name, sql in _MANY.items()}
    return {
        "madeAt": _plain(uow.now),
        **{to_camel(name): (rows[0] if rows else None) for name, rows in one.items()},
        **{to_camel(name): rows for name, rows in many.items()},
    }


def _read(uow: UnitOfWork, sql: str, actor: Actor) -> list[dict[str, Any]]:
    rows = ask_list(uow, "my data", sql, me=actor.user_id)
    return rows.read(lambda row: {to_camel(name): _plain(value) for name, value in row._mapping.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)
