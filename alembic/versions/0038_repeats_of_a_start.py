"""A campaign remembers the key of the wish it was started with, and a cancelled one's photo may be used again.

Photos from before count as not superseded, so each file stays with the one row it has.
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

CAMPAIGNS, PHOTOS = "campaigns", "photos"
KEY, FILE, FILE_ONCE = "ix_campaigns_idempotency_key", "ix_photos_sha256", op.f("uq_photos_sha256")


def upgrade() -> None:
    """Go forward."""
    op.add_column(CAMPAIGNS, sa.Column("idempotency_key", sa.String(512), nullable=True))
    op.create_index(
        KEY,
        CAMPAIGNS,
        ["creator_id", "idempotency_key"],
        unique=True,
        postgresql_where=sa.text("idempotency_key IS NOT NULL"),
    )
    op.add_column(PHOTOS, sa.Column("superseded", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(FILE, PHOTOS, ["sha256"], unique=True, postgresql_where=sa.text("NOT superseded"))
    op.drop_constraint(FILE_ONCE, PHOTOS)


def downgrade() -> None:
    """Go back; what was superseded gets a hash of its own, for each file has one row there."""
    op.execute("UPDATE photos SET sha256 = sha256(sha256 || uuid_send(id)) WHERE superseded")
    op.create_unique_constraint(FILE_ONCE, PHOTOS, ["sha256"])
    op.drop_index(FILE, PHOTOS)
    op.drop_column(PHOTOS, "superseded")
    op.drop_index(KEY, CAMPAIGNS)
    op.drop_column(CAMPAIGNS, "idempotency_key")
