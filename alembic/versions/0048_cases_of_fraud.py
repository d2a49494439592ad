"""Cases of fraud have a person, a state, findings with numbers and an outcome; what rules ask is found by an index.

Cases from before are about a faked photo; a closed one counts as unfounded, for its cleaner was let back.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

CASES = "fraud_cases"
KINDS = (
    "'FAKE_COMPLETION', 'AREA_TAKEN', 'PHOTO_REUSED', 'CREATE_DELETE', 'GPS_SPOOFED', 'SHARED_DEVICE', "
    "'SHARED_ACCOUNT', 'REPORTED'"
)
MOMENT = sa.DateTime(timezone=True)
OPEN, CLOSED = sa.text("closed_at IS NULL"), sa.text("closed_at IS NOT NULL")
INDICES: tuple[tuple[str, str, list[Any], dict[str, Any]], ...] = (
    ("ix_jobs_claimed_at", "jobs", ["claimed_at"], {"postgresql_where": sa.text("claimed_at IS NOT NULL")}),
    (
        "ix_jobs_taken_position",
        "jobs",
        ["position"],
        {"postgresql_using": "gist", "postgresql_where": sa.text("claimed_at IS NOT NULL")},
    ),
    ("ix_photos_of_jobs", "photos", ["received_at"], {"postgresql_where": sa.text("job_id IS NOT NULL")}),
    ("ix_photos_place", "photos", ["latitude", "longitude"], {"postgresql_where": sa.text("latitude IS NOT NULL")}),
    (
        "ix_campaigns_cancelled",
        "campaigns",
        ["cancelled_at"],
        {"postgresql_where": sa.text("cancelled_at IS NOT NULL")},
    ),
    ("ix_known_devices_first_seen", "known_devices", ["first_seen_at"], {}),
    ("ix_cleaners_payout_changed", "cleaners", ["payout_changed_at"], {}),
    ("ix_cleaners_pan_given", "cleaners", ["pan_given_at"], {}),
)


def upgrade() -> None:
    """Go forward."""
    _widen_cases()
    _findings()
    _scans()
    _fingerprints()
    for name, table, columns, more in INDICES:
        op.create_index(name, table, columns, **more)


def _widen_cases() -> None:
    op.drop_index("ix_fraud_cases_open", CASES)
    op.drop_constraint(op.f("fk_fraud_cases_cleaner_id"), CASES)
    op.alter_column(CASES, "cleaner_id", new_column_name="person_id")
    op.create_foreign_key(op.f("fk_fraud_cases_person_id"), CASES, "users", ["person_id"], ["id"], ondelete="RESTRICT")
    op.add_column(CASES, sa.Column("status", sa.String(16), nullable=False, server_default="OPEN"))
    op.add_column(CASES, sa.Column("people", postgresql.ARRAY(sa.Uuid()), nullable=True))
    op.add_column(CASES, sa.Column("campaign_id", sa.Uuid(), nullable=True))
    op.add_column(CASES, sa.Column("holds_pay", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column(CASES, sa.Column("closed_by", sa.Uuid(), nullable=True))
    op.execute(
        """UPDATE fraud_cases c SET people = ARRAY[person_id], holds_pay = true,
             status = CASE WHEN closed_at IS NULL THEN 'OPEN' ELSE 'UNFOUNDED' END,
             campaign_id = (SELECT j.campaign_id FROM jobs j WHERE j.id = c.job_id),
             kind_of_case = CASE WHEN kind_of_case = 'FAKE_COMPLETION' THEN kind_of_case ELSE 'REPORTED' END,
             opened_by = coalesce(opened_by, CASE WHEN kind_of_case <> 'FAKE_COMPLETION' THEN person_id END)"""
    )
    op.alter_column(CASES, "people", nullable=False)
    op.alter_column(CASES, "status", server_default=None)
    op.create_foreign_key(op.f("fk_fraud_cases_campaign_id"), CASES, "campaigns", ["campaign_id"], ["id"])
    known = "status IN ('OPEN', 'WITH_COMPLIANCE', 'CONFIRMED', 'UNFOUNDED')"
    op.create_check_constraint(op.f("ck_fraud_cases_status_known"), CASES, known)
    op.create_check_constraint(op.f("ck_fraud_cases_kind_known"), CASES, f"kind_of_case IN ({KINDS})")
    closed = "(status IN ('CONFIRMED','UNFOUNDED')) = (closed_at IS NOT NULL)"
    op.create_check_constraint(op.f("ck_fraud_cases_closed_fact"), CASES, closed)
    op.create_check_constraint(op.f("ck_fraud_cases_people_few"), CASES, "cardinality(people) BETWEEN 1 AND 500")
    op.create_index("ix_fraud_cases_open", CASES, ["opened_at", "id"], postgresql_where=OPEN)
    op.create_index("ix_fraud_cases_closed", CASES, ["closed_at", "id"], postgresql_where=CLOSED)
    op.create_index("ix_fraud_cases_people", CASES, ["people"], postgresql_using="gin")
    op.create_index("ix_fraud_cases_person", CASES, ["person_id", "kind_of_case"])
    op.create_index(
        "uq_fraud_cases_open_found",
        CASES,
        ["person_id", "kind_of_case"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL AND opened_by IS NULL"),
    )


def _findings() -> None:
    op.create_table(
        "fraud_findings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(512), nullable=False),
        sa.Column("evidence", sa.String(512), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("other_photo_id", sa.Uuid(), nullable=True),
        sa.Column("found_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "found_at >= '2000-01-01T00:00Z' AND found_at < '2200-01-01T00:00Z' AND jsonb_typeof(facts) = 'object'",
            name=op.f("ck_fraud_findings_in_range"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["fraud_cases.id"], name=op.f("fk_fraud_findings_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_fraud_findings_job_id")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_fraud_findings_campaign_id")),
        sa.ForeignKeyConstraint(["photo_id"], ["photos.id"], name=op.f("fk_fraud_findings_photo_id")),
        sa.ForeignKeyConstraint(["other_photo_id"], ["photos.id"], name=op.f("fk_fraud_findings_other_photo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fraud_findings")),
        sa.UniqueConstraint("evidence", name=op.f("uq_fraud_findings_evidence")),
    )
    for name in ("case_id", "photo_id", "other_photo_id"):
        op.create_index(op.f(f"ix_fraud_findings_{name}"), "fraud_findings", [name])


def _scans() -> None:
    op.create_table(
        "fraud_scans",
        sa.Column("rule", sa.String(512), nullable=False),
        sa.Column("seen_until", MOMENT, nullable=False),
        sa.CheckConstraint(
            "seen_until >= '2000-01-01T00:00Z' AND seen_until < '2200-01-01T00:00Z'",
            name=op.f("ck_fraud_scans_in_range"),
        ),
        sa.PrimaryKeyConstraint("rule", name=op.f("pk_fraud_scans")),
    )


def _fingerprints() -> None:
    op.create_table(
        "account_fingerprints",
        sa.Column("cleaner_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(512), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.CheckConstraint("what IN ('PAYOUT_ACCOUNT','PAN')", name=op.f("ck_account_fingerprints_what_known")),
        sa.CheckConstraint(
            "least(given_at, made_at) >= '2000-01-01T00:00Z' AND greatest(given_at, made_at) < '2200-01-01T00:00Z'",
            name=op.f("ck_account_fingerprints_in_range"),
        ),
        sa.ForeignKeyConstraint(
            ["cleaner_id"], ["users.id"], name=op.f("fk_account_fingerprints_cleaner_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("cleaner_id", "what", name=op.f("pk_account_fingerprints")),
    )
    op.create_index("ix_account_fingerprints_print", "account_fingerprints", ["what", "fingerprint"])
    op.create_index("ix_account_fingerprints_made", "account_fingerprints", ["made_at"])


def downgrade() -> None:
    """Go back; what the clock found and who else it is about is lost."""
    for name, table, _, _ in reversed(INDICES):
        op.drop_index(name, table)
    for table in ("account_fingerprints", "fraud_scans", "fraud_findings"):
        op.drop_table(table)
    op.execute("DELETE FROM fraud_cases WHERE opened_by IS NULL AND kind_of_case <> 'FAKE_COMPLETION'")
    for name in ("uq_fraud_cases_open_found", "ix_fraud_cases_person", "ix_fraud_cases_people",
                 "ix_fraud_cases_closed", "ix_fraud_cases_open"):  # fmt: skip
        op.drop_index(name, CASES)
    for name in ("people_few", "closed_fact", "kind_known", "status_known"):
        op.drop_constraint(op.f(f"ck_fraud_cases_{name}"), CASES)
    op.drop_constraint(op.f("fk_fraud_cases_campaign_id"), CASES)
    for column in ("closed_by", "holds_pay", "campaign_id", "people", "status"):
        op.drop_column(CASES, column)
    op.drop_constraint(op.f("fk_fraud_cases_person_id"), CASES)
    op.alter_column(CASES, "person_id", new_column_name="cleaner_id")
    op.create_foreign_key(op.f("fk_fraud_cases_cleaner_id"), CASES, "users", ["cleaner_id"], ["id"])
    op.create_index("ix_fraud_cases_open", CASES, ["opened_at"], postgresql_where=OPEN)
