"""The index of deadlines is not for counting a cleaner's claims: there it grew with everybody's."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NAME, TABLE, COLUMNS = "ix_jobs_deadline", "jobs", ["completion_deadline", "id"]


def upgrade() -> None:
    """Go forward."""
    op.drop_index(NAME, table_name=TABLE)
    only = sa.text("status = 'CLAIMED' AND completion_deadline IS NOT NULL")
    op.create_index(NAME, TABLE, COLUMNS, unique=False, postgresql_where=only)


def downgrade() -> None:
    """Go back."""
    op.drop_index(NAME, table_name=TABLE)
    op.create_index(NAME, TABLE, COLUMNS, unique=False, postgresql_where=sa.text("status = 'CLAIMED'"))
