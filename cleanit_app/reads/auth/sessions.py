"""Where I am signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.reads.paging import ask_list
from cleanit_app.services.unit_of_work import UnitOfWork

MOST_SHOWN = 100


@dataclass(frozen=True)
class SessionItem:
    """One sign-in that is still open; `here` is the one that asks."""

    id: UUID
    browser: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    here: bool


def my_sessions(uow: UnitOfWork, *, actor: Actor) -> tuple[SessionItem, ...]:
    """My open sign-ins, newest first (SEC-03)."""
    actor.must(Permission.MANAGE_SELF)
    rows = ask_list(
        uow,
        "my sessions",
        """SELECT id, user_agent, address, created_at, coalesce(last_seen_at, created_at) AS seen FROM sessions
           WHERE user_id = :me AND ended_at IS NULL AND expires_at > :now ORDER BY id DESC LIMIT :most""",
        me=actor.user_id,
        now=uow.now,
        most=MOST_SHOWN,
    )
    return tuple(
        rows.read(lambda r: SessionItem(r.id, r.user_agent, r.address, r.created_at, r.seen, r.id == actor.session_id))
    )
