"""Who asks support without an account may send photos; they belong to the thread alone (OPS-02)."""

from __future__ import annotations

from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.alter_column("attachments", "owner_id", nullable=True)
    op.create_check_constraint(
        op.f("ck_attachments_owner_or_thread"), "attachments", "owner_id IS NOT NULL OR message_id IS NOT NULL"
    )


def downgrade() -> None:
    """Go back: photos without an owner had no place before."""
    op.drop_constraint(op.f("ck_attachments_owner_or_thread"), "attachments", type_="check")
    op.execute("DELETE FROM attachments WHERE owner_id IS NULL")
    op.alter_column("attachments", "owner_id", nullable=False)
