"""A banner on every page for a while, set by a senior (OPS-01)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

TABLE = "site_banners"
MOMENTS = "from_at, until_at, made_at, ended_at"
IN_RANGE = (
    f"least({MOMENTS}) >= '2000-01-01T00:00Z' AND greatest({MOMENTS}) < '2200-01-01T00:00Z'"
    " AND jsonb_typeof(said) = 'object'"
)
CHECKS = {
    "tone_known": "tone IN ('INFO', 'WARN', 'PROBLEM')",
    "not_backwards": "from_at < until_at",
    "ended_fact": "(ended_at IS NULL) = (ended_by IS NULL)",
    "said_in_all": "said ?& array['en', 'hi', 'mr']",
    "in_range": IN_RANGE,
}


def upgrade() -> None:
    """Go forward."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("said", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("tone", sa.String(512), nullable=False),
        sa.Column("link", sa.String(512), nullable=False),
        sa.Column("from_at", moment, nullable=False),
        sa.Column("until_at", moment, nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        *(sa.CheckConstraint(what, name=op.f(f"ck_{TABLE}_{name}")) for name, what in CHECKS.items()),
        *(
            sa.ForeignKeyConstraint([name], ["users.id"], name=op.f(f"fk_{TABLE}_{name}"), ondelete="RESTRICT")
            for name in ("made_by", "ended_by")
        ),
        postgresql.ExcludeConstraint(
            (sa.text("tstzrange(from_at, until_at)"), "&&"), where=sa.text("ended_at IS NULL"), name=f"ex_{TABLE}_alone"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table(TABLE)
