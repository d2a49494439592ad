"""Views of the list of transactions that an admin keeps by name (OPS-01)."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("admin_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(512), nullable=False),
        sa.Column("question", sa.String(20_000), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_saved_views_name_there")),
        sa.CheckConstraint(
            "saved_at >= '2000-01-01T00:00Z' AND saved_at < '2200-01-01T00:00Z'",
            name=op.f("ck_saved_views_in_range"),
        ),
        sa.ForeignKeyConstraint(
            ["admin_id"], ["users.id"], name=op.f("fk_saved_views_admin_id_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
    )
    op.create_index("uq_saved_views_name", "saved_views", ["admin_id", sa.text("lower(name)")], unique=True)


def downgrade() -> None:
    """Go back."""
    op.drop_table("saved_views")
