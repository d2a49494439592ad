"""Runs of scheduled jobs are kept, and one can be asked for by hand (OPS-01)."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def _in_range(moment: str, number: str) -> str:
    return f"{moment} >= '2000-01-01T00:00Z' AND {moment} < '2200-01-01T00:00Z' AND {number} >= 0"


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "scheduled_jobs",
        sa.Column("name", sa.String(512), nullable=False),
        sa.Column("queue", sa.String(512), nullable=False),
        sa.Column("cron", sa.String(512), nullable=False),
        sa.Column("most_seconds", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(_in_range("asked_at", "most_seconds"), name=op.f("ck_scheduled_jobs_in_range")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_scheduled_jobs")),
    )
    op.create_table(
        "scheduled_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(512), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("manual", sa.Boolean(), nullable=False),
        sa.Column("trouble", sa.String(20_000), nullable=True),
        sa.CheckConstraint(_in_range("started_at", "took_ms"), name=op.f("ck_scheduled_runs_in_range")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduled_runs")),
    )
    op.create_index("ix_scheduled_runs_name", "scheduled_runs", ["name", sa.text("id DESC")])


def downgrade() -> None:
    """Go back."""
    op.drop_table("scheduled_runs")
    op.drop_table("scheduled_jobs")
