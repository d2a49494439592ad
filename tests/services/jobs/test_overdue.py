"""Hourly: claims and jobs that ran out of time; every few minutes: reminders and slow decisions."""

from __future__ import annotations

import threading
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlmodel import select

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.errors import DomainError, JobNotOpen, MoveRefused, NotAllowed, OwnInterest, PayNotRaised
from cleanit_app.models import (
    Alert,
    Campaign,
    Cleaner,
    ErrorLog,
    Job,
    LedgerAccount,
    Notification,
    Penalty,
    Refund,
    User,
)
from cleanit_app.reads.jobs.jobs import open_jobs
from cleanit_app.reads.jobs.stuck_jobs import stuck_jobs as held_list
from cleanit_app.services.campaigns import closing
from cleanit_app.services.jobs import jobs, stuck_jobs
from cleanit_app.services.ledger import booking
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.review.verification import RejectionReason, reject_completion
from cleanit_app.wiring import Wiring
from tests.factories import ALL_TICKED, Town
from workers.jobs import jobs as sweep
from workers.jobs import review


def kinds(town: Town, user_id: UUID | None) -> list[str]:
    while True:
        with town.uow() as uow:
            if not relay_outbox(uow).events:
                break
    with town.uow() as uow:
        assert uow.run(select(ErrorLog)).all() == []
        return sorted(n.kind for n in uow.all(Notification, Notification.user_id == user_id))


def claim(town: Town, cleaner: Actor, job_id: UUID) -> Job:
    with town.uow() as uow:
        return jobs.claim_job(uow, actor=cleaner, job_id=job_id)


def job_now(town: Town, job_id: UUID) -> Job:
    with town.uow() as uow:
        return uow.get(Job, job_id)


def campaign_now(town: Town, campaign_id: UUID) -> Campaign:
    with town.uow() as uow:
        return uow.get(Campaign, campaign_id)


def lose(town: Town, job_id: UUID, times: int) -> list[Actor]:
    """So many cleaners claim a job and let its time run out."""
    cleaners = []
    for _ in range(times):
        cleaners.append(town.cleaner())
        claim(town, cleaners[-1], job_id)
        town.clock.move(days=7, minutes=1)
        sweep.look_after_jobs()
    return cleaners


