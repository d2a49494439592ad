"""Pausing people and letting them back: at once, with a reason, by whoever may (SEC-03, SEC-10)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import FraudCase, Job, Notification, User, new_id
from cleanit_app.services.jobs.overdue import claims_of_suspended, release_claim_of_suspended
from cleanit_app.services.notifications.relay import relay_outbox
from tests.api.conftest import Caller
from tests.factories import PASSWORD, Town

As = Callable[[Actor], Caller]
WHY = {"reason": "Three people say the photos are not theirs"}
pytestmark = pytest.mark.row("SEC-03", "SEC-10")


def mail_of(town: Town, person: Actor) -> str:
    """What somebody signs in with."""
    with town.uow() as uow:
        return uow.get(User, person.user_id).email or ""


def path(person: Actor, act: str = "suspend") -> str:
    """Where this is done to somebody."""
    return f"/api/admin/people/{person.id}/{act}"


def told(town: Town, person: Actor) -> list[tuple[str, str]]:
    """What kinds of news a person has, with their reasons."""
    with town.uow() as uow:
        relay_outbox(uow)
        mine = uow.all(Notification, Notification.user_id == person.id)
        return [(row.kind, row.values.get("reason", "")) for row in mine]


def _token(anybody: Caller, who: dict[str, str]) -> str:
    return str(anybody.post("/api/auth/login", who).json()["accessToken"])


def test_a_paused_admin_does_not_sign_in(as_: As, anybody: Caller, town: Town) -> None:
    admin, senior = town.admin(AdminDuty.SUPPORT), town.admin()
    assert as_(senior).post(path(admin), WHY).status_code == 200
    refused = anybody.post("/api/auth/login", {"identifier": mail_of(town, admin), "password": PASSWORD})
    assert (refused.status_code, refused.json()["error"]) == (403, "ACCOUNT_PAUSED")
    assert refused.json()["detail"].startswith("This account is paused")


def test_a_paused_citizen_is_out_at_once_and_does_nothing_any_more(as_: As, anybody: Caller, town: Town) -> None:
    person, senior = town.person(), town.admin()
    caller, support, who = as_(person), as_(town.admin(AdminDuty.SUPPORT)), {"password": PASSWORD}
    who["identifier"] = mail_of(town, person)
    tab = anybody("POST", "/session/login", data=who)
    assert (tab.status_code, caller.get("/api/users/me").status_code) == (303, 200)
    done = support.post(path(person), WHY)
    assert done.json() == {"id": str(person.id), "status": "SUSPENDED", "suspensionReason": WHY["reason"]}
    assert caller.get("/api/users/me").json()["error"] == "TOKEN_REFUSED"
    assert anybody.get("/api/users/me").json()["error"] == "NOT_SIGNED_IN"  # the page's cookie
    assert anybody.post("/api/auth/login", who).status_code == 200  # to read why and question it, and for no more
    started = anybody.post("/api/campaigns", headers={"Authorization": f"Bearer {_token(anybody, who)}"})
    assert (started.status_code, started.json()["error"]) == (403, "NOT_ALLOWED")
    assert told(town, person) == [("person_suspended", WHY["reason"])]
    log = as_(senior).get(f"/api/admin/actions?subject={person.id}").json()["items"]
    assert [(one["action"], one["details"]["reason"]) for one in log] == [("PersonSuspended", WHY["reason"])]
    found = support.get("/api/admin/people", params={"q": who["identifier"]}).json()["items"]
    assert [(one["status"], one["suspensionReason"]) for one in found] == [("SUSPENDED", WHY["reason"])]
    assert support.post(path(person), WHY).json()["error"] == "MOVE_REFUSED"
    back = support.post(path(person, "reinstate"), {"reason": "It was a mix-up"})
    assert back.json() == {"id": str(person.id), "status": "ACTIVE", "suspensionReason": None}
    assert anybody.post("/api/auth/login", who).status_code == 200
    assert sorted(kind for kind, _ in told(town, person)) == ["person_reinstated", "person_suspended"]
    assert support.post(path(person, "reinstate"), WHY).json()["error"] == "MOVE_REFUSED"


def test_a_wrong_password_does_not_say_that_an_account_is_paused(as_: As, anybody: Caller, town: Town) -> None:
    person = town.person()
    as_(town.admin(AdminDuty.SUPPORT)).post(path(person), WHY)
    refused = anybody.post("/api/auth/login", {"identifier": mail_of(town, person), "password": "x" * 10})
    assert refused.json()["error"] == "BAD_CREDENTIALS"


def test_a_paused_cleaner_signs_in_to_read_why_and_see_the_money(as_: As, anybody: Caller, town: Town) -> None:
    cleaner = town.cleaner()
    job = town.claimed(cleaner)
    assert as_(town.admin(AdminDuty.COMPLIANCE)).post(path(cleaner), WHY).status_code == 200
    entered = anybody.post("/api/auth/login", {"identifier": mail_of(town, cleaner), "password": PASSWORD})
    assert entered.status_code == 200
    me = {"Authorization": f"Bearer {entered.json()['accessToken']}"}
    assert anybody.get("/api/users/me", headers=me).json()["suspensionReason"] == WHY["reason"]
    assert anybody.get("/api/cleaners/me/earnings", headers=me).status_code == 200
    assert anybody.post(f"/api/jobs/{town.job().id}/claim", headers=me).status_code == 403
    with town.uow() as uow:
        held = claims_of_suspended(uow, limit=10)
    assert held == [job.id]
    with town.uow() as uow:
        assert release_claim_of_suspended(uow, job_id=job.id)
        assert uow.get(Job, job.id).status == "AVAILABLE"


def test_only_seniors_pause_admins_and_nobody_oneself(as_: As, town: Town) -> None:
    support, finance, senior = town.admin(AdminDuty.SUPPORT), town.admin(AdminDuty.FINANCE), town.admin()
    other = town.admin()
    assert as_(support).post(path(finance), WHY).json()["error"] == "NOT_ALLOWED"
    assert as_(support).post(path(support), WHY).json()["error"] == "OWN_INTEREST"
    assert as_(senior).post(path(senior), WHY).json()["error"] == "OWN_INTEREST"
    caller = as_(finance)
    assert caller.get("/api/admin/financial-overview").status_code == 200
    assert as_(senior).post(path(finance), WHY).status_code == 200
    assert caller.get("/api/admin/financial-overview").status_code == 401
    assert [kind for kind, _ in told(town, other)] == ["admin_suspended_admin"]
    assert as_(support).post(path(finance, "reinstate"), WHY).json()["error"] == "NOT_ALLOWED"
    assert as_(senior).post(path(finance, "reinstate"), WHY).status_code == 200


def test_no_pause_without_a_reason(as_: As, town: Town) -> None:
    support, person = as_(town.admin(AdminDuty.SUPPORT)), town.person()
    for reason in ("", "  ", None, 7, "<b></b>"):
        refused = support.post(path(person), {"reason": reason})
        assert (refused.status_code, list(refused.json()["fields"])) == (422, ["reason"])
    with town.uow() as uow:
        assert uow.get(User, person.user_id).status == "ACTIVE"


def test_after_a_suspected_fake_photo_compliance_alone_lets_back(as_: As, town: Town) -> None:
    cleaner, admin = town.cleaner(), town.admin(AdminDuty.COMPLIANCE)
    with town.uow() as uow:
        case = {"id": new_id(), "kind_of_case": "FAKE_COMPLETION", "opened_at": uow.now}
        uow.add(FraudCase(person_id=cleaner.user_id, people=[cleaner.user_id], opened_by=admin.id, **case))
    assert as_(admin).post(path(cleaner), WHY).status_code == 200
    assert as_(town.admin(AdminDuty.SUPPORT)).post(path(cleaner, "reinstate"), WHY).status_code == 403
    assert as_(admin).post(path(cleaner, "reinstate"), WHY).status_code == 200
    with town.uow() as uow:
        assert uow.run(select(FraudCase.id).where(col(FraudCase.closed_at).is_(None))).all() == []
