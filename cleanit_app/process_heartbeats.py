"""Signs of life in Redis: whether somebody does the work of a part, and which processes live (MON-06, SCL-04)."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psutil
from redis import Redis

QUEUES = ("money", "notify", "default")
SCHEDULER = "scheduler"
RELAY = "relay"
WEB = "web"
PARTS = (WEB, *QUEUES, RELAY, SCHEDULER)
LASTS_SECONDS = 180
"""Three missed minutes, and /health says that the part is down."""

SILENT_SECONDS = 75
"""Each process says every 45 seconds or oftener that it lives; who has not for so long is dead."""
_KEPT_SECONDS = 86_400
_PROCESSES = "cleanit:processes"


@dataclass(frozen=True)
class Process:
    """One process of a part on one machine; `born` and `seen` in seconds since 1970."""

    part: str
    host: str
    pid: int
    born: float
    seen: float


def live(redis: Redis, part: str, pid: int | None = None) -> None:
    """Say that this process, or another of this machine, lives."""
    pid = pid or os.getpid()
    redis.hset(_PROCESSES, _name(part, pid), f"{psutil.Process(pid).create_time():.2f} {time.time():.2f}")


def leave(redis: Redis, part: str, pid: int | None = None) -> None:
    """Say that this process, or another of this machine, ends as it should: nobody misses it."""
    redis.hdel(_PROCESSES, _name(part, pid or os.getpid()))


def processes(redis: Redis) -> list[Process]:
    """Every process that has not left, the dead of the last day as well."""
    known: Any = redis.hgetall(_PROCESSES)
    found = [_read(name.decode(), moments.decode()) for name, moments in known.items()]
    old = [_name(one.part, one.pid, one.host) for one in found if one.seen < time.time() - _KEPT_SECONDS]
    if old:
        redis.hdel(_PROCESSES, *old)
    return sorted((one for one in found if _name(one.part, one.pid, one.host) not in old), key=lambda one: one.born)


def dead(known: Sequence[Process], now: float | None = None) -> list[Process]:
    """Those that fell silent and in whose place no other was started on their machine."""
    now = time.time() if now is None else now
    silent = [one for one in known if one.seen < now - SILENT_SECONDS]
    others = [one for one in known if one not in silent]
    left = []
    for one in sorted(silent, key=lambda one: one.seen):
        instead = next((o for o in others if (o.part, o.host) == (one.part, one.host) and o.born > one.seen), None)
        if instead is None:
            left.append(one)
        else:
            others.remove(instead)
    return left


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


def _name(part: str, pid: int, host: str = "") -> str:
    return f"{part} {host or socket.gethostname()} {pid}"


def _read(name: str, moments: str) -> Process:
    part, host, pid = name.rsplit(" ", 2)
    born, seen = moments.split()
    return Process(part, host, int(pid), float(born), float(seen))
