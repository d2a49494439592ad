"""Who hears about what, and how often."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, Role
from cleanit_app.domain.events import Event
from cleanit_app.i18n.notifications import notification_words
from cleanit_app.models import ErrorLog, Notification
from cleanit_app.services.fraud.cases import report_person
from cleanit_app.services.jobs.jobs import claim_job, unclaim_job
from cleanit_app.services.notifications.recipients import WHO_HEARS
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.payments.payments import apply_payment
from cleanit_app.services.people.suspension import suspend_person
from cleanit_app.services.review.reviewing import begin_review, escalate_review
from tests.factories import Town
from tests.support.words import in_both


def kinds_of(town: Town, user_id: object) -> list[str]:
    with town.uow() as uow:
        mine = select(col(Notification.kind)).where(col(Notification.user_id) == user_id)
        return sorted(uow.run(mine).scalars())


def relay(town: Town) -> int:
    with town.uow() as uow:
        return relay_outbox(uow).events


@pytest.mark.row("NOT-01")
def test_every_event_has_somebody_who_decides_who_hears_it() -> None:
    assert set(WHO_HEARS) == set(Event.registry.values())


@pytest.mark.row("NOT-03", "JOB-05", "VER-04")
def test_the_main_job_is_told_to_those_it_concerns(town: Town) -> None:
    cleaner, admin = town.cleaner(), town.admin()
    job = town.verified(cleaner)
    assert relay(town) > 5
    assert relay(town) == 0
    with town.uow() as uow:
        assert uow.run(select(ErrorLog)).all() == []
        giver = uow.run(
            select(col(Notification.user_id)).where(col(Notification.kind) == "contribution_receipt")
        ).scalar_one()
        creator = uow.run(select(col(Notification.user_id)).where(col(Notification.kind) == "job_claimed")).scalar_one()
    assert kinds_of(town, cleaner.id) == ["job_available", "job_claimed_self", "job_verified", "kyc_active"]
    assert kinds_of(town, giver) == ["campaign_funded", "contribution_receipt", "job_verified_neighbour"]
    assert kinds_of(town, creator) == [
        "campaign_approved",
        "campaign_contribution_last",
        "campaign_funded",
        "job_claimed",
        "job_completed",
        "job_verified_creator",
    ]
    assert {"campaign_created", "job_completed_admin"} <= set(kinds_of(town, admin.id))
    assert job.status == "VERIFIED"


@pytest.mark.row("NOT-04")
def test_new_jobs_are_announced_once_a_day(town: Town) -> None:
    cleaner = town.cleaner()
    town.job()
    town.job()
    relay(town)
    assert kinds_of(town, cleaner.id).count("job_available") == 1
    town.clock.move(days=1)
    town.job()
    relay(town)
    assert kinds_of(town, cleaner.id).count("job_available") == 2


@pytest.mark.row("NOT-04")
def test_new_jobs_are_told_to_every_active_cleaner_wherever_and_to_nobody_else(town: Town) -> None:
    """Each once a day however many jobs open: not who may not work, whose wish or gift it is, or who just had it."""
    cleaners = [town.cleaner(name) for name in ("Ramesh Pal", "Sunita Devi", "Arif Ali")]
    waiting, paused = town.person(Role.CLEANER), town.cleaner("Salma Bano")
    with town.uow() as uow:
        suspend_person(uow, actor=town.admin(), user_id=paused.user_id, reason="Looked into by compliance")
    starter, giver, others = town.cleaner("Deepak Rawat"), town.cleaner("Geeta Kumari"), (town.person(), town.admin())
    campaign = town.campaign(starter)
    town.give(campaign, 40_000, giver)
    town.give(campaign, 60_000)
    far = town.job(place=(8.0883, 77.5385))  # Kanyakumari, 2,000 km from the first
    relay(town)

    def told(person: Actor) -> int:
        return kinds_of(town, person.id).count("job_available")

    assert [told(one) for one in cleaners] == [1, 1, 1]
    assert [told(one) for one in (waiting, paused, *others)] == [0, 0, 0, 0]
    assert [told(starter), told(giver)] == [1, 1]  # of the far one alone: the other is their own
    with town.uow() as uow:
        own = uow.all(Notification, Notification.user_id == giver.id, Notification.kind == "job_available")
        assert [one.values["campaignId"] for one in own] == [str(far.campaign_id)]
    town.clock.move(days=1)
    with town.uow() as uow:
        claim_job(uow, actor=cleaners[0], job_id=far.id)
    with town.uow() as uow:
        unclaim_job(uow, actor=cleaners[0], job_id=far.id, reason="My cart is broken")
    relay(town)
    assert [told(one) for one in cleaners] == [1, 2, 2]  # who just gave it back may not take it, and is not told


@pytest.mark.row("PAY-02", "NOT-03")
def test_who_pays_too_much_hears_what_comes_back_and_when(town: Town) -> None:
    campaign = town.campaign(target_paise=100_000)
    first, second = town.wish(campaign, 70_000), town.wish(campaign, 70_000)
    for wish in (first, second):
        with town.uow() as uow:
            apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish))
    relay(town)
    assert "money_comes_back_part" not in kinds_of(town, first.contributor_id)
    with town.uow() as uow:
        told = uow.run(select(Notification).where(col(Notification.kind) == "money_comes_back_part")).scalar_one()
    assert told.user_id == second.contributor_id
    said = notification_words(told.kind, told.values, told.created_at)
    assert said == ("Corner dump by the school needed less than you gave. The rest, ₹400, is coming back by 3 Dec.")


@pytest.mark.row("NOT-01", "OPS-02", "OPS-04")
def test_what_an_admin_lays_on_the_desk_is_news_to_the_others_alone(town: Town) -> None:
    """Handed up, reported: seniors and compliance hear it, and not who has just done it."""
    doer, colleague, cleaner = town.admin(), town.admin(), town.cleaner()
    job = town.completed(cleaner)
    with town.uow() as uow:
        begin_review(uow, actor=doer, job_id=job.id)
        escalate_review(uow, actor=doer, job_id=job.id, reason="Is this the same wall?")
        report_person(uow, actor=doer, user_id=cleaner.user_id, note="The same phone as another")
    relay(town)
    news = {"review_escalated", "fraud_case_opened"}
    assert news & set(kinds_of(town, doer.user_id)) == set()
    assert news <= set(kinds_of(town, colleague.user_id))


@pytest.mark.row("SEC-10")
def test_the_making_of_an_admin_is_told_in_words(town: Town) -> None:
    values = {"name": "Imran Khan", "duties": "FINANCE, SUPPORT"}
    english, hindi = in_both(lambda: notification_words("admin_made_admin", values, town.clock.now()))
    assert english == "Imran Khan is an admin now (finance, support)."
    assert "SUPPORT" not in hindi
