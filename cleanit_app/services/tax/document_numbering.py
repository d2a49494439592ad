"""Numbers of papers: each series counts without a gap, for its counter moves in the paper's own transaction."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from cleanit_app.domain.calendar import financial_year, ist_date
from cleanit_app.models import ReceiptCounter
from cleanit_app.services.unit_of_work import UnitOfWork


def next_number(uow: UnitOfWork, prefix: str, separator: str) -> str:
    """The next number of a series in this financial year, as CF/2627/000123; a rollback gives it back (Rule 46)."""
    series = f"{prefix}{separator}{financial_year(ist_date(uow.now))}"
    table = ReceiptCounter.__table__  # type: ignore[attr-defined]
    first = insert(table).values(series=series, last=1)
    counted = first.on_conflict_do_update(index_elements=["series"], set_={"last": table.c.last + 1})
    return f"{series}{separator}{uow.run(counted.returning(table.c.last)).scalar_one():06d}"
