"""Admins are found without looking at everybody."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_index("ix_users_admins", "users", ["id"], unique=False, postgresql_where=sa.text("role = 'ADMIN'"))


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_users_admins", table_name="users")
