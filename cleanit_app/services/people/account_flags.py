"""What compliance does with an account that was flagged (VER-05), and what admins note about people and things."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import FieldProblem, InvalidFields, OwnInterest
from cleanit_app.models import Cleaner, DeskNote, User, new_id
from cleanit_app.services import input_validation
from cleanit_app.services.unit_of_work import UnitOfWork


def put_flag_away(uow: UnitOfWork, *, actor: Actor, user_id: UUID, reason: object) -> Cleaner:
    """Say that a flagged account was looked at, with what was found; the next rejection flags it again (VER-05).

    Nobody looks at the own account (OwnInterest). A flag that is away already stays so: nothing is written twice.
    """
    actor.must(Permission.MANAGE_KYC)
    if user_id == actor.user_id:
        raise OwnInterest
    cleaner = uow.lock(Cleaner, user_id)
    why = _text("reason", reason)
    if cleaner.flagged_for_review_at is not None:
        cleaner.flagged_for_review_at = None
        _write(uow, actor, user_id, why)
        uow.audit(actor, "FlagPutAway", subject_id=user_id, reason=why)
    return cleaner


def note_about_person(uow: UnitOfWork, *, actor: Actor, user_id: UUID, note: object) -> DeskNote:
    """Write something down about a person that colleagues should know; the person never reads it (OPS-01)."""
    if not actor.may(Permission.MANAGE_KYC):
        actor.must(Permission.MANAGE_PEOPLE)
    uow.get(User, user_id)
    uow.audit(actor, "NoteWritten", subject_id=user_id)
    return _write(uow, actor, user_id, _text("note", note))


def _write(uow: UnitOfWork, actor: Actor, subject_id: UUID, note: str) -> DeskNote:
    return uow.add(DeskNote(id=new_id(), subject_id=subject_id, author_id=actor.user_id, note=note, at=uow.now))


def _text(field: str, typed: object) -> str:
    said = input_validation.said(field, typed, LIMITS.desk_note_length[1], lines=True)
    if not said:
        raise InvalidFields({field: FieldProblem(f"{field}_missing")})
    return said
