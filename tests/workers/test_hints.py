"""Hints: one that waits does the work of many, and what comes after it began needs another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from redis import Redis
from rq import Queue, get_current_job

from cleanit_app.adapters.redis_queue import RedisQueue
from workers.queues import MONEY
from workers.worker import make_worker

LOOK, SEND = f"{__name__}.look", f"{__name__}.send"
LOOKS = "looks"


def look() -> None:
    """A job that finds out by itself what is due; the first time something more becomes due meanwhile."""
    redis = get_current_job().connection
    if redis.incr(LOOKS) == 1:
        RedisQueue(redis).enqueue(MONEY, LOOK)


def send(what: str) -> None:
    """A job about one thing."""
    get_current_job().connection.rpush("sent", what)


@pytest.fixture
def redis(valkey_url: str) -> Iterator[Redis]:
    """An empty Valkey."""
    with Redis.from_url(valkey_url) as client:
        yield client


def test_many_hints_to_look_are_one_look(redis: Redis) -> None:
    hints = RedisQueue(redis)
    for _ in range(100):
        hints.enqueue(MONEY, LOOK)
    for what in "ab":
        hints.enqueue(MONEY, SEND, what)
    assert Queue(MONEY, connection=redis).count == 3
    make_worker(redis, MONEY).work(burst=True, logging_level="CRITICAL")
    assert redis.get(LOOKS) == b"2"  # the second was asked for while the first was at work
    assert redis.lrange("sent", 0, -1) == [b"a", b"b"]


def test_a_hint_that_was_lost_with_its_worker_does_not_silence_the_next_for_long(redis: Redis) -> None:
    hints = RedisQueue(redis)
    hints.enqueue(MONEY, LOOK)
    redis.delete(f"rq:queue:{MONEY}")
    (waits,) = redis.keys("cleanit:waits:*")
    assert 0 < redis.ttl(waits) <= 30
    redis.delete(waits)  # its time is over
    hints.enqueue(MONEY, LOOK)
    assert Queue(MONEY, connection=redis).count == 1
