"""Nightly checks: runs, and differences from the provider's book until they are resolved."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "check_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("report", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("kind IN ('BOOKS','RECONCILIATION')", name=op.f("ck_check_runs_kind_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_runs")),
        sa.UniqueConstraint("kind", "day_on", name=op.f("uq_check_runs_kind_day_on")),
    )
    op.create_table(
        "reconciliation_differences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("what", "kind", "provider_id", "ours", "theirs", "note")
        ),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.Column("resolution", sa.String(), nullable=True),
        sa.CheckConstraint(
            "what IN ('PAYMENT','REFUND','PAYOUT','SETTLEMENT')",
            name=op.f("ck_reconciliation_differences_what_known"),
        ),
        sa.CheckConstraint(
            "(resolved_at IS NULL) = (resolution IS NULL)", name=op.f("ck_reconciliation_differences_resolved_fact")
        ),
        sa.CheckConstraint(
            "resolution IS NULL OR resolution IN ('AGREES','ACCEPTED')",
            name=op.f("ck_reconciliation_differences_resolution_known"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["check_runs.id"], name=op.f("fk_reconciliation_differences_run_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["resolved_by"], ["users.id"], name=op.f("fk_reconciliation_differences_resolved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation_differences")),
    )
    op.create_index(
        "uq_reconciliation_differences_open",
        "reconciliation_differences",
        ["what", "provider_id"],
        unique=True,
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_index(
        "ix_reconciliation_differences_newest",
        "reconciliation_differences",
        [sa.literal_column("found_at DESC"), sa.literal_column("id DESC")],
    )
    op.create_table(
        "reconciliation_seen",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "provider_id", name=op.f("pk_reconciliation_seen")),
    )


def downgrade() -> None:
    """Go back."""
    for table in ("reconciliation_seen", "reconciliation_differences", "check_runs"):
        op.drop_table(table)
