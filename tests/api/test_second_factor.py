"""An admin's second factor: set up, asked for at sign-in and before money, once each code, and never guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty, Role
from cleanit_app.domain.errors import SecondFactorNeeded
from cleanit_app.models import Job, Notification, RecoveryCode, SecondFactor, User
from cleanit_app.services.accounts import accounts
from cleanit_app.services.jobs import stuck_jobs
from cleanit_app.services.notifications.relay import relay_outbox
from tests.api.conftest import Caller
from tests.factories import PASSWORD, Town, quick_hash

As = Callable[[Actor], Caller]


def newcomer(town: Town, *duties: AdminDuty) -> Actor:
    """An admin who has no second factor yet."""
    return replace(town.admin(*duties), proved=False)


class App:
    """An authenticator app whose time is the town's."""

    def __init__(self, town: Town, secret: str) -> None:
        self._town, self._totp = town, pyotp.TOTP(secret)

    def code(self, steps: int = 0) -> str:
        """The code it shows, so many half minutes from now."""
        return self._totp.at(self._town.clock.now(), counter_offset=steps)


def set_up(caller: Caller, town: Town) -> tuple[App, list[str]]:
    """Set up a second factor; the app and the recovery codes."""
    made = caller.post("/api/users/me/second-factor").json()
    app = App(town, made["secret"])
    confirmed = caller.post("/api/users/me/second-factor/confirm", {"code": app.code()})
    assert confirmed.status_code == 200, confirmed.text
    town.clock.move(seconds=30)  # the first code is spent
    return app, confirmed.json()["recoveryCodes"]


def stop_payouts(caller: Caller) -> Any:
    """Something with money."""
    return caller.post("/api/admin/money-flows/PAYOUTS/stop", {"reason": "looking"})


def mail_of(town: Town, person: Actor) -> str:
    """What an admin signs in with."""
    with town.uow() as uow:
        return uow.get(User, person.user_id).email or ""


def told(town: Town, person: Actor) -> list[str]:
    """What kinds of news a person has."""
    with town.uow() as uow:
        relay_outbox(uow)
        mine = select(col(Notification.kind)).where(col(Notification.user_id) == person.id)
        return list(uow.run(mine.order_by(col(Notification.id))).scalars())


@pytest.mark.row("SEC-03", "SEC-10")
def test_money_waits_for_a_second_factor_that_is_set_up_and_shown(as_: As, town: Town) -> None:
    admin = newcomer(town)
    caller, elsewhere = as_(admin), as_(admin)
    assert stop_payouts(caller).json()["error"] == "SECOND_FACTOR_NEEDED"
    assert caller.get("/api/admin/financial-overview").status_code == 200  # looking is free
    made = caller.post("/api/users/me/second-factor").json()
    asked = parse_qs(urlsplit(made["uri"]).query)
    assert (asked["secret"], asked["issuer"]) == ([made["secret"]], ["Cleanit"])
    assert stop_payouts(caller).status_code == 403  # begun is not enough
    wrong = caller.post("/api/users/me/second-factor/confirm", {"code": "000000"})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["code"])
    app, codes = App(town, made["secret"]), []
    codes = caller.post("/api/users/me/second-factor/confirm", {"code": app.code()}).json()["recoveryCodes"]
    assert len(set(codes)) == 10
    assert stop_payouts(caller).status_code == 200
    assert caller.get("/api/users/me/second-factor").json()["codesLeft"] == 10
    # the other session is only half in now
    for path in ("/api/users/me", "/api/admin/financial-overview", "/api/users/me/notifications"):
        assert elsewhere.get(path).json()["error"] == "SECOND_FACTOR_NEEDED"
    town.clock.move(minutes=15, seconds=1)
    assert stop_payouts(caller).json()["error"] == "SECOND_FACTOR_NEEDED"
    assert caller.post("/api/auth/prove", {"code": app.code()}).status_code == 204
    assert stop_payouts(caller).status_code == 200
    assert set(told(town, admin)) >= {"second_factor_on", "second_factor_on_admin"}
    with town.uow() as uow:
        row = uow.run(select(SecondFactor)).scalar_one()
        assert made["secret"].encode() not in row.secret
        assert {c.replace("-", "").encode() for c in codes}.isdisjoint(
            uow.run(select(RecoveryCode.code_hash)).scalars()
        )


