"""PATCH /api/campaigns/{id}: words and place are put right until money is in, and everybody sees that they were."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import Notification
from cleanit_app.services.campaigns.corrections import correct_campaign
from cleanit_app.services.notifications.relay import relay_outbox
from tests.api.conftest import Caller
from tests.api.test_campaigns import start
from tests.factories import LUCKNOW, Town, picture

As = Callable[[Actor], Caller]
pytestmark = pytest.mark.row("LAW-03")
STORY = "The heap is back since the rains, and the school bus can no longer stop at this corner."
FAR = (26.9124, 75.7873)  # Jaipur


def path(campaign_id: object) -> str:
    """Where a campaign is read and corrected."""
    return f"/api/campaigns/{campaign_id}"


def told(town: Town, person: Actor) -> int:
    """How often an admin heard of corrections."""
    with town.uow() as uow:
        relay_outbox(uow)
        mine = select(Notification.id).where(
            col(Notification.user_id) == person.id, col(Notification.kind) == "campaign_corrected"
        )
        return len(uow.run(mine).all())


def test_a_story_is_put_right_and_givers_and_admins_see_it(as_: As, anybody: Caller, town: Town) -> None:
    starter, verifier = town.person(), town.admin(AdminDuty.VERIFIER)
    one = town.campaign(creator=starter)
    done = as_(starter)("PATCH", path(one.id), {"description": STORY, "corrections": 0})
    assert (done.status_code, done.json()["description"], done.json()["title"]) == (200, STORY, one.title)
    seen = anybody.get(path(one.id)).json()
    assert (seen["description"], seen["corrections"]) == (STORY, 1)
    assert seen["correctedAt"].startswith("2026-11-24")
    assert [(s["step"], s["reason"]) for s in seen["timeline"]][-1] == ("CORRECTED", "WORDS")
    assert "every single morning" not in anybody.get(path(one.id)).text  # what was put right stays with the admins
    desk = as_(verifier).get(f"/api/admin/campaigns/{one.id}").json()
    line = next(line for line in desk["history"] if line["kind"] == "correction")
    assert (line["state"], line["details"]["description"]) == ("description", one.description)
    assert line["byName"] == "Asha Verma"
    assert told(town, verifier) == 1
    assert told(town, town.admin(AdminDuty.FINANCE)) == 0
    as_(starter)("PATCH", path(one.id), {"title": "Corner dump by the old school"})
    assert told(town, verifier) == 1  # once a day for one campaign


def test_a_moved_pin_is_found_at_its_new_place_only(as_: As, anybody: Caller, town: Town) -> None:
    starter = town.person()
    one = town.campaign(creator=starter)
    moved = {"latitude": FAR[0], "longitude": FAR[1], "address": "Johari Bazaar, Jaipur"}
    assert as_(starter)("PATCH", path(one.id), moved).status_code == 200

    def found(query: str) -> list[str]:
        return [c["id"] for c in anybody.get(f"/api/campaigns?{query}").json()["items"]]

    assert found(f"near={FAR[0]},{FAR[1]}&radiusKm=1") == [str(one.id)]
    assert found(f"near={LUCKNOW[0]},{LUCKNOW[1]}&radiusKm=1") == []
    assert found("q=Jaipur") == [str(one.id)]
    assert found("q=Aminabad") == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"description": "too short"}, "description"),
        ({"description": "x" * 1_001}, "description"),
        ({"description": 7}, "description"),
        ({"title": "<b></b>"}, "title"),
        ({"latitude": 48.85, "longitude": 2.35}, "latitude"),
        ({"latitude": 0, "longitude": 0}, "latitude"),
        ({"latitude": "north"}, "latitude"),
        ({"address": "\u200b\u200b\u200b"}, "address"),
        ({"description": STORY, "corrections": "first"}, "corrections"),
    ],
)
def test_the_rules_are_those_of_a_start(as_: As, town: Town, change: dict[str, object], field: str) -> None:
    starter = town.person()
    one = town.campaign(creator=starter)
    refused = as_(starter)("PATCH", path(one.id), change)
    assert (refused.status_code, list(refused.json()["fields"])) == (422, [field])
    assert as_(starter).get(path(one.id)).json()["corrections"] == 0


def test_an_id_number_is_blotted_out_as_at_a_start(as_: As, town: Town) -> None:
    starter = town.person()
    one = town.campaign(creator=starter)
    as_(starter)("PATCH", path(one.id), {"description": f"{STORY} My Aadhaar is 2341 2341 2346."})
    assert "2341 2341" not in as_(starter).get(path(one.id)).text


@pytest.mark.row("CAM-06")
def test_who_moves_a_pin_to_a_crowded_place_is_marked_and_elsewhere_not(as_: As, town: Town) -> None:
    starter, crowd = town.person(), [town.campaign(place=FAR) for _ in range(3)]
    one = town.campaign(creator=starter)
    admin = as_(town.admin(AdminDuty.VERIFIER))

    def marked() -> bool:
        found: bool = admin.get(f"/api/admin/campaigns/{one.id}").json()["possibleSpam"]
        return found

    assert (len(crowd), marked()) == (3, False)
    as_(starter)("PATCH", path(one.id), {"latitude": FAR[0], "longitude": FAR[1]})
    assert marked()
    as_(starter)("PATCH", path(one.id), {"description": STORY})
    assert marked()  # words move nothing
    as_(starter)("PATCH", path(one.id), {"latitude": LUCKNOW[0], "longitude": LUCKNOW[1]})
    assert not marked()


def test_it_is_refused_once_money_is_in_or_on_its_way(as_: As, town: Town) -> None:
    starter = town.person()
    paying, paid = town.campaign(creator=starter), town.campaign(creator=starter)
    town.wish(paying, 20_000)
    town.give(paid, 20_000)

    said: list[str] = []

    def tried(campaign_id: object) -> str:
        answer = as_(starter)("PATCH", path(campaign_id), {"description": STORY})
        said.append(str(answer.json().get("detail", "")))
        return str(answer.json().get("error", answer.status_code))

    assert tried(paying.id) == "PAYMENT_UNDER_WAY"
    assert tried(paid.id) == "CORRECTION_TOO_LATE"
    assert said[-1].startswith("Money has come in,")
    assert as_(starter).get(path(paid.id)).json()["viewer"]["mayCorrect"] is False
    town.clock.move(minutes=31)  # nobody pays for so long
    assert tried(paying.id) == "200"
    ended = town.campaign(creator=starter)
    as_(starter).post(f"{path(ended.id)}/cancel")
    assert tried(ended.id) == "CORRECTION_AFTER_END"
    assert said[-1].startswith("This cleanup has ended,")
    late = town.campaign(creator=starter)
    town.clock.move(days=61)
    assert tried(late.id) == "CORRECTION_AFTER_END"  # its time is over, midnight has not come


def test_nobody_else_may(as_: As, anybody: Caller, town: Town) -> None:
    one = town.campaign()
    for caller, status in ((as_(town.person()), 404), (as_(town.admin()), 403), (anybody, 401)):
        assert caller("PATCH", path(one.id), {"description": STORY}).status_code == status


def test_of_two_tabs_the_second_is_refused_and_a_repeat_is_none(as_: As, town: Town) -> None:
    starter = town.person()
    one = town.campaign(creator=starter)
    caller = as_(starter)
    wish = {"description": STORY, "corrections": 0}
    assert caller("PATCH", path(one.id), wish).status_code == 200
    assert caller("PATCH", path(one.id), wish).json()["corrections"] == 1  # the answer was lost: nothing happens twice
    other = caller("PATCH", path(one.id), {"title": "Another name of the corner", "corrections": 0})
    assert (other.status_code, other.json()["error"]) == (409, "CHANGED_MEANWHILE")
    assert caller("PATCH", path(one.id), {"title": "Another name of the corner", "corrections": 1}).status_code == 200


@pytest.mark.row("CAM-01")
def test_the_wish_that_started_it_is_still_known_by_its_key(as_: As, town: Town) -> None:
    caller = as_(town.person())
    key = {"headers": {"Idempotency-Key": "start-of-the-heap"}}
    first = caller("POST", "/api/campaigns", **_start(), **key).json()
    assert caller("PATCH", path(first["id"]), {"description": STORY}).status_code == 200
    for again in (caller("POST", "/api/campaigns", **_start(), **key), start(caller)):
        assert (again.status_code, again.json()["id"]) == (201, first["id"])


def _start() -> dict[str, object]:
    wish = {
        "title": "Corner dump by the school",
        "description": "Children step into the road to get past this heap every single morning.",
        "targetPaise": "400000",
        "latitude": str(LUCKNOW[0]),
        "longitude": str(LUCKNOW[1]),
        "address": "Gali No. 4, Aminabad, Lucknow",
    }
    return {"data": wish, "files": {"photo": ("photo.jpg", picture(1), "image/jpeg")}}


@pytest.mark.row("CAM-09")
def test_an_admin_lets_in_only_what_was_read(as_: As, town: Town) -> None:
    starter = town.person()
    waiting = town.waiting(starter)
    admin = as_(town.admin(AdminDuty.VERIFIER))
    read = admin.get("/api/admin/campaigns?status=DRAFT").json()["items"][0]["corrections"]
    as_(starter)("PATCH", path(waiting.id), {"description": STORY})
    approve = f"/api/admin/campaigns/{waiting.id}/approve"
    assert admin.post(approve, {"corrections": read}).json()["error"] == "CHANGED_MEANWHILE"
    assert told(town, town.admin(AdminDuty.VERIFIER)) == 0
    now = admin.get("/api/admin/campaigns?status=DRAFT").json()["items"][0]
    assert (now["description"], now["corrections"]) == (STORY, 1)
    assert admin.post(approve, {"corrections": 1}).json()["status"] == "ACTIVE"


def test_it_stands_in_the_copy_of_ones_data(as_: As, town: Town) -> None:
    starter = town.person()
    one = town.campaign(creator=starter)
    with town.uow() as uow:
        correct_campaign(uow, actor=starter, campaign_id=one.id, changes={"description": STORY})
    (kept,) = as_(starter).get("/api/users/me/data-export").json()["campaignCorrections"]
    assert (kept["changed"], kept["before"]["description"]) == ("description", one.description)
