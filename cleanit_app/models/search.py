"""The words by which public campaigns are found, for what was typed with a slip."""

from __future__ import annotations

from sqlalchemy import ARRAY, CheckConstraint, Column, Index, String, Text
from sqlmodel import Field, SQLModel

LONGEST = 200


class SearchWord(SQLModel, table=True):
    """A word of a campaign that is or was public, or how it sounds; a trigger on campaigns writes it.

    `slips` are the word and what is left of it without one of its letters: two words a slip apart share one.
    """

    __tablename__ = "search_vocabulary"
    __table_args__ = (
        CheckConstraint(f"cardinality(slips) <= {LONGEST + 1}", name="slips_few"),
        Index("ix_search_vocabulary_slips", "slips", postgresql_using="gin"),
    )
    word: str = Field(sa_column=Column(String(LONGEST, collation="C"), primary_key=True))
    slips: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
