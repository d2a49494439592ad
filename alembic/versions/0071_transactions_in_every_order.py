"""The list of transactions is sorted by each of its heads, each by an index (OPS-01)."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

INDICES = (
    ("ix_transactions_by_kind", "transactions", ["type", "id"]),
    ("ix_transactions_by_state", "transactions", ["status", "id"]),
    ("ix_transactions_by_reference", "transactions", [sa.text("coalesce(reference, '')"), "id"]),
    ("ix_campaigns_title", "campaigns", ["title", "id"]),
)


def upgrade() -> None:
    """Go forward."""
    for name, table, columns in INDICES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    """Go back."""
    for name, table, _ in reversed(INDICES):
        op.drop_index(name, table_name=table)