@pytest.mark.row("SEC-03")
def test_sign_in_asks_for_the_code_once_there_is_one(anybody: Caller, as_: As, town: Town) -> None:
    admin = newcomer(town)
    mail = mail_of(town, admin)
    who = {"identifier": mail, "password": PASSWORD}
    assert anybody.post("/api/auth/login", who).status_code == 200
    app, _ = set_up(as_(admin), town)
    refused = anybody.post("/api/auth/login", who)
    assert (refused.status_code, refused.json()["error"]) == (403, "SECOND_FACTOR_NEEDED")
    assert "accessToken" not in refused.text
    assert anybody.post("/api/auth/login", who | {"code": "123"}).status_code == 422
    assert anybody.post("/api/auth/login", who | {"password": "x" * 9, "code": app.code()}).status_code == 401
    let_in = anybody.post("/api/auth/login", who | {"code": app.code()})
    assert let_in.status_code == 200
    assert "RUN_PAYOUTS" in let_in.json()["user"]["permissions"]


@pytest.mark.row("SEC-03")
def test_a_pages_sign_in_leads_to_the_code_and_gives_nothing_before(anybody: Caller, as_: As, town: Town) -> None:
    admin = newcomer(town)
    app, _ = set_up(as_(admin), town)
    form = {"identifier": mail_of(town, admin), "password": PASSWORD, "next": "/admin/payouts"}
    entered = anybody("POST", "/session/login", data=form)
    assert entered.headers["location"] == "/admin/second-factor?next=%2Fadmin%2Fpayouts"
    assert anybody.get("/api/users/me").json()["error"] == "SECOND_FACTOR_NEEDED"
    assert anybody.get("/api/users/me/sessions").status_code == 403
    assert anybody.post("/api/auth/prove", {"code": app.code()}).status_code == 204
    assert anybody.get("/api/users/me").status_code == 200


@pytest.mark.row("SEC-03")
def test_a_code_counts_once_and_only_around_its_half_minute(as_: As, town: Town) -> None:
    caller = as_(newcomer(town))
    app, _ = set_up(caller, town)
    code = app.code()
    assert caller.post("/api/auth/prove", {"code": code}).status_code == 204
    assert caller.post("/api/auth/prove", {"code": code}).status_code == 422
    assert caller.post("/api/auth/prove", {"code": app.code(-1)}).status_code == 422  # before the last one used
    assert caller.post("/api/auth/prove", {"code": app.code(2)}).status_code == 422
    assert caller.post("/api/auth/prove", {"code": app.code(1)}).status_code == 204  # a phone that runs ahead


@pytest.mark.row("SEC-01", "SEC-03")
def test_five_guesses_and_then_one_waits(as_: As, town: Town) -> None:
    caller = as_(newcomer(town))
    app, _ = set_up(caller, town)
    for _ in range(5):
        assert caller.post("/api/auth/prove", {"code": "000000"}).status_code == 422
    assert caller.post("/api/auth/prove", {"code": app.code()}).status_code == 429
    town.clock.move(minutes=16)
    assert caller.post("/api/auth/prove", {"code": app.code()}).status_code == 204


@pytest.mark.row("SEC-10")
def test_wrong_codes_after_a_right_password_alert_from_one_address(as_: As, town: Town) -> None:
    admin = newcomer(town, AdminDuty.FINANCE)
    senior, caller = town.admin(), as_(admin)
    set_up(caller, town)
    statuses = [caller.post("/api/auth/prove", {"code": "000000"}).status_code for _ in range(8)]
    assert statuses == [422] * 5 + [429] * 3
    assert told(town, admin).count("sign_ins_failed") == 1
    assert told(town, senior).count("sign_ins_failed_admin") == 1


