"""IDs that cleaners handed in: their file is sealed, their number is kept only until it was checked (LAW-08)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, LargeBinary, SQLModel

from cleanit_app.domain.statuses import DocumentStatus
from cleanit_app.models.base import HasStatus, counted, id_field, maybe_moment, moment, one_of, status_field


class IdentityDocument(HasStatus, SQLModel, table=True):
    """One ID of one cleaner. The file lies under `file_key`, sealed with key `file_key_id`, until it is dropped."""

    __tablename__ = "identity_documents"
    __table_args__ = (
        one_of("status_known", "status", DocumentStatus),
        CheckConstraint("(file_key IS NULL) = (file_dropped_at IS NOT NULL)", name="file_fact"),
        CheckConstraint("score IS NULL OR score BETWEEN 0 AND 100", name="score_range"),
        CheckConstraint("(status IN ('ACCEPTED','REFUSED')) <= (decided_at IS NOT NULL)", name="decided_fact"),
        Index("ix_identity_documents_cleaner", "cleaner_id", text("id DESC")),
        Index("ix_identity_documents_due", "next_try_at", postgresql_where=text("status = 'WAITING'")),
        Index(
            "ix_identity_documents_drop",
            "id",
            postgresql_where=text("status IN ('REFUSED','REPLACED') AND file_key IS NOT NULL"),
        ),
    )
    kind: ClassVar[str] = "identity_document"
    id: uuid.UUID = id_field()
    cleaner_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    document_kind: str
    status: DocumentStatus = status_field(DocumentStatus, DocumentStatus.WAITING)
    number_locked: bytes | None = Field(default=None, sa_type=LargeBinary)
    number_mask: str
    file_key: str | None = None
    file_key_id: int
    file_hash: bytes = Field(sa_type=LargeBinary, index=True)  # of the picture: the same one from two people is a sign
    file_dropped_at: datetime | None = maybe_moment()
    registered_name: str | None = None
    score: int | None = None
    provider_reference: str | None = None
    tries: int = counted()
    next_try_at: datetime = moment()
    created_at: datetime = moment()
    decided_at: datetime | None = maybe_moment()
    decided_by: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    ground: str | None = None
