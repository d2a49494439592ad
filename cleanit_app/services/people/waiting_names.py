"""A name that was asked for and that nobody has looked at yet: ID and bank are compared with it (LAW-03)."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col

from cleanit_app.domain.statuses import NameChangeStatus
from cleanit_app.models import NameChange, User
from cleanit_app.services.unit_of_work import UnitOfWork


def waiting_name(uow: UnitOfWork, user_id: UUID, *, lock: bool = False) -> NameChange | None:
    """The name somebody asked for that nobody has looked at yet; a cleaner is locked before it."""
    waits = (col(NameChange.user_id) == user_id, col(NameChange.status) == NameChangeStatus.WAITING)
    return uow.first(NameChange, *waits, lock=lock)


def name_on_papers(uow: UnitOfWork, user_id: UUID) -> str:
    """The name that a new paper should carry: the one asked for, else the one that counts."""
    waiting = waiting_name(uow, user_id)
    return waiting.new_name if waiting else uow.get(User, user_id).name
