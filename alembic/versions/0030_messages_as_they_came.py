"""The provider's messages are kept byte for byte, so that what is no text is kept as well."""

from __future__ import annotations

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.execute("ALTER TABLE webhook_events ALTER COLUMN body TYPE bytea USING convert_to(body, 'UTF8')")


def downgrade() -> None:
    """Go back; what was parked may be no text and is written with escapes."""
    op.execute(
        """ALTER TABLE webhook_events ALTER COLUMN body TYPE varchar
           USING CASE WHEN outcome LIKE 'parked:%' THEN encode(body, 'escape') ELSE convert_from(body, 'UTF8') END"""
    )
