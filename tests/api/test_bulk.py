"""Many campaigns at once, through REST: a dry run, the number typed to confirm, the result of each row (OPS-01)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.i18n.notifications import notification_words
from cleanit_app.models import Campaign, Notification
from cleanit_app.services.campaigns import closing
from cleanit_app.services.notifications.relay import choose_notifications, relay_outbox
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.factories import Town
from tests.support.words import in_both
from workers.jobs.operations import tick

As = Callable[[Actor], Caller]
PLAN, ORDER = "/api/admin/bulk/refunds/plan", "/api/admin/bulk/refunds"
MUMBAI = (19.0760, 72.8777)


@pytest.fixture
def verifier(as_: As, town: Town) -> Caller:
    return as_(town.admin(AdminDuty.VERIFIER))


def key(name: str = "a run of this test") -> dict[str, Any]:
    return {"headers": {"Idempotency-Key": name}}


def paid(town: Town, paise: int, **where: Any) -> Campaign:
    campaign = town.campaign(**where)
    town.give(campaign, paise)
    return campaign


@pytest.mark.row("OPS-01")
def test_the_dry_run_counts_and_says_which_ones_cannot_be_and_why(as_: As, town: Town) -> None:
    admin = town.admin(AdminDuty.VERIFIER)
    caller = as_(admin)
    first, second = paid(town, 20_000), paid(town, 30_000)
    town.give(second, 5_000)
    mine, done = town.campaign(), town.campaign()
    with town.uow() as uow:
        uow.lock(Campaign, mine.id).creator_id = admin.user_id
    with town.uow() as uow:
        closing.cancel_by_admin(uow, actor=town.admin(), campaign_id=done.id, reason="cleaned already")
    nobody = uuid4()
    ids = f"{first.id}, http://cleanit.example/campaigns/{second.id}\n{mine.id} {done.id} {nobody} {first.id}"
    plan = caller.post(PLAN, {"ids": [ids]}).json()
    assert (plan["count"], plan["payments"], plan["paise"], plan["more"]) == (2, 3, 55_000, False)
    assert set(plan["campaignIds"]) == {str(first.id), str(second.id)}
    assert {(r["campaignId"], r["why"]) for r in plan["refused"]} == {
        (str(nobody), "UNKNOWN"),
        (str(mine.id), "OWN_INTEREST"),
        (str(done.id), "TOO_LATE"),
    }
    with town.uow() as uow:
        assert uow.get(Campaign, first.id).status == "ACTIVE"


@pytest.mark.row("OPS-01")
def test_a_filter_chooses_by_place_state_and_starter(verifier: Caller, town: Town) -> None:
    here, there = town.campaign(), town.campaign(place=MUMBAI, address="Link Road, Andheri, Mumbai")
    waiting = town.waiting(town.person())

    def found(**chosen: str) -> set[str]:
        return set(verifier.post(PLAN, chosen).json()["campaignIds"])

    assert found(q="Mumbai") == {str(there.id)}
    assert found(q="लखनऊ", status="ACTIVE") == {str(here.id)}
    assert found(status="DRAFT") == {str(waiting.id)}
    assert found(starterId=str(here.creator_id)) == {str(here.id)}
    assert found(q="Mumbai", ids=str(here.id)) == {str(here.id), str(there.id)}
    assert found(status="CLOSED") == found(q="Atlantis zzzz") == set()
    for wrong, field in (
        ({}, "ids"),
        ({"ids": "7"}, "ids"),
        ({"status": "GONE"}, "status"),
        ({"starterId": "x"}, "starterId"),
    ):
        refused = verifier.post(PLAN, wrong)
        assert (refused.status_code, list(refused.json()["fields"])) == (422, [field])


@pytest.mark.row("OPS-01", "CAM-13")
def test_a_run_wants_the_typed_number_and_a_reason_and_is_the_same_run_when_sent_twice(
    verifier: Caller, town: Town, parts: Wiring
) -> None:
    campaigns = [paid(town, 20_000), paid(town, 30_000)]
    wish: dict[str, Any] = {"campaignIds": [str(c.id) for c in campaigns], "count": "2", "reason": "The ward does it"}
    for count in ("1", "3", "", "two", None, -2):
        refused = verifier.post(ORDER, wish | {"count": count}, **key())
        assert (refused.status_code, list(refused.json()["fields"])) == (422, ["count"])
    assert verifier.post(ORDER, wish | {"reason": "  "}, **key()).json()["error"] == "REASON_MISSING"
    assert verifier.post(ORDER, wish).status_code == 400
    assert verifier.post(ORDER, wish | {"campaignIds": [], "count": "0"}, **key()).status_code == 422
    run = verifier.post(ORDER, wish, **key())
    assert (run.status_code, run.json()["status"], run.json()["total"], run.json()["percent"]) == (202, "RUNNING", 2, 0)
    again = verifier.post(ORDER, wish, **key())
    assert again.json()["id"] == run.json()["id"]
    assert verifier.post(ORDER, wish | {"reason": "Another"}, **key()).json()["error"] == "IDEMPOTENCY_KEY_REUSED"
    path = f"/api/admin/bulk/{run.json()['id']}"
    assert verifier.post(f"{path}/stop").json()["status"] == "STOPPED"
    tick("bulk-runs")
    assert verifier.get(path).json()["done"] == 0
    assert verifier.post(f"{path}/continue").status_code == 202
    tick("bulk-runs")
    done = verifier.get(path).json()
    assert (done["status"], done["percent"], done["done"], done["refundedPaise"]) == ("DONE", 100, 2, 50_000)
    lines = verifier.get(f"{path}/rows", params={"status": "DONE"}).json()["items"]
    assert {(line["campaignId"], line["refundedPaise"]) for line in lines} == {
        (str(campaigns[0].id), 20_000),
        (str(campaigns[1].id), 30_000),
    }
    assert verifier.get(f"{path}/rows", params={"status": "FAILED"}).json()["items"] == []
    assert [one["id"] for one in verifier.get("/api/admin/bulk").json()["items"]] == [done["id"]]
    assert verifier.post(ORDER, wish, **key("another run here")).json()["error"] == "LIST_CHANGED"


@pytest.mark.row("OPS-01", "SEC-03")
def test_many_at_once_are_for_who_may_end_one_with_a_fresh_second_factor(as_: As, town: Town, anybody: Caller) -> None:
    campaign = paid(town, 20_000)
    wish = {"campaignIds": [str(campaign.id)], "count": "1", "reason": "The ward does it"}
    unproved = town.admin(AdminDuty.VERIFIER)
    unproved = Actor(unproved.id, unproved.role, unproved.permissions)
    for caller, status, error in (
        (anybody, 401, "NOT_SIGNED_IN"),
        (as_(town.person()), 403, "NOT_ALLOWED"),
        (as_(town.admin(AdminDuty.FINANCE)), 403, "NOT_ALLOWED"),
        (as_(unproved), 403, "SECOND_FACTOR_NEEDED"),
    ):
        for answer in (
            caller.post(PLAN, {"ids": str(campaign.id)}),
            caller.post(ORDER, wish, **key()),
            caller.get("/api/admin/bulk"),
            caller.get(f"/api/admin/bulk/{uuid4()}"),
            caller.get(f"/api/admin/bulk/{uuid4()}/rows"),
            caller.post(f"/api/admin/bulk/{uuid4()}/stop"),
            caller.post(f"/api/admin/bulk/{uuid4()}/continue"),
        ):
            assert (answer.status_code, answer.json()["error"]) == (status, error)


SAID = {"en": "The pump at the depot is repaired.", "hi": "डिपो का पंप ठीक हो गया है।", "mr": "डेपोचा पंप दुरुस्त झाला आहे."}
TELL, WHOM = "/api/admin/bulk/notices", "/api/admin/bulk/notices/plan"


def heard(town: Town, person: Actor) -> list[str]:
    with town.uow() as uow:
        relay_outbox(uow, limit=1000)
    with town.uow() as uow:
        mine = [n for n in uow.all(Notification) if n.user_id == person.id and n.kind.startswith("notice_of")]
    return [notification_words(n.kind, n.values, n.created_at) for n in mine]


@pytest.mark.row("OPS-01", "NOT-05")
def test_a_notice_reaches_its_group_once_and_marketing_respects_the_choice(as_: As, town: Town, parts: Wiring) -> None:
    support = as_(town.admin(AdminDuty.SUPPORT))
    hears, muted, stranger = town.cleaner("Ramesh Pal"), town.cleaner("Sunita Devi"), town.person()
    with town.uow() as uow:
        choose_notifications(uow, actor=hears, off=[])  # who was never asked, or said no, hears no marketing
    plan = support.post(WHOM, {"role": "CLEANER"}).json()
    assert (plan["count"], plan["muted"], plan["more"]) == (2, 1, False)
    wish: dict[str, Any] = {"role": "CLEANER", "count": "2", "marketing": True, **SAID}
    assert list(support.post(TELL, wish | {"count": "3"}, **key()).json()["fields"]) == ["count"]
    refused = support.post(TELL, wish | {"hi": " ", "mr": "x"}, **key())
    assert (refused.status_code, set(refused.json()["fields"])) == (422, {"hi", "mr"})
    run = support.post(TELL, wish, **key()).json()
    assert support.post(TELL, wish, **key()).json()["id"] == run["id"]
    tick("bulk-runs")
    rows = support.get(f"/api/admin/bulk/{run['id']}/rows").json()["items"]
    assert {(r["personId"], r["status"], r["why"]) for r in rows} == {
        (str(hears.id), "DONE", None),
        (str(muted.id), "SKIPPED", "MUTED"),
    }
    assert [len(heard(town, who)) for who in (hears, muted, stranger)] == [1, 0, 0]
    service = support.post(TELL, wish | {"marketing": False}, **key("the service one")).json()
    tick("bulk-runs")
    tick("bulk-runs")
    assert support.get(f"/api/admin/bulk/{service['id']}").json()["done"] == 2
    assert [len(heard(town, who)) for who in (hears, muted, stranger)] == [2, 1, 0]
    assert in_both(lambda: heard(town, muted)) == ([f"From Cleanit: {SAID['en']}"], [f"क्लीनइट की ओर से: {SAID['hi']}"])


@pytest.mark.row("OPS-01")
def test_a_group_is_chosen_by_place_campaign_state_and_standing(as_: As, town: Town) -> None:
    support = as_(town.admin(AdminDuty.SUPPORT))
    here, there = town.campaign(), town.campaign(place=MUMBAI, address="Link Road, Andheri, Mumbai")
    town.give(there, 20_000)

    def count(**group: str) -> int:
        return int(support.post(WHOM, group).json()["count"])

    assert count(place="Mumbai") == 2  # who started it and who paid
    assert count(campaignId=str(here.id)) == 1
    assert count(campaignStatus="ACTIVE", role="CITIZEN") == 3
    assert count(campaignStatus="CLOSED") == count(place="Atlantis zzzz") == count(standing="SUSPENDED") == 0
    for wrong, field in (
        ({"role": "KING"}, "role"),
        ({"standing": "DELETED"}, "standing"),
        ({"campaignId": "7"}, "campaignId"),
    ):
        refused = support.post(WHOM, wrong)
        assert (refused.status_code, list(refused.json()["fields"])) == (422, [field])
    money = as_(town.admin(AdminDuty.VERIFIER))
    assert money.post(WHOM, {"role": "CLEANER"}).json()["error"] == "NOT_ALLOWED"
    assert money.post(TELL, {"role": "CLEANER", **SAID}, **key()).json()["error"] == "NOT_ALLOWED"


@pytest.mark.parametrize("nonsense", [{"a": 1}, [["CITIZEN"]], 7, True, "citizen", "NOBODY"])
def test_a_choice_that_is_no_word_of_its_list_is_named(as_: As, town: Town, nonsense: object) -> None:
    admin = as_(town.admin())
    for field in ("role", "standing", "campaignStatus"):
        answer = admin.post(WHOM, {field: nonsense})
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [field]), answer.text
    refunds = admin.post(PLAN, {"ids": "", "status": nonsense})
    assert (refunds.status_code, list(refunds.json()["fields"])) == (422, ["status"]), refunds.text
