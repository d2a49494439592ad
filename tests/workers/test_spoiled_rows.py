"""One row that nobody can read stops no sweep for the others."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from redis import Redis
from rq import Queue
from sqlalchemy import text
from sqlmodel import col, select

from cleanit_app.models import ErrorLog, Notification, Photo, WebhookEvent, new_id
from cleanit_app.services.campaigns.closing import due_to_close
from cleanit_app.services.operations import daily_runs
from cleanit_app.services.review.queue_watch import watch_queue
from cleanit_app.wiring import Wiring
from tests.factories import Town
from tests.support.messages import captured, store
from tests.workers.test_messages import booked, waiting
from workers.jobs import auth, jobs, notifications, operations, payments, photos
from workers.jobs import webhooks as webhook_jobs
from workers.queues import MONEY
from workers.schedule import SCHEDULE


@pytest.mark.row("CAM-10", "VER-08")
@pytest.mark.parametrize("moment", ["0044-03-15 BC", "-infinity"])
def test_a_moment_from_before_our_time_stops_no_sweep(town: Town, moment: str) -> None:
    bad, good, job = town.campaign(), town.campaign(), town.completed(town.cleaner())
    with town.uow() as uow:
        for table in ("campaigns", "jobs"):
            uow.run(text(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_in_range"))
        uow.run(
            text("UPDATE campaigns SET expires_at = CAST(:at AS timestamptz) WHERE id = :id"),
            {"at": moment, "id": bad.id},
        )
        uow.run(
            text("UPDATE jobs SET completed_at = CAST(:at AS timestamptz) WHERE id = :id"), {"at": moment, "id": job.id}
        )
    town.clock.move(days=90)
    with town.uow() as uow:
        assert [one for _, one in due_to_close(uow, limit=9)] == [good.id]
        assert watch_queue(uow) == 0


def spoil(town: Town, table: str, column: str, value: str, where: str = "true", **bound: object) -> None:
    """Write what our own code never writes: a row from before, or from a hand in the database."""
    with town.uow() as uow:
        uow.run(text(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS ck_{table}_in_range"))
        uow.run(text(f"UPDATE {table} SET {column} = {value} WHERE {where}"), bound)


def failures(town: Town, subject: UUID) -> list[str]:
    with town.uow() as uow:
        return list(uow.run(select(col(ErrorLog.message)).where(col(ErrorLog.subject_id) == subject)).scalars())


ODD_EVENTS = {
    "a list": ("payload", "'[1, 2]'"),
    "a text": ("payload", "'\"gone\"'"),
    "no such class": ("name", "'JobTeleported'"),
    "no id": ("payload", """payload || '{"job_id": "soon"}'"""),
    "a number for an id": ("payload", """payload || '{"campaign_id": 7}'"""),
    "nobody's id": ("payload", """payload || '{"cleaner_id": "00000000-0000-7000-8000-000000000000"}'"""),
    "one field too many": ("payload", """payload || '{"colour": "green"}'"""),
    "half an event": ("payload", "payload - 'job_id'"),
    "of another age": ("occurred_at", "'0044-03-15 BC'"),
    "for ever": ("occurred_at", "'infinity'"),
}


@pytest.mark.row("NOT-01", "MON-05")
@pytest.mark.parametrize("odd", ODD_EVENTS)
def test_an_odd_event_is_put_aside_once_and_the_others_are_told(odd: str, town: Town, parts: Wiring) -> None:
    town.claimed(town.cleaner())
    notifications.sweep_outbox()
    bad, good = town.claimed(town.cleaner()), town.claimed(town.cleaner())
    column, value = ODD_EVENTS[odd]
    claimed = "name = 'JobClaimed' AND payload->>'job_id' = :job"
    with town.uow() as uow:
        bad_id = uow.run(text(f"SELECT id FROM outbox WHERE {claimed}"), {"job": str(bad.id)}).scalar_one()
    spoil(town, "outbox", column, value, claimed, job=str(bad.id))
    notifications.sweep_outbox()
    notifications.sweep_outbox()
    assert len(failures(town, bad_id)) == 1
    with town.uow() as uow:
        assert uow.run(text("SELECT count(*) FROM outbox WHERE relayed_at IS NULL")).scalar_one() == 0
        told = select(col(Notification.user_id)).where(col(Notification.kind) == "job_claimed_self")
        assert good.claimed_by in list(uow.run(told).scalars())


@pytest.mark.row("NOT-01")
def test_a_row_that_an_event_speaks_of_takes_no_other_event_along(town: Town, parts: Wiring) -> None:
    bad, good = town.claimed(town.cleaner()), town.claimed(town.cleaner())
    spoil(town, "campaigns", "created_at", "'-infinity'", "id = :id", id=bad.campaign_id)
    notifications.sweep_outbox()
    with town.uow() as uow:
        told = select(col(Notification.user_id)).where(col(Notification.kind) == "job_claimed_self")
        assert list(uow.run(told).scalars()) == [good.claimed_by]
        assert uow.run(text("SELECT count(*) FROM outbox WHERE relayed_at IS NULL")).scalar_one() == 0


@pytest.mark.row("PAY-01")
@pytest.mark.parametrize("column", ["received_at", "next_try_at"])
def test_a_message_with_an_unreadable_moment_holds_up_no_other_and_is_worked_on(
    column: str, town: Town, parts: Wiring
) -> None:
    campaign = town.campaign(target_paise=1_000_000)
    wishes = [town.wish(campaign, 10_000) for _ in range(3)]
    for wish in wishes:
        store(town, captured(town, wish))
    spoil(town, "webhook_events", column, "'-infinity'", "id = (SELECT min(id::text)::uuid FROM webhook_events)")
    town.clock.move(minutes=11)
    webhook_jobs.watch_messages()
    webhook_jobs.work_webhooks()
    assert waiting(town) == 0
    assert len(booked(town)) == 3
    assert Queue(MONEY, connection=parts.redis).count == 0


@pytest.mark.row("PAY-01")
def test_a_message_about_an_unreadable_gift_is_parked_and_not_asked_for_without_end(
    town: Town, parts: Wiring, valkey_url: str
) -> None:
    campaign = town.campaign(target_paise=1_000_000)
    bad, good = town.wish(campaign, 10_000), town.wish(campaign, 10_000)
    for wish in (bad, good):
        store(town, captured(town, wish))
    spoil(town, "contributions", "created_at", "'infinity'", "id = :id", id=bad.id)
    Redis.from_url(valkey_url).flushall()
    webhook_jobs.work_webhooks()
    assert booked(town) == [town.payment(good).id]
    assert waiting(town) == 0
    assert Queue(MONEY, connection=parts.redis).count == 0
    payments.ask_about_contributions()
    with town.uow() as uow:
        outcomes = list(uow.run(select(col(WebhookEvent.outcome)).order_by(col(WebhookEvent.id))).scalars())
    assert str(outcomes[0]).startswith("parked: RowUnreadable")
    spoil(town, "contributions", "created_at", "now()", "id = :id", id=bad.id)


@pytest.mark.row("NOT-03")
def test_reminders_go_on_past_a_job_that_nobody_can_read(town: Town, parts: Wiring) -> None:
    bad, good = town.claimed(town.cleaner()), town.claimed(town.cleaner())
    spoil(town, "jobs", "created_at", "'-infinity'", "id = :id", id=bad.id)
    town.clock.move(days=6, hours=1)
    jobs.remind_of_deadlines()
    with town.uow() as uow:
        near = uow.run(text("SELECT payload->>'job_id' FROM outbox WHERE name = 'DeadlineNear'")).scalars()
        assert str(good.id) in list(near)


@pytest.mark.row("JOB-06", "MON-05")
def test_claims_are_taken_back_past_one_that_nobody_can_read(town: Town, parts: Wiring) -> None:
    bad, good = town.claimed(town.cleaner()), town.claimed(town.cleaner())
    spoil(town, "jobs", "created_at", "'-infinity'", "id = :id", id=bad.id)
    town.clock.move(days=8)
    for _ in range(2):
        with pytest.raises(jobs.SomeJobsStayed, match="1 jobs"):
            jobs.look_after_jobs()
    with town.uow() as uow:
        assert uow.run(text("SELECT status FROM jobs WHERE id = :id"), {"id": good.id}).scalar_one() == "AVAILABLE"
    assert len(failures(town, bad.id)) == 1


@pytest.mark.row("SEC-06")
def test_a_photo_whose_file_is_lost_keeps_no_other_in_quarantine(
    town: Town, parts: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = (town.campaign().photo_id for _ in range(3))
    spoil(town, "photos", "quarantined_at", "now()")
    spoil(town, "photos", "received_at", "'infinity'", "id = :id", id=second)
    looked: list[UUID] = []

    def found(_files: object, _scanner: object, photo: Photo) -> str | None:
        looked.append(photo.id)
        if photo.id == first:
            raise KeyError(photo.original_key)
        return None

    monkeypatch.setattr("cleanit_app.services.photos.quarantine._found", found)
    monkeypatch.setattr("cleanit_app.services.photos.quarantine._keys", lambda _photo: [])
    photos.scan_photos()
    assert looked == [first, third]
    with town.uow() as uow:
        held = uow.run(text("SELECT id FROM photos WHERE quarantined_at IS NOT NULL ORDER BY id")).scalars()
        assert list(held) == [first, second]


@pytest.mark.row("SEC-03")
def test_a_code_that_cannot_be_sent_keeps_no_other_waiting(town: Town, parts: Wiring) -> None:
    people = [town.person(), town.person()]
    ids = [new_id(), new_id()]
    for code_id, person in zip(ids, people, strict=True):
        with town.uow() as uow:
            uow.run(
                text(
                    """INSERT INTO one_time_codes (id, user_id, purpose, destination, language, created_at, expires_at,
                       next_send_at, sendings, tries) VALUES (:id, :user, 'VERIFY_CONTACT', 'a@example.in', 'en', :now,
                       :later, :now, 0, 0)"""
                ),
                {"id": code_id, "user": person.id, "now": uow.now, "later": uow.now.replace(year=2027)},
            )
    spoil(town, "one_time_codes", "created_at", "'-infinity'", "id = :id", id=ids[0])
    auth.send_codes()
    auth.send_codes()
    assert len(failures(town, ids[0])) == 1
    with town.uow() as uow:
        sent = uow.run(text("SELECT sendings FROM one_time_codes WHERE id = :id"), {"id": ids[1]}).scalar_one()
        assert sent >= 1


@pytest.mark.row("MON-06")
def test_a_run_that_nobody_can_read_does_not_stop_the_clock(town: Town, parts: Wiring) -> None:
    daily = next(entry.daily for entry in SCHEDULE if entry.daily)
    assert daily is not None
    with town.uow() as uow:
        today = daily_runs.day_of(daily, uow.now)
        uow.run(
            text("INSERT INTO daily_runs (name, on_date, started_at, tries) VALUES (:name, :day, :now, 1)"),
            {"name": daily.name, "day": today, "now": uow.now},
        )
    spoil(town, "daily_runs", "started_at", "'-infinity'")
    operations.catch_up()
    queued = [job.args for entry in SCHEDULE for job in Queue(entry.queue, connection=parts.redis).jobs]
    assert json.dumps([daily.name, today.isoformat()]) in {json.dumps(args) for args in queued}
    assert len({args[0] for args in queued}) > 5
