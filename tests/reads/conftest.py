"""A town whose questions go through a reading unit of work; its books are checked at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from cleanit_app.services.books import check_books
from tests.factories import Town

Ask = Callable[..., Any]


@pytest.fixture
def town(db: Engine) -> Iterator[Town]:
    """People, money and work on demand."""
    town = Town(db)
    yield town
    with town.uow() as uow:
        assert check_books(uow) == []


@pytest.fixture
def ask(town: Town) -> Ask:
    """Ask one question in a transaction of its own that must not have changed anything."""

    def asking(question: Callable[..., Any], **values: Any) -> Any:
        with town.uow() as uow:
            answer = question(uow, **values)
            assert not uow.session.new
            assert not uow.session.dirty
            return answer

    return asking
