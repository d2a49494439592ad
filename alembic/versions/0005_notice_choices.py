"""What people do not want to be told about."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("users", sa.Column("muted_notices", sa.ARRAY(sa.String()), server_default="{}", nullable=False))
    op.create_check_constraint(
        "muted_choosable", "users", "muted_notices <@ ARRAY['CAMPAIGNS', 'JOBS', 'WORK', 'DESK']::varchar[]"
    )


def downgrade() -> None:
    """Go back."""
    op.drop_constraint("muted_choosable", "users", type_="check")
    op.drop_column("users", "muted_notices")
