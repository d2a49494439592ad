"""Runs of one thing done to many, and their rows."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "bulk_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action", sqlmodel.sql.sqltypes.AutoString(length=512), nullable=False),
        sa.Column(
            "status",
            sa.Enum("RUNNING", "STOPPED", "DONE", name="bulkrunstatus", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("started_by", sa.Uuid(), nullable=False),
        sa.Column("idempotency_key", sqlmodel.sql.sqltypes.AutoString(length=512), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=20000), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'DONE') = (ended_at IS NOT NULL)", name=op.f("ck_bulk_runs_ended_fact")),
        sa.CheckConstraint("action IN ('REFUNDS')", name=op.f("ck_bulk_runs_action_known")),
        sa.CheckConstraint(
            "least(started_at, ended_at) >= '2000-01-01T00:00Z' AND greatest(started_at, ended_at) < '2200-01-01T00:00Z' AND total >= 0",
            name=op.f("ck_bulk_runs_in_range"),
        ),
        sa.CheckConstraint("status IN ('RUNNING', 'STOPPED', 'DONE')", name=op.f("ck_bulk_runs_status_known")),
        sa.CheckConstraint("total > 0", name=op.f("ck_bulk_runs_total_some")),
        sa.ForeignKeyConstraint(
            ["started_by"], ["users.id"], name=op.f("fk_bulk_runs_started_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_runs")),
        sa.UniqueConstraint("started_by", "idempotency_key", name=op.f("uq_bulk_runs_started_by_idempotency_key")),
    )
    op.create_index(
        "ix_bulk_runs_running", "bulk_runs", ["id"], unique=False, postgresql_where=sa.text("status = 'RUNNING'")
    )
    op.create_table(
        "bulk_rows",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("WAITING", "DONE", "SKIPPED", "FAILED", name="bulkrowstatus", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(length=20000), nullable=True),
        sa.Column("refunded_paise", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'WAITING') = (done_at IS NULL)", name=op.f("ck_bulk_rows_done_fact")),
        sa.CheckConstraint("(status IN ('SKIPPED','FAILED')) = (why IS NOT NULL)", name=op.f("ck_bulk_rows_why_fact")),
        sa.CheckConstraint(
            "done_at >= '2000-01-01T00:00Z' AND done_at < '2200-01-01T00:00Z' AND refunded_paise >= 0 AND refunded_paise < 10000000000001",
            name=op.f("ck_bulk_rows_in_range"),
        ),
        sa.CheckConstraint(
            "status IN ('WAITING', 'DONE', 'SKIPPED', 'FAILED')", name=op.f("ck_bulk_rows_status_known")
        ),
        sa.CheckConstraint(
            "why IN ('UNKNOWN', 'OWN_INTEREST', 'TOO_LATE', 'REFUSED', 'TROUBLE')", name=op.f("ck_bulk_rows_why_known")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_bulk_rows_campaign_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["bulk_runs.id"], name=op.f("fk_bulk_rows_run_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_rows")),
        sa.UniqueConstraint("run_id", "campaign_id", name=op.f("uq_bulk_rows_run_id_campaign_id")),
    )
    op.create_index("ix_bulk_rows_campaign_id", "bulk_rows", ["campaign_id"], unique=False)
    op.create_index("ix_bulk_rows_run", "bulk_rows", ["run_id", "status", "id"], unique=False)
    op.create_index(
        "ix_bulk_rows_waiting",
        "bulk_rows",
        ["run_id", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'WAITING'"),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_bulk_rows_waiting", table_name="bulk_rows", postgresql_where=sa.text("status = 'WAITING'"))
    op.drop_index("ix_bulk_rows_run", table_name="bulk_rows")
    op.drop_index("ix_bulk_rows_campaign_id", table_name="bulk_rows")
    op.drop_table("bulk_rows")
    op.drop_index("ix_bulk_runs_running", table_name="bulk_runs", postgresql_where=sa.text("status = 'RUNNING'"))
    op.drop_table("bulk_runs")
