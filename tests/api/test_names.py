"""PATCH /api/users/me: a name counts at once, a cleaner's once an admin has looked at ID and bank (LAW-03)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty, Role
from cleanit_app.domain.statuses import AccountCheckStatus, DocumentStatus
from cleanit_app.models import AccountCheck, Cleaner, IdentityDocument, Notification, Payout, User, new_id
from cleanit_app.ports import IdentityAnswer
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.payouts.payouts import due_payouts
from cleanit_app.services.people.identity import apply_answer
from tests.api.conftest import Caller
from tests.factories import PASSWORD, Town, hand_in_id

As = Callable[[Actor], Caller]
pytestmark = pytest.mark.row("LAW-03")
ME = "/api/users/me"
NEW = "Ramesh Kumar Pal"
MARRIED = "Sunita Yadav"


def ask(caller: Caller, **body: Any) -> Any:
    """A correction of one's own account."""
    return caller("PATCH", ME, body)


def told(town: Town, person: Actor) -> set[str]:
    """The kinds of notices about names that somebody has."""
    with town.uow() as uow:
        relay_outbox(uow)
        mine = select(Notification.kind).where(
            col(Notification.user_id) == person.id, col(Notification.kind).startswith("name_")
        )
        return set(uow.run(mine).scalars())


def bank_knows(town: Town, cleaner: Actor, name: str | None) -> None:
    """The bank was asked once, and said this name."""
    with town.uow() as uow:
        changed = uow.get(Cleaner, cleaner.user_id).payout_changed_at or uow.now
        status = AccountCheckStatus.MATCHES if name else AccountCheckStatus.UNAVAILABLE
        check = AccountCheck(
            id=new_id(), cleaner_id=cleaner.user_id, details_at=changed, status=status, registered_name=name,
            created_at=uow.now, next_try_at=uow.now, finished_at=uow.now,
        )  # fmt: skip
        uow.add(check)


def waiting(admin: Caller) -> list[dict[str, Any]]:
    """The names that wait at the desk."""
    items: list[dict[str, Any]] = admin.get("/api/admin/name-changes").json()["items"]
    return items


def test_a_citizens_name_counts_at_once_and_admins_see_both(as_: As, town: Town) -> None:
    person = town.person(name="Kavita Varma")
    campaign = town.campaign(creator=person)
    done = ask(as_(person), name="Kavita Verma", nameWas="Kavita Varma")
    assert (done.status_code, done.json()["name"], done.json()["nameAsked"]) == (200, "Kavita Verma", None)
    assert as_(town.person()).get(f"/api/campaigns/{campaign.id}").json()["creatorName"] == "Kavita Verma"
    admin = as_(town.admin())
    (line,) = admin.get(f"/api/admin/people/{person.id}/names").json()["items"]
    assert (line["state"], line["title"], line["details"]["before"]) == ("ACCEPTED", "Kavita Verma", "Kavita Varma")
    assert [p["id"] for p in admin.get("/api/admin/people?q=Kavita Verma").json()["items"]] == [str(person.id)]
    export = as_(person).get(f"{ME}/data-export").json()
    assert [(n["oldName"], n["newName"]) for n in export["nameChanges"]] == [("Kavita Varma", "Kavita Verma")]


@pytest.mark.parametrize("name", ["", "  ", "A", "1234", "<b></b>", "x" * 61, 7, "\u200b\u200b"])
def test_a_name_that_is_none_is_refused_at_its_field(as_: As, town: Town, name: object) -> None:
    refused = ask(as_(town.person()), name=name)
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["name"])


def test_of_two_tabs_the_second_is_refused_and_a_repeat_is_none(as_: As, town: Town) -> None:
    caller = as_(town.person(name="Asha Varma"))
    first = {"name": "Asha Verma", "nameWas": "Asha Varma"}
    assert ask(caller, **first).status_code == 200
    assert ask(caller, **first).status_code == 200  # the answer was lost: the same wish again
    assert ask(caller, name="Asha V", nameWas="Asha Varma").json()["error"] == "CHANGED_MEANWHILE"
    assert caller.get(ME).json()["name"] == "Asha Verma"


def test_only_so_many_names_a_day(as_: As, town: Town) -> None:
    caller = as_(town.person())
    for name in ("Asha One", "Asha Two", "Asha Three"):
        assert ask(caller, name=name).status_code == 200
    refused = ask(caller, name="Asha Four")
    assert (refused.status_code, "Retry-After" in refused.headers) == (429, True)
    town.clock.move(days=1, minutes=1)
    assert ask(caller, name="Asha Four").status_code == 200


