"""Whose turn it is to decide on an after-photo, and what was handed up to seniors."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "reviews",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=True),
        sa.Column("taken_at", moment, nullable=True),
        sa.Column("until_at", moment, nullable=True),
        sa.Column("escalated_at", moment, nullable=True),
        sa.Column("escalated_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=20000), nullable=True),
        sa.CheckConstraint(
            "num_nonnulls(reviewer_id, taken_at, until_at) IN (0, 3)", name=op.f("ck_reviews_turn_whole")
        ),
        sa.CheckConstraint(
            "num_nonnulls(escalated_at, escalated_by, reason) IN (0, 3)", name=op.f("ck_reviews_escalated_whole")
        ),
        sa.CheckConstraint(
            "least(taken_at, until_at, escalated_at) >= '2000-01-01T00:00Z'"
            " AND greatest(taken_at, until_at, escalated_at) < '2200-01-01T00:00Z'",
            name=op.f("ck_reviews_in_range"),
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_reviews_job_id_jobs"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["reviewer_id"], ["users.id"], name=op.f("fk_reviews_reviewer_id_users")),
        sa.ForeignKeyConstraint(["escalated_by"], ["users.id"], name=op.f("fk_reviews_escalated_by_users")),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_reviews")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("reviews")
