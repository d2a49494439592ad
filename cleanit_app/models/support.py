"""Questions to support: one thread each, its messages and the photos in them (OPS-02)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ARRAY, CheckConstraint, Column, Index, Integer, text
from sqlmodel import Field, LargeBinary, SQLModel

from cleanit_app.domain.statuses import TicketStatus
from cleanit_app.domain.support import Topic
from cleanit_app.models.base import HasStatus, id_field, maybe_moment, moment, one_of, status_field

_OPEN = text("status = 'OPEN'")


class SupportTicket(HasStatus, SQLModel, table=True):
    """One question of somebody with an account, or of who holds its code.

    `due_at` is when we promised to answer; it stands exactly while the question waits for us. `page` is where it was
    asked, the ids beside it what that page showed, as far as it was the asker's to see.
    """

    __tablename__ = "support_tickets"
    __table_args__ = (
        one_of("status_known", "status", TicketStatus),
        CheckConstraint(f"topic IN ({', '.join(repr(one.value) for one in Topic)})", name="topic_known"),
        CheckConstraint("(status = 'OPEN') = (due_at IS NOT NULL)", name="due_fact"),
        CheckConstraint("(status = 'CLOSED') = (closed_at IS NOT NULL)", name="closed_fact"),
        CheckConstraint("(person_id IS NULL) = (code_hash IS NOT NULL)", name="whose"),
        Index("ix_support_tickets_person", "person_id", text("id DESC")),
        Index("ix_support_tickets_due", "due_at", "id", postgresql_where=_OPEN),
        Index("ix_support_tickets_assigned", "assigned_to", "due_at", postgresql_where=_OPEN),
        Index(
            "ix_support_tickets_settled", text("last_at DESC"), text("id DESC"), postgresql_where=text("due_at IS NULL")
        ),
    )
    kind: ClassVar[str] = "support_ticket"
    id: uuid.UUID = id_field()
    person_id: uuid.UUID | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    code_hash: bytes | None = Field(default=None, sa_type=LargeBinary, unique=True)  # keyed; the code is shown once
    topic: str
    language: str = "en"  # which the asker read the page in, for answers that are ready
    page: str = ""
    campaign_id: uuid.UUID | None = Field(default=None, foreign_key="campaigns.id", ondelete="RESTRICT")
    contribution_id: uuid.UUID | None = Field(default=None, foreign_key="contributions.id", ondelete="RESTRICT")
    job_id: uuid.UUID | None = Field(default=None, foreign_key="jobs.id", ondelete="RESTRICT")
    status: TicketStatus = status_field(TicketStatus, TicketStatus.OPEN)
    assigned_to: uuid.UUID | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    opened_at: datetime = moment()
    last_at: datetime = moment()
    due_at: datetime | None = maybe_moment()
    closed_at: datetime | None = maybe_moment()


class SupportMessage(SQLModel, table=True):
    """One message of a thread; rows are only ever added. `internal` ones are between admins alone."""

    __tablename__ = "support_messages"
    __table_args__ = (
        CheckConstraint("by_desk OR NOT internal", name="internal_of_desk"),
        CheckConstraint("NOT by_desk OR author_id IS NOT NULL", name="desk_signs"),
        Index("ix_support_messages_ticket", "ticket_id", "id"),
        Index(
            "uq_support_messages_key",
            "author_id",
            "idempotency_key",
            unique=True,
            postgresql_where=text("idempotency_key IS NOT NULL"),
        ),
    )
    id: uuid.UUID = id_field()
    ticket_id: uuid.UUID = Field(foreign_key="support_tickets.id", ondelete="RESTRICT")
    author_id: uuid.UUID | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    by_desk: bool
    internal: bool = False
    message: str
    idempotency_key: str | None = None
    at: datetime = moment()


class Attachment(SQLModel, table=True):
    """A photo in a message or statement, for its two sides alone; no original is kept, for it proves nothing.

    Without an owner it came from somebody without an account, who sees it with the code of the thread.
    """

    __tablename__ = "attachments"
    __table_args__ = (
        CheckConstraint("num_nonnulls(message_id, statement_id) = 1", name="of_one_message"),
        CheckConstraint("owner_id IS NOT NULL OR message_id IS NOT NULL", name="owner_or_thread"),
        CheckConstraint("1 <= ALL (widths) AND 10000 >= ALL (widths)", name="widths_range"),
        Index("ix_attachments_message", "message_id", "id"),
        Index("ix_attachments_statement", "statement_id", "id"),
    )
    id: uuid.UUID = id_field()
    owner_id: uuid.UUID | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT", index=True)
    message_id: uuid.UUID | None = Field(default=None, foreign_key="support_messages.id", ondelete="RESTRICT")
    statement_id: uuid.UUID | None = Field(default=None, foreign_key="dispute_statements.id", ondelete="RESTRICT")
    base_key: str
    widths: list[int] = Field(sa_column=Column(ARRAY(Integer), nullable=False))
    width: int
    height: int
    received_at: datetime = moment()
