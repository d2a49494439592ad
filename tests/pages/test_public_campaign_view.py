"""What a campaign's page says in each state, to each kind of person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from cleanit_app.domain.actors import NOBODY, Actor, Role
from cleanit_app.domain.statuses import CampaignRefundStatus, CampaignStatus
from cleanit_app.i18n import speaking
from cleanit_app.i18n.formats import day_time
from cleanit_app.pages.citizen.fund.state import FundState
from cleanit_app.reads.campaigns.campaigns import campaign_detail, discover
from cleanit_app.services.campaigns import campaigns
from cleanit_app.services.jobs import jobs
from cleanit_app.services.ledger.invariants import check_books
from cleanit_app.services.payments import contributions
from cleanit_app.services.review.verification import RejectionReason, reject_completion
from cleanit_app.state.campaign_view import CampaignView, campaign_view
from cleanit_app.state.cards import card_view
from tests.factories import ALL_TICKED, Town

ASHA = "Asha Verma"


@pytest.fixture
def town(db: Engine) -> Iterator[Town]:
    """People, money and work on demand."""
    town = Town(db)
    yield town
    with town.uow() as uow:
        assert check_books(uow) == []


def look(town: Town, campaign_id: UUID, actor: Actor = NOBODY, takes_jobs: bool = False) -> CampaignView:
    """The page of a campaign as this person sees it."""
    with town.uow() as uow:
        detail = campaign_detail(uow, actor=actor, campaign_id=campaign_id)
        return campaign_view(detail, uow.now, takes_jobs=takes_jobs, user_id=str(actor.id or ""))


def steps(view: CampaignView) -> list[tuple[str, str]]:
    """The stones of the timeline in English with their state."""
    return [(step.title, step.state) for step in view.steps]


def test_collecting_below_the_mark_says_what_is_missing_to_go_ahead(town: Town) -> None:
    campaign = town.campaign(target_paise=100_000)
    town.give(campaign, 25_000)
    view = look(town, campaign.id)
    assert (view.raised, view.percent, view.kerb, view.ahead) == ("₹250", 25, "collecting", False)
    assert view.line.startswith("₹550 more and it goes ahead.")
    assert (view.dock, view.missing) == ("give", "₹750")
    assert (view.money.chip, view.money.first_state, view.money.second_state) == ("HELD", "now", "todo")
    assert (view.money.to_cleaner, view.money.to_run) == ("₹950", "₹50")
    assert steps(view)[:2] == [("Posted and approved", "ok"), ("Collecting money", "now")]


@pytest.mark.row("CAM-01")
def test_each_update_says_its_day_and_hour(town: Town) -> None:
    campaign = town.campaign(target_paise=100_000)
    town.give(campaign, 50_000)
    stones = {step.title: step for step in look(town, campaign.id).steps}
    half = stones["Half of the money is together"]
    with town.uow() as uow:
        assert (half.note, half.state) == (day_time(uow.now, uow.now), "ok")
    with speaking("hi"):
        assert "आधा पैसा जुड़ गया" in {step.title for step in look(town, campaign.id).steps}


def test_past_the_mark_says_when_it_goes_ahead(town: Town) -> None:
    campaign = town.campaign(target_paise=100_000)
    town.give(campaign, 80_000)
    view = look(town, campaign.id)
    assert view.ahead
    assert view.line.startswith("Past the 80% mark.")


@pytest.mark.row("CAM-08")
def test_who_started_it_reads_why_they_cannot_pay_and_may_cancel_until_the_first_rupee(town: Town) -> None:
    asha = town.person()
    campaign = town.campaign(asha)
    before = look(town, campaign.id, asha)
    town.give(campaign, 20_000)
    after = look(town, campaign.id, asha)
    assert (before.dock, before.may_cancel, after.dock, after.may_cancel) == ("own", True, "own", False)
    assert before.creator == "You started this"
    assert look(town, campaign.id).creator == f"{ASHA} started this"


def test_an_anonymous_giver_stays_without_a_name_for_others_and_for_the_page(town: Town) -> None:
    campaign, imran = town.campaign(), town.person(name="Imran Khan")
    wish = town.wish(campaign, 20_000, imran)
    with town.uow() as uow:
        uow.get(type(wish), wish.id).anonymous = True
        contributions.apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish))
    seen, own = look(town, campaign.id), look(town, campaign.id, imran)
    assert [(n.name, n.letters, n.amount) for n in seen.neighbours] == [("A neighbour", "", "₹200")]
    assert "Imran" not in str(seen)
    assert own.neighbours[0].name == "You, name hidden from others"
    assert own.own_contribution == "You gave ₹200"
    assert own.contribution_href.endswith(str(wish.id))


@pytest.mark.row("CAM-09")
def test_a_declined_campaign_shows_its_creator_the_reason(town: Town) -> None:
    asha, admin = town.person(), town.admin()
    wish = campaigns.check_draft(
        title="Corner dump by the school",
        description="Children step into the road to get past this heap every single morning.",
        target_paise=100_000,
        latitude=26.8467,
        longitude=80.9462,
        address="Gali No. 4, Aminabad, Lucknow",
    )
    with town.uow() as uow:
        draft = campaigns.create_campaign(uow, actor=asha, draft=wish, photo=town.photo())
    waiting = look(town, draft.id, asha)
    with town.uow() as uow:
        campaigns.decline_campaign(uow, actor=admin, campaign_id=draft.id, reason="This is a private yard")
    declined = look(town, draft.id, asha)
    assert (waiting.word_tone, waiting.dock) == ("warn", "")
    assert declined.word == "We could not take this one: This is a private yard"
    assert ("Not approved", "bd") in steps(declined)


def test_the_work_names_the_cleaner_by_first_name_with_the_deadline(town: Town) -> None:
    ramesh = town.cleaner("Ramesh Pal")
    job = town.claimed(ramesh)
    view = look(town, job.campaign_id)
    assert view.line.startswith("Ramesh took the job and has until ")
    assert "Pal" not in str(view)
    assert ("Cleaning, then the photo", "now") in steps(view)
    assert look(town, job.campaign_id, ramesh).work_href == f"/work/{job.id}"


def test_an_active_cleaner_finds_the_way_to_an_open_job_unless_it_is_their_own(town: Town) -> None:
    job = town.job()
    cleaner = town.cleaner("Sunita Devi")
    assert look(town, job.campaign_id, cleaner, takes_jobs=True).work_href == f"/jobs/{job.id}"
    assert look(town, job.campaign_id, cleaner, takes_jobs=False).work_href == ""
    campaign = town.campaign(target_paise=100_000)
    town.give(campaign, 100_000, cleaner)
    assert look(town, campaign.id, cleaner, takes_jobs=True).work_href == ""


@pytest.mark.row("VER-05")
def test_a_rejected_try_stays_in_the_timeline_with_its_reason(town: Town) -> None:
    job = town.completed(town.cleaner())
    with town.uow() as uow:
        reject_completion(uow, actor=town.admin(), job_id=job.id, **_rejection())
    view = look(town, job.campaign_id)
    bad = [step for step in view.steps if step.state == "bd"]
    assert [step.title for step in bad] == ["Photo not accepted"]
    assert "it is not clean enough yet" in bad[0].note
    assert view.steps[-3].title == "Cleaning, then the photo"


def _rejection() -> dict[str, Any]:
    return {"checklist": ALL_TICKED, "reason": RejectionReason.POOR_QUALITY, "notes": "", "allow_retry": True}


def test_accepted_work_is_shown_to_all_with_the_moment_of_the_pay(town: Town) -> None:
    job = town.verified(town.cleaner())
    view = look(town, job.campaign_id)
    assert view.after
    assert (view.status, view.chip) == ("COMPLETED", "CLOSED")  # cleaned and checked, as the line below says
    assert (view.money.chip, view.money.second_state, view.money.third_state) == ("HELD", "done", "now")
    assert "The pay leaves " in view.money.note
    assert steps(view)[-1] == ("Cleaner is paid", "now")


def test_before_it_is_accepted_only_people_with_a_part_in_it_see_the_after_photo(town: Town) -> None:
    ramesh = town.cleaner()
    job = town.completed(ramesh)
    assert look(town, job.campaign_id).after == ""
    assert look(town, job.campaign_id).chip == "COMPLETED"
    assert look(town, job.campaign_id, ramesh).after != ""


@pytest.mark.parametrize(
    ("status", "second"), [(CampaignStatus.EXPIRED, "Closed at 30%"), (CampaignStatus.CANCELLED, "Cancelled")]
)
def test_money_of_a_campaign_that_ended_without_work_is_on_its_way_back(
    town: Town, status: CampaignStatus, second: str
) -> None:
    campaign = town.campaign()
    town.give(campaign, 30_000)
    with town.uow() as uow:
        open_one = campaign_detail(uow, actor=NOBODY, campaign_id=campaign.id)
        ended = replace(open_one, status=status, refund_status=CampaignRefundStatus.PROCESSING)
        view = campaign_view(ended, uow.now, takes_jobs=False, user_id="")
    assert (view.money.chip, view.money.goes_back, view.money.third_state) == ("REFUNDING", True, "ref")
    assert view.money.second == second
    assert view.money.note.startswith("₹300 goes back in full")
    assert steps(view)[-1] == ("Refunds on the way", "now")
    assert view.dock == ""


def test_a_campaign_taken_back_by_its_creator_says_so_and_hides_empty_money(town: Town) -> None:
    asha = town.person()
    campaign = town.campaign(asha)
    with town.uow() as uow:
        campaigns.cancel_campaign(uow, actor=asha, campaign_id=campaign.id)
    view = look(town, campaign.id)
    assert view.word == "Its starter took it back before any money came."
    assert view.money.third == ""


def test_a_cleaner_who_left_or_ran_out_of_time_is_told_and_the_job_is_open_again(town: Town) -> None:
    cleaner = town.cleaner()
    job = town.claimed(cleaner)
    town.clock.move(days=2)
    with town.uow() as uow:
        jobs.unclaim_job(uow, actor=cleaner, job_id=job.id, reason="I have a fever")
    view = look(town, job.campaign_id)
    assert ("The cleaner left the job", "ok") in steps(view)
    assert ("A cleaner takes the job", "now") in steps(view)
    assert view.time == ""


def test_roles_without_giving_have_no_button(town: Town) -> None:
    campaign = town.campaign()
    assert look(town, campaign.id, town.admin()).dock == "admin"
    assert look(town, campaign.id, town.person(Role.CLEANER, "Arif Ali")).dock == "give"


@pytest.mark.row("CAM-10")
@pytest.mark.parametrize(
    ("paise", "english", "hindi"),
    [(25_000, "everyone is refunded", "सबका पैसा वापस"), (80_000, "goes ahead with what was given", "सफ़ाई होगी")],
)
def test_past_its_end_a_campaign_says_that_it_closes_tonight_and_has_no_button(
    town: Town, paise: int, english: str, hindi: str
) -> None:
    campaign = town.campaign(target_paise=100_000)
    town.give(campaign, paise)
    assert campaign.expires_at is not None
    town.clock.at = campaign.expires_at - timedelta(seconds=1)
    assert look(town, campaign.id).dock == "give"
    town.clock.at = campaign.expires_at
    view = look(town, campaign.id)
    assert (view.dock, view.time) == ("", "Closing tonight")
    with speaking("hi"):
        in_hindi = look(town, campaign.id)
    assert in_hindi.time == "आज रात बंद होगी"
    assert english in view.line
    assert hindi in in_hindi.line
    assert [step.note for step in view.steps if step.state == "now"] == ["Closing tonight"]
    with town.uow() as uow:
        (card,) = discover(uow, actor=NOBODY).items
        with speaking("hi"):
            assert card_view(card, uow.now).time == "आज रात बंद होगी"
        fund = FundState()
        fund._take(campaign_detail(uow, actor=town.person(), campaign_id=campaign.id))
    assert fund.stage == "tonight"
