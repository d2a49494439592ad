"""A campaign at the admin's desk: the mark of possible spam with its neighbours, the held job, the history (CAM-06)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import Job, new_id
from tests.api.conftest import Caller
from tests.factories import LUCKNOW, Town

As = Callable[[Actor], Caller]
KM = 1 / 111.195


def north(metres: float) -> tuple[float, float]:
    """A place so many metres north of the middle of the town."""
    return LUCKNOW[0] + metres / 1000 * KM, LUCKNOW[1]


def desk_of(caller: Caller, campaign_id: object) -> dict[str, object]:
    """What an admin reads of a campaign."""
    answer = caller.get(f"/api/admin/campaigns/{campaign_id}")
    assert answer.status_code == 200, answer.text
    body: dict[str, object] = answer.json()
    return body


@pytest.mark.row("CAM-06")
def test_the_fourth_at_a_place_is_marked_and_shown_with_the_other_three(as_: As, town: Town) -> None:
    known = town.person(name="Asha Verma")
    first = town.campaign(creator=known, place=north(0))  # approved: from now on nothing of hers waits
    second, third = town.campaign(creator=known, place=north(40)), town.campaign(place=north(80))
    far = town.campaign(place=north(130))
    verifier = as_(town.admin(AdminDuty.VERIFIER))

    def marked() -> list[str]:
        return [one["id"] for one in verifier.get("/api/admin/marked-campaigns").json()["items"]]

    assert marked() == []
    fourth = town.campaign(creator=known, place=north(20))
    assert fourth.status == "ACTIVE"  # of a known creator: no draft ever showed the mark
    assert marked() == [str(fourth.id)]
    desk = desk_of(verifier, fourth.id)
    assert desk["possibleSpam"] is True
    near = [(one["id"], one["distanceM"], one["sameCreator"]) for one in desk["neighbours"]]
    assert sorted(near) == sorted([(str(first.id), 20, True), (str(second.id), 20, True), (str(third.id), 60, False)])
    assert str(far.id) not in {one for one, _, _ in near}
    assert desk_of(verifier, first.id)["possibleSpam"] is False
    assert verifier.get(f"/api/admin/campaigns/{new_id()}").json()["error"] == "NOT_FOUND"
    for stranger in (known, town.admin(AdminDuty.FINANCE), town.admin(AdminDuty.SUPPORT)):
        assert as_(stranger).get("/api/admin/marked-campaigns").status_code == 403
        assert as_(stranger).get(f"/api/admin/campaigns/{fourth.id}").status_code == 403


@pytest.mark.row("CAM-06")
def test_a_mark_is_put_away_with_a_reason(as_: As, town: Town) -> None:
    for _ in range(3):
        town.campaign()
    marked = town.campaign()
    town.clock.move(minutes=1)
    verifier = as_(town.admin(AdminDuty.VERIFIER, name="Vera Rao"))
    path = f"/api/admin/campaigns/{marked.id}/put-spam-mark-away"
    for nothing in ("", " ", None):
        assert list(verifier.post(path, {"reason": nothing}).json()["fields"]) == ["reason"]
    why = {"reason": "Four corners of one large market"}
    for _ in range(2):
        assert verifier.post(path, why).json() == {"id": str(marked.id), "possibleSpam": False}
    assert verifier.get("/api/admin/marked-campaigns").json()["items"] == []
    history = desk_of(verifier, marked.id)["history"]
    acts = [(one["state"], one["byName"], one["details"]) for one in history if one["kind"] == "act"]
    assert acts[0] == ("SpamMarkPutAway", "Vera Rao", why)
    assert [state for state, _, _ in acts].count("SpamMarkPutAway") == 1
    assert as_(town.admin(AdminDuty.SUPPORT)).post(path, why).status_code == 403


@pytest.mark.row("JOB-08")
def test_a_held_job_stands_at_its_campaign_until_it_is_offered_again(as_: As, town: Town) -> None:
    job = town.job(200_000)
    with town.uow() as uow:
        row = uow.lock(Job, job.id)
        row.review_since, row.claim_count = uow.now, 3
    verifier = as_(town.admin(AdminDuty.VERIFIER))
    desk = desk_of(verifier, job.campaign_id)
    assert desk["heldSince"] is not None
    assert (desk["claims"], desk["payPaise"], desk["mostPayPaise"]) == (3, 190_000, 690_000)
    assert verifier.post(f"/api/admin/jobs/{job.id}/relist", {"payPaise": 250_000}).status_code == 200
    desk = desk_of(verifier, job.campaign_id)
    assert (desk["heldSince"], desk["payPaise"], desk["addedPaise"]) == (None, 250_000, 60_000)


@pytest.mark.row("CAM-06", "OPS-01")
def test_history_notes_and_givers_stand_at_the_campaign(as_: As, town: Town) -> None:
    campaign, giver = town.campaign(), town.person(name="Salma Bano")
    gift = town.give(campaign, 20_000, giver)
    verifier = as_(town.admin(AdminDuty.VERIFIER))
    town.clock.move(minutes=1)
    assert (
        verifier.post(f"/api/admin/campaigns/{campaign.id}/notes", {"note": "Called the ward office"}).status_code
        == 201
    )
    desk = desk_of(verifier, campaign.id)
    (one,) = desk["contributions"]
    assert (one["id"], one["contributorName"], one["keptPaise"], one["status"]) == (
        str(gift.id), "Salma Bano", 20_000, "SUCCESS",
    )  # fmt: skip
    lines = [(line["kind"], line["state"]) for line in desk["history"]]
    assert ("note", "") in lines
    assert lines.count(("campaign", "ACTIVE")) == 1
    assert {("campaign", "DRAFT"), ("campaign", "ACTIVE")} <= set(lines)
    assert ("act", "CampaignApproved") not in lines  # the move says it, with who and when
    (approved,) = [line for line in desk["history"] if line["state"] == "ACTIVE"]
    assert approved["byName"]
