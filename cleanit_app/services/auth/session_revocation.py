"""How sessions end: signed out, ended from afar, or with what the account hung on (SEC-03)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import NotFound
from cleanit_app.models import Session
from cleanit_app.services.accounts.terms import open_before_terms
from cleanit_app.services.unit_of_work import UnitOfWork


def end_session(uow: UnitOfWork, *, session_id: UUID, reason: str) -> None:
    """End one session: its cookie, its access tokens and its refresh tokens stop working at once."""
    _end(uow, col(Session.id) == session_id, reason=reason)


def end_sessions_of(uow: UnitOfWork, *, user_id: UUID, reason: str, but: UUID | None = None) -> list[UUID]:
    """End every session of a person, or all but one; gives back the ids of those that ended."""
    return _end(uow, col(Session.user_id) == user_id, col(Session.id).is_distinct_from(but), reason=reason)


@open_before_terms
def end_my_session(uow: UnitOfWork, *, actor: Actor, session_id: UUID) -> UUID:
    """End one of one's own sign-ins; NotFound for a stranger's or one that ended. Gives back its id."""
    actor.must(Permission.MANAGE_SELF)
    mine = (col(Session.id) == session_id, col(Session.user_id) == actor.user_id)
    if not _end(uow, *mine, reason="ended by its owner"):
        raise NotFound(what="Session")
    return session_id


@open_before_terms
def end_my_other_sessions(uow: UnitOfWork, *, actor: Actor) -> list[UUID]:
    """End all of one's own sign-ins but the one that asks; gives back their ids."""
    actor.must(Permission.MANAGE_SELF)
    return end_sessions_of(uow, user_id=actor.user_id, reason="ended by its owner", but=actor.session_id)


def _end(uow: UnitOfWork, *which: Any, reason: str) -> list[UUID]:
    open_ones = update(Session).where(*which, col(Session.ended_at).is_(None))
    ended = uow.run(open_ones.values(ended_at=uow.now, end_reason=reason).returning(col(Session.id))).scalars()
    ids = list(ended)
    uow.sessions_ended(ids)
    return ids
