"""A Cleanit without pages: a town, and jobs that run as a worker would run them."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.factories import Town
from tests.support.books import assert_books_are_right
from workers.worker import load_jobs


@pytest.fixture(autouse=True)
def _signals_stay_with_the_test_runner() -> Iterator[None]:
    """A worker in this process keeps SIGINT and SIGTERM for itself; afterwards they end the tests again."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.fixture
def town(db: Engine) -> Iterator[Town]:
    """People, money and work on demand; the books are right at the end."""
    yield Town(db)
    assert_books_are_right(db)


@pytest.fixture
def parts(settings: Settings, town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wiring]:
    """The parts that every job of `workers.jobs` gets; their clock is the town's."""
    made = Wiring(settings)
    made.clock = town.clock  # type: ignore[misc]  # a cached value, set before it is asked for
    for module in load_jobs():
        if hasattr(module, "wiring"):
            monkeypatch.setattr(module, "wiring", lambda: made)
    yield made
    made.engine.dispose()
