"""Accepted terms carry a keyed hash of the address they were accepted from, never the address."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; the column it replaces was never filled."""
    op.add_column("terms_acceptances", sa.Column("address_hash", sa.LargeBinary(), nullable=True))
    op.drop_column("terms_acceptances", "address")


def downgrade() -> None:
    """Go back."""
    op.add_column("terms_acceptances", sa.Column("address", sa.String(), nullable=False, server_default=""))
    op.drop_column("terms_acceptances", "address_hash")
