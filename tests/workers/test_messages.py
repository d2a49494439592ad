"""Messages of the provider whose hints were lost, that come by the hundred, or whose worker is killed in the middle."""

from __future__ import annotations

import os
from typing import Any

import pytest
from rq import Queue
from sqlmodel import col, func, select

from cleanit_app.models import OutboxEvent, Payment, WebhookEvent
from cleanit_app.services import crashpoints
from cleanit_app.services.unit_of_work import UnitOfWork
from cleanit_app.wiring import Wiring
from tests.factories import Town
from tests.support.messages import captured, fill, store
from workers.jobs import webhooks as webhook_jobs
from workers.queues import MONEY
from workers.worker import make_worker

pytestmark = pytest.mark.row("PAY-01", "MON-06")


def waiting(town: Town) -> int:
    with town.uow() as uow:
        left = select(func.count()).select_from(WebhookEvent).where(col(WebhookEvent.processed_at).is_(None))
        return int(uow.run(left).scalar_one())


def booked(town: Town) -> list[str]:
    """The payments in the order in which they were booked."""
    with town.uow() as uow:
        return list(uow.run(select(col(Payment.razorpay_payment_id)).order_by(col(Payment.id))).scalars())


def test_after_a_flush_one_sweep_works_on_all_in_their_order(town: Town, parts: Wiring) -> None:
    wishes = fill(town, 160)
    parts.redis.flushall()
    webhook_jobs.sweep_webhooks()
    assert waiting(town) == 0
    assert booked(town) == [town.payment(wish).id for wish in wishes]


def test_many_messages_are_one_job(town: Town, parts: Wiring) -> None:
    fill(town, 60)
    for _ in range(60):  # each message hints as it comes
        parts.queue.enqueue(MONEY, "workers.jobs.webhooks.work_webhooks")
    assert Queue(MONEY, connection=parts.redis).count == 1
    make_worker(parts.redis, MONEY)
    webhook_jobs.work_webhooks()
    assert waiting(town) == 0


def test_a_message_that_comes_while_others_are_worked_on_is_not_left(
    town: Town, parts: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(town, 3)
    late, work = town.wish(town.campaign(target_paise=1_000_000), 10_000), webhook_jobs._work

    def and_another(parts_: Wiring, webhook_id: Any) -> None:
        work(parts_, webhook_id)
        store(town, captured(town, late))

    monkeypatch.setattr(webhook_jobs, "_work", and_another)
    webhook_jobs.work_webhooks()
    assert waiting(town) == 0
    assert len(booked(town)) == 4


def test_who_is_at_it_for_long_lets_payouts_between_and_is_asked_again(
    town: Town, parts: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(town, 5)
    monkeypatch.setattr(webhook_jobs, "_TURN_SECONDS", -1.0)
    webhook_jobs.work_webhooks()
    assert waiting(town) == 5
    [job] = Queue(MONEY, connection=parts.redis).jobs
    assert job.func_name == "workers.jobs.webhooks.work_webhooks"
    parts.redis.flushall()
    monkeypatch.setattr(webhook_jobs, "_TURN_SECONDS", 60.0)
    webhook_jobs.work_webhooks()
    assert waiting(town) == 0
    assert Queue(MONEY, connection=parts.redis).count == 0  # nothing is left: nobody is asked


@pytest.mark.parametrize("passes", [5, 6, 11, 12])
def test_killed_among_many_nothing_is_lost_or_booked_twice(passes: int, town: Town, parts: Wiring) -> None:
    """kill -9 before and after commits of messages in the middle; the next sweep does the rest."""
    wishes = fill(town, 12)
    child = os.fork()
    if child == 0:
        parts.engine.dispose(close=False)
        crashpoints.arm(crashpoints.EVERY, passes * 2)
        try:
            webhook_jobs.work_webhooks()
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 137
    assert 0 < waiting(town) < 12
    webhook_jobs.sweep_webhooks()
    assert waiting(town) == 0
    assert sorted(booked(town)) == sorted(town.payment(wish).id for wish in wishes)


def test_what_a_message_causes_is_the_errand_of_its_own_request(town: Town, parts: Wiring) -> None:
    campaign = town.campaign(target_paise=1_000_000)
    for number in range(3):
        store(town, captured(town, town.wish(campaign, 10_000)), request_id=f"request-{number}")
    with town.uow() as uow:
        before = _last_event(uow)
    webhook_jobs.work_webhooks()
    with town.uow() as uow:
        told = select(col(OutboxEvent.request_id)).where(col(OutboxEvent.id) > before)
        assert {"request-0", "request-1", "request-2"} <= set(uow.run(told).scalars())


def _last_event(uow: UnitOfWork) -> Any:
    return uow.run(select(col(OutboxEvent.id)).order_by(col(OutboxEvent.id).desc()).limit(1)).scalar_one()
