"""A Cleanit without pages: jobs that run as a worker would run them."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _signals_stay_with_the_test_runner() -> Iterator[None]:
    """A worker in this process keeps SIGINT and SIGTERM for itself; afterwards they end the tests again."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)
