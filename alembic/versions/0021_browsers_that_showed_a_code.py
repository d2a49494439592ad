"""Which browsers showed a second factor, and which text of the terms was accepted."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("known_devices", sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("terms_acceptances", sa.Column("text_hash", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("terms_acceptances", "text_hash")
    op.drop_column("known_devices", "proved_at")
