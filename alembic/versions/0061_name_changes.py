"""Names that people asked for, and what became of them (LAW-03)."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

TABLE = "name_changes"
RANGE = "least(asked_at, decided_at) >= '2000-01-01T00:00Z' AND greatest(asked_at, decided_at) < '2200-01-01T00:00Z'"


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("old_name", sa.String(512), nullable=False),
        sa.Column("new_name", sa.String(512), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(20_000), nullable=True),
        sa.CheckConstraint(
            "status IN ('WAITING', 'ACCEPTED', 'REFUSED', 'TAKEN_BACK')", name=op.f("ck_name_changes_status_known")
        ),
        sa.CheckConstraint("(status = 'WAITING') = (decided_at IS NULL)", name=op.f("ck_name_changes_decided_fact")),
        sa.CheckConstraint("status <> 'REFUSED' OR reason IS NOT NULL", name=op.f("ck_name_changes_refused_fact")),
        sa.CheckConstraint(RANGE, name=op.f("ck_name_changes_in_range")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_name_changes_user_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_name_changes_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_changes")),
    )
    waiting = sa.text("status = 'WAITING'")
    op.create_index("ix_name_changes_person", TABLE, ["user_id", sa.text("id DESC")])
    op.create_index("uq_name_changes_waiting", TABLE, ["user_id"], unique=True, postgresql_where=waiting)
    op.create_index("ix_name_changes_waiting", TABLE, ["asked_at", "id"], postgresql_where=waiting)


def downgrade() -> None:
    """Go back."""
    op.drop_table(TABLE)
