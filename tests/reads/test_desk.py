"""A cleaner's desk and papers, and finding jobs without a position."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cleanit_app.domain.actors import NOBODY, Role
from cleanit_app.domain.errors import NotACleaner, NotSignedIn
from cleanit_app.models import Cleaner, Job
from cleanit_app.reads.jobs.cleaner_dashboard import cleaner_desk, my_papers
from cleanit_app.reads.jobs.jobs import JobSort, open_jobs
from cleanit_app.services.people import kyc
from tests.factories import Town, hand_in_id
from tests.reads.conftest import Ask


@pytest.mark.row("JOB-04")
def test_the_desk_counts_and_names_the_nearest_deadline(town: Town, ask: Ask) -> None:
    cleaner = town.cleaner()
    first = town.claimed(cleaner)
    town.clock.move(hours=5)
    town.claimed(cleaner)
    town.job()
    desk = ask(cleaner_desk, actor=cleaner)
    assert (desk.kyc, desk.suspended_for, desk.in_hand, desk.open_jobs) == ("ACTIVE", None, 2, 1)
    assert desk.nearest.job_id == first.id
    assert desk.nearest.deadline == town.clock.now() + timedelta(days=7, hours=-5)


def test_a_citizen_has_no_desk_and_nobody_is_refused(town: Town, ask: Ask) -> None:
    assert ask(cleaner_desk, actor=town.person()).kyc is None
    with pytest.raises(NotACleaner):
        ask(my_papers, actor=town.person())
    with pytest.raises(NotSignedIn):
        ask(cleaner_desk, actor=NOBODY)


@pytest.mark.row("LAW-08")
def test_papers_say_why_somebody_was_refused(town: Town, ask: Ask) -> None:
    newcomer, admin = town.person(Role.CLEANER), town.admin()
    with town.uow() as uow:
        kyc.reject_cleaner(uow, actor=admin, cleaner_id=newcomer.user_id, reason="The ID is another person's")
    papers = ask(my_papers, actor=newcomer)
    assert (papers.kyc, papers.mask, papers.refused_because) == ("REJECTED", None, "The ID is another person's")


@pytest.mark.row("JOB-04", "LAW-08")
def test_the_desk_knows_when_papers_wait_for_us_alone(town: Town, ask: Ask) -> None:
    newcomer = town.person(Role.CLEANER)

    def given() -> bool:
        return bool(ask(cleaner_desk, actor=newcomer).all_given)

    assert not given()
    with town.uow() as uow:
        hand_in_id(uow, newcomer)
    assert not given()  # where to send the money
    with town.uow() as uow:
        row = uow.lock(Cleaner, newcomer.user_id)
        row.payout_kind, row.payout_details, row.payout_holder = "UPI", b"sealed elsewhere", "Sita Devi"
        row.payout_mask, row.payout_changed_at = "si•••@okbank", uow.now
    assert given()
    with town.uow() as uow:
        kyc.reject_cleaner(uow, actor=town.admin(), cleaner_id=newcomer.user_id, reason="The ID is another person's")
    assert not given()


@pytest.mark.row("JOB-03")
def test_jobs_are_found_by_the_name_of_a_place_newest_first(town: Town, ask: Ask) -> None:
    cleaner, jobs = town.cleaner(), []
    for _ in range(3):
        jobs.append(_in(town, town.job()))
        town.clock.move(minutes=5)
    page = ask(open_jobs, actor=cleaner, q="amina", sort=JobSort.NEW, limit=2)
    rest = ask(open_jobs, actor=cleaner, q="amina", sort=JobSort.NEW, limit=2, cursor=page.next_cursor)
    assert [j.id for j in (*page.items, *rest.items)] == [job.id for job in reversed(jobs)]
    assert ask(open_jobs, actor=cleaner, q="Indore").items == ()
    for nasty in ("'", "\\", "& | !", "a' & b:*", "()", "\x00"):
        ask(open_jobs, actor=cleaner, q=nasty)


def _in(town: Town, job: Job) -> Job:
    with town.uow() as uow:
        return uow.get(Job, job.id)
