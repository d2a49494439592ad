"""A running Cleanit to measure: durable PostgreSQL, as in production."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cleanit_app.local import postgres
from tests.bench.report import Report
from tests.support.live import Live, running_cleanit

WEB_PROCESSES = 2
"""One for each core of the machine the figures were first made on."""


@pytest.fixture(scope="package")
def report() -> Iterator[Report]:
    """Collects the figures and writes them into the README at the end."""
    made = Report()
    yield made
    if made.lines:
        made.write()


@pytest.fixture(scope="module")
def measured() -> Iterator[Live]:
    """A Cleanit whose PostgreSQL really writes to disk, with two web processes."""
    with running_cleanit(postgres.DURABLE, WEB_PROCESSES) as running:
        yield running
