"""What a start repeats: the whole wish, its key, its photo; and what a cancelled campaign lets go."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import AlreadyStarted, IdempotencyConflict, PhotoAlreadyUsed, PhotoInOwnCampaign
from cleanit_app.models import Campaign, Photo
from cleanit_app.services.campaigns import campaigns
from cleanit_app.services.campaigns.starts import CampaignDraft
from tests.factories import LUCKNOW, Town

WISH = campaigns.check_draft(
    title="Corner dump by the school",
    description="Children step into the road to get past this heap every single morning.",
    target_paise=400_000,
    latitude=LUCKNOW[0],
    longitude=LUCKNOW[1],
    address="Gali No. 4, Aminabad, Lucknow",
)
OTHERS: dict[str, Any] = {
    "title": "Another dump by the school",
    "description": "The same heap, told better: it has grown to the gate and children walk around it.",
    "target_paise": 400_100,
    "latitude": LUCKNOW[0] + 0.000002,
    "longitude": LUCKNOW[1] + 0.000002,
    "address": "Gali No. 5, Aminabad, Lucknow",
}


def start(town: Town, person: Actor, draft: CampaignDraft = WISH, seed: int = 7, key: str | None = None) -> Campaign:
    """One start with the photo of this seed."""
    with town.uow() as uow:
        return campaigns.create_campaign(
            uow, actor=person, draft=draft, photo=town.photo(seed=seed), idempotency_key=key
        )


def cancel(town: Town, person: Actor, campaign: Campaign) -> None:
    """Taken back by its creator, or declined while it waits."""
    with town.uow() as uow:
        if campaign.status == "DRAFT":
            campaigns.decline_campaign(uow, actor=town.admin(), campaign_id=campaign.id, reason="Too dark to see.")
        else:
            campaigns.cancel_campaign(uow, actor=person, campaign_id=campaign.id)


@pytest.mark.row("CAM-01")
@pytest.mark.parametrize("key", [None, "another-key"])
def test_the_same_whole_wish_within_minutes_is_the_same_campaign(key: str | None, town: Town) -> None:
    person = town.person()
    made = start(town, person, key="the-first-key")
    town.clock.at += LIMITS.repeated_within - timedelta(seconds=1)
    with pytest.raises(AlreadyStarted) as repeated:
        start(town, person, key=key)
    assert repeated.value.values == {"campaign_id": made.id}
    town.clock.move(seconds=2)
    with pytest.raises(PhotoInOwnCampaign):
        start(town, person, key=key)


@pytest.mark.row("CAM-01")
def test_the_same_key_with_the_same_wish_is_the_same_campaign_at_any_time(town: Town) -> None:
    person = town.person()
    made = start(town, person, key="the-first-key")
    cancel(town, person, made)
    town.clock.move(days=40)
    with pytest.raises(AlreadyStarted) as repeated:
        start(town, person, key="the-first-key")
    assert repeated.value.values == {"campaign_id": made.id}


@pytest.mark.row("CAM-01")
@pytest.mark.parametrize("field", OTHERS)
def test_the_same_key_with_another_field_is_refused_by_its_name(field: str, town: Town) -> None:
    person = town.person()
    start(town, person, key="the-first-key")
    with pytest.raises(IdempotencyConflict) as refused:
        start(town, person, replace(WISH, **{field: OTHERS[field]}), key="the-first-key")
    assert refused.value.values == {"names": {"target_paise": "targetPaise"}.get(field, field)}
    with pytest.raises(IdempotencyConflict) as refused:
        start(town, person, seed=8, key="the-first-key")
    assert refused.value.values == {"names": "photo"}


@pytest.mark.row("CAM-01")
def test_a_key_belongs_to_the_person_who_sent_it(town: Town) -> None:
    mine = start(town, town.person(), key="the-first-key")
    assert start(town, town.person(), seed=8, key="the-first-key").id != mine.id


@pytest.mark.row("CAM-01", "CAM-05")
@pytest.mark.parametrize("field", [None, *OTHERS])
def test_the_photo_of_a_cancelled_campaign_is_free_again_for_its_owner(field: str | None, town: Town) -> None:
    person = town.person()
    first = start(town, person, key="the-first-key")
    cancel(town, person, first)
    better = replace(WISH, **{field: OTHERS[field]}) if field else WISH
    second = start(town, person, better, key="a-second-key")
    assert (second.id, second.photo_id) != (first.id, first.photo_id)
    with pytest.raises(PhotoInOwnCampaign):  # now the second one has it
        start(town, person, replace(WISH, title="A third try at this corner"))
    cancel(town, person, second)
    start(town, person, replace(WISH, title="A third try at this corner"))


@pytest.mark.row("CAM-05", "OPS-04")
def test_for_others_a_cancelled_campaigns_photo_stays_one_that_came_before(town: Town) -> None:
    person, other = town.person(), town.person()
    cancel(town, person, start(town, person))
    with pytest.raises(PhotoAlreadyUsed) as refused:
        start(town, other)
    assert not isinstance(refused.value, PhotoInOwnCampaign)
    start(town, person)
    with pytest.raises(PhotoAlreadyUsed):
        start(town, other)


@pytest.mark.row("CAM-01", "TST-04")
def test_sent_eight_times_at_once_it_is_one_campaign(town: Town) -> None:
    person = town.person()
    cancel(town, person, start(town, person))

    def send(turn: int) -> str:
        try:
            return str(start(town, person, key=f"race-key-{turn % 2}").id)
        except AlreadyStarted as earlier:
            return str(earlier.values["campaign_id"])

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(send, range(8)))) == 1
    with town.uow() as uow:
        rows = uow.run(select(func.count(), func.count().filter(~col(Photo.superseded))).select_from(Photo)).one()
        assert tuple(rows) == (2, 1)