@pytest.mark.row("SEC-01", "SEC-03")
def test_who_knows_the_password_keeps_no_admin_out(api: FastAPI, as_: As, town: Town) -> None:
    admin = newcomer(town)
    app, _ = set_up(as_(admin), town)
    who = {"identifier": mail_of(town, admin), "password": PASSWORD}

    def browser(address: str) -> Caller:
        return Caller(TestClient(api, client=(address, 1), raise_server_exceptions=False))

    home = browser("198.51.100.4")
    assert home.post("/api/auth/login", who | {"code": app.code()}).status_code == 200  # known from now on
    thief = browser("203.0.113.66")
    assert [thief.post("/api/auth/login", who | {"code": "1"}).status_code for _ in range(6)] == [422] * 5 + [429]
    thief.http.cookies.clear()  # another browser at the same address is no way around
    assert thief.post("/api/auth/login", who | {"code": "1"}).status_code == 429
    town.clock.move(seconds=30)
    assert browser("198.51.100.5").post("/api/auth/login", who | {"code": app.code()}).status_code == 200
    town.clock.move(seconds=30)
    beside = browser("203.0.113.66")
    beside.http.cookies = home.http.cookies
    assert beside.post("/api/auth/login", who | {"code": app.code()}).status_code == 200


@pytest.mark.row("SEC-01")
def test_guesses_from_everywhere_are_counted_together_but_for_the_admins_own_browser(
    api: FastAPI, as_: As, town: Town
) -> None:
    admin = newcomer(town)
    app, _ = set_up(as_(admin), town)
    who = {"identifier": mail_of(town, admin), "password": PASSWORD}
    home = Caller(TestClient(api, client=("198.51.100.4", 1), raise_server_exceptions=False))
    assert home.post("/api/auth/login", who | {"code": app.code()}).status_code == 200

    def guess(address: str) -> int:
        caller = Caller(TestClient(api, client=(address, 1), raise_server_exceptions=False))
        return caller.post("/api/auth/login", who | {"code": "1"}).status_code

    assert [guess(f"203.0.113.{n}") for n in range(51)].count(429) == 1
    town.clock.move(seconds=30)
    assert home.post("/api/auth/login", who | {"code": app.code()}).status_code == 200


@pytest.mark.row("SEC-03")
def test_a_recovery_code_stands_in_once_and_new_ones_void_the_old(as_: As, town: Town) -> None:
    admin = newcomer(town)
    caller = as_(admin)
    app, codes = set_up(caller, town)
    assert caller.post("/api/auth/prove", {"code": codes[0].lower().replace("-", " ")}).status_code == 204
    assert caller.post("/api/auth/prove", {"code": codes[0]}).status_code == 422
    assert "recovery_code_used" in told(town, admin)
    fresh = caller.post("/api/users/me/second-factor/recovery-codes").json()["recoveryCodes"]
    assert set(fresh).isdisjoint(codes)
    assert caller.post("/api/auth/prove", {"code": codes[1]}).status_code == 422
    assert caller.post("/api/auth/prove", {"code": fresh[1]}).status_code == 204
    town.clock.move(minutes=16)
    assert caller.post("/api/users/me/second-factor/recovery-codes").status_code == 403
    assert caller.post("/api/auth/prove", {"code": app.code()}).status_code == 204


@pytest.mark.row("SEC-03")
def test_who_takes_it_away_has_shown_it_or_is_a_senior(as_: As, town: Town) -> None:
    finance, senior = newcomer(town, AdminDuty.FINANCE), town.admin()
    caller = as_(finance)
    set_up(caller, town)
    assert caller.post("/api/users/me/second-factor").json()["error"] == "SECOND_FACTOR_STANDS"
    town.clock.move(minutes=16)
    assert caller("DELETE", "/api/users/me/second-factor").json()["error"] == "SECOND_FACTOR_NEEDED"
    path = f"/api/admin/admins/{finance.id}/second-factor"
    assert as_(town.admin(AdminDuty.SUPPORT))("DELETE", path).status_code == 403
    assert as_(senior)("DELETE", path).status_code == 204
    assert caller.get("/api/users/me").status_code == 401
    assert set(told(town, finance)) == {"second_factor_on", "second_factor_off"}
    again = as_(finance)
    app, _ = set_up(again, town)
    assert again.post("/api/auth/prove", {"code": app.code()}).status_code == 204
    assert again("DELETE", "/api/users/me/second-factor").status_code == 204
    assert stop_payouts(again).status_code == 403
    assert again.get("/api/users/me").status_code == 200


@pytest.mark.row("SEC-03")
def test_a_second_factor_is_for_admins_and_after_the_password(as_: As, town: Town) -> None:
    assert as_(town.person()).post("/api/users/me/second-factor").status_code == 403
    caller = as_(newcomer(town))
    town.clock.move(minutes=11)
    assert caller.post("/api/users/me/second-factor").json()["error"] == "CONFIRM_FIRST"
    assert as_(town.person()).post("/api/auth/prove", {"code": "1"}).status_code == 404


