"""Too many wrong passwords lock an account for browsers that it does not know."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

TABLE, IN_RANGE = "failed_sign_ins", op.f("ck_failed_sign_ins_in_range")
AT = "at >= '2000-01-01T00:00Z' AND at < '2200-01-01T00:00Z'"
BOTH = "least(at, locked_until) >= '2000-01-01T00:00Z' AND greatest(at, locked_until) < '2200-01-01T00:00Z'"


def _check(condition: str) -> None:
    op.drop_constraint(IN_RANGE, TABLE)
    op.create_check_constraint(IN_RANGE, TABLE, condition)


def upgrade() -> None:
    """Go forward."""
    op.add_column(TABLE, sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True))
    _check(BOTH)


def downgrade() -> None:
    """Go back."""
    _check(AT)
    op.drop_column(TABLE, "locked_until")
