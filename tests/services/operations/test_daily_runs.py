"""Daily jobs by their Indian date: once each, caught up after downtime, or skipped with a reason."""

from __future__ import annotations

import os
import threading
import time as seconds
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from redis import Redis
from rq import Queue
from sqlalchemy import text

from cleanit_app.adapters.clock import MovableClock
from cleanit_app.domain.calendar import IST, financial_year, ist_date, next_payout_run
from cleanit_app.local.move_clock import _SWEEPS, move, seconds_of
from cleanit_app.models import DailyRun
from cleanit_app.paths import Places
from cleanit_app.ports import ProviderUnknown
from cleanit_app.services.operations import daily_runs, job_heartbeats
from cleanit_app.services.operations.daily_runs import Daily
from cleanit_app.wiring import Wiring
from tests.factories import Town
from workers import schedule
from workers.jobs import campaigns, operations
from workers.queues import IN_ORDER
from workers.schedule import SCHEDULE
from workers.scheduler import TableScheduler

MIDNIGHT = Daily("midnight", time(0))
MORNING = Daily("morning", time(10), until=time(20))
EACH = Daily("each", time(1), each_day=True)
FIRST = date(2026, 11, 24)


def due(town: Town, daily: Daily) -> list[date]:
    with town.uow() as uow:
        return daily_runs.due_days(uow, daily=daily)


def run(town: Town, daily: Daily, day: date, done: list[date] | None = None) -> bool:
    said = done if done is not None else []
    return daily_runs.run_once(town.open, daily=daily, day=day, work=lambda: said.append(day))


def rows(town: Town, name: str) -> dict[date, str]:
    with town.uow() as uow:
        found = uow.all(DailyRun, DailyRun.name == name)
    return {r.on_date: r.skipped_because or ("done" if r.finished_at else "open") for r in found}


@pytest.mark.row("CAM-10")
def test_each_date_runs_once_however_many_try(town: Town) -> None:
    done: list[date] = []
    for _ in range(10):  # ten days, twenty tries at once for each
        day = ist_date(town.clock.now())
        tries = [threading.Thread(target=run, args=(town, MIDNIGHT, day, done)) for _ in range(20)]
        for one in tries:
            one.start()
        for one in tries:
            one.join()
        town.clock.move(days=1)
    assert done == [FIRST + timedelta(days=n) for n in range(10)]


@pytest.mark.row("CAM-10")
def test_after_three_days_down_every_date_is_done_or_says_why_not(town: Town) -> None:
    for daily in (MIDNIGHT, MORNING, EACH):
        run(town, daily, FIRST)
    town.clock.move(days=3, hours=4)  # 15:30 in India
    assert due(town, MIDNIGHT) == [date(2026, 11, 27)]
    assert due(town, MORNING) == [date(2026, 11, 27)]
    assert due(town, EACH) == [date(2026, 11, d) for d in (25, 26, 27)]
    for daily in (MIDNIGHT, MORNING, EACH):
        for day in due(town, daily):
            assert run(town, daily, day)
        assert due(town, daily) == []
        assert sorted(rows(town, daily.name)) == [date(2026, 11, d) for d in (24, 25, 26, 27)]
    assert rows(town, "midnight")[date(2026, 11, 25)] == "the run of 2026-11-27 does its work"
    town.clock.move(days=1, hours=6)  # 21:30: too late for the morning's work
    assert due(town, MORNING) == []
    assert rows(town, "morning")[date(2026, 11, 28)] == "after 20:00 it waits for the next day"


def test_a_run_whose_process_died_is_taken_over_after_its_lease(town: Town) -> None:
    with town.uow() as uow:
        uow.run(daily_runs.TAKE, {"name": "each", "day": FIRST, "now": uow.now, "lease": uow.now + daily_runs.LEASE})
    assert not run(town, EACH, FIRST)
    assert due(town, EACH) == []
    town.clock.move(minutes=10)
    assert due(town, EACH) == [FIRST]
    assert run(town, EACH, FIRST)
    assert rows(town, "each") == {FIRST: "done"}


def test_a_run_that_fails_is_noted_and_tried_again_later(town: Town) -> None:
    def fails() -> None:
        raise RuntimeError("planted")

    with pytest.raises(RuntimeError):
        daily_runs.run_once(town.open, daily=EACH, day=FIRST, work=fails)
    assert not run(town, EACH, FIRST)
    town.clock.move(minutes=3)
    assert due(town, EACH) == [FIRST]
    assert run(town, EACH, FIRST)


