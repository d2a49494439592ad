"""A worker for one queue. Run as `python -m workers.worker money`."""

from __future__ import annotations

import importlib
import pkgutil
import sys
import time
import uuid
from types import ModuleType, TracebackType
from typing import Any

import structlog
from redis import Redis
from rq import Queue, Worker
from rq.executions import Execution
from rq.job import Job, JobStatus
from sqlalchemy.exc import SQLAlchemyError

from cleanit_app import process_heartbeats, telemetry
from cleanit_app.adapters.redis_queue import waits
from cleanit_app.domain.errors import DomainError
from cleanit_app.logs import configure_logging, own_this_process
from cleanit_app.production import refuse_stand_ins
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.settings import get_settings
from cleanit_app.wiring import wiring
from workers import jobs
from workers.jobs.operations import expect_sweeps, let_sweeps_wait
from workers.queues import DEFAULT, IN_ORDER
from workers.renamed import present_name

_log = structlog.get_logger("cleanit.job")
_ALIVE_SECONDS = 60
"""After this long without a word a worker counts as dead, and its job is given to another."""


def load_jobs() -> list[ModuleType]:
    """Import every job once, so that each run starts from a warm copy of this process."""
    found = pkgutil.iter_modules(jobs.__path__, f"{jobs.__name__}.")
    return [importlib.import_module(module.name) for module in found]


class HintWorker(Worker):
    """A worker that takes away a hint before it begins: what becomes due from now on needs another.

    While a child is at a long job no beat comes through the queue: the worker itself says that it lives.
    """

    _looked_at = 0.0

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Carry out one job in a child process, under its present name when it was queued under an earlier one."""
        job.func_name = present_name(job.func_name)  # type: ignore[arg-type]  # a job of ours has a name
        self.connection.delete(waits(job.func_name))
        self._looked_at = began = time.monotonic()
        super().execute_job(job, queue)
        well = job.get_status() is JobStatus.FINISHED
        telemetry.job_done(queue.name, job.func_name.rpartition(".")[2], well, time.monotonic() - began)

    def heartbeat(self, timeout: int | None = None, pipeline: Any = None) -> None:
        """As RQ's, and for people: this worker lives, whoever of its queue does the work (MON-06)."""
        super().heartbeat(timeout, pipeline)
        process_heartbeats.live(self.connection, self.queues[0].name, self.pid)

    def register_death(self) -> None:
        """It ends as it should."""
        super().register_death()  # type: ignore[no-untyped-call]  # RQ gave it no types
        process_heartbeats.leave(self.connection, self.queues[0].name, self.pid)

    def maintain_heartbeats(self, job: Job, execution: Execution) -> None:
        """Every half minute of a job: it lives, and so does its worker (MON-06); what waits behind it is not silent."""
        super().maintain_heartbeats(job, execution)
        process_heartbeats.beat(self.connection, job.origin)
        now = time.monotonic()
        waited, self._looked_at = now - self._looked_at, now
        try:
            let_sweeps_wait(job.origin, waited)
        except SQLAlchemyError as away:
            _log.warning("the database is away", why=type(away).__name__)

    def perform_job(self, job: Job, queue: Queue, execution: Execution) -> bool:
        """Do the job, in the child; its lines carry the id of the request that asked for it, else one of its own."""
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=(job.meta or {}).get("request_id") or uuid.uuid4().hex)
        started = time.perf_counter()
        went_well = bool(super().perform_job(job, queue, execution))
        took = round((time.perf_counter() - started) * 1000, 1)
        _log.info("job", job=job.func_name, subjects=list(job.args), went_well=went_well, milliseconds=took)
        return went_well


def make_worker(redis: Redis, queue: str) -> HintWorker:
    """A worker on exactly one queue: with two, RQ may lose a job that was just taken when it is killed."""
    return HintWorker(
        [queue],
        connection=redis,
        worker_ttl=_ALIVE_SECONDS,
        maintenance_interval=_ALIVE_SECONDS,
        exception_handlers=[keep_failure],
    )


def keep_failure(job: Job, kind: type[BaseException], value: BaseException, trace: TracebackType) -> bool:
    """Keep a job's failure in error_logs (MON-05); RQ goes on with its own book of failures."""
    where = f"{job.func_name}{tuple(job.args)}"
    if not isinstance(value, DomainError):
        asked = {"job": job.func_name, "subjects": ",".join(map(str, job.args))}
        wiring().surprised(value, source="job", asked=asked)
        return True
    with wiring().open_uow() as uow:
        note_failure(uow, source="job", subject_id=None, trouble=value, where=where)
    return True


def main(arguments: list[str]) -> None:
    """Work on the named queue until SIGTERM, finishing the job in hand."""
    if len(arguments) != 1 or arguments[0] not in IN_ORDER:
        sys.exit(f"Name one queue: {', '.join(IN_ORDER)}")
    queue = arguments[0]
    settings = get_settings()
    refuse_stand_ins(settings)
    configure_logging(settings.log_level, part=f"worker-{queue}")
    own_this_process()
    redis = Redis.from_url(settings.redis_url)
    load_jobs()
    if queue == DEFAULT:
        expect_sweeps()
    worker = make_worker(redis, queue)
    process_heartbeats.beat(redis, queue)
    worker.work(logging_level="WARNING")  # services say what they did; RQ need only say what went wrong


if __name__ == "__main__":
    main(sys.argv[1:])
