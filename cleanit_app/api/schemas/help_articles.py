"""Help articles as the contract shows them to everybody, and to who writes them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import WithJsonSchema

from cleanit_app.api.schemas.base import In, MaybeText, Moment, Out
from cleanit_app.domain.statuses import ArticleStatus

_WORDS = {"type": "object", "properties": {"title": {"type": "string"}, "text": {"type": "string"}}}


class HelpArticleOut(Out):
    """A published article in the reader's language, or in `language` where it has none of that."""

    id: UUID
    title: str
    text: str
    language: str
    in_your_language: bool
    url: str
    published_at: Moment
    written_at: Moment


class ArticleWordsOut(Out):
    """An article in one language, plain text."""

    title: str
    text: str


class ArticleMomentOut(Out):
    """One line of an article's history; a null status is another edition of its words."""

    at: Moment
    name: str
    status: ArticleStatus | None


class DeskArticleOut(Out):
    """The article of a question; `proposed` is the desk's own last answer, to begin with in `language`."""

    ticket_id: UUID
    id: UUID | None
    status: ArticleStatus | None
    edition: UUID | None
    words: dict[str, ArticleWordsOut]
    language: str
    proposed: str
    history: list[ArticleMomentOut]


class HelpArticleIn(In):
    """Words by language (en, hi, mr); `seen` is the edition that was shown, so that two do not cross."""

    words: Annotated[Any, WithJsonSchema({"type": "object", "additionalProperties": _WORDS})] = None
    seen: MaybeText = None
