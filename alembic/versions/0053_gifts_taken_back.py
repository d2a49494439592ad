"""A giver may take the own gift back while the campaign collects: one more cause of a refund."""

from __future__ import annotations

from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

KNOWN, BEFORE = op.f("ck_refunds_cause_known"), "'SURPLUS','LATE','CAMPAIGN_ENDED','SPLIT'"


def upgrade() -> None:
    """Go forward."""
    op.drop_constraint(KNOWN, "refunds")
    op.create_check_constraint(KNOWN, "refunds", f"cause IN ({BEFORE},'TAKEN_BACK')")


def downgrade() -> None:
    """Go back; the earlier house knows gifts that were taken back as money that came too late."""
    op.drop_constraint(KNOWN, "refunds")
    op.execute("UPDATE refunds SET cause = 'LATE' WHERE cause = 'TAKEN_BACK'")
    op.create_check_constraint(KNOWN, "refunds", f"cause IN ({BEFORE})")
