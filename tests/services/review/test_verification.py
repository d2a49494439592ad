"""An admin's decision and what follows from it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM, Actor, AdminDuty
from cleanit_app.domain.errors import (
    ChecklistIncomplete,
    DomainError,
    LastClaimedByYou,
    MoveRefused,
    NotACleaner,
    NotAllowed,
    OwnInterest,
    ReasonMissing,
)
from cleanit_app.domain.statuses import UserStatus
from cleanit_app.models import Campaign, Cleaner, FraudCase, Job, LedgerAccount, Notification, Payout, User
from cleanit_app.reads.ledger.finances import financial_overview
from cleanit_app.services.jobs.jobs import claim_job
from cleanit_app.services.ledger import booking
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.payouts import manual as manual_payouts
from cleanit_app.services.payouts import payouts
from cleanit_app.services.review.verification import Checklist, RejectionReason, approve_completion, reject_completion
from cleanit_app.services.transfers import attempts
from tests.factories import ALL_TICKED, FORMAT, Town


def approve(town: Town, admin: Actor, job: Job, ticks: Checklist = ALL_TICKED) -> Job:
    with town.uow() as uow:
        return approve_completion(uow, actor=admin, job_id=job.id, checklist=ticks, notes="All good")


def reject(
    town: Town, admin: Actor, job: Job, reason: str = "POOR_QUALITY", notes: str = "", retry: bool = True
) -> Job:
    with town.uow() as uow:
        return reject_completion(
            uow,
            actor=admin,
            job_id=job.id,
            checklist=Checklist(),
            reason=RejectionReason(reason),
            notes=notes,
            allow_retry=retry,
        )


@pytest.mark.row("VER-03", "VER-04")
def test_approval_owes_the_pay_a_day_later(town: Town) -> None:
    cleaner, admin = town.cleaner(), town.admin(AdminDuty.VERIFIER)
    job = town.completed(cleaner, target_paise=400_000)
    for missing in range(5):
        ticks = Checklist(*(n != missing for n in range(5)))
        with pytest.raises(ChecklistIncomplete):
            approve(town, admin, job, ticks)
    done = approve(town, admin, job)
    assert (done.status, done.verified_by, done.verification_notes) == ("VERIFIED", admin.id, "All good")
    assert done.checklist == dict.fromkeys(done.checklist, True)
    with town.uow() as uow:
        payout = uow.run(select(Payout)).scalar_one()
        assert (payout.status, payout.amount_paise) == ("PENDING", 380_000)
        assert payout.scheduled_for == town.clock.now() + timedelta(hours=24)
        assert uow.get(Cleaner, cleaner.user_id).verified_count == 1
        assert booking.balance(uow, LedgerAccount.CLEANER_PAYABLE, cleaner.user_id) == -380_000
        assert (
            booking.balance(uow, LedgerAccount.FEE_INCOME) + booking.balance(uow, LedgerAccount.GST_OUTPUT) == -20_000
        )
    with pytest.raises(MoveRefused):
        approve(town, admin, job)


@pytest.mark.row("VER-05", "JOB-01")
def test_another_try_gets_a_fresh_week_and_no_photo(town: Town) -> None:
    cleaner, admin = town.cleaner(), town.admin(AdminDuty.VERIFIER)
    job = town.completed(cleaner)
    town.clock.move(days=2)
    again = reject(town, admin, job, notes="The left side is still dirty")
    assert (again.status, again.claimed_by, again.completion_photo_id) == ("CLAIMED", cleaner.id, None)
    assert again.completion_deadline == town.clock.now() + timedelta(days=7)
    assert (again.rejection_reason, again.rejection_notes) == ("POOR_QUALITY", "The left side is still dirty")
    assert again.claim_count == 1
    with town.uow() as uow:
        assert uow.get(Campaign, job.campaign_id).status == "FUNDED"
        assert uow.get(Cleaner, cleaner.user_id).rejected_count == 1


@pytest.mark.row("VER-05")
def test_other_needs_words(town: Town) -> None:
    admin = town.admin(AdminDuty.VERIFIER)
    job = town.completed(town.cleaner())
    with pytest.raises(ReasonMissing):
        reject(town, admin, job, "OTHER", "  ")


@pytest.mark.row("VER-05", "JOB-01")
def test_a_final_no_opens_the_job_for_somebody_else(town: Town) -> None:
    cleaner, other, admin = town.cleaner(), town.cleaner(), town.admin(AdminDuty.VERIFIER)
    job = town.completed(cleaner)
    failed = reject(town, admin, job, "WRONG_LOCATION", retry=False)
    assert failed.status == "FAILED"
    fresh = town.job_of(job.campaign_id)
    assert (fresh.status, fresh.amount_paise) == ("AVAILABLE", job.amount_paise)
    assert fresh.id != job.id
    with pytest.raises(LastClaimedByYou), town.uow() as uow:
        claim_job(uow, actor=cleaner, job_id=fresh.id)
    with town.uow() as uow:
        assert claim_job(uow, actor=other, job_id=fresh.id).claimed_by == other.id
        assert uow.get(Cleaner, cleaner.user_id).failed_count == 1


@pytest.mark.row("VER-06")
def test_a_fake_suspends_and_opens_a_case(town: Town) -> None:
    cleaner, admin = town.cleaner(), town.admin(AdminDuty.VERIFIER)
    job = town.completed(cleaner)
    assert reject(town, admin, job, "FAKE_COMPLETION", "A photo of a photo", retry=True).status == "FAILED"
    with town.uow() as uow:
        case = uow.run(select(FraudCase)).scalar_one()
        assert (case.person_id, case.job_id, case.notes) == (cleaner.id, job.id, "A photo of a photo")
        person = uow.get(User, cleaner.user_id)
        assert (person.status, person.suspension_reason) == ("SUSPENDED", "FAKE_COMPLETION")
    other_job = town.job()
    with pytest.raises(DomainError) as refused, town.uow() as uow:
        claim_job(uow, actor=cleaner, job_id=other_job.id)
    assert refused.value.code in ("ACCOUNT_SUSPENDED", NotACleaner.code)


@pytest.mark.row("VER-05")
def test_the_fourth_rejection_marks_the_account(town: Town) -> None:
    cleaner, admin = town.cleaner(), town.admin(AdminDuty.VERIFIER)
    for number in range(1, 5):
        reject(town, admin, town.completed(cleaner), retry=False)
        with town.uow() as uow:
            marked = uow.get(Cleaner, cleaner.user_id).flagged_for_review_at
            assert (marked is not None) == (number > 3)


def test_who_has_a_part_in_it_does_not_decide(town: Town) -> None:
    cleaner, boss = town.cleaner(), town.admin()
    job = town.completed(cleaner)
    with pytest.raises(NotAllowed):
        approve(town, town.admin(AdminDuty.FINANCE), job)
    with town.uow() as uow:
        uow.lock(Campaign, job.campaign_id).creator_id = boss.user_id
    with pytest.raises(OwnInterest):
        approve(town, boss, job)
    with pytest.raises(OwnInterest):
        reject(town, boss, job)


def test_of_two_admins_one_decides(town: Town) -> None:
    job = town.completed(town.cleaner())
    approve(town, town.admin(), job)
    with pytest.raises(MoveRefused):
        reject(town, town.admin(), job)
    with town.uow() as uow:
        assert uow.run(select(Payout).where(col(Payout.job_id) == job.id)).scalar_one().status == "PENDING"


@pytest.mark.row("VER-03", "VER-05")
def test_nobody_decides_on_a_photo_that_was_not_looked_at(town: Town) -> None:
    job = town.completed(town.cleaner())
    looked_at, other = job.completion_photo_id, job.campaign_id
    admin = town.admin()
    with pytest.raises(MoveRefused), town.uow() as uow:
        approve_completion(uow, actor=admin, job_id=job.id, checklist=ALL_TICKED, seen_photo_id=other)
    with town.uow() as uow:
        approve_completion(uow, actor=admin, job_id=job.id, checklist=ALL_TICKED, seen_photo_id=looked_at)


@pytest.mark.row("VER-06", "OPS-03")
def test_a_faked_photo_holds_the_other_pay_of_its_cleaner_until_finance_releases_it(town: Town) -> None:
    cleaner, other, admin = town.cleaner(), town.cleaner(), town.admin()
    finance = town.admin(AdminDuty.FINANCE)
    waiting, sent, elsewhere = town.verified(cleaner), town.verified(cleaner), town.verified(other)
    handed_in = town.completed(cleaner)
    town.clock.move(hours=25)
    pay = {job.id: pay_of(town, job) for job in (waiting, sent, elsewhere)}
    with town.uow() as uow:
        attempt_id = payouts.prepare_payout(uow, payout_id=pay[sent.id].id, form=FORMAT)
    reject(town, admin, town.completed(cleaner), "FAKE_COMPLETION", "A photo of a photo")
    held = pay_of(town, waiting)
    assert (held.status, held.hold_reason, held.held_by) == ("PENDING", "CASE_OPEN", None)
    with town.uow() as uow:
        assert payouts.due_payouts(uow, limit=9) == [pay[elsewhere.id].id]
        assert attempts.take_up(uow, attempt_id=attempt_id).step is attempts.NextStep.NOTHING  # not sent any more
        shown = next(p for p in financial_overview(uow, actor=finance).payouts if p.id == held.id)
        assert (shown.held, shown.hold_reason) == (True, "CASE_OPEN")
        relay_outbox(uow)
    town.approve(handed_in)
    assert pay_of(town, handed_in).hold_reason == "CASE_OPEN"
    with town.uow() as uow:
        kinds = [n.kind for n in uow.all(Notification, Notification.user_id == cleaner.user_id)]
        assert kinds.count("payout_held") == 1
        manual_payouts.release_payout(uow, actor=finance, payout_id=held.id)
    with town.uow() as uow:
        assert held.id in payouts.due_payouts(uow, limit=9)


@pytest.mark.row("JOB-07", "OPS-03")
def test_a_pause_for_lost_claims_holds_no_pay_that_was_earned(town: Town) -> None:
    cleaner = town.cleaner()
    job = town.verified(cleaner)
    with town.uow() as uow:
        user = uow.lock(User, cleaner.user_id)
        user.suspended_at, user.suspension_reason = uow.now, "PENALTIES"
        user.move_to(UserStatus.SUSPENDED, by=SYSTEM, at=uow.now, why="lost claims")
    town.clock.move(hours=25)
    with town.uow() as uow:
        assert payouts.due_payouts(uow, limit=9) == [pay_of(town, job).id]


def pay_of(town: Town, job: Job) -> Payout:
    with town.uow() as uow:
        return uow.run(select(Payout).where(col(Payout.job_id) == job.id)).scalar_one()
