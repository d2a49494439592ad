"""Taking and giving back jobs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.errors import (
    AlreadyClaimed,
    ClaimLimitReached,
    DomainError,
    LastClaimedByYou,
    NotACleaner,
    NotAllowed,
    NotFound,
    OwnJob,
    ReasonMissing,
    TooLateToUnclaim,
)
from cleanit_app.models import Job, OutboxEvent, StatusChange
from cleanit_app.services.jobs import jobs
from cleanit_app.services.jobs.jobs import claim_job, unclaim_job
from cleanit_app.services.people import kyc
from tests.factories import Town


def claim(town: Town, cleaner: Actor, job: Job) -> Job:
    with town.uow() as uow:
        return claim_job(uow, actor=cleaner, job_id=job.id)


@pytest.mark.row("JOB-04", "JOB-05")
def test_a_claim_sets_everything(town: Town) -> None:
    cleaner, job = town.cleaner(), town.job()
    mine = claim(town, cleaner, job)
    assert (mine.status, mine.claimed_by, mine.claimed_at) == ("CLAIMED", cleaner.id, town.clock.now())
    assert mine.completion_deadline == town.clock.now() + timedelta(days=7)
    assert mine.claim_count == 1
    with town.uow() as uow:
        log = uow.run(select(OutboxEvent).where(col(OutboxEvent.name) == "JobClaimed")).scalar_one()
        assert (log.actor_id, log.payload["job_id"]) == (cleaner.id, str(job.id))
        moves = select(col(StatusChange.to_status)).where(col(StatusChange.subject_id) == job.id)
        assert uow.run(moves.order_by(col(StatusChange.id))).scalars().all() == ["AVAILABLE", "CLAIMED"]


@pytest.mark.row("JOB-04")
def test_one_hundred_at_once_give_one_winner(town: Town) -> None:
    job = town.job()
    cleaners = [town.cleaner() for _ in range(100)]

    def attempt(cleaner: Actor) -> str:
        try:
            claim(town, cleaner, job)
        except DomainError as refusal:
            return refusal.code
        return "WON"

    with ThreadPoolExecutor(20) as pool:
        results = list(pool.map(attempt, cleaners))
    assert results.count("WON") == 1
    assert results.count("ALREADY_CLAIMED") == 99


@pytest.mark.row("JOB-04")
def test_twenty_jobs_at_once_give_five_to_one_cleaner(town: Town) -> None:
    cleaner = town.cleaner()
    open_jobs = [town.job() for _ in range(12)]

    def attempt(job: Job) -> str:
        try:
            claim(town, cleaner, job)
        except DomainError as refusal:
            return refusal.code
        return "WON"

    with ThreadPoolExecutor(12) as pool:
        results = list(pool.map(attempt, open_jobs))
    assert results.count("WON") == 5
    assert results.count("CLAIM_LIMIT") == 7
    assert ClaimLimitReached.status == 429
    assert AlreadyClaimed.status == 409


@pytest.mark.row("JOB-13", "JOB-04", "JOB-01")
def test_giving_back_needs_a_reason_and_a_day(town: Town) -> None:
    cleaner, other = town.cleaner(), town.cleaner()
    job = town.claimed(cleaner)
    with pytest.raises(NotFound), town.uow() as uow:
        unclaim_job(uow, actor=other, job_id=job.id, reason="not mine")
    with pytest.raises(ReasonMissing), town.uow() as uow:
        unclaim_job(uow, actor=cleaner, job_id=job.id, reason=" <p></p> ")
    town.clock.move(days=5, hours=23)
    with town.uow() as uow:
        free = unclaim_job(uow, actor=cleaner, job_id=job.id, reason="My leg hurts")
        assert (free.status, free.claimed_by, free.unclaim_reason) == ("AVAILABLE", None, "My leg hurts")
        assert free.last_claimed_by == cleaner.id
    with town.uow() as uow:
        moves = select(col(StatusChange.to_status)).where(col(StatusChange.subject_id) == job.id)
        assert uow.run(moves.order_by(col(StatusChange.id))).scalars().all() == [
            "AVAILABLE",
            "CLAIMED",
            "RELEASED",
            "AVAILABLE",
        ]
    with pytest.raises(LastClaimedByYou):
        claim(town, cleaner, job)
    assert claim(town, other, job).claim_count == 2


@pytest.mark.row("JOB-13")
def test_a_day_before_the_deadline_is_too_late(town: Town) -> None:
    cleaner = town.cleaner()
    job = town.claimed(cleaner)
    town.clock.move(days=6)
    with pytest.raises(TooLateToUnclaim), town.uow() as uow:
        unclaim_job(uow, actor=cleaner, job_id=job.id, reason="late")


@pytest.mark.row("JOB-04", "LAW-08")
def test_who_may_not_take_jobs(town: Town) -> None:
    job = town.job()
    with pytest.raises(NotAllowed):
        claim(town, town.person(), job)
    from_kyc = town.cleaner()
    boss = town.admin(AdminDuty.COMPLIANCE)
    with town.uow() as uow:
        kyc.reject_cleaner(uow, actor=boss, cleaner_id=from_kyc.user_id, reason="papers do not fit")
    with pytest.raises(NotACleaner):
        claim(town, from_kyc, job)


@pytest.mark.row("JOB-04")
def test_nobody_cleans_what_they_started_or_paid_for(town: Town) -> None:
    creator, giver = town.cleaner(), town.cleaner()
    started = town.campaign(creator, target_paise=50_000)
    town.give(started, 50_000)
    funded = town.campaign(target_paise=50_000)
    town.give(funded, 50_000, giver)
    with pytest.raises(OwnJob):
        claim(town, creator, town.job_of(started.id))
    with pytest.raises(OwnJob):
        claim(town, giver, town.job_of(funded.id))


def test_a_released_job_is_open_for_others(town: Town) -> None:
    cleaner = town.cleaner()
    job = town.claimed(cleaner)
    with town.uow() as uow:
        locked = jobs.locked_own_job(uow, actor=cleaner, job_id=job.id)
        jobs.release_job(uow, job=locked, by=cleaner, why="time ran out")
    assert town.job_of(job.campaign_id).status == "AVAILABLE"
