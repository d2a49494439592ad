"""Marketing is told only to who said yes: switched off for everybody, for until now nobody was asked (LAW-07)."""

from __future__ import annotations

from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.alter_column("users", "muted_notices", server_default="{MARKETING}")
    op.execute(
        """UPDATE users SET muted_notices = array_append(muted_notices, 'MARKETING')
           WHERE NOT 'MARKETING' = ANY(muted_notices) AND status <> 'DELETED'"""
    )


def downgrade() -> None:
    """Go back; who said no keeps that no."""
    op.alter_column("users", "muted_notices", server_default="{}")
