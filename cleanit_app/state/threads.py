"""A thread and its questions as pages show them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cleanit_app import routes
from cleanit_app.domain.statuses import TicketStatus
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import ago, day_time
from cleanit_app.reads.support.threads import Side, ThreadMessage, TicketItem

_ARTICLE = re.compile(routes.help_article(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}") + r"(?![0-9A-Za-z-])")


def help_articles_in(text: str) -> list[str]:
    """The addresses of help articles that a text names, each once, in their order."""
    return list(dict.fromkeys(_ARTICLE.findall(text)))


@dataclass(frozen=True)
class MessageView:
    """One message; `photos` are addresses without their width, `articles` those of help that it leads to."""

    id: str
    who: str
    when: str
    text: str
    mine: bool
    internal: bool
    photos: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class TicketView:
    """A question in a list; `due` says until when it is answered, or how it stands."""

    id: str
    href: str
    topic: str
    status: str
    words: str
    due: str
    late: bool
    when: str


def message_view(
    one: ThreadMessage, now: datetime, *, mine: Side, address: Callable[[UUID], str] = routes.attachment
) -> MessageView:
    """A message for whoever stands on the side `mine`; `address` says where its photos are for them."""
    return MessageView(
        id=str(one.id),
        who=_who(one, mine),
        when=day_time(one.at, now),
        text=one.text,
        mine=one.side is mine,
        internal=one.internal,
        photos=[address(photo.id) for photo in one.photos],
        articles=help_articles_in(one.text),
    )


def _who(one: ThreadMessage, mine: Side) -> str:
    if one.side is Side.DESK:
        return say("support.desk", name=one.name) if one.name else say("support.desk_nameless")
    return say("support.you") if mine is Side.ASKER else one.name or say("support.guest")


def ticket_view(one: TicketItem, now: datetime, *, href: str) -> TicketView:
    """A question in a list, for either side."""
    return TicketView(
        id=str(one.id),
        href=href,
        topic=say(f"support.topic.{one.topic.value}"),
        status=one.status.value,
        words=one.first_words,
        due=due_line(one, now),
        late=is_late(one, now),
        when=ago(one.last_at, now),
    )


def is_late(one: TicketItem, now: datetime) -> bool:
    """Whether it has waited longer than we promise."""
    return one.due_at is not None and one.due_at < now


def due_line(one: TicketItem, now: datetime) -> str:
    """The clock that both sides see."""
    if one.due_at is None:
        return say("support.closed" if one.status is TicketStatus.CLOSED else "support.answered")
    return say("support.overdue" if one.due_at < now else "support.due", when=day_time(one.due_at, now))
