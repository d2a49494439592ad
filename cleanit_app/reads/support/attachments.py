"""Who may see a photo in a thread: who asked, and who answers (OPS-02)."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import NotFound
from cleanit_app.reads.paging import ask
from cleanit_app.services.unit_of_work import UnitOfWork

_PHOTO = """SELECT a.base_key, a.widths FROM attachments a
    JOIN support_messages m ON m.id = a.message_id JOIN support_tickets t ON t.id = m.ticket_id
    WHERE a.id = :id AND (:answers OR (t.person_id = :me AND NOT m.internal))"""


def attachment_key(uow: UnitOfWork, *, actor: Actor, photo_id: UUID, width: int) -> str:
    """The key of one size of a photo for its two sides; NotFound for everybody else and for another width."""
    actor.must(Permission.MANAGE_SELF)
    rows = ask(uow, _PHOTO, id=photo_id, me=actor.user_id, answers=actor.may(Permission.ANSWER_SUPPORT))
    if not rows or width not in rows[0].widths:
        raise NotFound(what="Attachment")
    return f"{rows[0].base_key}/{width}.webp"
