"""Errors that nobody expected are one row for all that are alike, with how often and since when (MON-05)."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

BEFORE = "at >= '2000-01-01T00:00Z' AND at < '2200-01-01T00:00Z'"
AFTER = "least(at, first_at) >= '2000-01-01T00:00Z' AND greatest(at, first_at) < '2200-01-01T00:00Z' AND times >= 0"


def upgrade() -> None:
    """Go forward."""
    op.add_column("error_logs", sa.Column("fingerprint", sa.String(512), nullable=True))
    op.add_column("error_logs", sa.Column("first_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("error_logs", sa.Column("times", sa.Integer(), server_default="1", nullable=False))
    op.add_column("error_logs", sa.Column("asked", sa.String(512), server_default="", nullable=False))
    op.add_column("error_logs", sa.Column("release", sa.String(512), server_default="", nullable=False))
    op.create_index("uq_error_logs_fingerprint", "error_logs", ["fingerprint"], unique=True)
    _hold(AFTER)


def downgrade() -> None:
    """Go back."""
    op.drop_index("uq_error_logs_fingerprint", "error_logs")
    op.drop_constraint(op.f("ck_error_logs_in_range"), "error_logs", type_="check")
    for name in ("release", "asked", "times", "first_at", "fingerprint"):
        op.drop_column("error_logs", name)
    op.create_check_constraint(op.f("ck_error_logs_in_range"), "error_logs", BEFORE)


def _hold(bounds: str) -> None:
    op.drop_constraint(op.f("ck_error_logs_in_range"), "error_logs", type_="check")
    op.create_check_constraint(op.f("ck_error_logs_in_range"), "error_logs", bounds)
