"""An after-photo knows its job, so that a second try is not taken for a copy of the first.

Tries that were refused before this are not known by their job; they count as photos of their own.
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

PHOTOS, INDEX, KEY = "photos", op.f("ix_photos_job_id"), op.f("fk_photos_job_id_jobs")


def upgrade() -> None:
    """Go forward."""
    op.add_column(PHOTOS, sa.Column("job_id", sa.Uuid(), nullable=True))
    op.execute("UPDATE photos p SET job_id = j.id FROM jobs j WHERE j.completion_photo_id = p.id")
    op.create_foreign_key(KEY, PHOTOS, "jobs", ["job_id"], ["id"], ondelete="SET NULL")
    op.create_index(INDEX, PHOTOS, ["job_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_index(INDEX, PHOTOS)
    op.drop_constraint(KEY, PHOTOS)
    op.drop_column(PHOTOS, "job_id")