@pytest.mark.row("JOB-06")
def test_an_overdue_claim_is_released_once_with_a_penalty_and_announced(town: Town, parts: Wiring) -> None:
    cleaner, other = town.cleaner(), town.cleaner()
    job = town.claimed(cleaner)
    town.clock.move(days=7)
    sweep.look_after_jobs()
    assert job_now(town, job.id).status == "CLAIMED"
    town.clock.move(seconds=1)
    both = [threading.Thread(target=sweep.look_after_jobs) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    sweep.look_after_jobs()
    free = job_now(town, job.id)
    assert (free.status, free.claimed_by, free.completion_deadline) == ("AVAILABLE", None, None)
    assert (free.last_claimed_by, free.review_since) == (cleaner.id, None)
    with town.uow() as uow:
        row = uow.get(Cleaner, cleaner.user_id)
        assert row.released_count == 1
        penalty = uow.all(Penalty)
        assert [(p.cleaner_id, p.job_id, p.claim_number) for p in penalty] == [(cleaner.id, job.id, 1)]
        assert uow.get(User, cleaner.user_id).status == "ACTIVE"
    assert "job_auto_released" in kinds(town, cleaner.id)
    assert "job_available" in kinds(town, other.id)
    claim(town, other, job.id)


@pytest.mark.row("JOB-07")
def test_the_third_penalty_suspends_with_a_reason_and_frees_the_other_jobs(town: Town, parts: Wiring) -> None:
    cleaner, compliance = town.cleaner(), town.admin(AdminDuty.COMPLIANCE)
    for _ in range(3):
        town.claimed(cleaner)
    town.clock.move(days=1)
    kept = town.claimed(cleaner)
    town.clock.move(days=6, minutes=1)
    sweep.look_after_jobs()
    with town.uow() as uow:
        user = uow.get(User, cleaner.user_id)
        assert user.status == "SUSPENDED"
        assert (user.suspension_reason or "").startswith("3 jobs were not finished")
        assert len(uow.all(Penalty)) == 3
    assert job_now(town, kept.id).status == "AVAILABLE"
    assert "cleaner_suspended" in kinds(town, cleaner.id)
    assert "cleaner_suspended_admin" in kinds(town, compliance.id)


@pytest.mark.row("JOB-08")
def test_after_three_lost_claims_a_job_waits_for_an_admin(town: Town, parts: Wiring) -> None:
    job, admin = town.job(), town.admin(AdminDuty.VERIFIER)
    lose(town, job.id, 3)
    held = job_now(town, job.id)
    assert (held.status, held.claim_count) == ("AVAILABLE", 3)
    assert held.review_since is not None
    assert kinds(town, admin.id).count("job_held") == 1
    fresh = town.cleaner()
    with pytest.raises(JobNotOpen):
        claim(town, fresh, job.id)
    with town.uow() as uow:
        assert open_jobs(uow, actor=fresh).items == ()
        assert [j.job_id for j in held_list(uow, actor=admin).items] == [job.id]


@pytest.mark.row("JOB-08", "PAY-03")
def test_an_admin_raises_the_pay_from_platform_funds_and_the_cleaner_gets_it(town: Town, parts: Wiring) -> None:
    job, admin = town.job(target_paise=100_000), town.admin(AdminDuty.VERIFIER)
    lose(town, job.id, 3)
    for wrong in (95_000, 90_000, 95_050, 95_000 + 500_100, True, "100000"):
        with pytest.raises(PayNotRaised), town.uow() as uow:
            stuck_jobs.relist_job(uow, actor=admin, job_id=job.id, pay_paise=wrong)
    with town.uow() as uow:
        stuck_jobs.relist_job(uow, actor=admin, job_id=job.id, pay_paise=120_000)
    with pytest.raises(MoveRefused), town.uow() as uow:
        stuck_jobs.relist_job(uow, actor=admin, job_id=job.id, pay_paise=130_000)
    with town.uow() as uow:
        assert booking.balance(uow, LedgerAccount.PLATFORM_FUNDS) == 0  # nothing is owed yet
    cleaner = town.cleaner()
    claim(town, cleaner, job.id)
    verified = town.finish(cleaner, job.id)
    assert (verified.status, verified.amount_paise) == ("VERIFIED", 120_000)
    with town.uow() as uow:
        owed = [booking.balance(uow, a, cleaner.id) for a in (LedgerAccount.CLEANER_PAYABLE, LedgerAccount.TDS_PAYABLE)]
        assert sum(owed) == -120_000
        assert booking.balance(uow, LedgerAccount.PLATFORM_FUNDS, job.campaign_id) == 25_000
        assert booking.balance(uow, LedgerAccount.HELD) == 0


@pytest.mark.row("JOB-08", "CAM-13")
def test_a_raised_job_that_is_cancelled_gives_each_side_its_own(town: Town, parts: Wiring) -> None:
    job, admin = town.job(), town.admin(AdminDuty.VERIFIER)
    lose(town, job.id, 3)
    with town.uow() as uow:
        stuck_jobs.relist_job(uow, actor=admin, job_id=job.id, pay_paise=120_000)
    with town.uow() as uow:
        stuck_jobs.mark_problematic(uow, actor=admin, campaign_id=job.campaign_id, note="No way in <b>by day</b>")
    with town.uow() as uow:
        closing.cancel_by_admin(uow, actor=admin, campaign_id=job.campaign_id, reason="No way in")
    with town.uow() as uow:
        assert uow.get(Campaign, job.campaign_id).problem_note == "No way in by day"
        assert booking.balance(uow, LedgerAccount.PLATFORM_FUNDS) == 0
        assert [r.amount_paise for r in uow.all(Refund)] == [100_000]


@pytest.mark.row("CAM-13")
@pytest.mark.parametrize("stage", ["collecting", "open", "claimed"])
def test_an_admin_cancels_and_everybody_hears_it(town: Town, parts: Wiring, stage: str) -> None:
    admin, cleaner, giver = town.admin(AdminDuty.VERIFIER), town.cleaner(), town.person()
    campaign = town.campaign()
    town.give(campaign, 50_000 if stage == "collecting" else 100_000, giver)
    if stage == "claimed":
        claim(town, cleaner, town.job_of(campaign.id).id)
    for reason in ("", "  ", "<b></b>"):
        with pytest.raises(DomainError, match="REASON_MISSING"), town.uow() as uow:
            closing.cancel_by_admin(uow, actor=admin, campaign_id=campaign.id, reason=reason)
    with pytest.raises(NotAllowed), town.uow() as uow:
        closing.cancel_by_admin(uow, actor=giver, campaign_id=campaign.id, reason="mine")
    with town.uow() as uow:
        closing.cancel_by_admin(uow, actor=admin, campaign_id=campaign.id, reason="The wall fell down")
    ended = campaign_now(town, campaign.id)
    assert (ended.status, ended.refund_status, ended.cancel_reason) == ("CANCELLED", "PROCESSING", "The wall fell down")
    assert ended.cancelled_at == town.clock.now()
    if stage != "collecting":
        gone = town.job_of(campaign.id)
        assert (gone.status, gone.claimed_by, gone.completion_deadline) == ("CANCELLED", None, None)
    assert "campaign_cancelled" in kinds(town, campaign.creator_id)
    assert "campaign_cancelled_refund" in kinds(town, giver.id)
    assert ("job_cancelled" in kinds(town, cleaner.id)) == (stage == "claimed")
    with town.uow() as uow:
        why = text("SELECT by_id, why FROM status_history WHERE subject_id = :id AND to_status = 'CANCELLED'")
        assert tuple(uow.run(why, {"id": campaign.id}).one()) == (admin.id, "The wall fell down")


@pytest.mark.row("CAM-13")
def test_nobody_cancels_finished_work_or_the_own_campaign(town: Town, parts: Wiring) -> None:
    admin, cleaner = town.admin(AdminDuty.VERIFIER), town.cleaner()
    job = town.completed(cleaner)
    with pytest.raises(MoveRefused), town.uow() as uow:
        closing.cancel_by_admin(uow, actor=admin, campaign_id=job.campaign_id, reason="too late")
    mine = town.campaign()
    with town.uow() as uow:
        uow.lock(Campaign, mine.id).creator_id = admin.user_id
    with pytest.raises(OwnInterest), town.uow() as uow:
        closing.cancel_by_admin(uow, actor=admin, campaign_id=mine.id, reason="mine")


@pytest.mark.row("VER-05", "CAM-13")
def test_a_failed_job_may_end_its_campaign_instead_of_opening_another(town: Town, parts: Wiring) -> None:
    admin, cleaner = town.admin(AdminDuty.VERIFIER), town.cleaner()
    job = town.completed(cleaner)
    with town.uow() as uow:
        reject_completion(
            uow, actor=admin, job_id=job.id, checklist=ALL_TICKED, reason=RejectionReason.OTHER,
            notes="The place is being built over", allow_retry=False, cancel_campaign=True,
        )  # fmt: skip
    ended = campaign_now(town, job.campaign_id)
    assert (ended.status, ended.refund_status, ended.job_id) == ("CANCELLED", "PROCESSING", job.id)
    assert job_now(town, job.id).status == "FAILED"
    with town.uow() as uow:
        assert [r.amount_paise for r in uow.all(Refund)] == [100_000]


@pytest.mark.row("JOB-14")
def test_after_90_days_the_job_ends_and_the_money_goes_back(town: Town, parts: Wiring) -> None:
    cleaner = town.cleaner()
    job = town.job()
    giver = next(iter(_givers(town, job.campaign_id)))
    town.clock.move(days=88)
    claim(town, cleaner, job.id)
    town.clock.move(days=2)
    sweep.look_after_jobs()
    assert job_now(town, job.id).status == "CLAIMED"  # a claim may run to its own deadline
    town.clock.move(days=5, minutes=1)
    sweep.look_after_jobs()
    ended = campaign_now(town, job.campaign_id)
    assert (ended.status, ended.cancel_reason, ended.refund_status) == ("CANCELLED", "JOB_EXPIRED", "PROCESSING")
    assert job_now(town, job.id).status == "CANCELLED"
    assert "job_expired_refund" in kinds(town, giver)
    assert "job_expired" in kinds(town, ended.creator_id)
    sweep.look_after_jobs()
    with town.uow() as uow:
        assert len(uow.all(Refund)) == 1


def _givers(town: Town, campaign_id: UUID) -> list[UUID]:
    with town.uow() as uow:
        ask = text("SELECT contributor_id FROM contributions WHERE campaign_id = :id")
        return list(uow.run(ask, {"id": campaign_id}).scalars())


@pytest.mark.row("NOT-03")
def test_reminders_come_at_24_hours_and_1_hour_once_for_each_deadline(town: Town, parts: Wiring) -> None:
    cleaner = town.cleaner()
    job = town.claimed(cleaner)
    for hours, expected in ((143, []), (1, ["deadline_24h"]), (22, ["deadline_24h"]), (1, BOTH), (0.9, BOTH)):
        town.clock.move(hours=hours)
        sweep.remind_of_deadlines()
        sweep.remind_of_deadlines()
        assert [k for k in kinds(town, cleaner.id) if k.startswith("deadline")] == expected
    town.clock.move(hours=1)
    sweep.look_after_jobs()
    other = town.cleaner()
    claim(town, other, job.id)
    town.clock.move(days=6, hours=23, minutes=30)  # the clock stood still: only the nearer one
    sweep.remind_of_deadlines()
    assert [k for k in kinds(town, other.id) if k.startswith("deadline")] == ["deadline_1h"]


BOTH = ["deadline_1h", "deadline_24h"]


@pytest.mark.row("VER-08")
def test_slow_decisions_are_told_once_to_whom_they_concern(town: Town, parts: Wiring) -> None:
    verifier, senior = town.admin(AdminDuty.VERIFIER), town.admin(AdminDuty.SENIOR)
    job = town.completed(town.cleaner())
    review.watch_verification_queue()
    assert [k for k in kinds(town, senior.id) if k.startswith("verification_")] == []
    town.clock.move(hours=25)
    review.watch_verification_queue()
    assert [k for k in kinds(town, senior.id) if k.startswith("verification_")] == [], "nothing was decided yet"
    town.clock.move(hours=24)
    for _ in range(3):
        review.watch_verification_queue()
    told = [k for k in kinds(town, senior.id) if k.startswith("verification_")]
    assert told == ["verification_over_48_h"]
    assert [k for k in kinds(town, verifier.id) if k.startswith("verification_")] == []
    with town.uow() as uow:
        reject_completion(
            uow, actor=verifier, job_id=job.id, checklist=ALL_TICKED, reason=RejectionReason.POOR_QUALITY,
            notes="", allow_retry=True,
        )  # fmt: skip
    for _ in range(3):
        review.watch_verification_queue()
    told = [k for k in kinds(town, senior.id) if k.startswith("verification_")]
    assert sorted(told) == ["verification_average_long", "verification_over_48_h"], "it took 49 hours"
    with town.uow() as uow:
        assert [a.kind for a in uow.all(Alert) if not a.cleared_at] == ["AVERAGE_LONG"]
        assert len(uow.all(Alert)) == 2
    town.clock.move(days=8)
    review.watch_verification_queue()
    with town.uow() as uow:
        assert all(a.cleared_at for a in uow.all(Alert)), "what is older than a week is no average of this week"


@pytest.mark.row("VER-08")
@pytest.mark.parametrize(("hours", "told"), [((30, 30, 10), 0), ((30, 30, 13), 1), ((1, 72), 1), ((23,), 0)])
def test_the_average_is_of_decisions_whatever_still_waits(
    town: Town, parts: Wiring, hours: tuple[int, ...], told: int
) -> None:
    verifier, senior = town.admin(AdminDuty.VERIFIER), town.admin(AdminDuty.SENIOR)
    for taken in hours:
        job = town.completed(town.cleaner())
        town.clock.move(hours=taken)
        with town.uow() as uow:
            reject_completion(
                uow, actor=verifier, job_id=job.id, checklist=ALL_TICKED, reason=RejectionReason.POOR_QUALITY,
                notes="", allow_retry=True,
            )  # fmt: skip
    town.completed(town.cleaner())
    review.watch_verification_queue()
    assert kinds(town, senior.id).count("verification_average_long") == told


@pytest.mark.row("VER-08")
def test_a_long_queue_is_told_to_verifiers(town: Town, parts: Wiring) -> None:
    verifier = town.admin(AdminDuty.VERIFIER)
    for _ in range(5):
        cleaner = town.cleaner()
        for _ in range(4):
            town.completed(cleaner)
    review.watch_verification_queue()
    assert "verification_queue_long" not in kinds(town, verifier.id)
    town.completed(town.cleaner())
    review.watch_verification_queue()
    assert kinds(town, verifier.id).count("verification_queue_long") == 1
