"""Decisions on after-photos wait ten seconds in which they can be undone (VER-03)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "pending_decisions",
        sa.Column("checklist", postgresql.JSONB(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("admin_id", sa.Uuid(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("approves", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.String(20_000), nullable=False),
        sa.Column("reason", sa.String(20_000), nullable=True),
        sa.Column("allow_retry", sa.Boolean(), nullable=False),
        sa.Column("cancel_campaign", sa.Boolean(), nullable=False),
        sa.Column("decided_at", moment, nullable=False),
        sa.Column("due_at", moment, nullable=False),
        sa.CheckConstraint("approves = (reason IS NULL)", name=op.f("ck_pending_decisions_reason_fact")),
        sa.CheckConstraint(
            "NOT approves OR NOT (allow_retry OR cancel_campaign)", name=op.f("ck_pending_decisions_approval_fact")
        ),
        sa.CheckConstraint(
            "least(decided_at, due_at) >= '2000-01-01T00:00Z' AND greatest(decided_at, due_at) < '2200-01-01T00:00Z'"
            " AND jsonb_typeof(checklist) = 'object'",
            name=op.f("ck_pending_decisions_in_range"),
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["jobs.id"], name=op.f("fk_pending_decisions_job_id_jobs"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["admin_id"], ["users.id"], name=op.f("fk_pending_decisions_admin_id_users"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photos.id"], name=op.f("fk_pending_decisions_photo_id_photos"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_pending_decisions")),
    )
    op.create_index("ix_pending_decisions_due", "pending_decisions", ["due_at", "job_id"])
    op.create_index("ix_pending_decisions_admin", "pending_decisions", ["admin_id"])


def downgrade() -> None:
    """Go back: what waits is not carried out; its photos wait for a decision again."""
    op.drop_table("pending_decisions")
