"""Numbers of papers: each series counts without a gap, for its counter moves in the paper's own transaction.

The year of a number is that of what the paper is about: money that was paid on 31 March and heard of in April takes
the next number of the old year, whose series goes on as long as something of it comes late. So within a series
numbers follow the order of booking, and the date on the paper is the day of the thing itself.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from cleanit_app.domain.calendar import financial_year, ist_date
from cleanit_app.models import ReceiptCounter
from cleanit_app.services.unit_of_work import UnitOfWork


def next_number(uow: UnitOfWork, prefix: str, separator: str, *, of: datetime) -> str:
    """The next number of a series in the financial year of a moment, as CF/2627/000123; a rollback gives it back.

    `of` is when the thing itself happened in law (Rule 46), never merely when we heard of it.
    """
    series = f"{prefix}{separator}{financial_year(ist_date(of))}"
    table = ReceiptCounter.__table__  # type: ignore[attr-defined]  # SQLModel does not type it
    first = insert(table).values(series=series, last=1)
    counted = first.on_conflict_do_update(index_elements=["series"], set_={"last": table.c.last + 1})
    return f"{series}{separator}{uow.run(counted.returning(table.c.last)).scalar_one():06d}"
