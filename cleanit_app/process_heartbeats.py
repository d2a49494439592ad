"""Signs of life in Redis, one per process that works outside requests (MON-06)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from redis import Redis

QUEUES = ("money", "notify", "default")
SCHEDULER = "scheduler"
RELAY = "relay"
LASTS_SECONDS = 180
"""Three missed minutes, and /health says that the part is down."""


def beat(redis: Redis, part: str, pid: int | None = None) -> None:
    """Say that this process, or another, does the work of `part` (a queue's name, SCHEDULER or RELAY)."""
    redis.set(_key(part), pid or os.getpid(), ex=LASTS_SECONDS)


def pid_of(redis: Redis, part: str) -> int:
    """The process id that last did the work of `part`, or 0 when nobody has for a while."""
    return int(redis.get(_key(part)) or 0)  # type: ignore[arg-type]  # a sync client's answer


def missing(redis: Redis, parts: Sequence[str] = (*QUEUES, SCHEDULER, RELAY)) -> list[str]:
    """The parts that nobody has done the work of for a while."""
    seen: Any = redis.mget([_key(part) for part in parts])
    return [part for part, pid in zip(parts, seen, strict=True) if not pid]


def _key(part: str) -> str:
    return f"cleanit:heartbeat:{part}"
