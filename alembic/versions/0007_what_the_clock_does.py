"""Penalties, reminders, held jobs, and what the clock remembers of its runs."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "cleaner_penalties",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cleaner_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("claim_number", sa.Integer(), nullable=False),
        sa.Column("deadline_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["cleaner_id"], ["users.id"], name=op.f("fk_cleaner_penalties_cleaner_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_cleaner_penalties_job_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cleaner_penalties")),
        sa.UniqueConstraint("job_id", "claim_number", name=op.f("uq_cleaner_penalties_job_id_claim_number")),
    )
    op.create_index(op.f("ix_cleaner_penalties_cleaner_id"), "cleaner_penalties", ["cleaner_id"])
    op.create_table(
        "deadline_reminders",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("deadline_at", MOMENT, nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["jobs.id"], name=op.f("fk_deadline_reminders_job_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("job_id", "deadline_at", "hours", name=op.f("pk_deadline_reminders")),
    )
    op.create_table(
        "daily_runs",
        sa.Column("name", TEXT(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("skipped_because", TEXT(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trouble", TEXT(), nullable=True),
        sa.CheckConstraint(
            "finished_at IS NULL OR skipped_because IS NULL", name=op.f("ck_daily_runs_done_or_skipped")
        ),
        sa.CheckConstraint(
            "(started_at IS NULL) = (skipped_because IS NOT NULL)", name=op.f("ck_daily_runs_started_fact")
        ),
        sa.PrimaryKeyConstraint("name", "on_date", name=op.f("pk_daily_runs")),
    )
    op.create_table(
        "sweep_beats",
        sa.Column("name", TEXT(), nullable=False),
        sa.Column("well_at", MOMENT, nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sweep_beats")),
    )
    op.create_table(
        "alerts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", TEXT(), nullable=False),
        sa.Column("subject", TEXT(), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("cleared_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
    )
    op.create_index(
        "uq_alerts_open", "alerts", ["kind", "subject"], unique=True, postgresql_where=sa.text("cleared_at IS NULL")
    )
    op.create_index("ix_alerts_subject", "alerts", ["subject"])
    op.add_column("jobs", sa.Column("review_since", MOMENT, nullable=True))
    op.create_check_constraint(op.f("ck_jobs_review_fact"), "jobs", "review_since IS NULL OR status = 'AVAILABLE'")
    op.create_index(
        "ix_jobs_deadline", "jobs", ["completion_deadline", "id"], postgresql_where=sa.text("status = 'CLAIMED'")
    )
    op.create_index(
        "ix_jobs_open_expiry", "jobs", ["expires_at", "id"], postgresql_where=sa.text("status = 'AVAILABLE'")
    )
    op.create_index(
        "ix_jobs_in_review", "jobs", ["review_since", "id"], postgresql_where=sa.text("review_since IS NOT NULL")
    )
    op.create_index("ix_users_suspended", "users", ["id"], postgresql_where=sa.text("status = 'SUSPENDED'"))
    op.add_column("campaigns", sa.Column("problem_note", TEXT(), nullable=True))
    op.add_column("campaigns", sa.Column("problem_at", MOMENT, nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("campaigns", "problem_at")
    op.drop_column("campaigns", "problem_note")
    op.drop_index("ix_users_suspended", table_name="users")
    for name in ("ix_jobs_in_review", "ix_jobs_open_expiry", "ix_jobs_deadline"):
        op.drop_index(name, table_name="jobs")
    op.drop_constraint("ck_jobs_review_fact", "jobs")
    op.drop_column("jobs", "review_since")
    for table in ("alerts", "sweep_beats", "daily_runs", "deadline_reminders", "cleaner_penalties"):
        op.drop_table(table)
