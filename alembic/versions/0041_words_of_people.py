"""Admins find people by any word of a name in any script, by a phone number however grouped, by a mailbox."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR

from alembic import op
from cleanit_app.domain.searching.people import person_words

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

AT_ONCE = 1_000


def upgrade() -> None:
    """Go forward."""
    op.add_column("users", sa.Column("words", TSVECTOR(), nullable=True))
    _write_words()
    op.create_index("ix_users_words", "users", ["words"], postgresql_using="gin")
    op.create_check_constraint(op.f("ck_users_words_few"), "users", "length(words) <= 20000")
    op.drop_index("ix_users_name", "users")


def _write_words() -> None:
    here = op.get_bind()
    last = "00000000-0000-0000-0000-000000000000"
    page = sa.text("SELECT id, name, email, phone FROM users WHERE id > CAST(:last AS uuid) ORDER BY id LIMIT :size")
    write = sa.text("UPDATE users SET words = CAST(:words AS tsvector) WHERE id = :id")
    while rows := here.execute(page, {"last": last, "size": AT_ONCE}).all():
        here.execute(write, [{"id": r.id, "words": person_words(r.name, r.email, r.phone)} for r in rows])
        last = str(rows[-1].id)


def downgrade() -> None:
    """Go back."""
    op.create_index("ix_users_name", "users", [sa.literal_column("lower(name) text_pattern_ops")])
    op.drop_constraint(op.f("ck_users_words_few"), "users")
    op.drop_index("ix_users_words", "users")
    op.drop_column("users", "words")
