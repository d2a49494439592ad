"""A thread as its two sides read it: who wrote, in which words, with which photos (OPS-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.statuses import TicketStatus
from cleanit_app.domain.support import Topic
from cleanit_app.reads.paging import ask_list
from cleanit_app.services.unit_of_work import UnitOfWork


class Side(StrEnum):
    """Who wrote a message, as seen by both."""

    ASKER = "ASKER"
    DESK = "DESK"


@dataclass(frozen=True)
class AttachedPhoto:
    """A photo in a message; its sizes stand below `/api/attachments/<id>`."""

    id: UUID
    widths: tuple[int, ...]
    width: int
    height: int


@dataclass(frozen=True)
class ThreadMessage:
    """One message; `name` is that of the admin who answered, for people the first name alone. `internal`: a note."""

    id: UUID
    side: Side
    name: str
    internal: bool
    text: str
    at: datetime
    photos: tuple[AttachedPhoto, ...]


@dataclass(frozen=True)
class TicketItem:
    """A question to support; `due_at` is when it is answered at the latest, None while it does not wait for us."""

    id: UUID
    topic: Topic
    status: TicketStatus
    first_words: str
    page: str
    campaign_id: UUID | None
    campaign_title: str
    contribution_id: UUID | None
    job_id: UUID | None
    opened_at: datetime
    last_at: datetime
    due_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True)
class Thread:
    """A question with all that was written, the oldest first."""

    ticket: TicketItem
    messages: tuple[ThreadMessage, ...]


FIRST_WORDS = """left((SELECT m.message FROM support_messages m WHERE m.ticket_id = t.id ORDER BY m.id LIMIT 1), 160)"""
COLUMNS = f"""t.id, t.topic, t.status, {FIRST_WORDS} AS first_words, t.page, t.campaign_id,
      c.title AS campaign_title, t.contribution_id, t.job_id, t.opened_at, t.last_at, t.due_at, t.closed_at"""
TABLES = "support_tickets t LEFT JOIN campaigns c ON c.id = t.campaign_id"
TICKET = f"SELECT {COLUMNS} FROM {TABLES}"
_MESSAGES = """SELECT m.id, m.by_desk, m.internal, m.message, m.at, u.name FROM support_messages m
    LEFT JOIN users u ON u.id = m.author_id WHERE m.ticket_id = :ticket {only} ORDER BY m.id"""
_PHOTOS = """SELECT a.id, a.message_id, a.widths, a.width, a.height FROM attachments a
    JOIN support_messages m ON m.id = a.message_id WHERE m.ticket_id = :ticket {only} ORDER BY a.id"""


def ticket_of(row: Row[Any]) -> TicketItem:
    """The question in a row of `TICKET`."""
    return TicketItem(
        id=row.id,
        topic=Topic(row.topic),
        status=TicketStatus(row.status),
        first_words=row.first_words or "",
        page=row.page,
        campaign_id=row.campaign_id,
        campaign_title=row.campaign_title or "",
        contribution_id=row.contribution_id,
        job_id=row.job_id,
        opened_at=row.opened_at,
        last_at=row.last_at,
        due_at=row.due_at,
        closed_at=row.closed_at,
    )


def messages_of(uow: UnitOfWork, ticket_id: UUID, *, for_desk: bool) -> tuple[ThreadMessage, ...]:
    """What was written in a thread; notes between admins and their whole names are for the desk alone."""
    only = "" if for_desk else "AND NOT m.internal"
    photos: dict[UUID, list[AttachedPhoto]] = {}
    pictures = ask_list(uow, "attachments", _PHOTOS.format(only=only), ticket=ticket_id)
    sent = pictures.read(_photo)
    for message_id, photo in sent:
        photos.setdefault(message_id, []).append(photo)
    rows = ask_list(uow, "support messages", _MESSAGES.format(only=only), ticket=ticket_id)
    return tuple(rows.read(lambda row: _message(row, tuple(photos.get(row.id, ())), for_desk)))


def _photo(row: Row[Any]) -> tuple[UUID, AttachedPhoto]:
    return row.message_id, AttachedPhoto(row.id, tuple(row.widths), row.width, row.height)


def _message(row: Row[Any], photos: tuple[AttachedPhoto, ...], for_desk: bool) -> ThreadMessage:
    side = Side.DESK if row.by_desk else Side.ASKER
    name = row.name or ""
    if not for_desk:
        name = name.split(" ")[0] if row.by_desk else ""
    return ThreadMessage(row.id, side, name, row.internal, row.message, row.at, photos)
