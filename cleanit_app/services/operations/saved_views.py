"""Views of a desk's list that an admin keeps under a name of the own: a question and its order (OPS-01)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import FieldProblem, InvalidFields, NotFound
from cleanit_app.models import SavedView, new_id
from cleanit_app.services import input_validation
from cleanit_app.services.locks import NamedLock
from cleanit_app.services.unit_of_work import UnitOfWork


def save_view(uow: UnitOfWork, *, actor: Actor, name: object, question: str) -> SavedView:
    """Keep a question about transactions, as it stands in an address, under a name; the same name is overwritten.

    InvalidFields without a name, or with more views than an admin may keep.
    """
    actor.must(Permission.SEE_FINANCES)
    form = input_validation.Form()
    said = form.text("name", name, LIMITS.view_name_length, "view_name")
    form.done()
    uow.lock_name(NamedLock.VIEWS, str(actor.user_id))
    mine = col(SavedView.admin_id) == actor.user_id
    others = select(func.count()).select_from(SavedView).where(mine, func.lower(SavedView.name) != said.lower())
    if uow.run(others).scalar_one() >= LIMITS.views_of_one:
        raise InvalidFields({"name": FieldProblem("view_many", most=LIMITS.views_of_one)})
    kept = insert(SavedView).values(id=new_id(), admin_id=actor.user_id, name=said, question=question, saved_at=uow.now)
    again = kept.on_conflict_do_update(
        index_elements=[col(SavedView.admin_id), func.lower(col(SavedView.name))],
        set_={"name": said, "question": question, "saved_at": uow.now},
    )
    view_id = uow.run(again.returning(col(SavedView.id))).scalar_one()
    uow.audit(actor, "ViewKept", subject_id=view_id, name=said)
    return uow.get(SavedView, view_id)


def delete_view(uow: UnitOfWork, *, actor: Actor, view_id: UUID) -> None:
    """Keep a view no longer; NotFound for another's."""
    actor.must(Permission.SEE_FINANCES)
    found = uow.first(SavedView, SavedView.id == view_id, SavedView.admin_id == actor.user_id)
    if found is None:
        raise NotFound(what="SavedView")
    uow.audit(actor, "ViewForgotten", subject_id=found.id, name=found.name)
    uow.session.delete(found)
