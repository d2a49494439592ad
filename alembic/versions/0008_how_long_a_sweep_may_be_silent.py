"""Each job of the clock says how long it may be silent."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.execute("DELETE FROM sweep_beats")
    op.add_column("sweep_beats", sa.Column("may_be_silent_seconds", sa.Integer(), nullable=False))


def downgrade() -> None:
    """Go back."""
    op.drop_column("sweep_beats", "may_be_silent_seconds")
