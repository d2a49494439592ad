"""Runs over many campaigns: each row once and by itself, however often the work is broken off (OPS-01)."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from rq.timeouts import JobTimeoutException
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.errors import ListChanged, MoveRefused
from cleanit_app.models import AdminAction, BulkRow, BulkRun, Campaign, OutboxEvent, Refund, StatusChange, User
from cleanit_app.services.bulk import rows, runs
from cleanit_app.services.campaigns import closing
from cleanit_app.wiring import Wiring
from tests.factories import Town
from workers.jobs import bulk
from workers.jobs.operations import tick

GAVE = 30_000


def collecting(town: Town, count: int) -> list[Campaign]:
    """Campaigns into which one neighbour each has paid."""
    creator, neighbour = town.person(), town.person(name="Imran Khan")
    made = [town.campaign(creator, title=f"Heap number {n} by the school") for n in range(count)]
    for campaign in made:
        town.give(campaign, GAVE, neighbour)
    return made


def order(town: Town, campaigns: list[Campaign], admin: Actor | None = None, key: str = "run-one-key") -> UUID:
    with town.uow() as uow:
        return runs.order_bulk_refunds(
            uow,
            actor=admin or town.admin(AdminDuty.SENIOR),
            campaign_ids=[one.id for one in campaigns],
            typed_count=str(len(campaigns)),
            reason="The ward cleans these itself",
            idempotency_key=key,
        ).id


def results(town: Town, run_id: UUID) -> Counter[str]:
    with town.uow() as uow:
        return Counter(row.status.value for row in uow.all(BulkRow, col(BulkRow.run_id) == run_id))


def run_of(town: Town, run_id: UUID) -> BulkRun:
    with town.uow() as uow:
        return uow.get(BulkRun, run_id)


def cancelled_times(town: Town) -> Counter[UUID]:
    asked = select(col(StatusChange.subject_id)).where(
        col(StatusChange.kind) == "campaign", col(StatusChange.to_status) == "CANCELLED"
    )
    with town.uow() as uow:
        return Counter(uow.run(asked).scalars())


def given_back(town: Town) -> list[int]:
    with town.uow() as uow:
        return list(uow.run(select(col(Refund.amount_paise))).scalars())


class Broken:
    """A worker that is ended in the middle of a row, before it is committed."""

    def __init__(self, after: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left, self.do_row = after, rows.do_row
        monkeypatch.setattr(rows, "do_row", self)

    def __call__(self, uow: Any, **arguments: Any) -> bool:
        done = self.do_row(uow, **arguments)
        self.left -= 1
        if self.left < 0:
            raise JobTimeoutException("ended in the middle of a row")
        return done


@pytest.mark.row("OPS-01", "CAM-13")
def test_a_run_that_is_broken_off_is_continued_by_the_clock_and_every_rupee_goes_back_once(
    town: Town, parts: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaigns = collecting(town, 7)
    run_id = order(town, campaigns)
    with monkeypatch.context() as ends:
        Broken(3, ends)
        with pytest.raises(JobTimeoutException):
            bulk.carry_on(str(run_id))
    assert results(town, run_id) == {"DONE": 3, "WAITING": 4}  # the row in hand was undone with its transaction
    assert len(given_back(town)) == 3
    tick("bulk-runs")
    assert results(town, run_id) == {"DONE": 7}
    assert (run_of(town, run_id).status, given_back(town)) == ("DONE", [GAVE] * 7)
    tick("bulk-runs")
    bulk.carry_on(str(run_id))
    assert cancelled_times(town) == {one.id: 1 for one in campaigns}
    assert given_back(town) == [GAVE] * 7


@pytest.mark.row("OPS-01")
def test_two_workers_at_once_do_no_row_twice(town: Town, parts: Wiring) -> None:
    campaigns = collecting(town, 12)
    run_id = order(town, campaigns)
    with ThreadPoolExecutor(3) as workers:
        for done in [workers.submit(bulk.carry_on, str(run_id)) for _ in range(3)]:
            done.result()
    tick("bulk-runs")
    assert results(town, run_id) == {"DONE": 12}
    assert cancelled_times(town) == {one.id: 1 for one in campaigns}
    assert given_back(town) == [GAVE] * 12
    with town.uow() as uow:
        said = uow.run(select(OutboxEvent).where(col(OutboxEvent.name) == "BulkRunEnded")).scalars().all()
    assert [(e.payload["done"], e.payload["skipped"], e.payload["failed"]) for e in said] == [(12, 0, 0)]


@pytest.mark.row("OPS-01")
def test_a_stopped_run_does_nothing_more_until_somebody_continues_it(
    town: Town, parts: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, campaigns = town.admin(AdminDuty.SENIOR), collecting(town, 4)
    run_id = order(town, campaigns, admin)
    real = rows.do_row

    def stopped_after_two(uow: Any, **arguments: Any) -> bool:
        if results(town, run_id)["DONE"] == 2:
            with town.uow() as other:
                runs.stop_bulk_run(other, actor=admin, run_id=run_id)
        return real(uow, **arguments)

    with monkeypatch.context() as watched:
        watched.setattr(rows, "do_row", stopped_after_two)
        bulk.carry_on(str(run_id))
    tick("bulk-runs")
    assert results(town, run_id) == {"DONE": 2, "WAITING": 2}
    with town.uow() as uow, pytest.raises(MoveRefused):
        runs.stop_bulk_run(uow, actor=admin, run_id=run_id)
    with town.uow() as uow:
        runs.continue_bulk_run(uow, actor=admin, run_id=run_id)
    tick("bulk-runs")
    assert results(town, run_id) == {"DONE": 4}
    with town.uow() as uow:
        acts = list(uow.run(select(col(AdminAction.action)).where(col(AdminAction.admin_id) == admin.id)).scalars())
    assert Counter(acts) == {
        "BulkRunStarted": 1, "BulkRunStopped": 1, "BulkRunContinued": 1, "CampaignCancelled": 4
    }  # fmt: skip


@pytest.mark.row("OPS-01", "CAM-13")
def test_each_row_has_its_own_result_and_one_that_fails_keeps_nobody_waiting(
    town: Town, parts: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, campaigns = town.admin(AdminDuty.SENIOR), collecting(town, 4)
    mine, ended, broken, good = campaigns
    run_id = order(town, campaigns, admin)
    with town.uow() as uow:
        uow.lock(Campaign, mine.id).creator_id = admin.user_id
    with town.uow() as uow:
        closing.cancel_by_admin(uow, actor=town.admin(), campaign_id=ended.id, reason="by a colleague meanwhile")
    real = closing.owe_back

    def breaks_once(uow: Any, *, campaigns: Any) -> None:
        if campaigns[0].id == broken.id:
            raise closing.NotAllGoesBack("the books of one are wrong")
        real(uow, campaigns=campaigns)

    with monkeypatch.context() as wrong:
        wrong.setattr(closing, "owe_back", breaks_once)
        bulk.carry_on(str(run_id))
    with town.uow() as uow:
        said = {r.campaign_id: (r.status.value, r.why, r.refunded_paise) for r in uow.all(BulkRow)}
        assert uow.get(Campaign, broken.id).status == "ACTIVE"
    assert said == {
        mine.id: ("SKIPPED", "OWN_INTEREST", 0),
        ended.id: ("SKIPPED", "TOO_LATE", 0),
        broken.id: ("FAILED", "TROUBLE", 0),
        good.id: ("DONE", None, GAVE),
    }
    assert run_of(town, run_id).status == "DONE"
    with town.uow() as uow:
        runs.continue_bulk_run(uow, actor=admin, run_id=run_id)
    bulk.carry_on(str(run_id))
    assert results(town, run_id) == {"SKIPPED": 2, "DONE": 2}
    assert given_back(town) == [GAVE] * 3  # one of them by the colleague
    with town.uow() as uow, pytest.raises(ListChanged):
        runs.continue_bulk_run(uow, actor=admin, run_id=run_id)


@pytest.mark.row("OPS-01", "SEC-03")
@pytest.mark.parametrize("lost", ["duty", "paused"])
def test_a_run_stops_by_itself_when_its_admin_may_do_this_no_more(town: Town, parts: Wiring, lost: str) -> None:
    admin, campaigns = town.admin(AdminDuty.SENIOR), collecting(town, 2)
    run_id = order(town, campaigns, admin)
    with town.uow() as uow:
        user = uow.lock(User, admin.user_id)
        if lost == "duty":
            user.duties = [AdminDuty.FINANCE.value]
        else:
            user.suspended_at, user.suspension_reason = uow.now, "left"
            user.move_to(type(user.status).SUSPENDED, by=admin, at=uow.now)
    bulk.carry_on(str(run_id))
    assert (run_of(town, run_id).status, results(town, run_id)) == ("STOPPED", {"WAITING": 2})
    assert given_back(town) == []
