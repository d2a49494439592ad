"""Photos that are public no more leave shared caches; until now every one had an address for a year.

So all that are hidden today, of drafts, cancelled cleanups and work that was not accepted, are forgotten too.
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

TABLE = "photo_takedowns"
MOMENTS = "asked_at, next_try_at, forgotten_at"
HIDDEN_TODAY = """INSERT INTO photo_takedowns (photo_id, asked_at, next_try_at, tries)
    SELECT p.id, now(), now(), 0 FROM photos p WHERE NOT EXISTS (
        SELECT FROM campaigns c WHERE c.photo_id = p.id AND c.activated_at IS NOT NULL AND c.status <> 'CANCELLED')
    AND NOT EXISTS (SELECT FROM jobs j
        WHERE j.id = p.job_id AND j.completion_photo_id = p.id AND j.status IN ('VERIFIED', 'PAID'))"""


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        TABLE,
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            f"least({MOMENTS}) >= '2000-01-01T00:00Z' AND greatest({MOMENTS}) < '2200-01-01T00:00Z' AND tries >= 0",
            name=op.f("ck_photo_takedowns_in_range"),
        ),
        sa.ForeignKeyConstraint(["photo_id"], ["photos.id"], name=op.f("fk_photo_takedowns_photo_id_photos")),
        sa.PrimaryKeyConstraint("photo_id", name=op.f("pk_photo_takedowns")),
    )
    op.create_index("ix_photo_takedowns_due", TABLE, ["next_try_at"])
    op.execute(HIDDEN_TODAY)


def downgrade() -> None:
    """Go back."""
    op.drop_table(TABLE)
