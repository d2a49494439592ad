"""Cases of possible fraud over REST: who sees them, what they say, and what people do about them (OPS-04, VER-06)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.fraud import FraudRule, SignOfFraud
from cleanit_app.models import FraudCase, Job, Notification, Payout, User, new_id
from cleanit_app.services.fraud.scanning import scan, take_in
from cleanit_app.services.notifications.relay import relay_outbox
from tests.api.conftest import Caller
from tests.factories import Town

As = Callable[[Actor], Caller]
FRAUD = "/api/admin/fraud"
WHY = {"reason": "The tiles on both photos are cracked in the same places"}
pytestmark = pytest.mark.row("OPS-04")


def found(town: Town, cleaner: Actor) -> tuple[str, Job]:
    """A case that the clock found about a photo of this cleaner at the last digit of its pin."""
    job = town.completed(cleaner)
    town.clock.move(minutes=5)
    assert scan(town.open, FraudRule.EXACT_PIN) >= 1
    with town.uow() as uow:
        case = uow.run(select(FraudCase).where(col(FraudCase.person_id) == cleaner.id)).scalar_one()
        return str(case.id), job


def held(town: Town, cleaner: Actor) -> list[str | None]:
    """Why each payout of a cleaner is held."""
    with town.uow() as uow:
        return [row.hold_reason for row in uow.all(Payout, Payout.cleaner_id == cleaner.id)]


def test_a_case_explains_itself_with_its_numbers_and_both_sides(as_: As, town: Town) -> None:
    cleaner = town.cleaner("Sunil More")
    case_id, job = found(town, cleaner)
    desk = as_(town.admin(AdminDuty.COMPLIANCE))
    listed = desk.get(FRAUD).json()["items"]
    assert [(one["id"], one["kind"], one["personName"], one["rule"], one["openedByName"]) for one in listed] == [
        (case_id, "GPS_SPOOFED", "Sunil More", "EXACT_PIN", None)
    ]
    whole = desk.get(f"{FRAUD}/{case_id}").json()
    assert whole["findings"][0]["facts"] == {"place": f"{job.latitude}, {job.longitude}"}
    assert whole["findings"][0]["photo"]["id"] == str(job.completion_photo_id)
    assert [one["name"] for one in whole["people"]] == ["Sunil More"]
    assert [(one["status"], one["byName"]) for one in whole["timeline"]] == [("OPEN", None)]
    assert whole["pendingPaise"] == 0
    for stranger in (cleaner, town.person(), town.admin(AdminDuty.FINANCE)):
        assert as_(stranger).get(FRAUD).status_code == 403
        assert as_(stranger).get(f"{FRAUD}/{case_id}").status_code == 403
    assert desk.get(f"{FRAUD}/{new_id()}").json()["error"] == "NOT_FOUND"
    assert desk.get(FRAUD, params={"group": "SOME"}).status_code == 422
    assert desk.get(FRAUD, params={"kind": "AREA_TAKEN"}).json()["items"] == []


def test_the_photos_of_a_case_are_shown_to_who_compares_them(as_: As, town: Town) -> None:
    cleaner, desk = town.cleaner(), as_(town.admin(AdminDuty.COMPLIANCE))
    other = town.completed(town.cleaner())
    case_id, _ = found(town, cleaner)
    photo = desk.get(f"{FRAUD}/{case_id}").json()["findings"][0]["photo"]["sizes"][0]["url"]
    assert desk.get(photo).status_code == 200
    assert as_(town.admin(AdminDuty.FINANCE)).get(photo).status_code == 404
    with town.uow() as uow:
        waiting = uow.get(Job, other.id).completion_photo_id
    assert desk.get(f"/api/photos/{waiting}/original").status_code == 404


def test_pay_is_held_by_a_person_until_the_case_is_over(as_: As, town: Town) -> None:
    cleaner, desk = town.cleaner(), as_(town.admin(AdminDuty.COMPLIANCE))
    town.verified(cleaner)
    case_id, job = found(town, cleaner)
    town.approve(job)
    assert held(town, cleaner) == [None, None]  # nothing is blocked by itself
    assert as_(town.admin(AdminDuty.SUPPORT)).post(f"{FRAUD}/{case_id}/hold-pay", WHY).status_code == 403
    assert desk.post(f"{FRAUD}/{case_id}/hold-pay", {"reason": ""}).status_code == 422
    assert desk.post(f"{FRAUD}/{case_id}/hold-pay", WHY).json()["holdsPay"] is True
    assert desk.post(f"{FRAUD}/{case_id}/hold-pay", WHY).status_code == 200
    assert held(town, cleaner) == ["CASE_OPEN", "CASE_OPEN"]
    town.verified(cleaner)
    assert held(town, cleaner) == ["CASE_OPEN"] * 3
    whole = desk.get(f"{FRAUD}/{case_id}").json()
    assert whole["heldPaise"] == whole["pendingPaise"] > 0
    assert desk.post(f"{FRAUD}/{case_id}/close", {"confirmed": False, **WHY}).json()["status"] == "UNFOUNDED"
    town.verified(cleaner)
    assert sorted(map(str, held(town, cleaner))) == ["CASE_OPEN"] * 3 + ["None"]
    assert desk.post(f"{FRAUD}/{case_id}/hold-pay", WHY).json()["error"] == "MOVE_REFUSED"


def test_hand_over_notes_and_outcome_stand_in_the_timeline(as_: As, town: Town) -> None:
    case_id, _ = found(town, town.cleaner("Sunil More"))
    town.clock.move(minutes=1)
    compliance = town.admin(AdminDuty.COMPLIANCE, name="Kavya Iyer")
    desk, support = as_(compliance), as_(town.admin(AdminDuty.SUPPORT, name="Sana Ali"))
    assert support.post(f"{FRAUD}/{case_id}/notes", {"note": "He called and was upset"}).status_code == 201
    town.clock.move(minutes=1)
    assert support.post(f"{FRAUD}/{case_id}/hand-over", WHY).json()["status"] == "WITH_COMPLIANCE"
    assert support.post(f"{FRAUD}/{case_id}/hand-over", WHY).json()["error"] == "MOVE_REFUSED"
    with town.uow() as uow:
        relay_outbox(uow, limit=1000)
        told = uow.all(Notification, Notification.user_id == compliance.id, Notification.kind == "fraud_handed_over")
        assert [(row.link, row.values["name"]) for row in told] == [(f"/admin/fraud/{case_id}", "Sunil More")]
    assert [one["id"] for one in desk.get(FRAUD, params={"group": "WITH_COMPLIANCE"}).json()["items"]] == [case_id]
    close = f"{FRAUD}/{case_id}/close"
    assert support.post(close, {"confirmed": True, **WHY}).status_code == 403
    for wrong in ({"confirmed": "yes", **WHY}, {**WHY}, {"confirmed": True, "reason": " "}):
        assert desk.post(close, wrong).status_code == 422
    town.clock.move(minutes=1)
    assert desk.post(close, {"confirmed": True, **WHY}).json()["status"] == "CONFIRMED"
    assert desk.post(close, {"confirmed": False, **WHY}).json()["error"] == "MOVE_REFUSED"
    lines = [(one["byName"], one["status"]) for one in desk.get(f"{FRAUD}/{case_id}").json()["timeline"]]
    assert lines == [("Kavya Iyer", "CONFIRMED"), ("Sana Ali", "WITH_COMPLIANCE"), ("Sana Ali", None), (None, "OPEN")]
    assert desk.get(FRAUD).json()["items"] == []
    assert [one["status"] for one in desk.get(FRAUD, params={"group": "CLOSED"}).json()["items"]] == ["CONFIRMED"]


def test_people_open_cases_and_never_decide_on_themselves(as_: As, town: Town) -> None:
    person, verifier = town.person(name="Asha Verma"), town.admin(AdminDuty.VERIFIER)
    desk, senior = as_(verifier), as_(town.admin())
    seen = {"personId": str(person.id), "note": "Her neighbour says that she takes money at the door"}
    made = desk.post(FRAUD, seen)
    assert made.status_code == 201
    case = desk.get(f"{FRAUD}/{made.json()['id']}").json()
    assert (case["head"]["kind"], case["head"]["notes"], case["findings"]) == ("REPORTED", seen["note"], [])
    for wrong in ({**seen, "personId": "x"}, {**seen, "note": ""}, {**seen, "jobId": "7"}):
        assert desk.post(FRAUD, wrong).status_code == 422
    assert desk.post(FRAUD, {**seen, "personId": str(new_id())}).json()["error"] == "NOT_FOUND"
    assert desk.post(FRAUD, {**seen, "personId": str(verifier.id)}).json()["error"] == "OWN_INTEREST"
    about_me = senior.post(FRAUD, {**seen, "personId": str(verifier.id)}).json()["id"]
    assert desk.get(f"{FRAUD}/{about_me}").status_code == 404
    for act in ("hand-over", "notes"):
        body = WHY if act == "hand-over" else {"note": "I did nothing"}
        assert desk.post(f"{FRAUD}/{about_me}/{act}", body).json()["error"] == "OWN_INTEREST"


def test_cases_about_the_same_people_are_linked(as_: As, town: Town) -> None:
    one, other = town.cleaner("Ramesh Pal"), town.cleaner("Sunil More")
    with town.uow() as uow:
        for rule, first in ((FraudRule.DEVICE, one), (FraudRule.PAN, other)):
            take_in(uow, SignOfFraud(rule, f"{rule}:x:2", first.user_id, (one.user_id, other.user_id), {"n": 2}))
        take_in(uow, SignOfFraud(FraudRule.DEVICE, "device:y:3", town.person().user_id, (new_id(),), {"n": 3}))
    desk = as_(town.admin(AdminDuty.COMPLIANCE))
    cases = {item["personName"]: item for item in desk.get(FRAUD).json()["items"]}
    assert cases["Ramesh Pal"]["others"] == 1
    linked = desk.get(f"{FRAUD}/{cases['Ramesh Pal']['id']}").json()["linked"]
    assert [(row["kind"], row["personName"]) for row in linked] == [("SHARED_ACCOUNT", "Sunil More")]


def test_the_list_goes_on_by_its_cursor_the_longest_waiting_first(as_: As, town: Town) -> None:
    for n in range(5):
        with town.uow() as uow:
            person = town.person(name=f"Asha {n}").user_id
            take_in(uow, SignOfFraud(FraudRule.DEVICE, f"device:{n}:3", person, (person,), {"n": 3}))
        town.clock.move(minutes=1)
    desk, seen, cursor = as_(town.admin(AdminDuty.SUPPORT)), [], None
    while True:
        page = desk.get(FRAUD, params={"limit": 2} | ({"cursor": cursor} if cursor else {})).json()
        seen += [one["personName"] for one in page["items"]]
        cursor = page["nextCursor"]
        if cursor is None:
            break
    assert seen == [f"Asha {n}" for n in range(5)]
    assert datetime.fromisoformat(desk.get(FRAUD).json()["items"][0]["openedAt"]) < town.clock.now()


@pytest.mark.row("VER-06")
def test_a_faked_photo_opens_a_case_pauses_the_cleaner_and_tells_compliance_where(as_: As, town: Town) -> None:
    cleaner, verifier, compliance = town.cleaner("Sunil More"), town.admin(AdminDuty.VERIFIER), town.admin(
        AdminDuty.COMPLIANCE
    )  # fmt: skip
    job = town.completed(cleaner)
    no = {"action": "REJECT", "reason": "FAKE_COMPLETION", "notes": "A photo of a screen", "checklist": {}}
    assert as_(verifier).post(f"/api/admin/jobs/{job.id}/verify", no).json()["status"] == "FAILED"
    town.clock.move(minutes=1)
    desk = as_(compliance)
    (case,) = desk.get(FRAUD).json()["items"]
    assert (case["kind"], case["notes"], case["holdsPay"]) == ("FAKE_COMPLETION", "A photo of a screen", True)
    with town.uow() as uow:
        relay_outbox(uow, limit=1000)
        told = uow.all(Notification, Notification.user_id == compliance.id, Notification.kind == "fraud_suspected")
        assert [row.link for row in told] == [f"/admin/fraud/{case['id']}"]
        assert uow.get(User, cleaner.user_id).status == "SUSPENDED"
    back = desk.post(f"/api/admin/people/{cleaner.id}/reinstate", {"reason": "It was his own screen protector"})
    assert back.status_code == 200
    closed = desk.get(f"{FRAUD}/{case['id']}").json()
    assert closed["head"]["status"] == "UNFOUNDED"
    assert closed["timeline"][0]["text"] == "It was his own screen protector"
    assert UUID(closed["jobId"]) == job.id
