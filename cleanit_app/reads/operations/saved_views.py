"""The views of a desk's list that an admin keeps (OPS-01)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.reads.paging import ask_list
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class OwnView:
    """A view by its name; `question` is what stands after the question mark of its address."""

    id: UUID
    name: str
    question: str


def own_views(uow: UnitOfWork, *, actor: Actor) -> list[OwnView]:
    """The views that this admin keeps, by name; there are few."""
    actor.must(Permission.SEE_FINANCES)
    rows = ask_list(
        uow,
        "saved views",
        "SELECT id, name, question FROM saved_views WHERE admin_id = :me ORDER BY lower(name), id",
        me=actor.user_id,
    )
    return rows.read(lambda r: OwnView(r.id, r.name, r.question))
