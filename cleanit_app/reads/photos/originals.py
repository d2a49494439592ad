"""Where the private original of a photo is kept, for the few who may see it."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import NotFound
from cleanit_app.reads.paging import ask
from cleanit_app.services.unit_of_work import UnitOfWork


def original_key(uow: UnitOfWork, *, actor: Actor, photo_id: UUID) -> str:
    """The key of a photo's original for its owner and for who verifies; NotFound for everybody else."""
    actor.must(Permission.MANAGE_SELF)
    sql = """SELECT original_key FROM photos WHERE id = :id AND quarantined_at IS NULL AND erased_at IS NULL
             AND (owner_id = :me OR :checks)"""
    checks = actor.may(Permission.VERIFY_JOBS)
    rows = ask(uow, sql, id=photo_id, me=actor.user_id, checks=checks)
    if not rows:
        raise NotFound(what="Photo")
    return str(rows[0].original_key)
