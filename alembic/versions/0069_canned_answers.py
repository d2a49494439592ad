"""Answers that are ready at the support desk can be written anew, added and retired, with a history (OPS-01)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

TABLE = "canned_answer_versions"


def _whole(language: str) -> str:
    sizes = " AND ".join(
        f"char_length(coalesce(words->'{language}'->>'{part}', '')) BETWEEN 1 AND {most}"
        for part, most in (("topic", 512), ("text", 20_000))
    )
    return f"(NOT words ? '{language}' OR ({sizes}))"


CHECKS = {
    "whole_in_each": " AND ".join(_whole(language) for language in ("en", "hi", "mr")),
    "languages_known": "words - array['en', 'hi', 'mr'] = '{}'",
    "some_words": "answer IN ('debited', 'refund', 'photo', 'papers') OR words <> '{}'",
    "why_given": "btrim(why) <> ''",
    "in_range": "made_at >= '2000-01-01T00:00Z' AND made_at < '2200-01-01T00:00Z' AND jsonb_typeof(words) = 'object'",
}


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(512), nullable=False),
        sa.Column("words", postgresql.JSONB(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(20_000), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}")) for name, rule in CHECKS.items()),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f(f"fk_{TABLE}_made_by"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index("ix_canned_answer_versions_answer", TABLE, ["answer", "id"])
    op.execute(
        f"CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION rows_are_frozen()"
    )
    op.execute(
        f"CREATE TRIGGER {TABLE}_kept BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION rows_are_frozen()"
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table(TABLE)
