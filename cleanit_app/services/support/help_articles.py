"""What support finds becomes a help article: written out of an answer, published, withdrawn (OPS-02)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import FieldProblem, InvalidFields, NotFound, OwnInterest
from cleanit_app.domain.events import HelpArticlePublished, HelpArticleWithdrawn, HelpArticleWritten
from cleanit_app.domain.help_articles import LANGUAGES, names_somebody
from cleanit_app.domain.statuses import ArticleStatus
from cleanit_app.models import HelpArticle, HelpArticleEdition, SupportTicket, User, new_id
from cleanit_app.services.input_validation import Form
from cleanit_app.services.unit_of_work import UnitOfWork

Typed = Mapping[str, Mapping[str, object]]
"""Language → `title` and `text` as somebody typed them."""


def write_article(
    uow: UnitOfWork, *, actor: Actor, ticket_id: UUID, words: Typed, seen: object = None
) -> HelpArticleEdition:
    """Write the article of a question, or another edition of it, in at least one language.

    Who answers support, with the second factor. A published article says the new words at once. `seen` is the edition
    that was shown (empty: none). InvalidFields names each problem at its field (`enTitle`, `hiText`): one is that the
    words say whose question it was. OwnInterest for one's own question.
    """
    actor.must(Permission.ANSWER_SUPPORT)
    actor.must_prove()
    ticket = _ticket(uow, actor, ticket_id)
    article = _article_of(uow, ticket) or _begin(uow, actor, ticket)
    last = _last(uow, article)
    if seen is not None and str(seen) != (str(last.id) if last else ""):
        raise InvalidFields({"enTitle": FieldProblem("article_moved")})
    read = _read(uow, ticket, words)
    if last is not None and read == last.words:
        return last
    edition = uow.add(
        HelpArticleEdition(id=new_id(), article_id=article.id, words=read, made_at=uow.now, made_by=actor.user_id)
    )
    uow.flush()
    uow.record(HelpArticleWritten(article.id, _title(read)), by=actor)
    return edition


def publish_article(uow: UnitOfWork, *, actor: Actor, ticket_id: UUID) -> HelpArticle:
    """Show the article of a question to everybody; refusals as `write_article`, MoveRefused for one that is shown."""
    actor.must(Permission.ANSWER_SUPPORT)
    actor.must_prove()
    article, title = _written(uow, actor, ticket_id)
    shown = select(col(HelpArticle.id)).where(col(HelpArticle.status) == ArticleStatus.PUBLISHED)
    if len(uow.run(shown.limit(LIMITS.help_articles)).all()) >= LIMITS.help_articles:
        raise InvalidFields({"enTitle": FieldProblem("article_many", most=LIMITS.help_articles)})
    article.move_to(ArticleStatus.PUBLISHED, by=actor, at=uow.now)
    article.published_at = uow.now
    uow.record(HelpArticlePublished(article.id, title), by=actor)
    return article


def withdraw_article(uow: UnitOfWork, *, actor: Actor, ticket_id: UUID) -> HelpArticle:
    """Show the article of a question to nobody any more; it can be published again."""
    actor.must(Permission.ANSWER_SUPPORT)
    actor.must_prove()
    article, title = _written(uow, actor, ticket_id)
    article.move_to(ArticleStatus.WITHDRAWN, by=actor, at=uow.now)
    article.published_at = None
    uow.record(HelpArticleWithdrawn(article.id, title), by=actor)
    return article


def _ticket(uow: UnitOfWork, actor: Actor, ticket_id: UUID) -> SupportTicket:
    """The question, held until the end; OwnInterest for one's own."""
    ticket = uow.lock(SupportTicket, ticket_id)
    if ticket.person_id == actor.user_id:
        raise OwnInterest
    return ticket


def _article_of(uow: UnitOfWork, ticket: SupportTicket) -> HelpArticle | None:
    return uow.first(HelpArticle, HelpArticle.ticket_id == ticket.id, lock=True)


def _begin(uow: UnitOfWork, actor: Actor, ticket: SupportTicket) -> HelpArticle:
    article = uow.add(HelpArticle(id=new_id(), ticket_id=ticket.id, begun_at=uow.now))
    article.begin(by=actor, at=uow.now)
    uow.flush()
    return article


def _last(uow: UnitOfWork, article: HelpArticle) -> HelpArticleEdition | None:
    editions = select(HelpArticleEdition).where(col(HelpArticleEdition.article_id) == article.id)
    found: HelpArticleEdition | None = uow.run(editions.order_by(col(HelpArticleEdition.id).desc()).limit(1)).scalar()
    return found


def _written(uow: UnitOfWork, actor: Actor, ticket_id: UUID) -> tuple[HelpArticle, str]:
    """The article of a question with its title; NotFound before there is one."""
    article = _article_of(uow, _ticket(uow, actor, ticket_id))
    last = _last(uow, article) if article else None
    if article is None or last is None:
        raise NotFound(what="HelpArticle")
    return article, _title(last.words)


def _title(words: Mapping[str, Mapping[str, str]]) -> str:
    return next(words[one]["title"] for one in LANGUAGES if one in words)


def _read(uow: UnitOfWork, ticket: SupportTicket, typed: Typed) -> dict[str, dict[str, str]]:
    """Words as they are kept; InvalidFields names all that is wrong with them at once."""
    form, read = Form(), {}
    person = uow.session.get(User, ticket.person_id) if ticket.person_id else None
    for language in LANGUAGES:
        given = typed.get(language) or {}
        title, text = (str(given.get(part) or "").strip() for part in ("title", "text"))
        if not title and not text:
            continue
        read[language] = {
            "title": form.text(f"{language}Title", title, LIMITS.article_title_length, "article_title"),
            "text": form.text(f"{language}Text", text, LIMITS.article_length, "article_text", lines=True),
        }
        for part, said in read[language].items():
            if person and names_somebody(said, person.name, (person.phone or "", person.email or "")):
                form.problem(f"{language}{part.title()}", "article_personal")
    if not read:
        form.problem("enTitle", "article_nothing")
    form.done()
    return read
