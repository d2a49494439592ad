"""Sign-ins that people see and end, tabs that renew together, and what admins did (SEC-03, SEC-10)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from cleanit_app.domain.actors import Actor, AdminDuty, Role
from cleanit_app.domain.statuses import UserStatus
from cleanit_app.models import User
from cleanit_app.services.auth.sign_in import open_session, refresh
from tests.api.conftest import Caller
from tests.factories import Town, hand_in_id

As = Callable[[Actor], Caller]


@pytest.mark.row("SEC-03")
def test_one_sign_in_is_ended_and_then_all_others(as_: As, town: Town) -> None:
    person, stranger = town.person(), as_(town.person())
    here, phone, library = as_(person), as_(person), as_(person)
    listed = here.get("/api/users/me/sessions").json()["items"]
    assert [one["here"] for one in listed] == [False, False, True]
    of_phone = next(one["id"] for one in phone.get("/api/users/me/sessions").json()["items"] if one["here"])
    assert stranger("DELETE", f"/api/users/me/sessions/{of_phone}").status_code == 404
    assert here("DELETE", f"/api/users/me/sessions/{of_phone}").status_code == 204
    assert phone.get("/api/users/me").json()["error"] == "TOKEN_REFUSED"
    assert here("DELETE", f"/api/users/me/sessions/{of_phone}").status_code == 404
    assert here.post("/api/users/me/sessions/end-others").status_code == 204
    assert library.get("/api/users/me").status_code == 401
    assert here.get("/api/users/me").status_code == 200
    assert stranger.get("/api/users/me").status_code == 200


@pytest.mark.row("SEC-03")
def test_two_tabs_that_renew_at_once_stay_signed_in_a_hundred_times(town: Town) -> None:
    with town.uow() as uow:
        secret = open_session(uow, user_id=town.person().user_id, user_agent="", with_cookie=False).secret
    for _ in range(100):
        both = Barrier(2)

        def renew(held: str = secret, both: Barrier = both) -> str | None:
            both.wait()
            with town.uow() as uow:
                outcome = refresh(uow, secret=held)
            return outcome.signed_in.secret if outcome.signed_in else None

        with ThreadPoolExecutor(2) as tabs:
            first, second = (tab.result() for tab in [tabs.submit(renew), tabs.submit(renew)])
        assert first is not None
        assert first == second
        secret = first


@pytest.mark.row("SEC-03")
def test_a_late_tab_gets_the_newest_token_and_twenty_thieves_end_twenty_families(town: Town) -> None:
    for spent_at in range(20):
        with town.uow() as uow:
            chain = [open_session(uow, user_id=town.person().user_id, user_agent="", with_cookie=False).secret]
        for _ in range(21):
            with town.uow() as uow:
                renewed = refresh(uow, secret=chain[-1]).signed_in
            assert renewed is not None
            chain.append(renewed.secret)
        with town.uow() as uow:
            late = refresh(uow, secret=chain[spent_at]).signed_in
        assert late is not None
        assert late.secret == chain[-1]
        town.clock.move(seconds=11)
        with town.uow() as uow:
            assert refresh(uow, secret=chain[spent_at]).stolen_session is not None
        with town.uow() as uow, pytest.raises(Exception, match="TOKEN_REFUSED"):
            refresh(uow, secret=chain[-1])


@pytest.mark.row("SEC-03")
def test_a_disabled_person_is_nobody_at_the_next_request(as_: As, town: Town) -> None:
    person, admin = town.person(), town.admin()
    caller = as_(person)
    assert caller.get("/api/users/me").status_code == 200
    with town.uow() as uow:
        gone = uow.lock(User, person.user_id)
        gone.email = gone.phone = None  # no account that is deleted keeps its contacts
        gone.erased_at = uow.now
        gone.move_to(UserStatus.DELETED, by=admin, at=uow.now)
    assert caller.get("/api/users/me").status_code == 401


@pytest.mark.row("SEC-10")
def test_what_an_admin_does_stands_in_the_log_with_who_and_what(as_: As, town: Town) -> None:
    senior, compliance, cleaner = town.admin(), town.admin(AdminDuty.COMPLIANCE), town.person(Role.CLEANER)
    with town.uow() as uow:
        hand_in_id(uow, cleaner)
    assert as_(compliance).post(f"/api/admin/cleaners/{cleaner.id}/activate").status_code == 200
    log = as_(senior).get(f"/api/admin/actions?admin={compliance.id}").json()["items"]
    assert [(one["action"], one["subjectId"]) for one in log] == [("CleanerKycChanged", str(cleaner.id))]
    assert log[0]["adminName"] == "Meera Joshi"
    assert as_(senior).get(f"/api/admin/actions?subject={cleaner.id}").json()["items"] == log
    assert as_(senior).get("/api/admin/actions?action=Nothing").json()["items"] == []
    assert as_(compliance).get("/api/admin/actions").status_code == 403


@pytest.mark.row("SEC-10")
def test_the_log_is_asked_about_any_time_however_long_ago(as_: As, town: Town) -> None:
    senior = as_(town.admin())
    every = senior.get("/api/admin/actions").json()["items"]
    for at in ("0001-01-01T00:00:00Z", "1638-06-19T01:21:56Z", "1969-12-31T23:59:59Z"):
        assert senior.get(f"/api/admin/actions?since={at}&until=9999-12-31T23:59:59Z").json()["items"] == every
        assert senior.get(f"/api/admin/actions?until={at}").json()["items"] == []


@pytest.mark.row("SEC-10")
def test_a_refused_act_leaves_no_line_and_no_line_can_be_changed(as_: As, town: Town) -> None:
    compliance, cleaner = town.admin(AdminDuty.COMPLIANCE), town.person(Role.CLEANER)
    with town.uow() as uow:
        hand_in_id(uow, cleaner)
    caller = as_(compliance)
    caller.post(f"/api/admin/cleaners/{cleaner.id}/activate")
    assert caller.post(f"/api/admin/cleaners/{cleaner.id}/activate").status_code == 409
    with town.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM admin_actions")).scalar_one() == 1
    for forbidden in ("UPDATE admin_actions SET action = 'x'", "DELETE FROM admin_actions", "TRUNCATE admin_actions"):
        with pytest.raises(IntegrityError, match="only grows"), town.engine.begin() as connection:
            connection.execute(text(forbidden))


def test_made_up_cookies_are_nobody(api: FastAPI) -> None:
    assert TestClient(api).get("/api/users/me/sessions", headers={"Cookie": "sid=made-up"}).status_code == 401
