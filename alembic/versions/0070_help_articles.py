"""What support finds becomes a help article: draft, published, withdrawn, every edition of its words kept (OPS-02)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

ARTICLES, EDITIONS = "help_articles", "help_article_editions"


def _whole(language: str) -> str:
    sizes = " AND ".join(
        f"char_length(coalesce(words->'{language}'->>'{part}', '')) BETWEEN 1 AND {most}"
        for part, most in (("title", 512), ("text", 20_000))
    )
    return f"(NOT words ? '{language}' OR ({sizes}))"


def _in_time(*columns: str) -> str:
    least, most = (f"least({', '.join(columns)})", f"greatest({', '.join(columns)})") if columns[1:] else columns * 2
    return f"{least} >= '2000-01-01T00:00Z' AND {most} < '2200-01-01T00:00Z'"


OF_ARTICLES = {
    "status_known": "status IN ('DRAFT', 'PUBLISHED', 'WITHDRAWN')",
    "published_fact": "(status = 'PUBLISHED') = (published_at IS NOT NULL)",
    "in_range": _in_time("begun_at", "published_at"),
}
OF_EDITIONS = {
    "whole_in_each": " AND ".join(_whole(language) for language in ("en", "hi", "mr")),
    "languages_known": "words - array['en', 'hi', 'mr'] = '{}'",
    "some_words": "words <> '{}'",
    "in_range": f"{_in_time('made_at')} AND jsonb_typeof(words) = 'object'",
}


def upgrade() -> None:
    """Go forward."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        ARTICLES,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("begun_at", moment, nullable=False),
        sa.Column("published_at", moment, nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{ARTICLES}_{name}")) for name, rule in OF_ARTICLES.items()),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["support_tickets.id"], name=op.f(f"fk_{ARTICLES}_ticket_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{ARTICLES}")),
        sa.UniqueConstraint("ticket_id", name=op.f(f"uq_{ARTICLES}_ticket_id")),
    )
    op.create_index(
        "ix_help_articles_published", ARTICLES, [sa.text("id DESC")], postgresql_where=sa.text("status = 'PUBLISHED'")
    )
    op.create_table(
        EDITIONS,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("words", postgresql.JSONB(), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{EDITIONS}_{name}")) for name, rule in OF_EDITIONS.items()),
        sa.ForeignKeyConstraint(
            ["article_id"], [f"{ARTICLES}.id"], name=op.f(f"fk_{EDITIONS}_article_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f(f"fk_{EDITIONS}_made_by"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{EDITIONS}")),
    )
    op.create_index("ix_help_article_editions_article", EDITIONS, ["article_id", "id"])
    op.execute(
        f"CREATE TRIGGER {EDITIONS}_frozen BEFORE UPDATE OR DELETE ON {EDITIONS} "
        "FOR EACH ROW EXECUTE FUNCTION rows_are_frozen()"
    )
    op.execute(
        f"CREATE TRIGGER {EDITIONS}_kept BEFORE TRUNCATE ON {EDITIONS} "
        "FOR EACH STATEMENT EXECUTE FUNCTION rows_are_frozen()"
    )


def downgrade() -> None:
    """Go back; that an article was published stays in the history, from which nothing is taken."""
    op.drop_table(EDITIONS)
    op.drop_table(ARTICLES)
