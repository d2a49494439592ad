"""The nightly look at the books: kept, one row a day, and told to finance when a rule does not hold."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.calendar import ist_date
from cleanit_app.domain.events import BooksWrong, ReconciliationLate
from cleanit_app.models import CheckRun, new_id
from cleanit_app.services.ledger.document_invariants import WATCHES
from cleanit_app.services.ledger.invariants import CHECKS, BrokenBook, check_books
from cleanit_app.services.notifications.alerts import now_wrong
from cleanit_app.services.unit_of_work import UnitOfWork

RULES = (*CHECKS, *WATCHES)
NIGHTLY_SECONDS = 600
"""One question of the night may take so long; what people wait for is broken off after seconds."""
LATE = "RECONCILIATION_LATE"
LAST = text("SELECT coalesce(max(finished_at), min(started_at)) FROM check_runs WHERE kind = 'RECONCILIATION'")


def keep_book_check(uow: UnitOfWork) -> list[BrokenBook]:
    """Check every rule and keep the result as today's; finance hears when something is wrong (issue 3, B3)."""
    uow.take_time(NIGHTLY_SECONDS)
    broken = check_books(uow, watch=True)
    result = {
        "started_at": uow.now,
        "finished_at": uow.now,
        "checked": len(RULES),
        "problems": len(broken),
        "report": {one.name: list(one.subjects) for one in broken},
    }
    table = CheckRun.__table__  # type: ignore[attr-defined]  # SQLModel does not type it
    row = insert(table).values(id=new_id(), kind="BOOKS", day_on=ist_date(uow.now), **result)
    kept = row.on_conflict_do_update(index_elements=["kind", "day_on"], set_=result).returning(table.c.id)
    run_id = uow.run(kept).scalar_one()
    if broken:
        uow.record(BooksWrong(run_id, len(broken)), by=SYSTEM)
    return broken


def watch_reconciliation(uow: UnitOfWork) -> bool:
    """Tell finance once when both books were not compared for more than 36 hours (PAY-13); whether it did.

    A comparison that never came to its end counts from when it was first tried.
    """
    last = uow.run(LAST).scalar()
    age = uow.now - last if last else timedelta()
    late = age > LIMITS.reconciled_at_least_every
    told = bool(now_wrong(uow, kind=LATE, subjects=[""] if late else []))
    if told:
        uow.record(ReconciliationLate(age // timedelta(hours=1)), by=SYSTEM)
    return told
