"""What an upheld dispute could not move is kept beside it, for finance to settle (OPS-03)."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

_MOMENTS = (
    "least(raised_at, decided_at) >= '2000-01-01T00:00Z' AND greatest(raised_at, decided_at) < '2200-01-01T00:00Z'"
)
_BEFORE = f"{_MOMENTS} AND done_percent >= 0"
_RANGE = f"{_MOMENTS} AND least(done_percent, left_paise) >= 0 AND greatest(done_percent, left_paise) < 10000000000001"
_CHECKS = {
    "left_known": "left_to_finance IN ('PAY_LEFT', 'PART_WENT_BACK', 'WENT_BACK', 'WORK_TAKEN')",
    "left_fact": "(left_to_finance IS NULL) = (left_paise IS NULL)",
    "left_upheld": "left_to_finance IS NULL OR (about = 'RESULT' AND status = 'UPHELD')",
}


def _in_range(check: str) -> None:
    op.drop_constraint(op.f("ck_disputes_in_range"), "disputes", type_="check")
    op.create_check_constraint(op.f("ck_disputes_in_range"), "disputes", check)


def upgrade() -> None:
    """Go forward."""
    op.add_column("disputes", sa.Column("left_to_finance", sa.String(512), nullable=True))
    op.add_column("disputes", sa.Column("left_paise", sa.BigInteger(), nullable=True))
    _in_range(_RANGE)
    for name, check in _CHECKS.items():
        op.create_check_constraint(op.f(f"ck_disputes_{name}"), "disputes", check)


def downgrade() -> None:
    """Go back: the decisions stay, with the news that finance got."""
    for name in _CHECKS:
        op.drop_constraint(op.f(f"ck_disputes_{name}"), "disputes", type_="check")
    _in_range(_BEFORE)
    op.drop_column("disputes", "left_paise")
    op.drop_column("disputes", "left_to_finance")
