"""The clock: puts jobs into queues when they are due. Run as `python -m workers.scheduler`."""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Sequence

import structlog
from redis import Redis
from rq.exceptions import NoSuchJobError
from rq.job import Job
from rq.scheduler import RQScheduler
from rq_scheduler import Scheduler

from cleanit_app import process_heartbeats
from cleanit_app.logs import configure_logging, own_this_process
from cleanit_app.production import refuse_stand_ins
from cleanit_app.settings import get_settings
from workers.queues import IN_ORDER
from workers.schedule import SCHEDULE, Scheduled

_LOOK_EVERY_SECONDS = 5
TICK = "workers.jobs.operations.tick"
_log = structlog.get_logger("cleanit.scheduler")


class TableScheduler(Scheduler):  # type: ignore[misc]  # rq-scheduler has no types
    """Dispatches what is due: the table's crons, and retries that wait for their time.

    Each look first restores entries that Redis has lost, so an emptied Redis or a crash between two
    of its commands costs one look and not a job for ever.
    """

    def __init__(self, redis: Redis, table: Sequence[Scheduled] = SCHEDULE) -> None:
        super().__init__(connection=redis, interval=_LOOK_EVERY_SECONDS)
        self._table = table
        self._retries = RQScheduler(IN_ORDER, connection=redis, interval=_LOOK_EVERY_SECONDS)
        self._retries.register_birth()

    def enqueue_jobs(self) -> list[Job]:
        """One look at the clock."""
        process_heartbeats.beat(self.connection, process_heartbeats.SCHEDULER)
        process_heartbeats.live(self.connection, process_heartbeats.SCHEDULER)
        self.restore()
        self._retries.acquire_locks()
        self._retries.heartbeat()
        self._retries.enqueue_scheduled_jobs()
        return list(super().enqueue_jobs())

    def register_death(self) -> None:
        """It ends as it should."""
        super().register_death()
        process_heartbeats.leave(self.connection, process_heartbeats.SCHEDULER)

    def restore(self) -> None:
        """Make the entries in Redis those of the table; what is already right keeps its due time."""
        wanted = {entry.id: entry for entry in self._table}
        for raw_id in self.connection.zrange(self.scheduled_jobs_key, 0, -1):
            job_id = raw_id.decode()
            if job_id.startswith("cron-") and job_id not in wanted:
                self.cancel(job_id)
                _log.info("no longer scheduled", job=job_id)
        for entry in wanted.values():
            if not self._is_right(entry):
                self._register(entry)

    def _is_right(self, entry: Scheduled) -> bool:
        if self.connection.zscore(self.scheduled_jobs_key, entry.id) is None:
            return False
        try:
            job = self.job_class.fetch(entry.id, connection=self.connection)
        except NoSuchJobError:
            return False
        same_work = (job.func_name, tuple(job.args), job.origin) == (TICK, (entry.name,), entry.queue)
        return bool(same_work and job.meta.get("cron_string") == entry.cron)

    def _register(self, entry: Scheduled) -> None:
        self.cron(
            entry.cron,
            TICK,
            args=(entry.name,),
            queue_name=entry.queue,
            id=entry.id,
            timeout=entry.most_seconds,
        )
        _log.info("scheduled", job=entry.id, cron=entry.cron, queue=entry.queue)


def main() -> None:
    """Run until a signal or until Redis is gone; the supervisor starts it again."""
    if time.timezone or time.daylight:
        sys.exit("The scheduler reads its crons in UTC; start it with TZ=UTC.")
    # rq-scheduler leaves out an argument whose default the cron library means to change; in UTC both agree.
    warnings.filterwarnings("ignore", category=FutureWarning, module="crontab")
    warnings.filterwarnings("ignore", category=FutureWarning, module="rq_scheduler")
    settings = get_settings()
    refuse_stand_ins(settings)
    configure_logging(settings.log_level, part="scheduler")
    own_this_process()
    TableScheduler(Redis.from_url(settings.redis_url)).run()


if __name__ == "__main__":
    main()