@pytest.mark.row("SEC-10")
def test_a_new_admin_is_told_of_to_seniors_and_needs_a_proved_one(town: Town) -> None:
    senior = town.admin()
    wish = accounts.NewAccount("Nia Rao", "nia@example.in", None, Role.CITIZEN, quick_hash())
    with town.uow() as uow, pytest.raises(SecondFactorNeeded):
        accounts.make_admin(uow, actor=newcomer(town), account=wish, duties=[AdminDuty.FINANCE])
    with town.uow() as uow:
        made = accounts.actor_of(accounts.make_admin(uow, actor=senior, account=wish, duties=[AdminDuty.FINANCE]))
    assert told(town, senior) == ["admin_made_admin"]
    assert told(town, made) == ["admin_made"]


@pytest.mark.row("SEC-10")
def test_duties_change_at_the_next_request_and_are_told(as_: As, town: Town) -> None:
    senior, admin = town.admin(), town.admin(AdminDuty.FINANCE)
    boss, caller = as_(senior), as_(admin)
    path = f"/api/admin/admins/{admin.id}/duties"
    assert caller.get("/api/admin/financial-overview").status_code == 200
    assert as_(newcomer(town))("PUT", path, {"duties": []}).json()["error"] == "SECOND_FACTOR_NEEDED"
    for wrong in (None, "FINANCE", ["KING"], [1], {"a": 1}):
        assert list(boss("PUT", path, {"duties": wrong}).json()["fields"]) == ["duties"]
    assert boss("PUT", f"/api/admin/admins/{senior.id}/duties", {"duties": []}).json()["error"] == "OWN_INTEREST"
    assert boss("PUT", f"/api/admin/admins/{town.person().id}/duties", {"duties": []}).status_code == 404
    assert boss("PUT", path, {"duties": ["SUPPORT", "SUPPORT"]}).status_code == 204
    assert caller.get("/api/admin/financial-overview").status_code == 403
    assert caller.get("/api/users/me").json()["duties"] == ["SUPPORT"]
    assert told(town, admin) == ["duties_changed"]
    assert told(town, senior) == ["duties_changed_admin"]
    duties = {one["id"]: one["duties"] for one in boss.get("/api/admin/admins").json()["items"]}
    assert duties[str(admin.id)] == ["SUPPORT"]
    assert caller.get("/api/admin/admins").status_code == 403
    log = boss.get("/api/admin/actions?action=AdminDutiesChanged").json()["items"]
    assert [one["subjectId"] for one in log] == [str(admin.id)]


@pytest.mark.row("JOB-08", "SEC-03")
def test_a_higher_pay_asks_for_it_and_the_same_pay_does_not(town: Town) -> None:
    job = town.job()
    with town.uow() as uow:
        uow.lock(Job, job.id).review_since = uow.now
    admin = newcomer(town)
    with town.uow() as uow, pytest.raises(SecondFactorNeeded):
        stuck_jobs.relist_job(uow, actor=admin, job_id=job.id, pay_paise=job.amount_paise + 10_000)
    with town.uow() as uow:
        stuck_jobs.relist_job(uow, actor=admin, job_id=job.id)


@pytest.mark.row("SEC-03")
def test_after_the_clock_goes_back_codes_fit_again_soon_and_none_fits_twice(as_: As, town: Town) -> None:
    """The clock ran two days ahead while a code was shown; then somebody sets it right."""
    caller = as_(newcomer(town))
    app, _ = set_up(caller, town)
    spent = app.code()
    assert caller.post("/api/auth/prove", {"code": spent}).status_code == 204
    town.clock.move(days=2)
    assert as_(newcomer(town))  # somebody else works meanwhile
    assert caller.post("/api/auth/prove", {"code": app.code()}).status_code == 204
    town.clock.move(days=-2)
    assert caller.post("/api/auth/prove", {"code": spent}).status_code == 422  # used before, still of this half minute
    waited = 0
    while caller.post("/api/auth/prove", {"code": app.code()}).status_code != 204:
        town.clock.move(seconds=30)
        waited += 30
        assert waited <= 90
    assert waited >= 30
    assert caller.post("/api/auth/prove", {"code": app.code()}).status_code == 422