def test_the_language_of_the_account_is_chosen(as_: As, town: Town) -> None:
    caller = as_(town.person())
    assert ask(caller, language="mr").json()["language"] == "mr"
    refused = ask(caller, language="xx", name="1")
    assert set(refused.json()["fields"]) == {"language", "name"}
    assert caller.get(ME).json()["language"] == "mr"


def test_who_has_no_papers_yet_corrects_the_name_at_once(as_: As, town: Town) -> None:
    newcomer = town.person(Role.CLEANER, "Ramesh Pall")
    assert ask(as_(newcomer), name="Ramesh Pal").json()["name"] == "Ramesh Pal"


def test_a_cleaners_name_waits_and_nothing_accepted_changes(as_: As, town: Town) -> None:
    cleaner, compliance = town.cleaner("Ramesh Pal"), town.admin(AdminDuty.COMPLIANCE)
    bank_knows(town, cleaner, NEW)
    job = town.verified(cleaner)
    caller = as_(cleaner)
    asked = ask(caller, name=NEW)
    assert (asked.json()["name"], asked.json()["nameAsked"], asked.json()["kycStatus"]) == ("Ramesh Pal", NEW, "ACTIVE")
    assert told(town, compliance) == {"name_asked"}
    assert told(town, town.admin(AdminDuty.FINANCE)) == set()
    town.clock.move(days=1, hours=1)
    with town.uow() as uow:  # pay goes on under the name that counts
        assert uow.get(Cleaner, cleaner.user_id).payout_verified_at is not None
        assert [uow.get(Payout, one).job_id for one in due_payouts(uow, limit=10)] == [job.id]
    assert caller.get("/api/jobs").status_code == 200
    (seen,) = waiting(as_(compliance))
    assert (seen["oldName"], seen["newName"], seen["bankName"], seen["bankScore"]) == ("Ramesh Pal", NEW, NEW, 100)
    done = as_(compliance).post(f"/api/admin/name-changes/{seen['id']}/accept")
    assert (done.status_code, done.json()["status"]) == (200, "ACCEPTED")
    assert caller.get(ME).json()["name"] == NEW
    assert told(town, cleaner) == {"name_accepted"}
    with town.uow() as uow:  # the bank knows that name: the account stays as it was
        assert uow.get(Cleaner, cleaner.user_id).payout_verified_at is not None
    assert waiting(as_(compliance)) == []
    again = as_(compliance).post(f"/api/admin/name-changes/{seen['id']}/accept")
    assert (again.status_code, again.json()["error"]) == (409, "MOVE_REFUSED")


@pytest.mark.row("PAY-04")
@pytest.mark.parametrize("known", ["Ramesh Pal", None])
def test_pay_waits_when_the_bank_does_not_know_the_new_name(as_: As, town: Town, known: str | None) -> None:
    cleaner, compliance = town.cleaner("Ramesh Pal"), town.admin(AdminDuty.COMPLIANCE)
    bank_knows(town, cleaner, known)
    town.verified(cleaner)
    ask(as_(cleaner), name=MARRIED)
    (seen,) = waiting(as_(compliance))
    as_(compliance).post(f"/api/admin/name-changes/{seen['id']}/accept")
    assert told(town, cleaner) == {"name_accepted_account"}
    town.clock.move(days=1, hours=1)
    with town.uow() as uow:
        assert due_payouts(uow, limit=10) == []
        assert len(uow.all(Payout, col(Payout.cleaner_id) == cleaner.id)) == 1  # owed as before, and held
        asked = uow.all(AccountCheck, AccountCheck.cleaner_id == cleaner.id, AccountCheck.status == "WAITING")
        assert len(asked) == 1
    queue = as_(compliance).get("/api/admin/cleaners").json()["items"]
    (found,) = [one for one in queue if one["id"] == str(cleaner.id)]
    assert (found["name"], found["waitsForPayoutDetails"], found["waitsForKyc"]) == (MARRIED, True, False)
    as_(compliance).post(
        f"/api/admin/cleaners/{cleaner.id}/confirm-account", {"payoutChangedAt": found["payoutChangedAt"]}
    )
    with town.uow() as uow:
        assert len(due_payouts(uow, limit=10)) == 1


