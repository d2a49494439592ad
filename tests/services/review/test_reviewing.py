"""Two never decide on one photo, and what one is unsure of goes up to seniors (VER-07, VER-08)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.errors import BeingReviewed, MoveRefused, NotFound, ReasonMissing
from cleanit_app.models import Cleaner, Job, Notification, Payout, Review, new_id
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.review.reviewing import Turn, begin_review, escalate_review
from cleanit_app.services.review.verification import (
    Checklist,
    RejectionReason,
    approve_completion,
    reject_completion,
)
from tests.factories import Town

ALL_TICKED = Checklist(True, True, True, True, True)


def begin(town: Town, actor: Actor, job: Job) -> Turn:
    with town.uow() as uow:
        return begin_review(uow, actor=actor, job_id=job.id)


def approve(town: Town, actor: Actor, job: Job) -> Any:
    with town.uow() as uow:
        return approve_completion(uow, actor=actor, job_id=job.id, checklist=ALL_TICKED)


def reject(town: Town, actor: Actor, job: Job) -> Any:
    with town.uow() as uow:
        return reject_completion(
            uow, actor=actor, job_id=job.id, checklist=ALL_TICKED, reason=RejectionReason.PHOTO_ISSUES,
            notes="blurred", allow_retry=True,
        )  # fmt: skip


def escalate(town: Town, actor: Actor, job: Job, reason: str = "Is this the same wall?") -> Any:
    with town.uow() as uow:
        return escalate_review(uow, actor=actor, job_id=job.id, reason=reason)


@pytest.mark.row("VER-07")
@pytest.mark.parametrize("act", [approve, reject, escalate])
def test_nobody_decides_while_another_looks(town: Town, act: Callable[[Town, Actor, Job], Any]) -> None:
    first, second = town.admin(AdminDuty.VERIFIER, name="Meera"), town.admin(AdminDuty.VERIFIER)
    job = town.completed(town.cleaner())
    turn = begin(town, first, job)
    assert turn == Turn(first.user_id, "Meera", town.clock.now() + timedelta(minutes=10))
    assert begin(town, second, job) == turn
    with pytest.raises(BeingReviewed) as refused:
        act(town, second, job)
    assert refused.value.values["name"] == "Meera"
    town.clock.move(minutes=9, seconds=59)
    with pytest.raises(BeingReviewed):
        act(town, second, job)
    town.clock.move(seconds=1)
    assert act(town, second, job)


@pytest.mark.row("VER-07")
def test_looking_again_goes_on_and_a_decision_frees_the_turn(town: Town) -> None:
    first, second = town.admin(AdminDuty.VERIFIER), town.admin(AdminDuty.VERIFIER)
    cleaner = town.cleaner()
    job = town.completed(cleaner)
    begin(town, first, job)
    town.clock.move(minutes=8)
    again = begin(town, first, job)
    assert again.until_at == town.clock.now() + timedelta(minutes=10)
    reject(town, first, job)
    with pytest.raises(MoveRefused):
        begin(town, second, job)  # nothing waits to be decided
    town.hand_in(cleaner, job.id)
    turn = begin(town, second, job)
    assert turn.reviewer_id == second.user_id
    with town.uow() as uow, pytest.raises(NotFound):
        begin_review(uow, actor=first, job_id=new_id())


@pytest.mark.row("VER-07")
def test_of_many_who_open_it_at_once_one_has_the_turn(town: Town) -> None:
    admins = [town.admin(AdminDuty.VERIFIER) for _ in range(8)]
    job = town.completed(town.cleaner())
    with ThreadPoolExecutor(8) as crowd:
        turns = list(crowd.map(lambda admin: begin(town, admin, job), admins))
    assert len({turn.reviewer_id for turn in turns}) == 1


@pytest.mark.row("VER-07")
def test_who_pages_through_the_queue_keeps_nobody_from_it(town: Town) -> None:
    first, second = town.admin(AdminDuty.VERIFIER), town.admin(AdminDuty.VERIFIER)
    jobs = [town.completed(town.cleaner()) for _ in range(3)]
    for job in jobs:
        assert begin(town, first, job).reviewer_id == first.user_id
    assert [begin(town, second, job).reviewer_id for job in jobs[1::-1]] == [second.user_id] * 2
    assert begin(town, second, jobs[2]).reviewer_id == first.user_id
    assert begin(town, first, jobs[1]).reviewer_id == first.user_id, "the second looks at the first of them by now"


@pytest.mark.row("VER-07")
def test_two_who_take_over_each_others_old_turns_do_not_wait_for_each_other(town: Town) -> None:
    admins = [town.admin(AdminDuty.VERIFIER) for _ in range(2)]
    jobs = [town.completed(town.cleaner()) for _ in range(2)]
    for _ in range(10):
        for admin, job in zip(admins, jobs, strict=True):
            begin(town, admin, job)
        town.clock.move(minutes=11)
        with ThreadPoolExecutor(2) as both:
            turns = list(both.map(lambda pair: begin(town, *pair), zip(admins, jobs[::-1], strict=True)))
        assert [turn.reviewer_id for turn in turns] == [admin.user_id for admin in admins]
        town.clock.move(minutes=11)


@pytest.mark.row("VER-08")
def test_what_is_handed_up_is_told_to_seniors_once_and_freed(town: Town) -> None:
    verifier, senior, finance = town.admin(AdminDuty.VERIFIER), town.admin(), town.admin(AdminDuty.FINANCE)
    cleaner = town.cleaner()
    job = town.completed(cleaner)
    begin(town, verifier, job)
    with pytest.raises(ReasonMissing):
        escalate(town, verifier, job, " \n ")
    escalate(town, verifier, job)
    with pytest.raises(MoveRefused):
        escalate(town, verifier, job)
    with town.uow() as uow:
        relay_outbox(uow)
    with town.uow() as uow:
        told = [(n.user_id, n.values["reason"]) for n in uow.all(Notification) if n.kind == "review_escalated"]
    assert told.count((senior.user_id, "Is this the same wall?")) == 1
    assert {finance.user_id, verifier.user_id} & {user for user, _ in told} == set()
    turn = begin(town, senior, job)
    assert turn.reviewer_id == senior.user_id, "who handed it up gave the turn away"
    reject(town, senior, job)
    town.hand_in(cleaner, job.id)
    with town.uow() as uow:
        review = uow.session.get(Review, job.id)
        assert review is not None
        assert review.escalated_at is None, "another photo was handed up by nobody"


@pytest.mark.row("VER-04")
def test_of_two_who_decide_at_the_same_moment_one_does(town: Town) -> None:
    """Neither has opened the photo first, as through the API."""
    admins, cleaner = [town.admin(AdminDuty.VERIFIER) for _ in range(2)], town.cleaner()
    job = town.completed(cleaner)

    def decide(admin: Actor) -> str:
        try:
            approve(town, admin, job)
        except (MoveRefused, BeingReviewed) as refusal:
            return refusal.code
        return "approved"

    with ThreadPoolExecutor(2) as crowd:
        decided = sorted(crowd.map(decide, admins))
    assert decided == ["MOVE_REFUSED", "approved"]
    with town.uow() as uow:
        assert len(uow.all(Payout, Payout.job_id == job.id)) == 1
        assert uow.get(Cleaner, cleaner.user_id).verified_count == 1
