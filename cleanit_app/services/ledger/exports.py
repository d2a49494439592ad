"""Taking money's lines out of the house as a file: logged, and told to seniors (SEC-10)."""

from __future__ import annotations

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.events import TransactionsExported
from cleanit_app.services.unit_of_work import UnitOfWork


def export_transactions(uow: UnitOfWork, *, actor: Actor, wanted: str) -> None:
    """Note that this admin takes found transactions along; `wanted` says which. Asks for the second factor."""
    actor.must(Permission.SEE_FINANCES)
    actor.must_prove()
    uow.record(TransactionsExported(actor.user_id), by=actor)
    uow.audit(actor, "ExportTransactions", wanted=wanted[:500])
