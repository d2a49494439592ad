"""Who may see a photo in a thread or dispute: its sides, and who answers or decides (OPS-02, OPS-03)."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.disputes import questions_of
from cleanit_app.domain.errors import NotFound
from cleanit_app.reads.paging import ask
from cleanit_app.services.unit_of_work import UnitOfWork

_PHOTO = """SELECT a.base_key, a.widths FROM attachments a
    LEFT JOIN support_messages m ON m.id = a.message_id LEFT JOIN support_tickets t ON t.id = m.ticket_id
    LEFT JOIN dispute_statements s ON s.id = a.statement_id LEFT JOIN disputes d ON d.id = s.dispute_id
    WHERE a.id = :id AND (
      (t.id IS NOT NULL AND (:answers OR (t.person_id = :me AND NOT m.internal)))
      OR :me IN (d.raised_by, d.other_id) OR d.about = ANY(CAST(:decides AS text[])))"""


def attachment_key(uow: UnitOfWork, *, actor: Actor, photo_id: UUID, width: int) -> str:
    """The key of one size of a photo for its two sides; NotFound for everybody else and for another width."""
    actor.must(Permission.MANAGE_SELF)
    decides = [about.value for about in questions_of(actor.permissions)]
    answers = actor.may(Permission.ANSWER_SUPPORT)
    rows = ask(uow, _PHOTO, id=photo_id, me=actor.user_id, answers=answers, decides=decides)
    if not rows or width not in rows[0].widths:
        raise NotFound(what="Attachment")
    return f"{rows[0].base_key}/{width}.webp"


_OF_GUEST = """SELECT a.base_key, a.widths FROM attachments a JOIN support_messages m ON m.id = a.message_id
    JOIN support_tickets t ON t.id = m.ticket_id WHERE a.id = :id AND t.person_id IS NULL AND NOT m.internal"""


def guest_attachment_key(uow: UnitOfWork, *, actor: Actor, photo_id: UUID, width: int) -> str:
    """The key of one size of a photo in a thread without an account; NotFound for others, notes of admins among them.

    The link is the permission, whoever is signed in: its caller has just checked that it is ours, and it was given to
    who had shown the code.
    """
    del actor
    rows = ask(uow, _OF_GUEST, id=photo_id)
    if not rows or width not in rows[0].widths:
        raise NotFound(what="Attachment")
    return f"{rows[0].base_key}/{width}.webp"
