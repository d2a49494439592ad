"""What happened names the request that caused it (MON-06)."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("outbox", sa.Column("request_id", sa.String(), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("outbox", "request_id")
