"""Notices to a group: rows of people, what is told, and marketing as a choice."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

ROWS, RUNS, USERS = "bulk_rows", "bulk_runs", "users"
ACTIONS, MORE_ACTIONS = "action IN ('REFUNDS')", "action IN ('REFUNDS', 'NOTICES')"
WHYS = "'UNKNOWN', 'OWN_INTEREST', 'TOO_LATE', 'REFUSED'"
RANGE = (
    "least(started_at, ended_at) >= '2000-01-01T00:00Z' AND greatest(started_at, ended_at) < '2200-01-01T00:00Z'"
    " AND total >= 0"
)
CHOICES = "'CAMPAIGNS', 'JOBS', 'WORK', 'DESK'"


def _check(table: str, name: str, condition: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)


def upgrade() -> None:
    """Go forward."""
    op.add_column(RUNS, sa.Column("notice", postgresql.JSONB(none_as_null=True), nullable=True))
    op.add_column(RUNS, sa.Column("marketing", sa.Boolean(), server_default="false", nullable=False))
    _check(RUNS, "in_range", f"{RANGE} AND jsonb_typeof(notice) = 'object'")
    _check(RUNS, "action_known", MORE_ACTIONS)
    op.create_check_constraint(op.f("ck_bulk_runs_notice_fact"), RUNS, "(action = 'NOTICES') = (notice IS NOT NULL)")
    op.create_check_constraint(op.f("ck_bulk_runs_marketing_fact"), RUNS, "action = 'NOTICES' OR NOT marketing")
    op.add_column(ROWS, sa.Column("person_id", sa.Uuid(), nullable=True))
    op.alter_column(ROWS, "campaign_id", nullable=True)
    op.create_foreign_key(op.f("fk_bulk_rows_person_id"), ROWS, USERS, ["person_id"], ["id"], ondelete="RESTRICT")
    op.create_unique_constraint(op.f("uq_bulk_rows_run_id_person_id"), ROWS, ["run_id", "person_id"])
    op.create_index("ix_bulk_rows_person_id", ROWS, ["person_id"])
    op.create_check_constraint(op.f("ck_bulk_rows_of_one_thing"), ROWS, "(campaign_id IS NULL) <> (person_id IS NULL)")
    _check(ROWS, "why_known", f"why IN ({WHYS}, 'MUTED', 'GONE', 'TROUBLE')")
    _check(USERS, "muted_choosable", f"muted_notices <@ ARRAY[{CHOICES}, 'MARKETING']::varchar[]")


def downgrade() -> None:
    """Go back: runs of notices go, and with them what nobody could read."""
    op.execute("UPDATE users SET muted_notices = array_remove(muted_notices, 'MARKETING')")
    _check(USERS, "muted_choosable", f"muted_notices <@ ARRAY[{CHOICES}]::varchar[]")
    op.execute("DELETE FROM bulk_rows WHERE person_id IS NOT NULL")
    op.execute("DELETE FROM bulk_runs WHERE action = 'NOTICES'")
    _check(ROWS, "why_known", f"why IN ({WHYS}, 'TROUBLE')")
    op.drop_constraint(op.f("ck_bulk_rows_of_one_thing"), ROWS)
    op.drop_index("ix_bulk_rows_person_id", ROWS)
    op.drop_constraint(op.f("uq_bulk_rows_run_id_person_id"), ROWS)
    op.drop_constraint(op.f("fk_bulk_rows_person_id"), ROWS)
    op.drop_column(ROWS, "person_id")
    op.alter_column(ROWS, "campaign_id", nullable=False)
    op.drop_constraint(op.f("ck_bulk_runs_marketing_fact"), RUNS)
    op.drop_constraint(op.f("ck_bulk_runs_notice_fact"), RUNS)
    _check(RUNS, "action_known", ACTIONS)
    _check(RUNS, "in_range", RANGE)
    op.drop_column(RUNS, "marketing")
    op.drop_column(RUNS, "notice")
