"""Reasons have room for as many letters in Hindi as in English: 500 letters may take 4,000 code points."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

REASONS = (("campaigns", "cancel_reason"), ("jobs", "unclaim_reason"), ("payouts", "hold_reason"))
SHORT, LONG = 512, 20_000


def upgrade() -> None:
    """Go forward; a longer varchar rewrites no row."""
    for table, column in REASONS:
        op.alter_column(table, column, type_=sa.String(LONG), existing_type=sa.String(SHORT))


def downgrade() -> None:
    """Go back; what is longer keeps its beginning."""
    for table, column in REASONS:
        op.alter_column(
            table,
            column,
            type_=sa.String(SHORT),
            existing_type=sa.String(LONG),
            postgresql_using=f"left({column}, {SHORT})",
        )
