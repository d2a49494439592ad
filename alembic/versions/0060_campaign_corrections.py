"""What a campaign said before its creator corrected it (LAW-03)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

TABLE = "campaign_corrections"
RANGE = "at >= '2000-01-01T00:00Z' AND at < '2200-01-01T00:00Z' AND number >= 0 AND jsonb_typeof(before) = 'object'"


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("changed", sa.String(512), nullable=False),
        sa.Column("before", postgresql.JSONB(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(RANGE, name=op.f("ck_campaign_corrections_in_range")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_corrections_campaign_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_corrections")),
    )
    op.create_index("uq_campaign_corrections_number", TABLE, ["campaign_id", "number"], unique=True)


def downgrade() -> None:
    """Go back."""
    op.drop_table(TABLE)
