"""One person as admins see that person: everything in its place, each for whom it is, and what they do there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import col

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.disputes import DisputeAbout
from cleanit_app.models import Cleaner, Job, Notification, User
from cleanit_app.pages.admin.people.person.view import line_view
from cleanit_app.reads.people.person import PersonPart, person_lines
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.review.questions import raise_question
from cleanit_app.services.review.verification import Checklist, RejectionReason, reject_completion
from tests.api.conftest import Caller
from tests.factories import Town

As = Callable[[Actor], Caller]
PEOPLE = "/api/admin/people"
LOOKED = {"reason": "The old phone takes dark photos; a new one is on its way"}


def not_accepted(town: Town, cleaner: Actor, times: int) -> None:
    """So many photos of this cleaner are turned down, each for good."""
    admin = town.admin(AdminDuty.VERIFIER, name="Vera Rao")
    for _ in range(times):
        job = town.completed(cleaner)
        with town.uow() as uow:
            reject_completion(
                uow, actor=admin, job_id=job.id, checklist=Checklist(), reason=RejectionReason.POOR_QUALITY,
                notes="Half of it still lies there", allow_retry=False,
            )  # fmt: skip


def told(town: Town, person: Actor) -> list[tuple[str, str]]:
    """What somebody is told of flagged accounts, with its link."""
    with town.uow() as uow:
        relay_outbox(uow, limit=1000)
        mine = uow.all(Notification, Notification.user_id == person.id)
        return [(row.link, row.values["name"]) for row in mine if row.kind == "account_flagged"]


def flagged(caller: Caller, **more: str) -> list[tuple[str, int]]:
    """Names and rejections in the list of flagged accounts."""
    found = caller.get(PEOPLE, params={"group": "FLAGGED", **more}).json()
    return [(one["name"], one["rejectedCount"]) for one in found["items"]]


@pytest.mark.row("VER-05")
def test_the_fourth_rejection_tells_compliance_and_stands_in_its_list(as_: As, town: Town) -> None:
    cleaner, other = town.cleaner("Ramesh Pal"), town.cleaner("Sunil More")
    compliance, finance = town.admin(AdminDuty.COMPLIANCE), town.admin(AdminDuty.FINANCE)
    desk = as_(compliance)
    not_accepted(town, other, 1)
    not_accepted(town, cleaner, LIMITS.rejections_before_review)
    assert (told(town, compliance), flagged(desk)) == ([], [])
    not_accepted(town, cleaner, 1)
    assert told(town, compliance) == [(f"/admin/people/{cleaner.id}", "Ramesh Pal")]
    assert told(town, finance) == []
    assert flagged(desk) == [("Ramesh Pal", 4)]
    assert flagged(desk, q="sunil") == []
    assert flagged(desk, q="ramesh") == [("Ramesh Pal", 4)]
    not_accepted(town, cleaner, 1)
    assert len(told(town, compliance)) == 1  # while the flag stands nobody hears it again
    assert as_(finance).get(PEOPLE, params={"group": "FLAGGED"}).status_code == 403
    assert desk.get(PEOPLE, params={"group": "RICH"}).status_code == 422


@pytest.mark.row("VER-05")
def test_a_flag_is_put_away_with_a_reason_and_the_next_rejection_raises_it_again(as_: As, town: Town) -> None:
    cleaner, compliance = town.cleaner("Ramesh Pal"), town.admin(AdminDuty.COMPLIANCE)
    desk, support = as_(compliance), as_(town.admin(AdminDuty.SUPPORT))
    not_accepted(town, cleaner, 4)
    away = f"{PEOPLE}/{cleaner.id}/put-flag-away"
    assert support.post(away, LOOKED).status_code == 403
    for nothing in ("", "  ", None, "<i></i>"):
        assert list(desk.post(away, {"reason": nothing}).json()["fields"]) == ["reason"]
    assert desk.post(away, LOOKED).json() == {"id": str(cleaner.id), "flaggedAt": None}
    assert desk.post(away, LOOKED).status_code == 200  # twice is as once
    assert flagged(desk) == []
    notes = desk.get(f"{PEOPLE}/{cleaner.id}/notes").json()["items"]
    assert [(one["title"], one["note"]) for one in notes] == [("Meera Joshi", LOOKED["reason"])]
    not_accepted(town, cleaner, 1)
    assert flagged(desk) == [("Ramesh Pal", 5)]
    assert len(told(town, compliance)) == 2


@pytest.mark.row("OPS-01")
def test_a_person_s_page_has_everything_in_its_part(as_: As, town: Town) -> None:
    cleaner, giver = town.cleaner("Ramesh Pal"), town.person(name="Imran Shaikh")
    campaign = town.campaign(target_paise=100_000)
    town.give(campaign, 40_000, giver)
    not_accepted(town, cleaner, 1)
    town.verified(cleaner)
    support = as_(town.admin(AdminDuty.SUPPORT))
    head = support.get(f"{PEOPLE}/{cleaner.id}").json()
    assert (head["name"], head["role"], head["cleaner"]["verifiedCount"], head["cleaner"]["rejectedCount"]) == (
        "Ramesh Pal", "CLEANER", 1, 1,
    )  # fmt: skip
    gave = support.get(f"{PEOPLE}/{giver.id}").json()
    assert (gave["gavePaise"], gave["cleaner"], gave["own"]) == (40_000, None, False)

    def part(person: Actor, name: str) -> list[tuple[str, str, int | None]]:
        items = support.get(f"{PEOPLE}/{person.id}/{name}").json()["items"]
        return [(one["state"], one["title"], one["amountPaise"]) for one in items]

    assert part(giver, "contributions") == [("SUCCESS", campaign.title, 40_000)]
    assert [state for state, _, _ in part(cleaner, "jobs")] == ["VERIFIED", "FAILED"]
    assert [state for state, _, _ in part(cleaner, "payouts")] == ["PENDING"]
    assert [state for state, _, _ in part(cleaner, "rejections")] == ["POOR_QUALITY"]
    creator = campaign.creator_id
    assert support.get(f"{PEOPLE}/{creator}/campaigns").json()["items"][0]["campaignId"] == str(campaign.id)
    for name in ("refunds", "penalties", "disputes", "devices", "notes", "acts"):
        assert part(giver, name) == []
    words = {"topic": "PAYMENT", "text": "My refund is late."}
    ticket = as_(giver).post("/api/support/tickets", data=words).json()["id"]
    assert part(giver, "tickets") == [("OPEN", "PAYMENT", None)]
    assert support.get(f"{PEOPLE}/{giver.id}/tickets").json()["items"][0]["note"] == "My refund is late."
    with town.uow() as uow:
        shown = person_lines(uow, actor=town.admin(AdminDuty.SUPPORT), user_id=giver.user_id, part=PersonPart.TICKETS)
        view = line_view(PersonPart.TICKETS, shown.items[0], uow.now)
    assert (view.href, view.what, view.state) == (f"/admin/support/{ticket}", "Payment", "waits for us")
    with town.uow() as uow:
        job = uow.first(Job, Job.claimed_by == cleaner.user_id, col(Job.rejected_at).is_not(None))
        assert job is not None
        about = {"about": DisputeAbout.REJECTION, "subject_id": job.id, "reason": "It was clean when I left it."}
        raised = raise_question(uow, actor=cleaner, **about)
    assert part(cleaner, "disputes") == [("OPEN", "REJECTION", None)]
    support = as_(town.admin(AdminDuty.SENIOR))
    assert part(Actor(raised.other_id), "disputes") == [("OPEN", "REJECTION", None)]  # who answers has it too
    assert support.get(f"{PEOPLE}/{giver.id}/nonsense").status_code == 404
    assert support.get(f"{PEOPLE}/{campaign.id}").json()["error"] == "NOT_FOUND"
    assert support.get(f"{PEOPLE}/{campaign.id}/contributions").json()["error"] == "NOT_FOUND"
    for stranger in (cleaner, giver, town.admin(AdminDuty.FINANCE), town.admin(AdminDuty.VERIFIER)):
        assert as_(stranger).get(f"{PEOPLE}/{giver.id}").status_code == 403
        assert as_(stranger).get(f"{PEOPLE}/{giver.id}/contributions").status_code == 403


@pytest.mark.row("OPS-01")
def test_a_part_goes_on_by_its_cursor(as_: As, town: Town) -> None:
    giver, desk = town.person(), as_(town.admin(AdminDuty.SUPPORT))
    campaign = town.campaign(target_paise=500_000)
    for amount in range(1, 6):
        town.give(campaign, amount * 10_000, giver)
        town.clock.move(minutes=1)
    seen, cursor = [], None
    while True:
        page = desk.get(
            f"{PEOPLE}/{giver.id}/contributions", params={"limit": 2} | ({"cursor": cursor} if cursor else {})
        )
        seen += [one["amountPaise"] for one in page.json()["items"]]
        cursor = page.json()["nextCursor"]
        if cursor is None:
            break
    assert seen == [50_000, 40_000, 30_000, 20_000, 10_000]


@pytest.mark.row("OPS-01", "SEC-03")
def test_sign_ins_end_at_once_and_it_is_written_down(as_: As, town: Town) -> None:
    person, senior = town.person(), town.admin()
    phone, laptop, support = as_(person), as_(person), as_(town.admin(AdminDuty.SUPPORT))
    why = {"reason": "She says that her phone was stolen"}
    assert support.get(f"{PEOPLE}/{person.id}").json()["openSignIns"] == 2
    out = f"{PEOPLE}/{person.id}/sign-out"
    assert phone.post(out, why).status_code == 403
    assert support.post(out, {"reason": " "}).status_code == 422
    assert support.post(out, why).json() == {"ended": 2}
    assert [c.get("/api/users/me").status_code for c in (phone, laptop)] == [401, 401]
    states = [one["state"] for one in support.get(f"{PEOPLE}/{person.id}/sign-ins").json()["items"]]
    assert states == ["ENDED", "ENDED"]
    acts = support.get(f"{PEOPLE}/{person.id}/acts").json()["items"]
    assert [(one["state"], one["details"]) for one in acts] == [("SignInsEnded", {"reason": why["reason"], "count": 2})]
    assert support.post(f"{PEOPLE}/{senior.id}/sign-out", why).json()["error"] == "NOT_ALLOWED"
    with town.uow() as uow:
        assert uow.get(User, person.user_id).status == "ACTIVE"  # signed out is not paused


@pytest.mark.row("OPS-01", "SEC-10")
def test_whence_an_admin_signs_in_is_for_seniors(as_: As, town: Town) -> None:
    finance = town.admin(AdminDuty.FINANCE, name="Farah Khan")
    as_(finance)
    support, senior = as_(town.admin(AdminDuty.SUPPORT)), as_(town.admin())
    for part in ("sign-ins", "devices", "acts"):
        assert support.get(f"{PEOPLE}/{finance.id}/{part}").status_code == 403
        assert senior.get(f"{PEOPLE}/{finance.id}/{part}").status_code == 200
    assert support.get(f"{PEOPLE}/{finance.id}/notes").status_code == 200


@pytest.mark.row("OPS-01")
def test_notes_are_for_colleagues_alone(as_: As, town: Town) -> None:
    person, support = town.person(), as_(town.admin(AdminDuty.SUPPORT))
    path = f"{PEOPLE}/{person.id}/notes"
    for nothing in ("", None, "\u200b", "<b> </b>"):
        assert list(support.post(path, {"note": nothing}).json()["fields"]) == ["note"]
    typed = "Calls every week about the same refund.\nSpoke Hindi: धन्यवाद"
    assert support.post(path, {"note": typed}).json()["note"] == typed
    assert support.post(path, {"note": "x" * (LIMITS.desk_note_length[1] + 1)}).status_code == 422
    assert as_(person).post(path, {"note": "hello"}).status_code == 403
    assert typed not in as_(person).get("/api/users/me/data-export").text
    assert support.get(path).json()["items"][0]["note"] == typed


@pytest.mark.row("OPS-01")
def test_people_are_listed_by_group(as_: As, town: Town) -> None:
    cleaner, paused = town.cleaner("Ramesh Pal"), town.person(name="Asha Verma")
    senior = town.admin(name="Zoya Ali")
    support = as_(senior)
    assert support.post(f"{PEOPLE}/{paused.id}/suspend", {"reason": "Asked for it"}).status_code == 200
    with town.uow() as uow:
        uow.lock(Cleaner, cleaner.user_id).flagged_for_review_at = uow.now

    def names(**asked: str) -> list[str]:
        return [one["name"] for one in support.get(PEOPLE, params=asked).json()["items"]]

    assert names(group="SUSPENDED") == ["Asha Verma"]
    assert names(group="CLEANERS") == ["Ramesh Pal"]
    assert "Zoya Ali" in names(group="ADMINS")
    assert "Ramesh Pal" not in names(group="ADMINS")
    assert names(group="FLAGGED") == ["Ramesh Pal"]
    assert {"Asha Verma", "Ramesh Pal", "Zoya Ali"} <= set(names())
    assert names(group="ADMINS", q="zoya") == ["Zoya Ali"]
