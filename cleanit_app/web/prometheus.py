"""GET /metrics: what Prometheus reads, for who shows the token alone; without anybody's words or ids (MON-01)."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Header
from fastapi.responses import PlainTextResponse, Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.job import Job
from sqlalchemy.exc import SQLAlchemyError

from cleanit_app import telemetry
from cleanit_app.process_heartbeats import PARTS, QUEUES, RELAY, SCHEDULER, dead, missing, processes
from cleanit_app.reads.operations.gauges import Gauge, gauges
from cleanit_app.wiring import Wiring, wiring

log = logging.getLogger(__name__)
router = APIRouter()


@router.get("/metrics", include_in_schema=False)
def show_figures(authorization: Annotated[str | None, Header()] = None) -> Response:
    """The figures of every process of this machine and of the house; 404 to whoever does not show METRICS_TOKEN."""
    parts = wiring()
    wanted = f"Bearer {parts.settings.metrics_token}".encode()
    if not parts.settings.metrics_token or not hmac.compare_digest(wanted, (authorization or "").encode()):
        return PlainTextResponse("Not found", 404)
    registry = CollectorRegistry()
    registry.register(HouseFigures(parts))
    machine = telemetry.registry_of_machine(parts.settings.prometheus_multiproc_dir)
    said = generate_latest(machine) + generate_latest(registry)
    return Response(said, media_type=CONTENT_TYPE_PLAIN_0_0_4, headers={"cache-control": "no-store"})


class HouseFigures(Collector):
    """The house as its database and Redis know it; a part that is away is told as such, and the rest all the same."""

    def __init__(self, parts: Wiring) -> None:
        self._parts = parts

    def collect(self) -> Iterator[Metric]:
        """Every number, read at this moment."""
        known, away = self._known()
        held = telemetry.memory_of_machine(self._parts.settings.prometheus_multiproc_dir)
        known.append(Gauge("memory_bytes", "Memory that the processes of this machine hold.", {}, held))
        for part in ("database", "redis"):
            known.append(Gauge("part_up", "Whether a part answers.", {"part": part}, part not in away))
        families: dict[str, GaugeMetricFamily] = {}
        for one in known:
            family = families.setdefault(
                one.name, GaugeMetricFamily(f"cleanit_{one.name}", one.meaning, labels=tuple(one.of))
            )
            family.add_metric(tuple(one.of.values()), one.value)
        yield from families.values()

    def _known(self) -> tuple[list[Gauge], set[str]]:
        known: list[Gauge] = []
        away: set[str] = set()
        try:
            with self._parts.open_read() as uow:
                known += gauges(uow)
        except SQLAlchemyError as trouble:
            away.add("database")
            log.warning("the database does not answer", extra={"why": type(trouble).__name__})
        try:
            known += _of_redis(self._parts.redis)
        except RedisError as trouble:
            away.add("redis")
            log.warning("redis does not answer", extra={"why": type(trouble).__name__})
        return known, away


def _of_redis(redis: Redis) -> Iterator[Gauge]:
    down = missing(redis)
    for part in (*QUEUES, SCHEDULER, RELAY):
        yield Gauge("part_working", "Whether somebody does the work of a part.", {"part": part}, part not in down)
    known = processes(redis)
    fallen = dead(known)
    for part in PARTS:
        at_work = sum(one.part == part for one in known) - sum(one.part == part for one in fallen)
        yield Gauge("processes", "Processes of a part, on all machines, that live.", {"part": part}, at_work)
        lost = sum(one.part == part for one in fallen)
        yield Gauge("processes_dead", "Processes that fell silent and were not replaced.", {"part": part}, lost)
    for name in QUEUES:
        queue = Queue(name, connection=redis)
        yield Gauge("queue_jobs", "Jobs that wait in a queue.", {"queue": name}, queue.count)
        yield Gauge("queue_oldest_seconds", "Seconds that the next of these waits.", {"queue": name}, _waited(queue))
    used: Any = redis.info("memory")
    yield Gauge("redis_bytes", "Memory that Redis uses.", {}, used["used_memory"])


def _waited(queue: Queue) -> float:
    """Seconds since the first job of a queue was put there; 0 for an empty one."""
    first = Job.fetch_many(queue.get_job_ids(0, 1), connection=queue.connection)
    at = first[0].enqueued_at if first and first[0] else None  # a worker may have taken it meanwhile
    seconds: Any = queue.connection.time()
    return max(seconds[0] - at.timestamp(), 0.0) if at else 0.0
