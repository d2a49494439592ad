"""A decision made at the desk can be undone for ten seconds, and is carried out once (VER-03, VER-04, VER-05)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.errors import (
    ChecklistIncomplete,
    DecisionPending,
    DomainError,
    NotAllowed,
    NotFound,
    ReasonMissing,
    SecondFactorNeeded,
    UndoTooLate,
)
from cleanit_app.domain.statuses import CampaignStatus, JobStatus, PayoutStatus, UserStatus
from cleanit_app.models import Campaign, Cleaner, Job, Notification, OutboxEvent, Payout, PendingDecision, User
from cleanit_app.reads.review.pending_decisions import own_decisions
from cleanit_app.reads.review.verification import item, queue, sla
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.people.admins import change_duties
from cleanit_app.services.review.pending_decisions import Rejection, decide, undo_decision
from cleanit_app.services.review.reviewing import begin_review, escalate_review
from cleanit_app.services.review.verification import Checklist, RejectionReason, approve_completion
from cleanit_app.wiring import Wiring
from tests.factories import ALL_TICKED, Town
from workers.jobs import review as job

pytestmark = pytest.mark.books
DIRTY = Rejection(RejectionReason.POOR_QUALITY, allow_retry=True)


def made(town: Town, admin: Actor, of: Job, rejection: Rejection | None = None, **more: Any) -> None:
    wish = {"checklist": ALL_TICKED, "notes": "Same wall.", "seen_photo_id": of.completion_photo_id} | more
    with town.uow() as uow:
        decide(uow, actor=admin, job_id=of.id, rejection=rejection, **wish)


def undone(town: Town, admin: Actor, of: Job) -> Any:
    with town.uow() as uow:
        return undo_decision(uow, actor=admin, job_id=of.id)


def told(town: Town) -> list[str]:
    with town.uow() as uow:
        relay_outbox(uow)
    with town.uow() as uow:
        return [one.kind for one in uow.all(Notification) if one.kind.startswith(("job_verified", "job_rejected"))]


def stands(town: Town, of: Job) -> tuple[JobStatus, CampaignStatus, int]:
    with town.uow() as uow:
        now = uow.get(Job, of.id)
        return now.status, uow.get(Campaign, of.campaign_id).status, len(uow.all(Payout, Payout.job_id == of.id))


UNDECIDED = (JobStatus.COMPLETED, CampaignStatus.COMPLETED, 0)


@pytest.mark.row("VER-03", "VER-04")
def test_nothing_happens_for_ten_seconds_and_then_once(town: Town, parts: Wiring) -> None:
    admin, cleaner = town.admin(AdminDuty.VERIFIER), town.cleaner()
    work = town.completed(cleaner)
    at = town.clock.now()
    made(town, admin, work)
    town.clock.move(seconds=9.9)
    job.carry_out_decisions()
    job.carry_out_decision(str(work.id))
    assert stands(town, work) == UNDECIDED
    assert told(town) == []
    town.clock.move(seconds=0.1)
    job.carry_out_decision(str(work.id))
    job.carry_out_decision(str(work.id))
    job.carry_out_decisions()
    assert stands(town, work) == (JobStatus.VERIFIED, CampaignStatus.COMPLETED, 1)
    assert sorted(told(town)) == ["job_verified", "job_verified_creator", "job_verified_neighbour"]
    with town.uow() as uow:
        payout = uow.first(Payout, Payout.job_id == work.id)
        done = uow.get(Job, work.id)
        assert payout is not None
        assert (payout.status, payout.scheduled_for) == (PayoutStatus.PENDING, at + timedelta(hours=24))
        assert (done.verified_by, done.verified_at, done.verification_notes) == (admin.user_id, at, "Same wall.")
        assert uow.all(PendingDecision) == []


@pytest.mark.row("VER-03")
@pytest.mark.parametrize("rejection", [None, DIRTY])
def test_an_undone_decision_was_never_made(town: Town, parts: Wiring, rejection: Rejection | None) -> None:
    admin, other = town.admin(AdminDuty.VERIFIER), town.admin(AdminDuty.VERIFIER)
    work = town.completed(town.cleaner())
    made(town, admin, work, rejection)
    town.clock.move(seconds=9)
    with pytest.raises(NotFound):
        undone(town, other, work)
    back = undone(town, admin, work)
    assert (back.checklist, back.notes) == (dict.fromkeys(back.checklist, True), "Same wall.")
    town.clock.move(minutes=5)
    job.carry_out_decisions()
    job.carry_out_decision(str(work.id))
    assert stands(town, work) == UNDECIDED
    assert told(town) == []
    with town.uow() as uow:
        assert begin_review(uow, actor=other, job_id=work.id).reviewer_id == other.user_id
    with pytest.raises(UndoTooLate):
        undone(town, admin, work)


@pytest.mark.row("VER-03")
def test_after_ten_seconds_nothing_is_undone_even_where_nobody_carried_it_out(town: Town, parts: Wiring) -> None:
    admin = town.admin(AdminDuty.VERIFIER)
    work = town.completed(town.cleaner())
    made(town, admin, work)
    town.clock.move(seconds=10)
    with pytest.raises(UndoTooLate):
        undone(town, admin, work)
    town.clock.move(minutes=3)  # the worker was killed, and the hint with it
    job.carry_out_decisions()
    assert stands(town, work)[0] is JobStatus.VERIFIED


@pytest.mark.row("VER-04")
def test_the_cleaners_day_runs_from_the_decision_and_neighbours_keep_theirs(town: Town, parts: Wiring) -> None:
    """However late it is carried out: at most an hour of the day in which a result is questioned is lost."""
    admin, cleaner = town.admin(AdminDuty.VERIFIER), town.cleaner()
    soon, late = town.completed(cleaner), town.completed(cleaner)
    at = town.clock.now()
    made(town, admin, soon)
    made(town, admin, late)
    town.clock.move(minutes=59)
    job.carry_out_decision(str(soon.id))
    town.clock.move(hours=30)
    job.carry_out_decisions()
    with town.uow() as uow:
        days = {p.job_id: p.scheduled_for for p in uow.all(Payout)}
    assert days == {soon.id: at + timedelta(hours=24), late.id: town.clock.now() + timedelta(hours=23)}


@pytest.mark.row("VER-05")
def test_a_rejection_is_carried_out_as_it_was_said(town: Town, parts: Wiring) -> None:
    admin, cleaner = town.admin(), town.cleaner()
    work, ended = town.completed(cleaner), town.completed(cleaner)
    made(town, admin, work, DIRTY)
    made(town, admin, ended, Rejection(RejectionReason.PHOTO_ISSUES, allow_retry=False, cancel_campaign=True))
    town.clock.move(seconds=10)
    job.carry_out_decisions()
    assert stands(town, work) == (JobStatus.CLAIMED, CampaignStatus.FUNDED, 0)
    assert stands(town, ended) == (JobStatus.FAILED, CampaignStatus.CANCELLED, 0)
    with town.uow() as uow:
        assert uow.get(Job, work.id).rejection_notes == "Same wall."
        assert uow.get(Cleaner, cleaner.user_id).rejected_count == 2


@pytest.mark.row("VER-06")
def test_a_fake_opens_its_case_when_it_is_carried_out(town: Town, parts: Wiring) -> None:
    admin, cleaner = town.admin(AdminDuty.VERIFIER), town.cleaner()
    work, other = town.completed(cleaner), town.verified(cleaner)
    made(town, admin, work, Rejection(RejectionReason.FAKE_COMPLETION, allow_retry=False))
    with town.uow() as uow:
        assert uow.get(User, cleaner.user_id).status is UserStatus.ACTIVE
    town.clock.move(seconds=10)
    job.carry_out_decisions()
    assert stands(town, work) == (JobStatus.FAILED, CampaignStatus.FUNDED, 0)
    with town.uow() as uow:
        assert uow.get(User, cleaner.user_id).status is UserStatus.SUSPENDED
        assert uow.all(Payout, Payout.job_id == other.id)[0].hold_reason == "CASE_OPEN"


@pytest.mark.row("VER-03", "VER-07")
def test_nobody_decides_on_what_is_decided(town: Town) -> None:
    admin, other = town.admin(AdminDuty.VERIFIER), town.admin(AdminDuty.VERIFIER)
    work = town.completed(town.cleaner())
    made(town, admin, work)
    for who in (admin, other):
        with pytest.raises(DecisionPending):
            made(town, who, work)
        with town.uow() as uow, pytest.raises(DecisionPending):
            approve_completion(uow, actor=who, job_id=work.id, checklist=ALL_TICKED)
        with town.uow() as uow, pytest.raises(DecisionPending):
            begin_review(uow, actor=who, job_id=work.id)
        with town.uow() as uow, pytest.raises(DecisionPending):
            escalate_review(uow, actor=who, job_id=work.id, reason="Is it the same wall?")
        with town.uow() as uow:
            assert queue(uow, actor=who).items == ()
            assert item(uow, actor=who, job_id=work.id).decision_pending
            assert sla(uow, actor=who).waiting == 0
    with town.uow() as uow:
        assert [one.job_id for one in own_decisions(uow, actor=admin)] == [work.id]
        assert own_decisions(uow, actor=other) == []


@pytest.mark.row("VER-03")
@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"checklist": Checklist(True, True, True, True, False)}, ChecklistIncomplete),
        ({"rejection": Rejection(RejectionReason.OTHER, True), "notes": " "}, ReasonMissing),
    ],
)
def test_what_is_wrong_is_said_at_once(town: Town, wrong: dict[str, Any], refusal: type[DomainError]) -> None:
    work = town.completed(town.cleaner())
    with pytest.raises(refusal):
        made(town, town.admin(AdminDuty.VERIFIER), work, **wrong)
    with pytest.raises(NotAllowed):
        made(town, town.admin(AdminDuty.SUPPORT), work)
    unproved = replace(town.admin(AdminDuty.VERIFIER), proved=False)
    with pytest.raises(SecondFactorNeeded):
        made(town, unproved, work, Rejection(RejectionReason.PHOTO_ISSUES, False, True))
    with town.uow() as uow:
        assert uow.all(PendingDecision) == []


@pytest.mark.row("VER-03")
def test_who_may_not_any_more_decides_nothing_and_hears_of_it(town: Town, parts: Wiring) -> None:
    admin, senior = town.admin(AdminDuty.VERIFIER), town.admin()
    work = town.completed(town.cleaner())
    made(town, admin, work)
    with town.uow() as uow:
        change_duties(uow, actor=senior, admin_id=admin.user_id, duties=[AdminDuty.SUPPORT])
    town.clock.move(seconds=10)
    job.carry_out_decisions()
    assert stands(town, work) == UNDECIDED
    with town.uow() as uow:
        assert uow.all(PendingDecision) == []
        relay_outbox(uow)
    with town.uow() as uow:
        fell = uow.first(Notification, Notification.kind == "decision_fell_through")
        assert fell is not None
        assert fell.user_id == admin.user_id
        assert [one.job_id for one in queue(uow, actor=senior).items] == [work.id]


@pytest.mark.row("VER-03", "VER-04")
@pytest.mark.parametrize("late", [False, True])
def test_of_undoing_and_carrying_out_one_wins(town: Town, parts: Wiring, late: bool) -> None:
    """Ten workers and the admin at once, on either side of the last moment: one pay, or none and the photo waits."""
    admin = town.admin(AdminDuty.VERIFIER)
    work = town.completed(town.cleaner())
    made(town, admin, work)
    town.clock.move(seconds=10 if late else 9.999)

    def press(n: int) -> bool:
        try:
            if n == 5:
                undone(town, admin, work)
                return True
            job.carry_out_decision(str(work.id))
        except UndoTooLate:
            return False
        return False

    with ThreadPoolExecutor(8) as crowd:
        was_undone = any(crowd.map(press, range(10)))
    assert was_undone is not late
    assert stands(town, work) == ((JobStatus.VERIFIED, CampaignStatus.COMPLETED, 1) if late else UNDECIDED)
    with town.uow() as uow:
        names = [one.name for one in uow.all(OutboxEvent)]
    assert names.count("JobVerified") == (1 if late else 0)


@pytest.mark.row("VER-03", "VER-04")
def test_two_admins_who_approve_at_once_make_one_decision(town: Town, parts: Wiring) -> None:
    work = town.completed(town.cleaner())
    admins = [town.admin(AdminDuty.VERIFIER) for _ in range(6)]

    def press(admin: Actor) -> bool:
        try:
            made(town, admin, work)
        except DecisionPending:
            return False
        return True

    with ThreadPoolExecutor(6) as crowd:
        assert list(crowd.map(press, admins)).count(True) == 1
    town.clock.move(seconds=10)
    job.carry_out_decisions()
    assert stands(town, work)[2] == 1
