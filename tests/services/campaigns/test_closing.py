"""Midnight: campaigns whose time is over go ahead or give the money back."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from cleanit_app.models import (
    Attempt,
    Campaign,
    ErrorLog,
    Job,
    LedgerAccount,
    Notification,
    Payout,
    Refund,
    StatusChange,
)
from cleanit_app.ports import ProviderRefund
from cleanit_app.reads.campaigns.timeline import StepKind, timeline
from cleanit_app.services.campaigns import closing
from cleanit_app.services.ledger import booking
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.payments import payments
from cleanit_app.services.refunds import refunds
from cleanit_app.services.transfers import attempts
from cleanit_app.wiring import Wiring
from tests.factories import FORMAT, Town
from workers.jobs import campaigns as sweep


def now(town: Town, campaign_id: UUID) -> Campaign:
    with town.uow() as uow:
        return uow.get(Campaign, campaign_id)


def refunds_of(town: Town, campaign_id: UUID) -> list[Refund]:
    with town.uow() as uow:
        return list(uow.all(Refund, Refund.campaign_id == campaign_id))


def told(town: Town, user_id: UUID | None) -> dict[str, dict[str, object]]:
    while True:
        with town.uow() as uow:
            if not relay_outbox(uow).events:
                break
    with town.uow() as uow:
        assert uow.run(select(ErrorLog)).all() == []
        rows = uow.all(Notification, Notification.user_id == user_id)
    return {row.kind: row.values for row in rows}


def arrived(attempt_id: UUID) -> ProviderRefund:
    """What the provider says once a refund has reached its person."""
    return ProviderRefund(
        id=f"rfnd_{attempt_id.hex[-14:]}", payment_id="pay", amount_paise=1, status="processed", receipt=None, arn=None
    )


def refund_all(town: Town) -> None:
    """What the money worker does, with a provider that answers at once."""
    with town.uow() as uow:
        due = refunds.due_refunds(uow, limit=50)
    for refund_id in due:
        with town.uow() as uow:
            attempt_id = refunds.prepare_refund(uow, refund_id=refund_id, form=FORMAT)
            assert attempt_id
            assert attempts.lease(uow, attempt_id=attempt_id)
        with town.uow() as uow:
            refunds.apply_refund(uow, attempt_id=attempt_id, answer=arrived(attempt_id))


@pytest.mark.row("CAM-10", "CAM-11")
def test_below_80_percent_everyone_gets_the_money_back_and_hears_it(town: Town, parts: Wiring) -> None:
    campaign = town.campaign(target_paise=100_000)
    first, second = town.give(campaign, 30_000), town.give(campaign, 49_900)
    town.clock.move(days=30, seconds=-1)
    sweep.close_due_campaigns()
    assert now(town, campaign.id).status == "ACTIVE"
    town.clock.move(seconds=1)
    sweep.close_due_campaigns()
    ended = now(town, campaign.id)
    assert (ended.status, ended.refund_status, ended.job_id) == ("EXPIRED", "PROCESSING", None)
    owed = {r.contribution_id: (r.amount_paise, r.cause, r.status.value) for r in refunds_of(town, campaign.id)}
    assert owed == {
        first.id: (30_000, "CAMPAIGN_ENDED", "PENDING"),
        second.id: (49_900, "CAMPAIGN_ENDED", "PENDING"),
    }
    said = told(town, first.contributor_id)["campaign_expired"]
    assert (said["percent"], said["amount_paise"]) == (79, 30_000)
    assert "campaign_expired_creator" in told(town, campaign.creator_id)
    refund_all(town)
    assert now(town, campaign.id).refund_status == "COMPLETED"
    with town.uow() as uow:
        told_to_all = timeline(uow, campaign.id)
    assert [s.step for s in told_to_all[-2:]] == [StepKind.EXPIRED, StepKind.REFUNDED]
    assert StepKind.HALF_FUNDED in {s.step for s in told_to_all}
    for gift in (first, second):
        assert told(town, gift.contributor_id)["campaign_refunded"]["amount_paise"] == gift.kept_paise
    with town.uow() as uow:
        assert booking.balance(uow, LedgerAccount.HELD, campaign.id) == 0


@pytest.mark.row("CAM-10", "JOB-02")
def test_from_80_percent_on_the_job_is_opened_for_what_there_is(town: Town, parts: Wiring) -> None:
    campaign = town.campaign(target_paise=100_000)
    gift = town.give(campaign, 80_000)
    town.clock.move(days=31)
    sweep.close_due_campaigns()
    assert now(town, campaign.id).status == "FUNDED"
    job = town.job_of(campaign.id)
    assert (job.amount_paise, job.platform_fee_paise, job.status) == (76_000, 4_000, "AVAILABLE")
    assert refunds_of(town, campaign.id) == []
    assert told(town, gift.contributor_id)["campaign_funded_short"]["percent"] == 80


@pytest.mark.row("CAM-10")
def test_running_it_again_or_twice_at_once_owes_nothing_twice(town: Town, parts: Wiring) -> None:
    ended = [town.campaign() for _ in range(6)]
    for campaign in ended:
        town.give(campaign, 20_000)
    empty = town.campaign()
    town.clock.move(days=40)
    both = [threading.Thread(target=sweep.close_due_campaigns) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    sweep.close_due_campaigns()
    assert [len(refunds_of(town, c.id)) for c in ended] == [1] * 6
    alone = now(town, empty.id)
    assert (alone.status, alone.refund_status) == ("EXPIRED", "NONE")
    with town.uow() as uow:
        assert uow.run(text("SELECT count(*) FROM outbox WHERE name = 'CampaignExpired'")).scalar_one() == 7


@pytest.mark.row("CAM-10")
def test_one_broken_campaign_does_not_keep_the_others(
    town: Town, parts: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = town.campaign(), town.campaign()
    for campaign in (broken, sound):
        town.give(campaign, 20_000)
    town.clock.move(days=40)
    real = closing.owe_back

    def refuses(uow: object, *, campaigns: list[Campaign]) -> None:
        real(uow, campaigns=campaigns)
        if any(c.id == broken.id for c in campaigns):
            raise closing.NotAllGoesBack("planted")

    monkeypatch.setattr(closing, "owe_back", refuses)
    with pytest.raises(sweep.SomeCampaignsStayed):
        sweep.close_due_campaigns()
    assert (now(town, broken.id).status, now(town, sound.id).status) == ("ACTIVE", "EXPIRED")
    assert refunds_of(town, broken.id) == []
    with town.uow() as uow:
        assert uow.run(select(col(ErrorLog.subject_id))).scalars().all() == [broken.id]
    monkeypatch.setattr(closing, "owe_back", real)
    sweep.close_due_campaigns()
    assert now(town, broken.id).status == "EXPIRED"


@pytest.mark.row("CAM-11")
def test_money_that_arrives_after_the_end_opens_the_refunds_again(town: Town, parts: Wiring) -> None:
    campaign = town.campaign()
    town.give(campaign, 20_000)
    late = town.wish(campaign, 10_000)
    town.clock.move(days=31)
    sweep.close_due_campaigns()
    refund_all(town)
    assert now(town, campaign.id).refund_status == "COMPLETED"
    with town.uow() as uow:
        payments.apply_payment(uow, contribution_id=late.id, payment=town.payment(late))
    assert now(town, campaign.id).refund_status == "PROCESSING"
    refund_all(town)
    assert now(town, campaign.id).refund_status == "COMPLETED"


@pytest.mark.row("CAM-11")
def test_two_last_refunds_at_the_same_moment_complete_it(town: Town, parts: Wiring) -> None:
    campaign = town.campaign()
    town.give(campaign, 20_000)
    town.give(campaign, 20_000)
    town.clock.move(days=31)
    sweep.close_due_campaigns()
    with town.uow() as uow:
        due = refunds.due_refunds(uow, limit=5)
        ids = [refunds.prepare_refund(uow, refund_id=one, form=FORMAT) for one in due]
        for attempt_id in ids:
            attempts.lease(uow, attempt_id=attempt_id)
    start = threading.Barrier(2)

    def finish(attempt_id: UUID) -> None:
        start.wait()
        with town.uow() as uow:
            refunds.apply_refund(uow, attempt_id=attempt_id, answer=arrived(attempt_id))

    both = [threading.Thread(target=finish, args=(one,)) for one in ids]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert now(town, campaign.id).refund_status == "COMPLETED"
    with town.uow() as uow:
        assert {a.status for a in uow.all(Attempt)} == {"SUCCEEDED"}
        assert uow.run(text("SELECT count(*) FROM outbox WHERE name = 'CampaignRefunded'")).scalar_one() == 1


@pytest.mark.row("CAM-10", "PAY-08")
def test_the_database_refuses_to_owe_twice_or_to_two_sides(town: Town, parts: Wiring) -> None:
    campaign = town.campaign()
    town.give(campaign, 20_000)
    town.clock.move(days=31)
    sweep.close_due_campaigns()
    owed = refunds_of(town, campaign.id)[0]
    copy = """INSERT INTO refunds SELECT gen_random_uuid(), :payment, contribution_id, campaign_id, contributor_id,
              amount_paise, cause, 'PENDING', NULL, created_at, due_on, next_try_at FROM refunds WHERE id = :id"""
    assert owed.payment_id
    with pytest.raises(IntegrityError), town.uow() as uow:
        uow.run(text(copy), {"payment": owed.payment_id, "id": owed.id})
    job = town.verified(town.cleaner())
    with town.uow() as uow:
        payout = uow.first(Payout, Payout.job_id == job.id)
        assert payout is not None
        back = uow.get(Campaign, payout.campaign_id)
    with pytest.raises(IntegrityError, match="not both"), town.uow() as uow:
        closing.owe_back(uow, campaigns=[uow.lock(Campaign, back.id)])
    with town.uow() as uow:
        assert uow.get(Job, job.id).status == "VERIFIED"


@pytest.mark.row("CAM-10", "CAM-01")
def test_many_are_decided_in_as_few_statements_as_one_and_each_has_its_history(town: Town, parts: Wiring) -> None:
    asked: list[str] = []
    event.listen(parts.engine, "before_cursor_execute", lambda _c, _u, sql, *_: asked.append(sql))
    counts = []
    for many in (2, 12):
        made = [town.campaign() for _ in range(many)]
        for number, campaign in enumerate(made):
            town.give(campaign, 90_000 if number % 2 else 20_000)
        town.clock.move(days=31)
        asked.clear()
        sweep.close_due_campaigns()
        # Each process reads the house's numbers anew every few seconds, whatever it does just then.
        counts.append(len([sql for sql in asked if "FROM setting_choices" not in sql]))
        with town.uow() as uow:
            for number, campaign in enumerate(made):
                moves = uow.all(StatusChange, StatusChange.subject_id == campaign.id)
                ends = ["FUNDED"] if number % 2 else ["EXPIRED", "PROCESSING"]
                assert [move.to_status for move in moves if move.from_status in ("ACTIVE", "NONE")] == ends
                job_id = uow.get(Campaign, campaign.id).job_id
                assert (job_id is not None) == bool(number % 2)
                if job_id:
                    job = uow.get(Job, job_id)
                    assert (job.campaign_id, job.amount_paise) == (campaign.id, 85_500)
                    assert [m.to_status for m in uow.all(StatusChange, StatusChange.subject_id == job_id)] == [
                        "AVAILABLE"
                    ]
    assert counts[0] == counts[1] < 20


def test_who_is_due_is_asked_in_pages(town: Town) -> None:
    made = [town.campaign() for _ in range(5)]
    town.clock.move(days=30)
    seen, last = [], None
    while True:
        with town.uow() as uow:
            page = closing.due_to_close(uow, limit=2, after=last)
        if not page:
            break
        seen += [campaign_id for _, campaign_id in page]
        last = page[-1]
    assert sorted(seen) == sorted(c.id for c in made)
    assert len(seen) == 5
    assert made[0].expires_at == made[0].activated_at + timedelta(days=30)
