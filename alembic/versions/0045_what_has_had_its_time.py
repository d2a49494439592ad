"""What is kept for a time is found by the clock without looking at what is cleared already."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

PARTLY = (
    ("ix_webhook_events_bodies", "webhook_events", "body <> '' AND processed_at IS NOT NULL"),
    ("ix_sessions_addresses", "sessions", "address <> ''"),
)


def upgrade() -> None:
    """Go forward."""
    for name, table, where in PARTLY:
        op.create_index(name, table, ["id"], postgresql_where=sa.text(where))


def downgrade() -> None:
    """Go back."""
    for name, table, _ in PARTLY:
        op.drop_index(name, table)
