"""The clock: crons in Indian time, nothing forgotten, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import crontab
import pytest
from redis import Redis
from rq import Queue
from rq.job import JobStatus, Retry

from cleanit_app import process_heartbeats
from workers.queues import IN_ORDER, MONEY
from workers.schedule import SCHEDULE, Scheduled, daily_at, hourly_at
from workers.scheduler import TableScheduler
from workers.worker import load_jobs, make_worker

INDIA = ZoneInfo("Asia/Kolkata")
LATER = Scheduled("later", "workers.jobs.operations.beat", daily_at("10:00"), MONEY, "a test", "nothing", ("money",))


@pytest.fixture
def redis(valkey_url: str) -> Iterator[Redis]:
    """An empty Valkey."""
    with Redis.from_url(valkey_url) as client:
        yield client


@pytest.mark.parametrize(
    ("cron", "india"),
    [(daily_at("10:00"), "10:00"), (daily_at("00:00"), "00:00"), (daily_at("05:29"), "05:29"), (hourly_at(5), ":05")],
)
def test_crons_fire_at_the_indian_time_they_were_made_from(cron: str, india: str) -> None:
    now = datetime(2026, 3, 31, 20, 0, tzinfo=UTC)
    fires = now + timedelta(seconds=crontab.CronTab(cron).next(now.replace(tzinfo=None), default_utc=True))
    assert fires.astimezone(INDIA).strftime("%H:%M").endswith(india)


def test_every_entry_has_its_reason_and_its_queue() -> None:
    assert len({entry.id for entry in SCHEDULE}) == len(SCHEDULE)
    for entry in SCHEDULE:
        assert entry.queue in IN_ORDER, entry.name
        assert entry.why.endswith("."), entry.name
        assert entry.when_missed.endswith("."), entry.name


def test_every_scheduled_job_exists() -> None:
    load_jobs()
    for entry in SCHEDULE:
        module, _, name = entry.job.rpartition(".")
        assert callable(getattr(__import__(module, fromlist=[name]), name)), entry.job


def due_times(redis: Redis) -> dict[bytes, float]:
    """What waits, and when it is due."""
    return dict(redis.zrange(TableScheduler.scheduled_jobs_key, 0, -1, withscores=True))


def test_a_restart_keeps_the_due_time_so_an_overdue_run_still_happens(redis: Redis) -> None:
    TableScheduler(redis, [LATER]).restore()
    redis.zadd(TableScheduler.scheduled_jobs_key, {LATER.id: 1.0})
    TableScheduler(redis, [LATER]).restore()
    assert due_times(redis) == {LATER.id.encode(): 1.0}
    TableScheduler(redis, [LATER]).enqueue_jobs()
    assert Queue(MONEY, connection=redis).job_ids == [LATER.id]


def test_an_emptied_redis_gets_its_schedule_back(redis: Redis) -> None:
    clock = TableScheduler(redis, [LATER])
    clock.enqueue_jobs()
    redis.flushall()
    clock.enqueue_jobs()
    assert list(due_times(redis)) == [LATER.id.encode()]


def test_an_entry_whose_job_was_lost_is_restored(redis: Redis) -> None:
    clock = TableScheduler(redis, [LATER])
    clock.restore()
    redis.delete(f"rq:job:{LATER.id}")
    clock.restore()
    assert next(iter(clock.get_jobs())).args == (LATER.name,)


def test_entries_that_left_the_table_leave_redis(redis: Redis) -> None:
    TableScheduler(redis, [LATER]).restore()
    TableScheduler(redis, []).restore()
    assert due_times(redis) == {}


def test_two_clocks_dispatch_a_due_job_once(redis: Redis) -> None:
    first, second = TableScheduler(redis, [LATER]), TableScheduler(redis, [LATER])
    first.restore()
    redis.zadd(TableScheduler.scheduled_jobs_key, {LATER.id: 1.0})
    first.enqueue_jobs()
    second.enqueue_jobs()
    assert Queue(MONEY, connection=redis).job_ids == [LATER.id]


def test_a_retry_that_waits_is_dispatched_by_the_clock(redis: Redis) -> None:
    queue = Queue(MONEY, connection=redis)
    job = queue.enqueue("workers.no_such_module.run", retry=Retry(max=1, interval=[1]))
    make_worker(redis, MONEY).work(burst=True, logging_level="CRITICAL")
    assert job.get_status() == JobStatus.SCHEDULED
    clock = TableScheduler(redis, [])
    registry = queue.scheduled_job_registry
    redis.zadd(registry.key, {job.id: 1})
    clock.enqueue_jobs()
    assert job.get_status() == JobStatus.QUEUED


@pytest.mark.row("MON-06")
def test_a_beat_through_the_queue_is_a_sign_of_life(redis: Redis) -> None:
    assert process_heartbeats.missing(redis, (MONEY,)) == [MONEY]
    Queue(MONEY, connection=redis).enqueue("workers.jobs.operations.beat", MONEY)
    make_worker(redis, MONEY).work(burst=True, logging_level="CRITICAL")
    assert process_heartbeats.missing(redis, (MONEY,)) == []
