"""Several causes, several sentences: what a person reads says what really happened, and to what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import ClaimGivenBack, ClaimRanOut, ClaimRanOutHeld, NotFound
from cleanit_app.i18n.notifications import notification_words
from cleanit_app.i18n.refusals import refusal_words
from cleanit_app.models import Campaign, Contribution, Job, Notification
from cleanit_app.reads.campaigns.campaign_detail import campaign_detail
from cleanit_app.services.jobs.jobs import claim_job, locked_own_job, unclaim_job
from cleanit_app.services.jobs.overdue import release_overdue_claim
from cleanit_app.services.ledger.invariants import check_books
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.payments.payments import apply_payment
from tests.factories import Town
from tests.support.words import in_both


def heard(town: Town, person: object) -> list[str]:
    """What somebody was told, in English, in its order."""
    with town.uow() as uow:
        relay_outbox(uow)
    with town.uow() as uow:
        mine = select(Notification).where(col(Notification.user_id) == person).order_by(col(Notification.id))
        return [notification_words(n.kind, n.values, town.clock.now()) for n in uow.run(mine).scalars()]


def pay(town: Town, wish: Contribution, payment_id: str = "") -> None:
    with town.uow() as uow:
        paid = town.payment(wish)
        apply_payment(uow, contribution_id=wish.id, payment=replace(paid, id=payment_id or paid.id))
    with town.uow() as uow:
        assert check_books(uow) == []


@pytest.mark.row("PAY-08", "NOT-01")
def test_money_that_goes_back_at_once_is_told_its_own_cause(town: Town) -> None:
    full = town.campaign(target_paise=100_000)
    twice, part, late = town.wish(full, 70_000), town.wish(full, 70_000), town.wish(full, 30_000)
    pay(town, twice)
    pay(town, twice, "pay_again")
    pay(town, part)
    pay(town, late)
    assert any(said.startswith("You paid twice for ") for said in heard(town, twice.contributor_id))
    assert any("needed less than you gave. The rest, ₹400," in said for said in heard(town, part.contributor_id))
    assert any("had all its money already. Your ₹300" in said for said in heard(town, late.contributor_id))


@pytest.mark.row("JOB-06", "JOB-08", "NOT-01")
def test_who_lost_a_job_and_whose_wish_it_was_hear_why(town: Town) -> None:
    cleaners = [town.cleaner(f"Cleaner {word}") for word in ("One", "Two", "Three")]
    job = town.claimed(cleaners[0])
    creator = creator_of(town, job.campaign_id)
    told = []
    for number, cleaner in enumerate(cleaners):
        if number:
            with town.uow() as uow:
                claim_job(uow, actor=cleaner, job_id=job.id)
        lose(town, job.id)
        lost = [said for said in heard(town, creator) if "ran out" in said or "nobody can take" in said]
        told.append(next(said for said in lost if number < LIMITS.claims_before_review - 1 or "nobody" in said))
        expected = ClaimRanOutHeld if number == LIMITS.claims_before_review - 1 else ClaimRanOut
        with pytest.raises(expected) as refusal, town.uow() as uow:
            locked_own_job(uow, actor=cleaner, job_id=job.id)
        said, hindi = in_both(partial(refusal_words, refusal.value.words, refusal.value.values))
        assert str(refusal.value.values["ended_at"].year) in said
        assert said != hindi
    assert all(said.startswith("Time ran out for the cleaner at ") for said in told[:-1])
    assert "nobody can take it now" in told[-1]
    assert "left" not in "".join(told)
    with town.uow() as uow:
        detail = campaign_detail(uow, actor=Actor(), campaign_id=job.campaign_id)
    assert detail.job is not None
    assert detail.job.held


@pytest.mark.row("JOB-13")
def test_a_job_that_was_given_back_says_so_and_strangers_hear_nothing(town: Town) -> None:
    cleaner, stranger = town.cleaner(), town.cleaner("Salma Bano")
    job = town.claimed(cleaner)
    with town.uow() as uow:
        unclaim_job(uow, actor=cleaner, job_id=job.id, reason="ill")
    news = heard(town, creator_of(town, job.campaign_id))
    assert any(said.startswith("The cleaner gave back the job at ") for said in news)
    for who, refusal in ((cleaner, ClaimGivenBack), (stranger, NotFound)):
        with pytest.raises(refusal), town.uow() as uow:
            locked_own_job(uow, actor=who, job_id=job.id)


@pytest.mark.row("NOT-04", "JOB-04")
def test_a_job_is_announced_to_those_alone_who_may_take_it(town: Town) -> None:
    had, other, gave = town.cleaner(), town.cleaner("Salma Bano"), town.cleaner("Arif Ali")
    campaign = town.campaign(target_paise=100_000)
    town.give(campaign, 40_000, gave)
    town.give(campaign, 60_000)
    job = town.job_of(campaign.id)
    for cleaner in (had, other, gave):
        heard(town, cleaner.user_id)
    with town.uow() as uow:
        claim_job(uow, actor=had, job_id=job.id)
    town.clock.move(days=2)
    with town.uow() as uow:
        unclaim_job(uow, actor=had, job_id=job.id, reason="ill")
    news = [[said for said in heard(town, who.user_id) if said.startswith("New jobs")] for who in (had, other, gave)]
    assert list(map(len, news)) == [1, 2, 0]


def creator_of(town: Town, campaign_id: object) -> object:
    with town.uow() as uow:
        return uow.get(Campaign, campaign_id).creator_id


def lose(town: Town, job_id: object) -> None:
    """Let the time of the claim run out, and the clock see it."""
    town.clock.move(hours=7 * 24 + 1)
    with town.uow() as uow:
        uow.get(Job, job_id).expires_at = town.clock.now() + timedelta(days=30)
    with town.uow() as uow:
        assert release_overdue_claim(uow, job_id=job_id)
