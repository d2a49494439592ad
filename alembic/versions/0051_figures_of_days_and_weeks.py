"""Figures of days and weeks are kept, and each is counted by an index that leads with its moment."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_campaigns_created", "campaigns", "created_at", None),
    ("ix_campaigns_funded", "campaigns", "funded_at", "funded_at IS NOT NULL"),
    ("ix_contributions_paid", "contributions", "paid_at", "paid_at IS NOT NULL"),
    ("ix_users_created", "users", "created_at", None),
    ("ix_ledger_transfers_created_at", "ledger_transfers", "created_at", None),
    ("ix_status_history_collected", "status_history", "at", "kind = 'campaign' AND from_status = 'ACTIVE'"),
    (
        "ix_status_history_claims",
        "status_history",
        "at",
        "kind = 'job' AND to_status IN ('CLAIMED','VERIFIED','RELEASED','FAILED')",
    ),
)


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "board_figures",
        sa.Column("metric", sa.String(512), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("cohort_on", sa.Date(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cohort_on <= starts_on", name=op.f("ck_board_figures_cohort_before")),
        sa.CheckConstraint(
            "counted_at >= '2000-01-01T00:00Z' AND counted_at < '2200-01-01T00:00Z'"
            " AND least(starts_on, cohort_on) >= '2000-01-01' AND greatest(starts_on, cohort_on) < '2200-01-01'"
            " AND value >= -10000000000000 AND value < 10000000000001 AND base >= 0",
            name=op.f("ck_board_figures_in_range"),
        ),
        sa.PrimaryKeyConstraint("metric", "starts_on", "cohort_on", name=op.f("pk_board_figures")),
    )
    for name, table, column, where in INDEXES:
        op.create_index(name, table, [column], postgresql_where=sa.text(where) if where else None)


def downgrade() -> None:
    """Go back."""
    for name, table, _, _ in reversed(INDEXES):
        op.drop_index(name, table_name=table)
    op.drop_table("board_figures")