@pytest.mark.parametrize("ends", ["well", "badly"])
def test_a_run_that_outlives_its_day_leaves_the_mark_that_the_next_day_set(town: Town, ends: str) -> None:
    def takes_long() -> None:
        town.clock.move(days=1, hours=1)
        assert due(town, MORNING) == [FIRST + timedelta(days=1)]  # and says that the first day is over
        if ends == "badly":
            raise RuntimeError("planted")

    with nullcontext() if ends == "well" else pytest.raises(RuntimeError):
        daily_runs.run_once(town.open, daily=MORNING, day=FIRST, work=takes_long)
    assert rows(town, "morning")[FIRST] == "the run of 2026-11-25 does its work"


@pytest.fixture
def zone() -> Iterator[None]:
    """The zone of the process is put back afterwards."""
    before = os.environ.get("TZ")
    yield
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    seconds.tzset()


@pytest.mark.parametrize("name", ["UTC", "Asia/Kolkata", "America/New_York"])
@pytest.mark.usefixtures("zone")
def test_indian_dates_are_the_same_in_every_zone_of_the_process(name: str) -> None:
    os.environ["TZ"] = name
    seconds.tzset()
    vectors = {
        "2026-03-31T18:29:59": (date(2026, 3, 31), "2526"),
        "2026-03-31T18:30:00": (date(2026, 4, 1), "2627"),
        "2026-11-23T18:29:59": (date(2026, 11, 23), "2627"),
        "2026-11-23T18:30:00": (date(2026, 11, 24), "2627"),
        "2026-12-31T18:30:00": (date(2027, 1, 1), "2627"),
        "2028-02-28T18:30:00": (date(2028, 2, 29), "2728"),
    }
    for moment, (day, year) in vectors.items():
        at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        assert ist_date(at) == day
        assert financial_year(ist_date(at)) == year
    ten = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
    assert next_payout_run(ten) == ten
    assert next_payout_run(ten + timedelta(seconds=1)) == ten + timedelta(days=1)


def test_the_table_says_when_its_daily_jobs_are_due() -> None:
    found = {e.name: e.daily for e in SCHEDULE if e.daily}
    assert found["close-campaigns"] == Daily("close-campaigns", time(0))
    assert found["payouts"] is not None
    assert found["payouts"].at == time(10)
    assert schedule.entry("no-such") is None


@pytest.fixture
def redis(parts: Wiring) -> Redis:
    """The queue of these parts."""
    return parts.redis


def drain(redis: Redis) -> None:
    """Work on every queue until nothing waits, in this process: its jobs get the patched parts."""
    for queue in IN_ORDER:
        waiting = Queue(queue, connection=redis)
        while waiting.job_ids:
            job = waiting.fetch_job(waiting.pop_job_id() or "")
            if job is not None:
                with suppress(ProviderUnknown):  # the night's comparison; a worker goes on after a job that failed
                    job.perform()


@pytest.mark.row("CAM-10")
def test_a_flushed_redis_and_two_schedulers_close_each_campaign_once(town: Town, parts: Wiring, redis: Redis) -> None:
    table = [e for e in SCHEDULE if e.name in ("catch-up", "close-campaigns")]
    first, second = TableScheduler(redis, table), TableScheduler(redis, table)
    made = [town.campaign() for _ in range(8)]
    for campaign in made:
        town.give(campaign, 20_000)
    town.clock.move(days=40)
    for look in range(6):
        if look % 2:
            redis.flushall()
        for scheduler in (first, second):
            scheduler.restore()
            redis.zadd(TableScheduler.scheduled_jobs_key, {"cron-catch-up": 1.0})
            scheduler.enqueue_jobs()
        if look == 3:
            continue  # what waited is lost with the next flush
        drain(redis)
    with town.uow() as uow:
        count = text("SELECT count(*), count(DISTINCT contribution_id) FROM refunds")
        assert tuple(uow.run(count).one()) == (8, 8)
        assert uow.run(text("SELECT count(*) FROM campaigns WHERE status = 'EXPIRED'")).scalar_one() == 8
    assert rows(town, "close-campaigns") == {ist_date(town.clock.now()): "done"}


def test_a_worker_killed_between_taking_and_starting_loses_nothing(town: Town, parts: Wiring, redis: Redis) -> None:
    done: list[str] = []
    for number in range(20):
        day = ist_date(town.clock.now())
        operations.catch_up()
        for queue in IN_ORDER:
            Queue(queue, connection=redis).empty()  # taken, and the process is gone
        operations.catch_up()
        drain(redis)
        done += [str(day)] if rows(town, "close-campaigns").get(day) == "done" else []
        assert len(done) == number + 1
        town.clock.move(days=1)


