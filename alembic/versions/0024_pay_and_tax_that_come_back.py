"""Tax that was kept back too early carries on below zero; pay that arrived lately is found by when it arrived."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

KEPT = op.f("ck_tds_deductions_kept_range")


def upgrade() -> None:
    """Go forward."""
    op.drop_constraint(KEPT, "tds_deductions", type_="check")
    op.create_check_constraint(
        KEPT, "tds_deductions", "tds_paise <= greatest(due_paise, 0) AND tds_paise < gross_paise"
    )
    op.create_index(
        "ix_transfer_attempts_arrived",
        "transfer_attempts",
        ["finished_at", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'SUCCEEDED' AND payout_id IS NOT NULL"),
    )


def downgrade() -> None:
    """Go back; tax below zero, where there is any, keeps its rows and is not looked at again."""
    op.drop_index("ix_transfer_attempts_arrived", table_name="transfer_attempts")
    op.drop_constraint(KEPT, "tds_deductions", type_="check")
    op.execute(
        f"ALTER TABLE tds_deductions ADD CONSTRAINT {KEPT}"
        " CHECK (tds_paise <= due_paise AND tds_paise < gross_paise) NOT VALID"
    )
