"""Help articles over REST: found and read by everybody, written and published by who answers support (OPS-02)."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from cleanit_app import routes
from cleanit_app.api.dependencies import asking, changing, language, wiring_of
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.base import PageOut, answer
from cleanit_app.api.schemas.help_articles import (
    ArticleMomentOut,
    ArticleWordsOut,
    DeskArticleOut,
    HelpArticleIn,
    HelpArticleOut,
)
from cleanit_app.domain.help_articles import read_in
from cleanit_app.domain.reading.signs import folded
from cleanit_app.reads.support.help_articles import (
    HelpArticleItem,
    desk_article,
    published_article,
    published_articles,
)
from cleanit_app.services.support.help_articles import publish_article, withdraw_article, write_article

router = APIRouter(tags=["support"])
DOOR = "/api/admin/support/{ticket_id}/article"
LONGEST_SEARCH = 100


@router.get("/api/help/articles", response_model=PageOut[HelpArticleOut])
def find(
    request: Request,
    q: Annotated[str, Query(description="words that an article says, in any language it has")] = "",
    cursor: Cursor = None,
    limit: Limit = None,
) -> Response:
    """Published articles, the newest first, in the reader's language where they have it."""
    words = folded(q[:LONGEST_SEARCH]).casefold().split()
    with asking(request) as call:
        page = published_articles(call.uow, actor=call.actor, words=words, cursor=cursor, limit=limit)
        items = page.each(lambda one: _out(request, one))
        return answer(PageOut[HelpArticleOut](items=items, next_cursor=page.next_cursor))


@router.get("/api/help/articles/{article_id}", response_model=HelpArticleOut)
def read(request: Request, article_id: UUID) -> Response:
    """One published article."""
    with asking(request) as call:
        return answer(_out(request, published_article(call.uow, actor=call.actor, article_id=article_id)))


def _out(request: Request, one: HelpArticleItem) -> HelpArticleOut:
    wanted = language(request)
    spoken = read_in(one.words, wanted)
    said, base = one.words[spoken], wiring_of(request).settings.public_url
    return HelpArticleOut.of(
        one,
        title=said.title,
        text=said.text,
        language=spoken,
        in_your_language=spoken == wanted,
        url=base + routes.help_article(one.id),
    )


@router.get(DOOR, response_model=DeskArticleOut)
def of_question(request: Request, ticket_id: UUID) -> Response:
    """The article of a question with its history, or what it may begin with."""
    return _desk(request, ticket_id)


@router.put(DOOR, response_model=DeskArticleOut)
def write(request: Request, ticket_id: UUID, body: HelpArticleIn) -> Response:
    """Write the article of a question, or another edition of it; 403 without the second factor."""
    with changing(request) as call:
        write_article(call.uow, actor=call.actor, ticket_id=ticket_id, words=_typed(body.words), seen=body.seen)
    return _desk(request, ticket_id)


@router.post(f"{DOOR}/publish", response_model=DeskArticleOut)
def publish(request: Request, ticket_id: UUID) -> Response:
    """Show the article of a question to everybody."""
    with changing(request) as call:
        publish_article(call.uow, actor=call.actor, ticket_id=ticket_id)
    return _desk(request, ticket_id)


@router.post(f"{DOOR}/withdraw", response_model=DeskArticleOut)
def withdraw(request: Request, ticket_id: UUID) -> Response:
    """Show the article of a question to nobody any more."""
    with changing(request) as call:
        withdraw_article(call.uow, actor=call.actor, ticket_id=ticket_id)
    return _desk(request, ticket_id)


def _typed(words: Any) -> dict[str, dict[str, object]]:
    """Words by language as they came; another shape is no words."""
    return {str(lang): one for lang, one in words.items() if isinstance(one, dict)} if isinstance(words, dict) else {}


def _desk(request: Request, ticket_id: UUID) -> Response:
    with asking(request) as call:
        found = desk_article(call.uow, actor=call.actor, ticket_id=ticket_id)
    words = {lang: ArticleWordsOut.of(one) for lang, one in found.words.items()}
    return answer(DeskArticleOut.of(found, words=words, history=[ArticleMomentOut.of(one) for one in found.history]))
