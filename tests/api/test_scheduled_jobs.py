"""Jobs of the clock over REST: each run is kept with its end and its time, and one is asked for by hand (OPS-01)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rq import Queue

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.i18n.catalogue import KEYS
from cleanit_app.models import DailyRun, Payout, ScheduledRun
from cleanit_app.pages.admin.system.scheduled_jobs import _view
from cleanit_app.reads.operations.scheduled_jobs import scheduled_jobs
from cleanit_app.services.operations.scheduled_jobs import RUN_NOW
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller, as_worker
from tests.factories import Town
from tests.support.words import in_both
from workers.jobs import auth, campaigns, operations, payouts, photos
from workers.queues import IN_ORDER
from workers.schedule import SCHEDULE

As = Callable[[Actor], Caller]
JOBS = "/api/admin/scheduled-jobs"
pytestmark = pytest.mark.row("OPS-01")


@pytest.fixture
def clock(wiring: Wiring, monkeypatch: pytest.MonkeyPatch) -> Wiring:
    """A worker on the parts that the door has; it has just started."""
    jobs = as_worker(wiring)
    for module in (operations, auth, campaigns, payouts, photos):
        monkeypatch.setattr(module, "wiring", lambda: jobs)
    operations.expect_sweeps()
    return wiring


def job(caller: Caller, name: str) -> dict[str, Any]:
    """One job as the door shows it."""
    (found,) = [one for one in caller.get(JOBS).json()["items"] if one["name"] == name]
    return dict(found)


def hints(parts: Wiring) -> list[tuple[str, tuple[str, ...], int]]:
    """What waits in the queues: queue, job's arguments, and how long it may take."""
    waiting = [(queue, job) for queue in IN_ORDER for job in Queue(queue, connection=parts.redis).jobs]
    return [(queue, tuple(one.args), int(one.timeout)) for queue, one in waiting if one.func_name == RUN_NOW]


