"""What lies in a queue under an earlier name of its job, from before an update."""

from __future__ import annotations

import pytest
from rq import Queue
from rq.job import JobStatus
from sqlmodel import col, select

from cleanit_app import process_heartbeats
from cleanit_app.models import ErrorLog
from cleanit_app.wiring import Wiring
from tests.factories import Town
from workers import worker
from workers.queues import MONEY
from workers.renamed import RENAMED
from workers.schedule import SCHEDULE, Scheduled, daily_at
from workers.scheduler import TICK, TableScheduler
from workers.worker import load_jobs, make_worker

EARLIER_TICK = "workers.jobs.clock.tick"


def test_every_earlier_name_leads_to_a_job_and_none_of_them_is_one_still() -> None:
    jobs = {f"{module.__name__}.{name}" for module in load_jobs() for name in vars(module)}
    assert set(RENAMED.values()) <= jobs
    assert not set(RENAMED) & jobs
    assert not {entry.job for entry in SCHEDULE} & set(RENAMED)


@pytest.mark.row("MON-06")
def test_a_job_queued_under_an_earlier_name_is_done_after_the_update(parts: Wiring) -> None:
    job = Queue(MONEY, connection=parts.redis).enqueue("workers.jobs.heartbeat.beat", MONEY)
    make_worker(parts.redis, MONEY).work(burst=True, logging_level="CRITICAL")
    assert job.get_status(refresh=True) == JobStatus.FINISHED
    assert process_heartbeats.missing(parts.redis, (MONEY,)) == []


@pytest.mark.row("MON-06")
def test_an_entry_of_the_clock_from_before_an_update_gets_its_present_name(parts: Wiring) -> None:
    entry = Scheduled("later", "workers.jobs.operations.beat", daily_at("10:00"), MONEY, "a test", "nothing", (MONEY,))
    clock = TableScheduler(parts.redis, [entry])
    clock.cron(entry.cron, EARLIER_TICK, args=(entry.name,), queue_name=MONEY, id=entry.id, timeout=180)
    clock.restore()
    [job] = clock.get_jobs()
    assert (job.id, job.func_name, job.args) == (entry.id, TICK, (entry.name,))


@pytest.mark.row("MON-05")
def test_a_name_that_was_never_a_job_is_kept_among_the_failures(
    parts: Wiring, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "wiring", lambda: parts)
    Queue(MONEY, connection=parts.redis).enqueue("workers.jobs.payouts.no_such_job")
    make_worker(parts.redis, MONEY).work(burst=True, logging_level="CRITICAL")
    with town.uow() as uow:
        [said] = uow.run(select(ErrorLog.asked).where(col(ErrorLog.source) == "job")).scalars()
    assert "workers.jobs.payouts.no_such_job" in said
