"""Messages of the provider after Redis forgot every hint: how many a second one worker works on."""

from __future__ import annotations

import time

import pytest
from redis import Redis

from cleanit_app.adapters.redis_queue import RedisQueue
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.bench.report import Report
from tests.factories import Town
from tests.support.messages import fill
from tests.workers.test_messages import waiting
from workers.queues import MONEY
from workers.worker import make_worker

MESSAGES, FEWEST_A_SECOND = 480, 50


@pytest.mark.bench
@pytest.mark.row("PAY-01")
def test_messages_a_second(
    town: Town, settings: Settings, valkey_url: str, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a worker's fork as in production; the database is the tests' own, which does not wait for a disk."""
    parts = Wiring(settings)
    parts.clock = town.clock
    monkeypatch.setattr("workers.jobs.webhooks.wiring", lambda: parts)
    client = Redis.from_url(valkey_url)
    fill(town, MESSAGES)
    client.flushall()
    RedisQueue(client).enqueue(MONEY, "workers.jobs.webhooks.work_webhooks")
    began = time.monotonic()
    make_worker(client, MONEY).work(burst=True, logging_level="CRITICAL")
    took = time.monotonic() - began
    assert waiting(town) == 0
    report.add("messages a second after FLUSHALL, one worker", f"{MESSAGES / took:.0f}", f"≥ {FEWEST_A_SECOND}")
    assert MESSAGES / took >= FEWEST_A_SECOND
