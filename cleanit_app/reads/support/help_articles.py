"""Help articles: those that everybody finds and reads, and the one of a question with its history (OPS-02)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.help_articles import ArticleWords
from cleanit_app.domain.statuses import ArticleStatus
from cleanit_app.reads.paging import Page, about_one, ask, ask_list, json_object, one_page, page_size, read_cursor
from cleanit_app.services.unit_of_work import UnitOfWork

MOST_WORDS = 8
"""So many words of a search are looked for; the others are passed over."""


@dataclass(frozen=True)
class HelpArticleItem:
    """A published article in every language it has, with when it was published and last written."""

    id: UUID
    words: Mapping[str, ArticleWords]
    published_at: datetime
    written_at: datetime


@dataclass(frozen=True)
class ArticleMoment:
    """One line of an article's history: another status, or (None) another edition of its words."""

    at: datetime
    name: str
    status: ArticleStatus | None


@dataclass(frozen=True)
class DeskArticle:
    """The article of a question for who writes it; `proposed` is the desk's own last answer, never the question."""

    ticket_id: UUID
    id: UUID | None
    status: ArticleStatus | None
    edition: UUID | None
    words: Mapping[str, ArticleWords]
    language: str
    proposed: str
    history: tuple[ArticleMoment, ...]


_NEWEST = """JOIN LATERAL (SELECT e.id AS edition, e.words, e.made_at FROM help_article_editions e
    WHERE e.article_id = a.id ORDER BY e.id DESC LIMIT 1) n ON true"""
_SAID = """CROSS JOIN LATERAL (
    SELECT lower(string_agg(concat_ws(' ', w.value->>'title', w.value->>'text'), ' ')) AS said
    FROM jsonb_each(n.words) w) s"""
_PUBLISHED = "SELECT a.id, n.words, a.published_at, n.made_at FROM help_articles a"


def published_articles(
    uow: UnitOfWork,
    *,
    actor: Actor,
    words: Sequence[str] = (),
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[HelpArticleItem]:
    """Published articles, the newest first; with `words` (folded, in small letters) those that say all of them.

    Anybody may read them. An article is looked through in every language that it has.
    """
    del actor
    size, keys = page_size(limit), read_cursor(cursor, UUID)
    sought = {f"w{n}": word for n, word in enumerate(list(words)[:MOST_WORDS])}
    said = "".join(f" AND position(CAST(:{name} AS text) in s.said) > 0" for name in sought)
    before = " AND a.id < CAST(:last AS uuid)" if keys else ""
    rows = ask_list(
        uow,
        "help articles",
        f"""{_PUBLISHED} {_NEWEST} {_SAID if sought else ""}
            WHERE a.status = 'PUBLISHED'{said}{before} ORDER BY a.id DESC LIMIT :size""",
        size=size + 1,
        **sought,
        **({"last": keys[0]} if keys else {}),
    )
    return one_page(rows, size, _item, lambda row: (row.id,))


@about_one
def published_article(uow: UnitOfWork, *, actor: Actor, article_id: UUID) -> HelpArticleItem:
    """One published article, for anybody; NotFound for a draft and for one that was withdrawn."""
    del actor
    rows = ask(uow, f"{_PUBLISHED} {_NEWEST} WHERE a.id = :id AND a.status = 'PUBLISHED'", id=article_id)
    if not rows:
        raise NotFound(what="HelpArticle")
    return _item(rows[0])


def article_of_question(uow: UnitOfWork, ticket_id: UUID) -> HelpArticleItem | None:
    """The published article that came out of a question; None before there is one."""
    rows = ask_list(
        uow, "article of a question", f"{_PUBLISHED} {_NEWEST} WHERE a.ticket_id = :id AND a.status = 'PUBLISHED'",
        id=ticket_id,
    )  # fmt: skip
    return next(iter(rows.read(_item)), None)


_DESK = f"""SELECT t.id AS ticket_id, t.language, a.id, a.status, n.edition, n.words,
      (SELECT m.message FROM support_messages m WHERE m.ticket_id = t.id AND m.by_desk AND NOT m.internal
         ORDER BY m.id DESC LIMIT 1) AS proposed
    FROM support_tickets t LEFT JOIN (help_articles a {_NEWEST}) ON a.ticket_id = t.id WHERE t.id = :id"""
_HISTORY = """SELECT * FROM (
      SELECT h.at, coalesce(u.name, '') AS name, h.to_status AS status, h.id AS line FROM status_history h
        LEFT JOIN users u ON u.id = h.by_id WHERE h.kind = 'help_article' AND h.subject_id = :article
      UNION ALL SELECT e.made_at, u.name, NULL, 0 FROM help_article_editions e JOIN users u ON u.id = e.made_by
        WHERE e.article_id = :article AND e.id > (SELECT min(f.id::text)::uuid FROM help_article_editions f
          WHERE f.article_id = :article)) told
    ORDER BY at DESC, line DESC LIMIT 40"""


@about_one
def desk_article(uow: UnitOfWork, *, actor: Actor, ticket_id: UUID) -> DeskArticle:
    """The article of a question, or what it may begin with; NotFound for no question."""
    actor.must(Permission.ANSWER_SUPPORT)
    rows = ask(uow, _DESK, id=ticket_id)
    if not rows:
        raise NotFound(what="SupportTicket")
    row = rows[0]
    history = ask_list(uow, "history of an article", _HISTORY, article=row.id) if row.id else None
    return DeskArticle(
        ticket_id=row.ticket_id,
        id=row.id,
        status=ArticleStatus(row.status) if row.status else None,
        edition=row.edition,
        words=_words(row.words) if row.words else {},
        language=row.language,
        proposed=row.proposed or "",
        history=tuple(history.read(_moment)) if history else (),
    )


def _moment(row: Row[Any]) -> ArticleMoment:
    return ArticleMoment(row.at, row.name, ArticleStatus(row.status) if row.status else None)


def _item(row: Row[Any]) -> HelpArticleItem:
    return HelpArticleItem(row.id, _words(row.words), row.published_at, row.made_at)


def _words(value: Any) -> dict[str, ArticleWords]:
    said = {str(lang): json_object(one) for lang, one in json_object(value).items()}
    return {lang: ArticleWords(str(one["title"]), str(one["text"])) for lang, one in said.items()}