def work_of(name: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for the work of an entry; what is returned grows by one with each run."""
    runs: list[str] = []
    entry = schedule.entry(name)
    assert entry is not None
    monkeypatch.setattr(entry.job, lambda *words: runs.append(name))
    return runs


LATE_STARTS = ["payouts", "backup", "reconciliation", "close-campaigns"]


@pytest.mark.row("PAY-04", "CAM-10")
@pytest.mark.parametrize("name", LATE_STARTS)
@pytest.mark.parametrize("way", ["tick", "catch-up"])
def test_a_run_that_is_late_past_midnight_does_not_take_the_place_of_the_next(
    town: Town, parts: Wiring, redis: Redis, monkeypatch: pytest.MonkeyPatch, name: str, way: str
) -> None:
    runs, entry = work_of(name, monkeypatch), schedule.entry(name)
    assert entry is not None
    assert entry.daily is not None
    monkeypatch.setattr(schedule, "SCHEDULE", (entry,))
    at = datetime.combine(FIRST, entry.daily.at, tzinfo=IST)
    town.clock.at = at.astimezone(UTC)
    operations.tick(name)
    town.clock.move(days=2, minutes=-30)  # a day down: the run of the second day was missed, the third's is to come
    late = ist_date(at) + timedelta(days=1)
    if way == "tick":
        operations.tick(name)  # the overdue entry of the schedule fires as soon as there is a scheduler again
    else:
        operations.catch_up()
        drain(redis)
    assert (len(runs), rows(town, name)) == (2, {FIRST: "done", late: "done"})
    town.clock.move(minutes=30)
    operations.tick(name)
    assert (len(runs), rows(town, name)[late + timedelta(days=1)]) == (3, "done")
    operations.tick(name)
    assert len(runs) == 3


def test_a_run_that_is_caught_up_may_take_as_long_as_its_entry_says(town: Town, parts: Wiring, redis: Redis) -> None:
    town.clock.move(hours=12)
    operations.catch_up()
    waiting = [job for queue in IN_ORDER for job in Queue(queue, connection=redis).jobs]
    assert {job.args[0]: job.timeout for job in waiting} == {e.name: e.most_seconds for e in SCHEDULE if e.daily}
    assert {"backup": 900, "close-campaigns": 3600}.items() <= {job.args[0]: job.timeout for job in waiting}.items()


@pytest.mark.row("MON-06")
def test_a_silent_sweep_is_seen(town: Town, parts: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    operations.expect_sweeps()
    with town.uow() as uow:
        assert job_heartbeats.silent(uow) == []
        uow.run(text("UPDATE sweep_beats SET well_at = well_at - interval '4 hours'"))
    with town.uow() as uow:
        names = job_heartbeats.silent(uow)
    assert {"catch-up", "look-after-jobs", "reminders"} <= set(names)
    assert "close-campaigns" not in names
    operations.tick("catch-up")
    with town.uow() as uow:
        assert "catch-up" not in job_heartbeats.silent(uow)

    def fails() -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(campaigns, "close_due_campaigns", fails)
    with pytest.raises(RuntimeError):
        operations.tick("close-campaigns")
    with town.uow() as uow:
        uow.run(text("UPDATE sweep_beats SET well_at = well_at - interval '3 days' WHERE name = 'close-campaigns'"))
    with town.uow() as uow:
        assert "close-campaigns" in job_heartbeats.silent(uow)
    monkeypatch.setattr(schedule, "SCHEDULE", tuple(replace(e) for e in SCHEDULE if e.name == "reminders"))
    operations.expect_sweeps()
    with town.uow() as uow:
        assert uow.run(text("SELECT name FROM sweep_beats")).scalars().all() == ["reminders"]


def test_a_moved_clock_moves_every_process_that_reads_its_file(tmp_path: Path) -> None:
    places = Places(tmp_path)
    web, worker = MovableClock(places.clock), MovableClock(places.clock)
    assert abs(web.now() - datetime.now(UTC)) < timedelta(seconds=2)
    move(places, seconds_of("30d"))
    assert move(places, seconds_of("2h")) == 30 * 86_400 + 7_200
    for one in (web, worker):
        assert timedelta(days=30, hours=2) <= one.now() - datetime.now(UTC) + timedelta(seconds=2) < timedelta(31)
    for wrong in ("", "30", "-1d", "1w"):
        with pytest.raises(ValueError):
            seconds_of(wrong)
    for far in ("70000d", "99999999999d", "9" * 400 + "s"):  # past what tables take, past what Python knows, endless
        with pytest.raises(ValueError, match="too far"):
            move(places, seconds_of(far))
    assert move(places, seconds_of("1s")) == 30 * 86_400 + 7_201


def test_what_a_moved_clock_wakes_is_there() -> None:
    for queue, job in _SWEEPS:
        module, _, name = job.rpartition(".")
        assert callable(getattr(import_module(module), name))
        assert queue in IN_ORDER
