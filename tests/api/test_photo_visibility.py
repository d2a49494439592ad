"""Who gets the file of a photo: asked at the file, whatever page or list names it (SEC-06, CAM-09)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cleanit_app.api.files import FOR_A_DAY, FOREVER
from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import Campaign, Photo
from cleanit_app.services.campaigns import campaigns, closing
from cleanit_app.services.jobs import jobs
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.factories import Town

As = Callable[[Actor], Caller]


def addresses(town: Town, photo_id: Any) -> list[str]:
    """Every size of a photo."""
    with town.uow() as uow:
        photo = uow.get(Photo, photo_id)
    return [f"/files/{photo.base_key}/{width}.webp" for width in photo.widths]


def answers(caller: Caller, town: Town, photo_id: Any) -> set[int]:
    """How this caller is answered at all sizes."""
    return {caller.get(address).status_code for address in addresses(town, photo_id)}


def cancelled(town: Town, campaign: Campaign) -> None:
    """Ended by an admin, money goes back."""
    with town.uow() as uow:
        closing.cancel_by_admin(uow, actor=town.admin(), campaign_id=campaign.id, reason="A face is in the photo.")


@pytest.mark.row("SEC-06", "CAM-09")
def test_a_draft_shows_its_photo_to_its_creator_and_to_who_decides(as_: As, anybody: Caller, town: Town) -> None:
    person = town.person()
    draft = town.waiting(person)
    for caller, status in (
        (anybody, 404),
        (as_(town.person()), 404),
        (as_(town.cleaner()), 404),
        (as_(town.admin(AdminDuty.FINANCE)), 404),
        (as_(person), 200),
        (as_(town.admin(AdminDuty.VERIFIER)), 200),
    ):
        assert answers(caller, town, draft.photo_id) == {status}
    mine = as_(person).get(addresses(town, draft.photo_id)[0])
    assert (mine.headers["cache-control"], "etag" in mine.headers) == ("private, no-store", False)
    assert anybody.get(addresses(town, draft.photo_id)[0]).headers["cache-control"] == "no-store"
    with town.uow() as uow:
        campaigns.approve_campaign(uow, actor=town.admin(), campaign_id=draft.id)
    assert answers(anybody, town, draft.photo_id) == {200}


@pytest.mark.row("SEC-06", "CAM-09")
def test_a_declined_photo_stays_with_its_creator(as_: As, anybody: Caller, town: Town) -> None:
    person = town.person()
    draft = town.waiting(person)
    with town.uow() as uow:
        campaigns.decline_campaign(uow, actor=town.admin(), campaign_id=draft.id, reason="A face is in the photo.")
    assert answers(anybody, town, draft.photo_id) == answers(as_(town.person()), town, draft.photo_id) == {404}
    assert answers(as_(person), town, draft.photo_id) == {200}


@pytest.mark.row("SEC-06", "CAM-12", "CAM-13")
def test_a_cancelled_photo_is_gone_for_strangers_at_once(as_: As, anybody: Caller, town: Town) -> None:
    """Page, list, preview and file say the same: who started or paid still sees it."""
    person, giver = town.person(), town.person()
    campaign = town.campaign(person)
    town.give(campaign, 20_000, giver)
    path = f"/api/campaigns/{campaign.id}"
    assert answers(anybody, town, campaign.photo_id) == {200}
    assert anybody.get(path).json()["photos"]["before"]["sizes"]
    cancelled(town, campaign)
    assert answers(anybody, town, campaign.photo_id) == answers(as_(town.person()), town, campaign.photo_id) == {404}
    assert anybody.get(path).json()["photos"]["before"]["sizes"] == []
    [card] = anybody.get("/api/campaigns?status=CANCELLED").json()["items"]
    assert card["photos"]["before"]["sizes"] == []
    for caller in (as_(person), as_(giver), as_(town.admin(AdminDuty.VERIFIER))):
        assert answers(caller, town, campaign.photo_id) == {200}
        assert caller.get(path).json()["photos"]["before"]["sizes"]


@pytest.mark.row("SEC-06", "JOB-09")
def test_an_after_photo_is_public_once_accepted(as_: As, anybody: Caller, town: Town) -> None:
    cleaner, person, giver = town.cleaner(), town.person(), town.person()
    campaign = town.campaign(person)
    town.give(campaign, 100_000, giver)
    with town.uow() as uow:
        jobs.claim_job(uow, actor=cleaner, job_id=town.job_of(campaign.id).id)
    job = town.hand_in(cleaner, town.job_of(campaign.id).id)
    photo_id = job.completion_photo_id
    assert answers(anybody, town, photo_id) == answers(as_(town.cleaner()), town, photo_id) == {404}
    for caller in (as_(cleaner), as_(person), as_(giver), as_(town.admin(AdminDuty.VERIFIER))):
        assert answers(caller, town, photo_id) == {200}
    town.approve(job)
    assert answers(anybody, town, photo_id) == {200}


@pytest.mark.row("SEC-06")
def test_a_public_photo_may_be_kept_and_a_kept_one_is_asked_again(anybody: Caller, town: Town) -> None:
    campaign = town.campaign()
    address = addresses(town, campaign.photo_id)[0]
    first = anybody.get(address)
    assert first.headers["cache-control"] == FOR_A_DAY
    again = {"If-None-Match": first.headers["etag"]}
    kept = anybody.get(address, headers=again)
    assert (kept.status_code, kept.content, kept.headers["cache-control"]) == (304, b"", FOR_A_DAY)
    cancelled(town, campaign)
    assert anybody.get(address, headers=again).status_code == 404


@pytest.mark.row("SEC-06")
def test_it_is_kept_for_ever_where_a_cache_can_be_told(anybody: Caller, town: Town, wiring: Wiring) -> None:
    wiring.settings = wiring.settings.model_copy(update={"cache_purge_url": "https://cdn.example/purge"})
    campaign, draft = town.campaign(), town.waiting(town.person())
    assert anybody.get(addresses(town, campaign.photo_id)[0]).headers["cache-control"] == FOREVER
    assert anybody.get(addresses(town, draft.photo_id)[0]).headers["cache-control"] == "no-store"


@pytest.mark.row("SEC-02", "SEC-06")
def test_an_admin_from_elsewhere_sees_what_anybody_sees(as_: As, town: Town, wiring: Wiring) -> None:
    draft, boss = town.waiting(town.person()), as_(town.admin())
    assert answers(boss, town, draft.photo_id) == {200}
    wiring.settings = wiring.settings.model_copy(update={"admin_ip_allowlist": ["10.0.0.0/8"]})
    assert answers(boss, town, draft.photo_id) == {404}


@pytest.mark.row("SEC-06")
def test_a_photo_answers_under_its_own_name_alone(anybody: Caller, town: Town) -> None:
    """Neither under another folder, nor a width it has not, nor what lies there without a row."""
    campaign, draft = town.campaign(), town.waiting(town.person())
    for address in addresses(town, campaign.photo_id):
        size, name = address.rpartition("/")[2], str(campaign.photo_id)
        assert anybody.get(f"/files/jobs/{name}/completion/{name}/{size}").status_code == 404
        assert anybody.get(address.replace(size, "77.webp")).status_code == 404
        assert anybody.get(address.replace(name, str(draft.photo_id))).status_code == 404
