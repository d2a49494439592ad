"""Admins write notes for colleagues about people, campaigns and cases; flagged accounts are found at once."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

IN_RANGE = "at >= '2000-01-01T00:00Z' AND at < '2200-01-01T00:00Z'"


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "desk_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.String(20_000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("note <> ''", name=op.f("ck_desk_notes_note_there")),
        sa.CheckConstraint(IN_RANGE, name=op.f("ck_desk_notes_in_range")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_desk_notes_author_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_notes")),
    )
    op.create_index("ix_desk_notes_subject", "desk_notes", ["subject_id", sa.text("id DESC")])
    op.create_index(
        "ix_cleaners_flagged",
        "cleaners",
        ["user_id"],
        postgresql_where=sa.text("flagged_for_review_at IS NOT NULL"),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_cleaners_flagged", "cleaners")
    op.drop_table("desk_notes")
