"""Each number of a transaction is found by an index."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_index(
        "ix_payments_reference",
        "payments",
        ["reference"],
        unique=False,
        postgresql_where=sa.text("reference IS NOT NULL"),
    )
    op.create_index(
        "ix_payouts_provider",
        "payouts",
        ["razorpay_payout_id"],
        unique=False,
        postgresql_where=sa.text("razorpay_payout_id IS NOT NULL"),
    )
    op.create_index("ix_payouts_utr", "payouts", ["utr"], unique=False, postgresql_where=sa.text("utr IS NOT NULL"))
    op.create_index(
        "ix_refunds_by_hand",
        "refunds",
        ["by_hand_reference"],
        unique=False,
        postgresql_where=sa.text("by_hand_reference IS NOT NULL"),
    )
    op.create_index("ix_transactions_amount", "transactions", ["amount_paise", "id"], unique=False)
    op.create_index(
        "ix_transactions_from",
        "transactions",
        ["from_account"],
        unique=False,
        postgresql_where=sa.text("from_account <> 'PLATFORM_ESCROW'"),
    )
    op.create_index(
        "ix_transactions_reference",
        "transactions",
        ["reference"],
        unique=False,
        postgresql_where=sa.text("reference IS NOT NULL"),
    )
    op.create_index(
        "ix_transactions_status",
        "transactions",
        ["status", sa.literal_column("created_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(
        "ix_transactions_to",
        "transactions",
        ["to_account"],
        unique=False,
        postgresql_where=sa.text("to_account <> 'PLATFORM_ESCROW'"),
    )
    op.create_index(
        "ix_transactions_type",
        "transactions",
        ["type", sa.literal_column("created_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_transactions_type", table_name="transactions")
    op.drop_index(
        "ix_transactions_to", table_name="transactions", postgresql_where=sa.text("to_account <> 'PLATFORM_ESCROW'")
    )
    op.drop_index("ix_transactions_status", table_name="transactions")
    op.drop_index(
        "ix_transactions_reference", table_name="transactions", postgresql_where=sa.text("reference IS NOT NULL")
    )
    op.drop_index(
        "ix_transactions_from", table_name="transactions", postgresql_where=sa.text("from_account <> 'PLATFORM_ESCROW'")
    )
    op.drop_index("ix_transactions_amount", table_name="transactions")
    op.drop_index("ix_refunds_by_hand", table_name="refunds", postgresql_where=sa.text("by_hand_reference IS NOT NULL"))
    op.drop_index("ix_payouts_utr", table_name="payouts", postgresql_where=sa.text("utr IS NOT NULL"))
    op.drop_index(
        "ix_payouts_provider", table_name="payouts", postgresql_where=sa.text("razorpay_payout_id IS NOT NULL")
    )
    op.drop_index("ix_payments_reference", table_name="payments", postgresql_where=sa.text("reference IS NOT NULL"))
