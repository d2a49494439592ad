"""Photos wait in quarantine while no scanner answers (SEC-06)."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("photos", sa.Column("quarantined_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("photos", sa.Column("infected_with", sa.String(), nullable=True))
    op.create_check_constraint(
        op.f("ck_photos_infected_fact"), "photos", "infected_with IS NULL OR quarantined_at IS NOT NULL"
    )
    held = sa.text("quarantined_at IS NOT NULL AND infected_with IS NULL")
    op.create_index("ix_photos_quarantined", "photos", ["quarantined_at"], postgresql_where=held)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_photos_quarantined", table_name="photos")
    op.drop_constraint(op.f("ck_photos_infected_fact"), "photos", type_="check")
    op.drop_column("photos", "infected_with")
    op.drop_column("photos", "quarantined_at")
