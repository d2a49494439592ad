"""Jobs that take long: their worker counts as alive, what waits behind them is not silent, and their end is an end."""

from __future__ import annotations

import time
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from redis import Redis
from rq import Queue, get_current_job
from sqlalchemy import text
from sqlmodel import col

from cleanit_app import process_heartbeats
from cleanit_app.models import ErrorLog
from cleanit_app.services import webhooks
from cleanit_app.services.transfers import attempts
from cleanit_app.web import health
from cleanit_app.wiring import Wiring
from tests.factories import Town
from workers import worker
from workers.jobs import operations, transfers
from workers.jobs import webhooks as webhook_jobs
from workers.queues import DEFAULT, MONEY

MOST_SECONDS = 60
PATIENCE_SECONDS = 30


def waits_for_its_workers_beat() -> None:
    """A job during which nothing else can go through its queue; it ends when its worker has said that it lives."""
    redis = get_current_job().connection
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up and process_heartbeats.missing(redis, (DEFAULT,)):
        time.sleep(0.05)
    redis.set("alive during the job", int(not process_heartbeats.missing(redis, (DEFAULT,))))


def sleeps(*_: object) -> None:
    """One thing of many that takes longer than its job may."""
    time.sleep(PATIENCE_SECONDS)


def work(parts: Wiring, queue: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work on a queue until it is empty, as `python -m workers.worker` does; it looks after its child each second."""
    monkeypatch.setattr(worker, "wiring", lambda: parts)
    made = worker.make_worker(parts.redis, queue)
    made.job_monitoring_interval = 1
    made.work(burst=True, logging_level="CRITICAL")


def queue_of(redis: Redis, name: str) -> Queue:
    return Queue(name, connection=redis)


@pytest.mark.row("MON-06")
def test_health_stays_green_while_a_long_job_is_at_work(
    town: Town, parts: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    operations.expect_sweeps()
    with town.uow() as uow:
        uow.run(text("UPDATE sweep_beats SET well_at = timestamptz '2026-11-24 06:00Z'"))
    queue_of(parts.redis, DEFAULT).enqueue(waits_for_its_workers_beat, job_timeout=MOST_SECONDS)
    work(parts, DEFAULT, monkeypatch)
    assert parts.redis.get("alive during the job") == b"1"
    monkeypatch.setattr(health, "wiring", lambda: parts)
    app = FastAPI()
    app.include_router(health.router)
    assert TestClient(app).get("/health").json()["parts"][f"worker-{DEFAULT}"] == "ok"
    with town.uow() as uow:  # only what waits in this queue was given the job's time
        held_up = uow.run(text("SELECT name FROM sweep_beats WHERE well_at > timestamptz '2026-11-24 06:00Z'"))
        names = set(held_up.scalars())
    assert {"catch-up", "quarantine"} <= names
    assert not {"outbox", "refunds"} & names


@pytest.mark.row("MON-05")
@pytest.mark.parametrize("which", ["money", "messages"])
def test_a_job_whose_time_is_over_ends_and_is_written_down(
    town: Town, parts: Wiring, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    many = [uuid4() for _ in range(3)]
    monkeypatch.setattr(attempts, "open_attempts", lambda *_, **__: many)
    monkeypatch.setattr(webhooks, "waiting_webhooks", lambda *_, **__: many)
    monkeypatch.setattr(transfers, "_settle", sleeps)
    monkeypatch.setattr(webhook_jobs, "_work", sleeps)
    wanted = transfers.settle_open_attempts if which == "money" else webhook_jobs.sweep_webhooks
    job = queue_of(parts.redis, MONEY).enqueue(wanted, job_timeout=1)
    work(parts, MONEY, monkeypatch)
    assert job.is_failed
    with town.uow() as uow:
        (kept,) = uow.all(ErrorLog, col(ErrorLog.source) == "job")
    assert "JobTimeoutException" in kept.message
    assert kept.subject_id is None  # it is the job's end, and not the trouble of one of its subjects
