"""Campaigns that are marked as possible spam are found at once (CAM-06)."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    marked = sa.text("possible_spam")
    op.create_index("ix_campaigns_marked", "campaigns", [sa.text("id DESC")], postgresql_where=marked)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_campaigns_marked", "campaigns")
