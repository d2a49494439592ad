"""Taking one's data with one (LAW-01)."""

from __future__ import annotations

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.events import DataExported
from cleanit_app.models import DataRequest
from cleanit_app.services.accounts.erasure_requests import DONE, EXPORT
from cleanit_app.services.accounts.terms import open_before_terms
from cleanit_app.services.unit_of_work import UnitOfWork


@open_before_terms
def take_my_data(uow: UnitOfWork, *, actor: Actor) -> None:
    """Note that I take a copy of all that is kept about me (`reads.people.data_export`); I and seniors hear (SEC-10).

    ConfirmFirst unless the password was just typed: who finds an open tab must not get all of it at once.
    """
    actor.must(Permission.MANAGE_SELF)
    actor.must_be_fresh()
    uow.add(DataRequest(user_id=actor.user_id, kind=EXPORT, asked_at=uow.now, ended_at=uow.now, outcome=DONE))
    uow.record(DataExported(actor.user_id), by=actor)
