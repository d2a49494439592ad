"""Mailboxes that were kept in another dress than addresses are read in today (`<asha@…>`, an international domain)."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op
from cleanit_app.domain.reading import identifiers
from cleanit_app.domain.reading.signs import maybe

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ODD = sa.text("SELECT id, email FROM users WHERE email !~ '^[a-z0-9._+-]+@[a-z0-9.-]+$' ORDER BY id")
FREE = sa.text("UPDATE users SET email = :plain WHERE id = :id AND NOT EXISTS (SELECT FROM users WHERE email = :plain)")


def upgrade() -> None:
    """One address, one text; whose address another account has already keeps it as it is and signs in with that."""
    for row in op.get_bind().execute(ODD).all():
        if (plain := maybe(identifiers.email, row.email)) is not None:
            op.get_bind().execute(FREE, {"plain": plain, "id": row.id})


def downgrade() -> None:
    """Nothing to undo: the earlier code reads these addresses, too."""
