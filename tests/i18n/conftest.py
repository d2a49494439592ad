"""A town on its own database, whose books are checked when the test ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from cleanit_app.services.books import check_books
from tests.factories import Town


@pytest.fixture
def town(db: Engine) -> Iterator[Town]:
    """People, money and work on demand; at the end the books must be right."""
    town = Town(db)
    yield town
    with town.uow() as uow:
        assert check_books(uow) == []
