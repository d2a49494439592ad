"""Payouts that a person said have left, so that a bank's return of one is booked by a person too."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# Paid at the bank, or decided by a person about a call of which the provider never spoke.
MARK = """
UPDATE payouts p SET paid_by_hand = true, hand_tries = h.times FROM (
  SELECT o.id, count(t.id) AS times, bool_or(a.id IS NOT NULL) AS decided FROM payouts o
  LEFT JOIN ledger_transfers t ON t.business_key = 'payout-processed:hand:' || o.id
  LEFT JOIN transfer_attempts a ON a.payout_id = o.id AND a.status = 'SUCCEEDED' AND a.provider_id IS NULL
  WHERE o.status = 'PAID' GROUP BY o.id) h
WHERE h.id = p.id AND (h.times > 0 OR h.decided)
"""


def upgrade() -> None:
    """Go forward."""
    op.add_column("payouts", sa.Column("paid_by_hand", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("payouts", sa.Column("hand_tries", sa.Integer(), server_default="0", nullable=False))
    op.execute(MARK)
    op.create_check_constraint("by_hand_fact", "payouts", "NOT paid_by_hand OR status = 'PAID'")
    op.create_index(
        "ix_payouts_by_hand",
        "payouts",
        [sa.text("paid_at DESC"), sa.text("id DESC")],
        unique=False,
        postgresql_where=sa.text("paid_by_hand"),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_payouts_by_hand", table_name="payouts")
    op.drop_constraint("by_hand_fact", "payouts", type_="check")
    op.drop_column("payouts", "hand_tries")
    op.drop_column("payouts", "paid_by_hand")