def test_each_run_is_seen_with_its_end_and_its_time(
    as_: As, town: Town, clock: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    senior = as_(town.admin())
    assert {one["name"] for one in senior.get(JOBS).json()["items"]} == {e.name for e in SCHEDULE if not e.args}
    assert job(senior, "takedowns")["runs"] == []
    for _ in range(7):
        operations.tick("takedowns")
        town.clock.move(minutes=1)

    def fails() -> None:
        raise RuntimeError("the store is away")

    monkeypatch.setattr(photos, "take_photos_down", fails)
    with pytest.raises(RuntimeError):
        operations.tick("takedowns")
    seen = job(senior, "takedowns")
    assert [one["trouble"] for one in seen["runs"]] == ["RuntimeError: the store is away", None, None, None, None]
    assert all(one["tookMs"] >= 0 and not one["manual"] for one in seen["runs"])
    assert [one["startedAt"] for one in seen["runs"]] == sorted((r["startedAt"] for r in seen["runs"]), reverse=True)
    assert senior.get(JOBS).json()["items"][0]["name"] == "takedowns"  # what is in trouble stands first


@pytest.mark.parametrize(
    ("name", "hour", "minute"), [("payouts", 4, 30), ("close-campaigns", 18, 30), ("reconciliation", 20, 30)]
)
def test_the_next_run_is_the_indian_hour_of_its_table(
    as_: As, town: Town, clock: Wiring, name: str, hour: int, minute: int
) -> None:
    said = job(as_(town.admin()), name)["nextAt"]
    assert said[11:16] == f"{hour:02}:{minute:02}"
    assert said > town.clock.now().isoformat()[:19]


def test_pressed_twice_it_is_one_wish_and_runs_once(as_: As, town: Town, clock: Wiring) -> None:
    boss = town.admin(name="Zoya Ali")
    senior = as_(boss)
    for _ in range(3):
        assert senior.post(f"{JOBS}/close-campaigns/run").status_code == 204
    assert hints(clock) == [("default", ("close-campaigns",), 3600)]
    assert job(senior, "close-campaigns")["askedAt"]
    for _ in range(3):
        operations.run_now("close-campaigns")  # the same hint three times
    seen = job(senior, "close-campaigns")
    assert (seen["askedAt"], [one["manual"] for one in seen["runs"]]) == (None, [True])
    acts = senior.get("/api/admin/actions", params={"action": "JobRunByHand"}).json()["items"]
    assert [(one["adminName"], one["details"]) for one in acts] == [("Zoya Ali", {"job": "close-campaigns"})]
    assert senior.post(f"{JOBS}/close-campaigns/run").status_code == 204  # a new wish, for the day is done
    operations.run_now("close-campaigns")
    assert [one["manual"] for one in job(senior, "close-campaigns")["runs"]] == [True, True]
    with town.uow() as uow:
        assert [run.tries for run in uow.all(DailyRun, DailyRun.name == "close-campaigns")] == [1]


def test_a_wish_whose_hint_was_lost_is_hinted_at_again(as_: As, town: Town, clock: Wiring) -> None:
    senior = as_(town.admin())
    assert senior.post(f"{JOBS}/takedowns/run").status_code == 204
    clock.redis.flushall()
    operations.catch_up()
    assert hints(clock) == []  # it may still be on its way
    town.clock.move(minutes=2)
    operations.catch_up()
    assert hints(clock) == [("default", ("takedowns",), 180)]


def test_only_a_senior_with_the_second_factor_asks_and_only_for_what_is_there(
    as_: As, anybody: Caller, town: Town, clock: Wiring
) -> None:
    others = [town.person(), *(town.admin(duty) for duty in AdminDuty if duty is not AdminDuty.SENIOR)]
    for other in others:
        assert as_(other).get(JOBS).status_code == 403
        assert as_(other).post(f"{JOBS}/payouts/run").status_code == 403
    assert anybody.get(JOBS).status_code == 401
    unproved = as_(replace(town.admin(), proved=False)).post(f"{JOBS}/payouts/run")
    assert (unproved.status_code, unproved.json()["error"]) == (403, "SECOND_FACTOR_NEEDED")
    senior = as_(town.admin())
    for unknown in ("nothing", "heartbeat-money", "%00", "a" * 900, "workers.jobs.auth.send_code"):
        assert senior.post(f"{JOBS}/{unknown}/run").status_code in (404, 422), unknown
    assert hints(clock) == []


def test_payouts_by_hand_pay_nobody_before_the_day_after_approval(as_: As, town: Town, clock: Wiring) -> None:
    town.verified(town.cleaner())
    senior = as_(town.admin())
    with town.uow() as uow:
        before = [(one.status, one.scheduled_for) for one in uow.all(Payout)]
    senior.post(f"{JOBS}/payouts/run")
    operations.run_now("payouts")
    assert [one["trouble"] for one in job(senior, "payouts")["runs"]] == [None]
    with town.uow() as uow:
        assert [(one.status, one.scheduled_for) for one in uow.all(Payout)] == before


def test_old_runs_go_with_the_old_traces(town: Town, clock: Wiring) -> None:
    operations.tick("takedowns")
    town.clock.move(days=LIMITS.runs_kept.days - 1)
    operations.tick("takedowns")
    auth.clear_old_traces()
    with town.uow() as uow:
        assert len(uow.all(ScheduledRun)) == 2
    town.clock.move(days=2)
    auth.clear_old_traces()
    with town.uow() as uow:
        assert len(uow.all(ScheduledRun)) == 1


def test_every_job_has_its_words_and_the_page_says_how_it_went(town: Town, clock: Wiring) -> None:
    assert [e.name for e in SCHEDULE if not e.args and f"scheduled.job.{e.name}" not in KEYS] == []
    operations.tick("takedowns")
    with town.uow() as uow:
        (one,) = [found for found in scheduled_jobs(uow, actor=town.admin()) if found.name == "takedowns"]
    english, hindi = in_both(lambda: _view(replace(one, runs=one.runs * 3), town.clock.now()))
    assert (english.result, len(english.earlier)) == ("WELL", 2)
    assert english.name == "Take down photos that are public no more"
    assert english.name != hindi.name
    assert re.search(r"took (0\.[1-9] s|no time)$", english.last)
    slow = replace(one, runs=tuple(replace(run, took_ms=1_240) for run in one.runs))
    assert _view(slow, town.clock.now()).last.endswith("took 1.2 s")
    quick = replace(one, runs=tuple(replace(run, took_ms=40) for run in one.runs))
    assert _view(quick, town.clock.now()).last.endswith("took no time")
