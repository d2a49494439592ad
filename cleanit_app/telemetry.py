"""What a process counts about its own work, in Prometheus' words (MON-01).

The processes of one machine share `PROMETHEUS_MULTIPROC_DIR`, so that any of them can say the figures of all.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import psutil
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

_OURS = CollectorRegistry()
"""Ours alone: what the library tells of Python itself is not told beside them."""
_FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_LONG = (0.05, 0.25, 1.0, 5.0, 15.0, 60.0, 300.0, 1800.0)

_REQUESTS = Histogram(
    "cleanit_request_seconds",
    "Seconds from a request to the end of its answer, by the address as it is written down.",
    ("method", "route", "status"),
    buckets=_FAST,
    registry=_OURS,
)
_PAGE_ACTS = Histogram(
    "cleanit_page_act_seconds",
    "Seconds that a page waited for what it asked or did; `result` is well, refused or failed.",
    ("act", "result"),
    buckets=_FAST,
    registry=_OURS,
)
_JOBS = Histogram(
    "cleanit_job_seconds",
    "Seconds of a job of a worker, start of its process included; `result` is well or failed.",
    ("queue", "job", "result"),
    buckets=_LONG,
    registry=_OURS,
)
_EVENTS = Counter("cleanit_events_told", "Events that the relay has turned into news.", registry=_OURS)
_SOCKETS = Gauge("cleanit_open_sockets", "Tabs that are connected now.", multiprocess_mode="livesum", registry=_OURS)


def request_answered(method: str, route: str, status: int, seconds: float) -> None:
    """Count an answered request; only the class of its status is kept, as `2xx`."""
    _REQUESTS.labels(method, route, f"{status // 100}xx").observe(seconds)


def page_acted(act: str, result: str, seconds: float) -> None:
    """Count what a page asked or did."""
    _PAGE_ACTS.labels(act, result).observe(seconds)


def job_done(queue: str, job: str, well: bool, seconds: float) -> None:
    """Count a job; from the worker itself, for its child is gone before anybody could ask it."""
    _JOBS.labels(queue, job, "well" if well else "failed").observe(seconds)


def events_told(number: int) -> None:
    """Count events that became news."""
    _EVENTS.inc(number)


def socket_opened() -> None:
    """A tab has connected."""
    _SOCKETS.inc()


def socket_closed() -> None:
    """A tab has gone."""
    _SOCKETS.dec()


def registry_of_machine(folder: str) -> CollectorRegistry:
    """The figures of every process that shares `folder`, gone ones' too; of this process alone when there is none."""
    if not folder:
        return _OURS
    for pid in _pids(folder):
        if not psutil.pid_exists(pid):
            mark_process_dead(pid, folder)  # type: ignore[no-untyped-call]  # their maker gave it no types
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]  # their maker gave it no types
    return registry


def memory_of_machine(folder: str) -> int:
    """Bytes that the processes which share `folder` hold in memory now; this one's alone when there is none."""
    held = 0
    for pid in _pids(folder) or {os.getpid()}:
        with suppress(psutil.NoSuchProcess):
            held += psutil.Process(pid).memory_info().rss
    return held


def _pids(folder: str) -> set[int]:
    """Of whom there are figures: each process writes files of its own, `histogram_7.db`."""
    return {int(file.stem.rpartition("_")[2]) for file in Path(folder).glob("*_*.db")} if folder else set()
