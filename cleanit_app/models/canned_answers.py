"""What seniors made of the answers that are ready at the support desk: a history that only grows (OPS-01)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from cleanit_app.domain.canned_answers import LANGUAGES, SHIPPED
from cleanit_app.models.base import id_field, moment


def _whole(language: str) -> str:
    """That an answer has in this language both its topic and its text, or neither."""
    sizes = " AND ".join(
        f"char_length(coalesce(words->'{language}'->>'{part}', '')) BETWEEN 1 AND {most}"
        for part, most in (("topic", 512), ("text", 20_000))
    )
    return f"(NOT words ? '{language}' OR ({sizes}))"


class CannedAnswerVersion(SQLModel, table=True):
    """One choice about one answer, in every language that has words of its own. The newest of an answer counts.

    A shipped answer has the words of the catalogue where it has none here. The database refuses every change of a row.
    """

    __tablename__ = "canned_answer_versions"
    __table_args__ = (
        CheckConstraint(" AND ".join(map(_whole, LANGUAGES)), name="whole_in_each"),
        CheckConstraint(f"words - array[{', '.join(map(repr, LANGUAGES))}] = '{{}}'", name="languages_known"),
        CheckConstraint(f"answer IN ({', '.join(map(repr, SHIPPED))}) OR words <> '{{}}'", name="some_words"),
        CheckConstraint("btrim(why) <> ''", name="why_given"),
        Index("ix_canned_answer_versions_answer", "answer", "id"),
    )
    id: uuid.UUID = id_field()
    answer: str
    words: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    retired: bool
    why: str
    made_at: datetime = moment()
    made_by: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
