"""A cleaner in public: first name, finished work and shown results, and nothing else of anybody."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

import pytest
from sqlmodel import col

from cleanit_app import routes
from cleanit_app.domain.actors import NOBODY, Actor, AdminDuty, Role
from cleanit_app.domain.errors import NotFound
from cleanit_app.models import Payout, User, new_id
from cleanit_app.reads.campaigns.campaign_detail import campaign_detail
from cleanit_app.reads.people.cleaner_page import CleanerPage, cleaner_page
from cleanit_app.services.jobs import overdue
from cleanit_app.services.payouts import manual as manual_payouts
from cleanit_app.services.people.suspension import suspend_person
from cleanit_app.state.campaign_view import campaign_view
from tests.factories import Town

pytestmark = pytest.mark.row("JOB-11", "LAW-07")


def page_of(town: Town, cleaner: Actor) -> CleanerPage:
    with town.uow() as uow:
        return cleaner_page(uow, actor=NOBODY, cleaner_id=cleaner.user_id)


def paid(town: Town, cleaner: Actor) -> UUID:
    """A place this cleaner has cleaned and was paid for; its campaign."""
    job = town.verified(cleaner)
    with town.uow() as uow:
        payout = uow.first(Payout, col(Payout.job_id) == job.id)
        assert payout
        manual_payouts.record_manual_payout(
            uow, actor=town.admin(AdminDuty.FINANCE), payout_id=payout.id, reference=f"SBIN{job.id.hex[:12].upper()}"
        )
    return job.campaign_id


def change(town: Town, person: Actor, **facts: object) -> None:
    with town.uow() as uow:
        user = uow.lock(User, person.user_id)
        for name, value in facts.items():
            setattr(user, name, value)


def test_a_newcomer_has_no_rate_and_no_stars(town: Town) -> None:
    seen = page_of(town, town.cleaner("Ramesh Pal"))
    assert (seen.first_name, seen.jobs_done, seen.completion_rate, seen.results) == ("Ramesh", 0, None, ())


def test_work_counts_and_only_the_first_name_is_said(town: Town) -> None:
    ramesh = town.cleaner("Ramesh Pal")
    campaign = paid(town, ramesh)
    late = town.claimed(ramesh)
    town.clock.move(days=8)
    with town.uow() as uow:
        assert overdue.release_overdue_claim(uow, job_id=late.id)
    seen = page_of(town, ramesh)
    assert (seen.jobs_done, seen.completion_rate) == (1, 0.5)
    assert [card.id for card in seen.results] == [campaign]
    said = str(asdict(seen))
    assert "Pal" not in said
    assert "+91" not in said
    assert "@" not in said


def test_photos_of_who_said_no_are_not_among_the_results(town: Town) -> None:
    ramesh = town.cleaner()
    paid(town, ramesh)
    change(town, ramesh, gallery_consent=False)
    seen = page_of(town, ramesh)
    assert (seen.jobs_done, seen.results) == (1, ())


def test_who_is_paused_unnamed_no_cleaner_or_nobody_has_no_page(town: Town) -> None:
    paused, unnamed = town.cleaner(), town.cleaner()
    with town.uow() as uow:
        suspend_person(uow, actor=town.admin(AdminDuty.SENIOR), user_id=paused.user_id, reason="Under review")
    change(town, unnamed, credited=False)
    others = [paused, unnamed, town.person(), town.person(Role.CLEANER), town.admin()]
    for person in [one.user_id for one in others] + [new_id()]:
        with town.uow() as uow, pytest.raises(NotFound):
            cleaner_page(uow, actor=NOBODY, cleaner_id=person)


def test_the_page_of_a_cleanup_leads_to_its_cleaner_who_has_a_page(town: Town) -> None:
    ramesh = town.cleaner()
    campaign = paid(town, ramesh)
    for named, href in ((True, routes.cleaner(ramesh.user_id)), (False, "")):
        change(town, ramesh, credited=named)
        with town.uow() as uow:
            detail = campaign_detail(uow, actor=NOBODY, campaign_id=campaign)
            shown = campaign_view(detail, uow.now, takes_jobs=False, user_id="")
        assert shown.money.cleaner_href == href
