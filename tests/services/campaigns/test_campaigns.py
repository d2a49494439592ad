"""Starting, letting in, declining and cancelling campaigns."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.errors import (
    InvalidFields,
    MoneyRaised,
    MoveRefused,
    NotAllowed,
    NotFound,
    NotSignedIn,
    OwnInterest,
    PhotoAlreadyUsed,
    ReasonMissing,
)
from cleanit_app.models import Campaign, Photo, StatusChange
from cleanit_app.services.campaigns import campaigns
from tests.factories import LUCKNOW, Town

GOOD = {
    "title": "Corner dump by the school",
    "description": "Children step into the road to get past this heap every single morning.",
    "target_paise": 400_000,
    "latitude": LUCKNOW[0],
    "longitude": LUCKNOW[1],
    "address": "Gali No. 4, Aminabad",
}


def problem_of(**changes: object) -> dict[str, str]:
    with pytest.raises(InvalidFields) as refused:
        campaigns.check_draft(**{**GOOD, **changes})
    return {name: problem.key for name, problem in refused.value.fields.items()}


@pytest.mark.parametrize(
    ("field", "value", "name", "key"),
    [
        ("title", "", "title", "title_missing"),
        ("title", "Drain", "title", "title_short"),
        ("title", "x" * 101, "title", "title_long"),
        ("title", "<b>Drain</b>", "title", "title_short"),
        ("title", 7, "title", "title_missing"),
        ("description", "Short", "description", "description_short"),
        ("description", "y" * 1001, "description", "description_long"),
        ("target_paise", 49_999, "targetPaise", "target_low"),
        ("target_paise", 5_000_001, "targetPaise", "target_high"),
        ("target_paise", "many", "targetPaise", "target_missing"),
        ("target_paise", 400_050, "targetPaise", "target_whole_rupees"),
        ("target_paise", True, "targetPaise", "target_missing"),
        ("latitude", "north", "latitude", "place_missing"),
        ("latitude", 0, "latitude", "place_outside_india"),
        ("address", "", "address", "address_missing"),
    ],
)
@pytest.mark.row("CAM-02", "CAM-03", "CAM-04", "SEC-04")
def test_each_field_answers_for_itself(field: str, value: object, name: str, key: str) -> None:
    assert problem_of(**{field: value}) == {name: key}


def test_all_problems_are_said_at_once() -> None:
    assert set(problem_of(title="", target_paise=0, address="")) == {"title", "targetPaise", "address"}


@pytest.mark.row("CAM-02")
def test_html_is_taken_out() -> None:
    wish = campaigns.check_draft(
        **{
            **GOOD,
            "title": "Heap <script>alert(1)</script>by the <b>school</b> & clinic",
            "address": "A\x00\u202eB road",
        }
    )
    assert wish.title == "Heap by the school & clinic"
    assert wish.address == "AB road"


@pytest.mark.row("CAM-09", "CAM-07", "CAM-01")
def test_a_first_campaign_waits_and_the_next_does_not(town: Town) -> None:
    creator, admin = town.person(), town.admin(AdminDuty.VERIFIER)
    wish = campaigns.check_draft(**GOOD)
    with town.uow() as uow:
        first = campaigns.create_campaign(uow, actor=creator, draft=wish, photo=town.photo())
        assert (first.status, first.activated_at, first.expires_at) == ("DRAFT", None, None)
    town.clock.move(days=2)
    with town.uow() as uow:
        approved = campaigns.approve_campaign(uow, actor=admin, campaign_id=first.id)
        assert approved.status == "ACTIVE"
        assert approved.expires_at == town.clock.now() + timedelta(days=45)
    with town.uow() as uow:
        second = campaigns.create_campaign(uow, actor=creator, draft=wish, photo=town.photo())
        assert second.status == "ACTIVE"
    with town.uow() as uow:
        history = select(col(StatusChange.to_status)).where(col(StatusChange.subject_id) == first.id)
        assert uow.run(history.order_by(col(StatusChange.id))).scalars().all() == ["DRAFT", "ACTIVE"]


@pytest.mark.row("CAM-09")
def test_a_declined_campaign_keeps_the_reason_and_its_creator_stays_a_first_timer(town: Town) -> None:
    creator, admin = town.person(), town.admin(AdminDuty.VERIFIER)
    wish = campaigns.check_draft(**GOOD)
    with town.uow() as uow:
        draft = campaigns.create_campaign(uow, actor=creator, draft=wish, photo=town.photo())
    with pytest.raises(ReasonMissing), town.uow() as uow:
        campaigns.decline_campaign(uow, actor=admin, campaign_id=draft.id, reason="  ")
    with town.uow() as uow:
        gone = campaigns.decline_campaign(uow, actor=admin, campaign_id=draft.id, reason="This is private land")
        assert (gone.status, gone.cancel_reason) == ("CANCELLED", "This is private land")
    with pytest.raises(MoveRefused), town.uow() as uow:
        campaigns.approve_campaign(uow, actor=admin, campaign_id=draft.id)
    with town.uow() as uow:
        assert campaigns.create_campaign(uow, actor=creator, draft=wish, photo=town.photo()).status == "DRAFT"


@pytest.mark.row("CAM-06")
def test_the_fourth_campaign_at_one_place_is_marked(town: Town) -> None:
    for _ in range(3):
        assert not town.campaign().possible_spam
    assert town.campaign(place=(LUCKNOW[0] + 0.0005, LUCKNOW[1])).possible_spam
    assert not town.campaign(place=(LUCKNOW[0] + 0.01, LUCKNOW[1])).possible_spam
    town.clock.move(days=31)
    assert not town.campaign().possible_spam


@pytest.mark.row("CAM-12")
def test_a_creator_cancels_only_what_collects_and_has_nothing(town: Town) -> None:
    creator = town.person()
    campaign, other = town.campaign(creator), town.campaign(creator)
    town.give(other, 5_000)
    with pytest.raises(NotFound), town.uow() as uow:
        campaigns.cancel_campaign(uow, actor=town.person(), campaign_id=campaign.id)
    with pytest.raises(MoneyRaised), town.uow() as uow:
        campaigns.cancel_campaign(uow, actor=creator, campaign_id=other.id)
    with town.uow() as uow:
        gone = campaigns.cancel_campaign(uow, actor=creator, campaign_id=campaign.id)
        assert (gone.status, gone.cancelled_at) == ("CANCELLED", town.clock.now())
    with pytest.raises(MoveRefused), town.uow() as uow:
        campaigns.cancel_campaign(uow, actor=creator, campaign_id=campaign.id)


def test_only_admins_with_the_duty_decide_and_never_on_their_own(town: Town) -> None:
    wish = campaigns.check_draft(**GOOD)
    creator = town.person()
    with town.uow() as uow:
        draft = campaigns.create_campaign(uow, actor=creator, draft=wish, photo=town.photo())
    for actor in (creator, town.cleaner(), town.admin(AdminDuty.FINANCE)):
        with pytest.raises(NotAllowed), town.uow() as uow:
            campaigns.approve_campaign(uow, actor=actor, campaign_id=draft.id)
    with pytest.raises(NotSignedIn), town.uow() as uow:
        campaigns.approve_campaign(uow, actor=Actor(), campaign_id=draft.id)
    boss = town.admin()
    with town.uow() as uow:
        row = uow.lock(Campaign, draft.id)
        row.creator_id = boss.user_id
    with pytest.raises(OwnInterest), town.uow() as uow:
        campaigns.approve_campaign(uow, actor=boss, campaign_id=draft.id)


def test_the_very_same_photo_is_refused_and_nothing_is_left_behind(town: Town) -> None:
    wish = campaigns.check_draft(**GOOD)
    with town.uow() as uow:
        campaigns.create_campaign(uow, actor=town.person(), draft=wish, photo=town.photo(seed=77))
    with pytest.raises(PhotoAlreadyUsed), town.uow() as uow:
        campaigns.create_campaign(uow, actor=town.person(), draft=wish, photo=town.photo(seed=77))
    with town.uow() as uow:
        counted: list[UUID] = list(uow.run(select(col(Photo.id))).scalars())
        assert len(counted) == 1
