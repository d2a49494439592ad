"""A new job told to a hundred thousand cleaners: one set-based step, while the relay process does it."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import text

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.events import JobAvailable
from cleanit_app.wiring import Wiring
from tests.bench import town
from tests.bench.report import Report
from tests.support.live import Live

pytestmark = [pytest.mark.bench, pytest.mark.row("NOT-04")]

READERS, SECONDS = 100_000, 10
TOLD = "SELECT count(*) FROM notifications WHERE kind = 'job_available'"


def test_a_new_job_is_told_to_all(measured: Live, report: Report) -> None:
    town.open_jobs(measured.engine, 2)
    with measured.engine.begin() as connection:
        connection.execute(text(town.PEOPLE), {"cleaners": READERS})
        connection.execute(text(town.MAKE_CLEANERS))
        job_id, campaign_id = connection.execute(text("SELECT id, campaign_id FROM jobs LIMIT 1")).one()
    town.tidy(measured.engine)
    parts = Wiring(measured.settings)
    began = time.perf_counter()
    for _ in range(2):  # the second job of the day tells nobody again
        with parts.open_uow() as uow:
            uow.record(JobAvailable(job_id, campaign_id, 95_000), by=SYSTEM)
    told = 0
    while told < READERS and time.perf_counter() - began < 60:
        time.sleep(0.1)
        with measured.engine.connect() as connection:
            told = connection.execute(text(TOLD)).scalar_one()
    took = time.perf_counter() - began
    report.add(f"a new job told to {READERS:,} cleaners", f"{took:.1f} s", f"< {SECONDS} s")
    assert told == READERS
    assert took < SECONDS
