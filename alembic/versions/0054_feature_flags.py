"""Features can be switched on for few and off for all (OPS-06)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

IN_RANGE = "changed_at >= '2000-01-01T00:00Z' AND changed_at < '2200-01-01T00:00Z' AND percent >= 0"


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "feature_flags",
        sa.Column("key", sa.String(512), nullable=False),
        sa.Column("state", sa.String(512), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("people", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state IN ('OFF', 'PEOPLE', 'PERCENT', 'ON', 'KILLED')", name=op.f("ck_feature_flags_state_known")
        ),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_feature_flags_percent_range")),
        sa.CheckConstraint("cardinality(people) <= 500", name=op.f("ck_feature_flags_people_few")),
        sa.CheckConstraint(IN_RANGE, name=op.f("ck_feature_flags_in_range")),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["users.id"], name=op.f("fk_feature_flags_changed_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_feature_flags")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("feature_flags")
