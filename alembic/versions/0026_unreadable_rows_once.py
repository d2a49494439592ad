"""A row that cannot be read is noted once among the failures."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_index(
        "uq_error_logs_unreadable",
        "error_logs",
        ["subject_id"],
        unique=True,
        postgresql_where=sa.text("source = 'unreadable'"),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index("uq_error_logs_unreadable", table_name="error_logs")
