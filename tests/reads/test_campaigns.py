"""One campaign as its page shows it, from a photo of a dirty street to a paid cleaner."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from cleanit_app.domain.actors import NOBODY, Actor, AdminDuty
from cleanit_app.domain.errors import MalformedRequest, NotAllowed, NotFound
from cleanit_app.domain.statuses import CampaignStatus, JobStatus
from cleanit_app.reads.campaigns import campaigns
from cleanit_app.reads.campaigns.campaigns import StepKind
from cleanit_app.reads.paging import make_cursor, read_cursor
from cleanit_app.services.jobs import jobs
from cleanit_app.services.payments.taking_back import take_contribution_back
from cleanit_app.services.review.verification import Checklist, RejectionReason, reject_completion
from tests.factories import LUCKNOW, Town
from tests.reads.conftest import Ask, paid


@pytest.mark.row("CAM-01", "JOB-05", "VER-04", "PAY-06")
def test_the_page_follows_the_money_and_the_work(town: Town, ask: Ask) -> None:
    creator, giver, cleaner = town.person(), town.person(name="Imran Khan"), town.cleaner()
    campaign = town.campaign(creator, target_paise=400_000)

    def seen(actor: Actor = NOBODY) -> campaigns.CampaignDetail:
        found: campaigns.CampaignDetail = ask(campaigns.campaign_detail, actor=actor, campaign_id=campaign.id)
        return found

    assert (seen().status, seen().pay_paise, seen().fee_paise) == (CampaignStatus.ACTIVE, 380_000, 20_000)
    assert seen(creator).viewer.may_cancel
    assert seen(giver).viewer.may_contribute
    assert not seen(creator).viewer.may_contribute
    gift = town.give(campaign, 400_000, giver)
    assert (seen().money.held_paise, seen().percent, seen().contributor_count) == (400_000, 100, 1)
    assert seen(giver).viewer.own_contribution_id == gift.id
    assert seen(giver).contributors[0].is_you
    job = town.job_of(campaign.id)
    with town.uow() as uow:
        jobs.claim_job(uow, actor=cleaner, job_id=job.id)
    claimed = seen().job
    assert claimed
    assert (claimed.status, claimed.cleaner_name) == (JobStatus.CLAIMED, "Ramesh")
    paid(town, campaign, cleaner)
    done = seen()
    assert (done.status, done.money.held_paise, done.money.owed_paise) == (CampaignStatus.CLOSED, 0, 0)
    assert (done.money.paid_out_paise, done.money.fee_paise) == (380_000, 20_000)
    assert done.after is not None
    assert [step.step for step in done.timeline] == [
        StepKind.POSTED,
        StepKind.APPROVED,
        StepKind.FUNDED,
        StepKind.CLAIMED,
        StepKind.PHOTO_SENT,
        StepKind.VERIFIED,
        StepKind.PAID,
    ]


@pytest.mark.row("CAM-01", "PAY-03")
def test_half_was_together_when_the_ledger_held_it_and_stays_so(town: Town, ask: Ask) -> None:
    campaign, giver = town.campaign(target_paise=100_000), town.person()
    town.clock.move(minutes=1)

    def halves() -> list[datetime]:
        found = ask(campaigns.campaign_detail, actor=NOBODY, campaign_id=campaign.id)
        return [step.at for step in found.timeline if step.step is StepKind.HALF_FUNDED]

    town.give(campaign, 49_000)
    assert halves() == []
    town.clock.move(hours=3)
    gift = town.give(campaign, 1_000, giver)
    (when,) = halves()
    assert abs(when - town.clock.now()) < timedelta(seconds=1)
    town.clock.move(hours=1)
    with town.uow() as uow:
        take_contribution_back(uow, actor=giver, contribution_id=gift.id)
    assert halves() == [when]
    town.give(campaign, 30_000)
    assert halves() == [when]
    town.clock.move(minutes=1)
    town.give(campaign, 21_000)
    steps = [s.step for s in ask(campaigns.campaign_detail, actor=NOBODY, campaign_id=campaign.id).timeline]
    assert steps == [StepKind.POSTED, StepKind.APPROVED, StepKind.HALF_FUNDED, StepKind.FUNDED]


@pytest.mark.row("VER-05")
def test_a_rejected_attempt_stays_in_the_timeline_and_its_photo_is_gone(town: Town, ask: Ask) -> None:
    cleaner, admin = town.cleaner(), town.admin(AdminDuty.VERIFIER)
    job = town.completed(cleaner)
    question = {"campaign_id": job.campaign_id}
    assert ask(campaigns.campaign_detail, actor=NOBODY, **question).after is None
    assert ask(campaigns.campaign_detail, actor=admin, **question).after is not None
    with town.uow() as uow:
        reject_completion(
            uow,
            actor=admin,
            job_id=job.id,
            checklist=Checklist(),
            reason=RejectionReason.POOR_QUALITY,
            notes="The left side of Mr Kumar's shop",
            allow_retry=False,
        )
    detail = ask(campaigns.campaign_detail, actor=NOBODY, **question)
    steps = [(step.step, step.reason) for step in detail.timeline]
    assert (StepKind.REJECTED, "POOR_QUALITY") in steps
    assert "Kumar" not in repr(detail)
    assert detail.job
    assert (detail.job.status, detail.after) == (JobStatus.AVAILABLE, None)


@pytest.mark.row("CAM-09")
def test_what_waits_is_seen_by_its_creator_and_those_who_approve(town: Town, ask: Ask) -> None:
    creator = town.person()
    campaign_id = town.waiting(creator).id
    for actor in (NOBODY, town.person(), town.cleaner(), town.admin(AdminDuty.FINANCE)):
        with pytest.raises(NotFound):
            ask(campaigns.campaign_detail, actor=actor, campaign_id=campaign_id)
    for actor in (creator, town.admin(AdminDuty.VERIFIER)):
        assert ask(campaigns.campaign_detail, actor=actor, campaign_id=campaign_id).status == "DRAFT"
    assert ask(campaigns.discover, actor=creator, status=set(CampaignStatus)).items == ()
    assert [c.id for c in ask(campaigns.my_campaigns, actor=creator).items] == [campaign_id]
    (waiting,) = ask(campaigns.campaigns_waiting, actor=town.admin(AdminDuty.VERIFIER)).items
    assert (waiting.creator_name, waiting.nearby_count, waiting.own_interest) == ("Asha Verma", 0, False)
    with pytest.raises(NotAllowed):
        ask(campaigns.campaigns_waiting, actor=creator)


@pytest.mark.row("CAM-06")
def test_is_it_this_one(town: Town, ask: Ask) -> None:
    campaign = town.campaign(place=LUCKNOW)
    person = town.person()
    near = ask(campaigns.near_duplicate, actor=person, latitude=LUCKNOW[0] + 0.0004, longitude=LUCKNOW[1])
    assert (near.id, near.distance_m) == (campaign.id, 44)
    far = {"latitude": LUCKNOW[0] + 0.001, "longitude": LUCKNOW[1]}
    assert ask(campaigns.near_duplicate, actor=person, **far) is None


@pytest.mark.row("PAY-02")
def test_a_hidden_name_is_hidden_from_everybody(town: Town, ask: Ask) -> None:
    campaign = town.campaign()
    giver = town.person(name="Salma Bano")
    gift = town.give(campaign, 20_000, giver)
    with town.uow() as uow:
        uow.lock(type(gift), gift.id).anonymous = True
    for actor in (NOBODY, giver, town.admin()):
        detail = ask(campaigns.campaign_detail, actor=actor, campaign_id=campaign.id)
        assert [c.name for c in detail.contributors] == [None]
        assert "Salma" not in repr(detail)


@pytest.mark.row("JOB-04")
def test_a_card_names_the_cleaner_by_first_name(town: Town, ask: Ask) -> None:
    town.claimed(town.cleaner("Ramesh Kumar Pal"))
    (card,) = ask(campaigns.discover, actor=NOBODY).items
    assert (card.cleaner_first_name, card.job_status, card.after) == ("Ramesh", JobStatus.CLAIMED, None)
    assert card.contributor_count == 1


@pytest.mark.row("SEC-04")
@pytest.mark.parametrize("cursor", ["x", "====", make_cursor(), make_cursor(1), make_cursor("a", "b", "c"), "Ww"])
def test_a_made_up_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(MalformedRequest):
        read_cursor(cursor, int, str)


def test_a_cursor_keeps_its_keys() -> None:
    assert read_cursor(make_cursor(0.1 + 0.2, "é"), float, str) == (0.1 + 0.2, "é")
    assert read_cursor(None, int) is None
