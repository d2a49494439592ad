"""Receipts carry the moment of their payment; until now it was the moment in which we booked it.

Numbers that were given stay: a receipt that a person holds is not numbered anew.
"""

from __future__ import annotations

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.execute(
        """UPDATE contributions g SET paid_at = p.captured_at FROM payments p
           WHERE p.razorpay_payment_id = g.razorpay_payment_id AND g.paid_at IS DISTINCT FROM p.captured_at"""
    )


def downgrade() -> None:
    """Go back to the moment of booking, which the history of the contribution keeps."""
    op.execute(
        """UPDATE contributions g SET paid_at = h.at FROM status_history h
           WHERE h.subject_id = g.id AND h.kind = 'contribution' AND h.to_status = 'SUCCESS'"""
    )
