"""Campaigns that ended a year ago leave the public lists."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

PUBLIC, TABLE = "ix_campaigns_public_new", "campaigns"
COLUMNS = [sa.text("activated_at DESC"), sa.text("id DESC")]
ENDED = "status IN ('CLOSED','EXPIRED','CANCELLED')"


def _public(only: str) -> None:
    op.drop_index(PUBLIC, table_name=TABLE)
    op.create_index(PUBLIC, TABLE, COLUMNS, unique=False, postgresql_where=sa.text(only))


def upgrade() -> None:
    """Go forward."""
    op.add_column(TABLE, sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint("archived_fact", TABLE, f"archived_at IS NULL OR {ENDED}")
    _public("activated_at IS NOT NULL AND archived_at IS NULL")
    op.create_index(
        "ix_campaigns_to_archive",
        TABLE,
        [sa.text("coalesce(closed_at, cancelled_at, expires_at)"), "id"],
        unique=False,
        postgresql_where=sa.text(f"archived_at IS NULL AND {ENDED}"),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_campaigns_to_archive", table_name=TABLE)
    op.drop_constraint("archived_fact", TABLE, type_="check")
    _public("activated_at IS NOT NULL")
    op.drop_column(TABLE, "archived_at")
