"""The check of the ledger after a test that moved money."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine

from cleanit_app.services.ledger.invariants import check_books
from cleanit_app.services.unit_of_work import unit_of_work


def assert_books_are_right(engine: Engine) -> None:
    """Fail with a sentence for each rule of the books that this database breaks."""
    with unit_of_work(engine, datetime.now(UTC)) as uow:
        broken = check_books(uow)
    assert broken == [], broken
