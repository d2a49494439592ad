"""The outbox's bell: many changes ring once, and none of them is passed over."""

from __future__ import annotations

import threading
import time

import pytest
from redis import Redis

from cleanit_app.adapters.redis_queue import GATHER_SECONDS, OUTBOX_BELL, RUNG_FOR_SECONDS, RedisQueue

pytestmark = pytest.mark.row("NOT-01")


def test_what_happens_right_after_a_ring_needs_no_ring_of_its_own(valkey_url: str) -> None:
    client = Redis.from_url(valkey_url)
    queue = RedisQueue(client)
    for _ in range(50):
        queue.ring_outbox()
    assert client.llen(OUTBOX_BELL) <= 2
    time.sleep(RUNG_FOR_SECONDS * 1.5)
    before = int(client.llen(OUTBOX_BELL))
    queue.ring_outbox()
    assert client.llen(OUTBOX_BELL) == before + 1


def test_whatever_is_committed_beside_a_ring_is_there_when_the_relay_looks(valkey_url: str) -> None:
    client = Redis.from_url(valkey_url)
    web, relay = RedisQueue(client), RedisQueue(client)
    committed: list[float] = []
    looked: list[float] = []
    over = threading.Event()

    def change() -> None:
        while not over.is_set():
            committed.append(time.monotonic())
            web.ring_outbox()
            time.sleep(0.003)

    def look() -> None:
        while not over.is_set():
            looked.append(time.monotonic())
            relay.wait_for_bell(2)

    threads = [threading.Thread(target=change), threading.Thread(target=look)]
    for thread in threads:
        thread.start()
    time.sleep(3)
    over.set()
    for thread in threads:
        thread.join()
    # Nothing waited for the look of every two seconds: each change was seen by a look soon after it.
    waits = [min((at - one for at in looked if at >= one), default=0) for one in committed[:-100]]
    assert max(waits) < GATHER_SECONDS + RUNG_FOR_SECONDS + 1


def test_a_busy_relay_gathers_longer(valkey_url: str) -> None:
    queue = RedisQueue(Redis.from_url(valkey_url))
    queue.ring_outbox()
    began = time.monotonic()
    queue.wait_for_bell(2, told=30)
    assert 0.2 < time.monotonic() - began < 1.5


def test_many_changes_after_a_rest_are_told_as_soon_as_one(valkey_url: str) -> None:
    queue, ringing = RedisQueue(Redis.from_url(valkey_url)), RedisQueue(Redis.from_url(valkey_url))
    threading.Timer(0.3, ringing.ring_outbox).start()
    began = time.monotonic()
    queue.wait_for_bell(2, told=30)
    assert 0.3 < time.monotonic() - began < 0.45
