"""Signs of life in Redis, one per worker and one for the scheduler (MON-06)."""

from __future__ import annotations

import os

from redis import Redis

LASTS_SECONDS = 180
"""Three missed minutes, and /health says that the part is down."""

SCHEDULER = "scheduler"


def beat(redis: Redis, part: str) -> None:
    """Say that this process does the work of `part` (a queue's name or SCHEDULER)."""
    redis.set(key(part), os.getpid(), ex=LASTS_SECONDS)


def key(part: str) -> str:
    """Where a part's sign of life is kept; its value is a process id."""
    return f"cleanit:heartbeat:{part}"