def test_a_new_id_is_taken_beside_the_good_one_and_compared_with_the_new_name(as_: As, town: Town) -> None:
    cleaner, compliance = town.cleaner("Sunita Devi"), town.admin(AdminDuty.COMPLIANCE)
    bank_knows(town, cleaner, MARRIED)
    ask(as_(cleaner), name=MARRIED)
    with town.uow() as uow:
        fresh = hand_in_id(uow, cleaner).id
        apply_answer(uow, document_id=fresh, answer=IdentityAnswer(known=True, registered_name=MARRIED, reference="r"))
    assert as_(cleaner).get(ME).json()["kycStatus"] == "ACTIVE"
    admin = as_(compliance)
    assert admin.get("/api/admin/cleaners").json()["items"] == []  # nobody is let in or turned away by it
    (seen,) = waiting(admin)
    assert (seen["fresh"], seen["document"]["status"], seen["document"]["score"]) == (True, "MATCHES", 100)
    assert statuses(town, cleaner) == ["ACCEPTED", "MATCHES"]
    admin.post(f"/api/admin/name-changes/{seen['id']}/accept")
    assert statuses(town, cleaner) == ["REPLACED", "ACCEPTED"]


def statuses(town: Town, cleaner: Actor) -> list[str]:
    """The IDs of a cleaner, the oldest first."""
    with town.uow() as uow:
        mine = select(IdentityDocument).where(IdentityDocument.cleaner_id == cleaner.id).order_by(IdentityDocument.id)
        return [DocumentStatus(one.status).value for one in uow.run(mine).scalars()]


def test_a_refused_name_leaves_all_as_it_was_and_says_why(as_: As, town: Town) -> None:
    cleaner, admin = town.cleaner("Sunita Devi"), as_(town.admin(AdminDuty.COMPLIANCE))
    ask(as_(cleaner), name=MARRIED)
    with town.uow() as uow:
        hand_in_id(uow, cleaner)
    path = f"/api/admin/name-changes/{waiting(admin)[0]['id']}/refuse"
    assert admin.post(path, {"reason": " "}).status_code == 422
    assert admin.post(path, {"reason": "The ID shows another name"}).json()["status"] == "REFUSED"
    mine = as_(cleaner).get(ME).json()
    assert (mine["name"], mine["nameAsked"], mine["nameRefused"]) == ("Sunita Devi", None, "The ID shows another name")
    assert told(town, cleaner) == {"name_refused"}
    assert statuses(town, cleaner) == ["ACCEPTED", "REFUSED"]
    with town.uow() as uow:
        assert uow.get(Cleaner, cleaner.user_id).payout_verified_at is not None


def test_the_wish_is_taken_back_by_the_present_name_and_one_waits_at_a_time(as_: As, town: Town) -> None:
    cleaner, admin = town.cleaner("Sunita Devi"), as_(town.admin(AdminDuty.COMPLIANCE))
    caller = as_(cleaner)
    ask(caller, name="Sunita Yadv")
    ask(caller, name=MARRIED)
    assert [one["newName"] for one in waiting(admin)] == [MARRIED]
    assert ask(caller, name="Sunita Devi").json()["nameAsked"] is None
    assert waiting(admin) == []
    lines = admin.get(f"/api/admin/people/{cleaner.id}/names").json()["items"]
    assert [one["state"] for one in lines] == ["TAKEN_BACK", "TAKEN_BACK"]


def test_a_cleaner_types_the_password_again(as_: As, town: Town) -> None:
    caller = as_(town.cleaner("Sunita Devi"))
    town.clock.move(minutes=11)
    assert ask(caller, name=MARRIED).json()["error"] == "CONFIRM_FIRST"
    assert ask(caller, language="hi").status_code == 200
    assert caller.post("/api/auth/confirm", {"password": PASSWORD}).status_code == 204
    assert ask(caller, name=MARRIED).json()["nameAsked"] == MARRIED


def test_only_who_checks_papers_decides_and_never_on_oneself(as_: As, anybody: Caller, town: Town) -> None:
    cleaner = town.cleaner("Sunita Devi")
    ask(as_(cleaner), name=MARRIED)
    change = waiting(as_(town.admin(AdminDuty.COMPLIANCE)))[0]["id"]
    assert anybody("PATCH", ME, {"name": "Nobody"}).status_code == 401
    for other in (town.admin(AdminDuty.FINANCE), town.person(), cleaner):
        assert as_(other).get("/api/admin/name-changes").status_code == 403
        assert as_(other).post(f"/api/admin/name-changes/{change}/accept").status_code == 403
        assert as_(other).post(f"/api/admin/name-changes/{change}/refuse", {"reason": "no"}).status_code == 403
    with town.uow() as uow:
        assert uow.get(User, cleaner.user_id).name == "Sunita Devi"
