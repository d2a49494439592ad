"""A message keeps the id of the request that brought it, for many are worked on in one job."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("webhook_events", sa.Column("request_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("webhook_events", "request_id")
