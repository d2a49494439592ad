"""A call says its amount in a column of its own: what its body says is the provider's language.

Going back, refunds stored meanwhile are put into the words of before.
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

CALLS, IN_RANGE = "transfer_attempts", op.f("ck_transfer_attempts_in_range")
MOMENTS = """least(lease_until, next_try_at, created_at, first_sent_at, alerted_at, finished_at) >= '2000-01-01T00:00Z'
    AND greatest(lease_until, next_try_at, created_at, first_sent_at, alerted_at, finished_at) < '2200-01-01T00:00Z'"""


def upgrade() -> None:
    """Go forward."""
    op.add_column(CALLS, sa.Column("amount_paise", sa.BigInteger(), nullable=True))
    op.execute(
        """UPDATE transfer_attempts SET amount_paise =
             coalesce(request::jsonb ->> 'amount', request::jsonb ->> 'amountPaise')::bigint"""
    )
    op.alter_column(CALLS, "amount_paise", nullable=False)
    op.drop_constraint(IN_RANGE, CALLS)
    figures = "least(number, amount_paise, tries) >= 0 AND greatest(number, amount_paise, tries) < 10000000000001"
    op.create_check_constraint(IN_RANGE, CALLS, f"{MOMENTS} AND {figures}")


def downgrade() -> None:
    """Go back."""
    op.execute(
        """UPDATE transfer_attempts SET request = jsonb_build_object(
             'paymentId', request::jsonb -> 'payment_id', 'amountPaise', request::jsonb -> 'amount',
             'receipt', request::jsonb -> 'receipt', 'notes', request::jsonb -> 'notes')::text
           WHERE refund_id IS NOT NULL AND request::jsonb ? 'payment_id'"""
    )
    op.drop_constraint(IN_RANGE, CALLS)
    op.drop_column(CALLS, "amount_paise")
    op.create_check_constraint(IN_RANGE, CALLS, f"{MOMENTS} AND least(number, tries) >= 0")
