"""Redis wakes a worker and the relay, with hints only: losing one costs time, never money or news."""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from functools import partial
from typing import cast

import redis
from rq import Queue, Retry
from rq.serializers import DefaultSerializer

log = logging.getLogger(__name__)

OUTBOX_BELL = "cleanit:outbox"
MOST_RINGS = 100
GATHER_SECONDS = 0.04  # nobody sees it, and news that come together are told together
GATHER_WHEN_BUSY = ((25, 0.25), (5, 0.14))
"""When the last pass told at least so many and it rang meanwhile: gather so long. Many changes told in few steps
leave room for more of them."""
_RANG_MEANWHILE_SECONDS = 0.01
RUNG_FOR_SECONDS = 0.02
"""A ring speaks for what is committed in this time after it: who hears it looks only `GATHER_SECONDS` later."""
HINT_WAITS_SECONDS = 30


def waits(job: str) -> str:
    """The key that exists while a hint for a job without arguments waits for its worker, which takes it away."""
    return f"cleanit:waits:{job}"


class RedisQueue:
    """A JobQueue on RQ; jobs are named by text and get ids only."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._rang = -RUNG_FOR_SECONDS

    def enqueue(
        self,
        queue: str,
        job: str,
        *args: str,
        most_seconds: int = 120,
        in_seconds: int = 0,
        request_id: str | None = None,
    ) -> None:
        """Hint that a job should run now, or `in_seconds`; the clock finds it when this is lost.

        It is broken off after `most_seconds`. A job without arguments looks itself for what is due, so one that waits
        does the work of all its hints.
        """
        try:
            if not args and not self._client.set(waits(job), "1", nx=True, ex=HINT_WAITS_SECONDS):
                return
            of_queue = Queue(queue, connection=self._client, serializer=DefaultSerializer)
            enqueue = partial(of_queue.enqueue_in, timedelta(seconds=in_seconds)) if in_seconds else of_queue.enqueue
            enqueue(
                job,
                *args,
                job_timeout=most_seconds,
                result_ttl=60,
                failure_ttl=7 * 86_400,
                retry=Retry(max=2),
                meta={"request_id": request_id} if request_id else None,
            )
        except redis.RedisError:
            log.warning("a hint was lost; the next sweep does it", extra={"queue": queue, "job": job})

    def ring_outbox(self) -> None:
        """Wake the relay: something happened."""
        now = time.monotonic()
        if now - self._rang < RUNG_FOR_SECONDS:
            return
        try:
            if cast(int, self._client.lpush(OUTBOX_BELL, "1")) > MOST_RINGS:  # nobody listens; one ring is enough
                self._client.ltrim(OUTBOX_BELL, 0, 0)
            self._rang = now
        except redis.RedisError:
            log.warning("the outbox bell was lost; the relay looks by itself")

    def wait_for_bell(self, seconds: int, told: int = 0) -> None:
        """Wait until the bell rings or the time is over; rings close to each other count as one.

        `told` is how many events the last pass told. The bell is cleared before the rest is gathered: what rings
        from then on is heard again, and what did not ring, because somebody had just done so, is there by the end.
        """
        began = time.monotonic()
        if not self._client.blpop([OUTBOX_BELL], timeout=seconds):
            return
        busy = told if time.monotonic() - began < _RANG_MEANWHILE_SECONDS else 0
        self._client.delete(OUTBOX_BELL)
        time.sleep(next((long for least, long in GATHER_WHEN_BUSY if busy >= least), GATHER_SECONDS))
