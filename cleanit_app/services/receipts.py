"""Receipts: gapless numbers, and a page that a person can keep (PAY-02, PAY-10)."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from cleanit_app.domain import rules
from cleanit_app.models import ReceiptCounter
from cleanit_app.services.unit_of_work import UnitOfWork


def next_receipt_number(uow: UnitOfWork) -> str:
    """The next receipt number of the financial year, like CL-2627-000123; a rollback gives it back."""
    year = rules.financial_year(rules.ist_date(uow.now))
    table = ReceiptCounter.__table__  # type: ignore[attr-defined]
    statement = insert(table).values(series=f"CL-{year}", last=1)
    counted = statement.on_conflict_do_update(index_elements=["series"], set_={"last": table.c.last + 1}).returning(
        table.c.last
    )
    return f"CL-{year}-{uow.run(counted).scalar_one():06d}"
