"""Help articles that came out of questions: whether they are shown, and every edition of their words (OPS-02)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Column, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from cleanit_app.domain.help_articles import LANGUAGES
from cleanit_app.domain.statuses import ArticleStatus
from cleanit_app.models.base import HasStatus, id_field, maybe_moment, moment, one_of, status_field


def _whole(language: str) -> str:
    """That an article has in this language both its title and its text, or neither."""
    sizes = " AND ".join(
        f"char_length(coalesce(words->'{language}'->>'{part}', '')) BETWEEN 1 AND {most}"
        for part, most in (("title", 512), ("text", 20_000))
    )
    return f"(NOT words ? '{language}' OR ({sizes}))"


class HelpArticle(HasStatus, SQLModel, table=True):
    """One article of a thread; everybody reads its newest edition while it is published."""

    __tablename__ = "help_articles"
    __table_args__ = (
        one_of("status_known", "status", ArticleStatus),
        CheckConstraint("(status = 'PUBLISHED') = (published_at IS NOT NULL)", name="published_fact"),
        Index("ix_help_articles_published", text("id DESC"), postgresql_where=text("status = 'PUBLISHED'")),
    )
    kind: ClassVar[str] = "help_article"
    id: uuid.UUID = id_field()
    ticket_id: uuid.UUID = Field(foreign_key="support_tickets.id", ondelete="RESTRICT", unique=True)
    status: ArticleStatus = status_field(ArticleStatus, ArticleStatus.DRAFT)
    begun_at: datetime = moment()
    published_at: datetime | None = maybe_moment()


class HelpArticleEdition(SQLModel, table=True):
    """The words of an article from a moment on; the newest counts. The database refuses every change of a row."""

    __tablename__ = "help_article_editions"
    __table_args__ = (
        CheckConstraint(" AND ".join(map(_whole, LANGUAGES)), name="whole_in_each"),
        CheckConstraint(f"words - array[{', '.join(map(repr, LANGUAGES))}] = '{{}}'", name="languages_known"),
        CheckConstraint("words <> '{}'", name="some_words"),
        Index("ix_help_article_editions_article", "article_id", "id"),
    )
    id: uuid.UUID = id_field()
    article_id: uuid.UUID = Field(foreign_key="help_articles.id", ondelete="RESTRICT")
    words: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    made_at: datetime = moment()
    made_by: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
