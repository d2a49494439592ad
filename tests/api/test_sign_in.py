"""Signing in: tokens for callers, cookies for pages, and every way to be refused (SEC-03, SEC-07)."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import jwt
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import col, select

from cleanit_app.api.app import create_api
from cleanit_app.domain.actors import Actor, Role
from cleanit_app.domain.terms import TERMS
from cleanit_app.models import Session, TermsAcceptance, User
from cleanit_app.routes import inside
from cleanit_app.services.auth.hash_limiter import AT_ONCE, MAY_WAIT, _hall, slow_hash
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.factories import PASSWORD, Town
from tests.support.post import Post

TYPE = {"typ": "at+jwt"}
JOIN = {
    "name": "Asha Verma",
    "email": "Asha@Example.in",
    "password": PASSWORD,
    "role": "CITIZEN",
    "acceptTerms": True,
}


@pytest.mark.row("SEC-03", "SEC-07", "LAW-06")
def test_join_sign_in_and_out(anybody: Caller, town: Town, post: Post) -> None:
    joined = anybody.post("/api/auth/register", JOIN)
    assert joined.status_code == 201
    typed = {"codeId": joined.json()["codeId"], "code": post.code()}
    assert anybody.post("/api/auth/register/confirm", typed).status_code == 200
    anybody.http.cookies.clear()
    signed_in = anybody.post("/api/auth/login", {"identifier": "asha@example.in", "password": PASSWORD})
    assert signed_in.status_code == 200
    body = signed_in.json()
    assert body["user"]["id"] == joined.json()["userId"]
    assert body["expiresIn"] == 900
    cookie = signed_in.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/api/auth", "Max-Age=604800"))
    me = {"Authorization": f"Bearer {body['accessToken']}"}
    profile = anybody.get("/api/users/me", headers=me).json()
    assert (profile["role"], profile["email"], profile["kycStatus"]) == ("CITIZEN", "asha@example.in", None)
    claims = jwt.decode(body["accessToken"], options={"verify_signature": False})
    assert (claims["userId"], claims["role"]) == (profile["id"], "CITIZEN")
    assert claims["permissions"] == profile["permissions"]
    assert anybody.post("/api/auth/logout", headers=me).status_code == 204
    assert anybody.get("/api/users/me", headers=me).json()["error"] == "TOKEN_REFUSED"
    with town.uow() as uow:
        user = uow.run(select(User)).scalar_one()
        assert user.password_hash.startswith("sha256$$2b$12$")
        assert uow.run(select(TermsAcceptance.version)).scalars().all() == [TERMS.version]


@pytest.mark.row("SEC-03")
def test_a_refresh_token_works_once_and_its_reuse_ends_the_family(anybody: Caller, town: Town) -> None:
    person = _sign_in(anybody, town.person(), town)
    first = anybody.http.cookies["refresh"]
    renewed = anybody.post("/api/auth/refresh")
    assert renewed.status_code == 200
    second = anybody.http.cookies["refresh"]
    assert first != second
    anybody.http.cookies.clear()
    town.clock.move(seconds=11)  # two tabs that renew together are no thieves
    stolen = anybody.post("/api/auth/refresh", headers={"Cookie": f"refresh={first}"})
    assert (stolen.status_code, stolen.json()["error"]) == (401, "TOKEN_REFUSED")
    for token in (person["accessToken"], renewed.json()["accessToken"]):
        assert anybody.get("/api/users/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert anybody.post("/api/auth/refresh", headers={"Cookie": f"refresh={second}"}).status_code == 401


@pytest.mark.row("SEC-03")
def test_without_a_refresh_cookie_there_is_nothing_to_renew(anybody: Caller) -> None:
    assert anybody.post("/api/auth/refresh").status_code == 401
    assert anybody.post("/api/auth/refresh", headers={"Cookie": "refresh=made-up"}).status_code == 401


@pytest.mark.row("SEC-03")
def test_tokens_grow_old(anybody: Caller, town: Town) -> None:
    token = _sign_in(anybody, town.person(), town)["accessToken"]
    town.clock.move(minutes=16)
    assert anybody.get("/api/users/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert anybody.post("/api/auth/refresh").status_code == 200
    town.clock.move(days=8)
    assert anybody.post("/api/auth/refresh").status_code == 401


def _sign_in(anybody: Caller, person: Actor, town: Town) -> Any:
    with town.uow() as uow:
        email = uow.get(User, person.user_id).email
    answer = anybody.post("/api/auth/login", {"identifier": email, "password": PASSWORD})
    assert answer.status_code == 200
    return answer.json()


@pytest.mark.row("SEC-03")
@pytest.mark.parametrize(
    "forge",
    [
        lambda claims, secret: jwt.encode(claims, "", algorithm="none", headers={"typ": "at+jwt"}),
        lambda claims, secret: jwt.encode(claims, "x" * 40, algorithm="HS256", headers={"typ": "at+jwt"}),
        lambda claims, secret: jwt.encode(claims | {"aud": "other"}, secret, headers={"typ": "at+jwt"}),
        lambda claims, secret: jwt.encode(claims | {"iss": "other"}, secret, headers={"typ": "at+jwt"}),
        lambda claims, secret: jwt.encode(claims, secret, headers={"typ": "JWT"}),
        lambda claims, secret: jwt.encode(claims | {"sub": "x"}, secret, headers={"typ": "at+jwt"}),
        lambda claims, secret: jwt.encode(claims | {"nbf": claims["nbf"] + 60}, secret, headers={"typ": "at+jwt"}),
        lambda claims, secret: jwt.encode(claims, secret, algorithm="HS512", headers={"typ": "at+jwt"}),
        lambda claims, secret: jwt.encode(claims | {"exp": claims["nbf"]}, secret, headers={"typ": "at+jwt"}),
        lambda claims, secret: jwt.encode({k: v for k, v in claims.items() if k != "exp"}, secret, headers=TYPE),
        lambda claims, secret: _signed_by_a_public_key(jwt.encode(claims, secret, headers={"typ": "at+jwt"})),
        lambda claims, secret: _with_other_claims(jwt.encode(claims, secret, headers={"typ": "at+jwt"})),
        lambda claims, secret: "",
        lambda claims, secret: "a.b.c",
        lambda claims, secret: "é",
    ],
)
def test_forged_tokens_are_refused(
    forge: Callable[[Any, str], str], anybody: Caller, as_: Callable[[Actor], Caller], town: Town, settings: Settings
) -> None:
    genuine = as_(town.admin()).sign()["Authorization"].split()[1]
    claims = jwt.decode(genuine, options={"verify_signature": False})
    header = {"Authorization": f"Bearer {forge(claims, settings.jwt_secret)}".encode()}
    refused = anybody.get("/api/users/me", headers=header)
    assert (refused.status_code, refused.json()["error"]) == (401, "TOKEN_REFUSED")


def _signed_by_a_public_key(token: str) -> str:
    """The head says RS256 where the signature is an HMAC: the old swap."""
    head, body, signature = token.split(".")
    swapped = base64.urlsafe_b64encode(b'{"alg":"RS256","typ":"at+jwt","kid":"../../dev/null"}').decode().rstrip("=")
    assert head != swapped
    return f"{swapped}.{body}.{signature}"


def _with_other_claims(token: str) -> str:
    head, body, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["role"] = "ADMIN"
    changed = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"{head}.{changed}.{signature}"


@pytest.mark.row("SEC-04", "SEC-07")
def test_joining_names_every_wrong_field_at_once(anybody: Caller) -> None:
    wrong = {"name": "<b>A</b>", "email": "nope", "phone": "12", "password": "short", "role": "ADMIN"}
    refused = anybody.post("/api/auth/register", wrong)
    assert refused.status_code == 422
    assert set(refused.json()["fields"]) == {"name", "email", "phone", "password", "role", "acceptTerms"}


@pytest.mark.row("SEC-04")
def test_a_contact_belongs_to_one_account(anybody: Caller, town: Town, post: Post) -> None:
    assert post.join(anybody, JOIN).status_code == 200
    town.clock.move(minutes=1)
    again = post.join(anybody, JOIN | {"email": "ASHA@example.in"})
    said = "There is an account with this number or email already. Sign in, or set a new password."
    assert again.json()["fields"] == {"code": said}
    with town.uow() as uow:
        assert len(uow.all(User)) == 1


@pytest.mark.row("SEC-04")
@pytest.mark.parametrize("body", [{}, {"identifier": 5, "password": []}, {"identifier": "x" * 9000, "password": "y"}])
def test_wrong_credentials_of_any_shape_are_one_refusal(anybody: Caller, body: Any) -> None:
    refused = anybody.post("/api/auth/login", body)
    assert (refused.status_code, refused.json()["error"]) == (401, "BAD_CREDENTIALS")


@pytest.mark.row("SEC-03")
def test_a_page_signs_in_with_a_plain_form(anybody: Caller, town: Town) -> None:
    with town.uow() as uow:
        email = uow.get(User, town.person(Role.CLEANER).user_id).email
    form = {"identifier": email, "password": PASSWORD, "next": "/work?tab=1"}
    entered = anybody("POST", "/session/login", data=form)
    assert (entered.status_code, entered.headers["location"]) == (303, "/work?tab=1")
    cookie = entered.headers["set-cookie"]
    assert all(part in cookie for part in ("sid=", "HttpOnly", "SameSite=Lax", "Path=/;", "Max-Age=1209600"))
    assert "Secure" not in cookie
    assert anybody.get("/api/users/me").json()["role"] == "CLEANER"
    left = anybody("POST", "/session/logout", data={})
    assert (left.status_code, left.headers["location"]) == (303, "/")
    secret = cookie.split("sid=")[1].split(";")[0]
    assert anybody.get("/api/users/me", headers={"Cookie": f"sid={secret}"}).status_code == 401


@pytest.mark.row("SEC-03")
def test_a_page_joins_with_a_form_and_is_signed_in(anybody: Caller, post: Post) -> None:
    form = {k: str(v) for k, v in JOIN.items()} | {"acceptTerms": "on", "role": "CLEANER"}
    joined = anybody("POST", "/session/register", data=form, headers={"Accept": "application/json"})
    assert joined.status_code == 200
    assert "set-cookie" not in joined.headers
    assert anybody.get("/api/users/me").status_code == 401
    wish = joined.json()["next"].removeprefix("/join?code=")
    wrong = anybody("POST", "/session/register/confirm", data={"id": wish, "code": "no", "next": "/start"})
    assert wrong.headers["location"] == f"/join?code={wish}&error=INVALID_FIELDS&next=%2Fstart"
    typed = {"id": wish, "code": post.code()}
    opened = anybody("POST", "/session/register/confirm", data=typed, headers={"Accept": "application/json"})
    assert (opened.status_code, opened.json()) == (200, {"next": "/jobs"})
    assert anybody.get("/api/users/me").json()["kycStatus"] == "PENDING"
    native = anybody("POST", "/session/register", data=form | {"name": "", "next": "/start"})
    assert native.headers["location"] == "/join?error=INVALID_FIELDS&next=%2Fstart"
    asked = anybody("POST", "/session/register", data=form | {"email": "b@example.in", "next": "/start"})
    assert re.fullmatch(r"/join\?code=[0-9a-f-]{36}&next=%2Fstart", asked.headers["location"])


@pytest.mark.row("SEC-03")
def test_a_refused_form_goes_back_with_its_code(anybody: Caller) -> None:
    form = {"identifier": "nobody@example.in", "password": "x" * 10, "next": "//evil.example"}
    refused = anybody("POST", "/session/login", data=form)
    assert (refused.status_code, refused.headers["location"]) == (303, "/login?error=BAD_CREDENTIALS&next=%2F")
    assert "set-cookie" not in refused.headers
    hindi = {"Accept": "application/json", "Cookie": "lang=hi"}
    said = anybody("POST", "/session/login", data=form, headers=hindi)
    assert (said.status_code, said.json()["detail"][:4]) == (401, "ईमेल")


@pytest.mark.row("SEC-03")
def test_signing_in_anew_ends_the_earlier_session(anybody: Caller, town: Town) -> None:
    with town.uow() as uow:
        email = uow.get(User, town.person().user_id).email
    for _ in range(2):
        anybody("POST", "/session/login", data={"identifier": email, "password": PASSWORD})
    with town.uow() as uow:
        ended = uow.run(select(col(Session.end_reason)).order_by(col(Session.id))).scalars().all()
    assert ended == ["signed in anew", None]


@pytest.mark.row("SEC-03")
def test_over_https_cookies_carry_their_prefixes(settings: Settings, town: Town) -> None:
    parts = Wiring(settings.model_copy(update={"public_url": "https://cleanit.example"}))
    parts.clock = town.clock
    http = TestClient(create_api(parts), base_url="https://cleanit.example", follow_redirects=False)
    with town.uow() as uow:
        email = uow.get(User, town.person().user_id).email
    form = {"identifier": email, "password": PASSWORD}
    page = http.post("/session/login", data=form)
    assert page.headers["set-cookie"].startswith("__Host-sid=")
    assert page.headers["set-cookie"].endswith("Secure")
    caller = http.post("/api/auth/login", json=form)
    assert caller.headers["set-cookie"].startswith("__Secure-refresh=")
    assert http.get("/api/users/me").status_code == 200
    parts.engine.dispose()


@pytest.mark.row("SEC-03")
@pytest.mark.parametrize(
    "wanted",
    [
        None,
        "",
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\/evil",
        "/a\nSet-Cookie: x",
        "/a\\b",
        "x" * 600,
    ],
)
def test_no_form_leads_to_another_site(wanted: str | None) -> None:
    assert inside(wanted, "/home") == "/home"


@pytest.mark.row("SEC-03")
def test_a_suspended_person_only_sees_the_own_account(town: Town, as_: Callable[[Actor], Caller], api: FastAPI) -> None:
    cleaner = town.cleaner()
    caller = as_(cleaner)
    job = town.job()
    with town.uow() as uow:
        user = uow.lock(User, cleaner.user_id)
        user.suspended_at, user.suspension_reason = uow.now, "FAKE_COMPLETION"
        user.move_to(type(user.status).SUSPENDED, by=cleaner, at=uow.now)
    assert caller.get("/api/users/me").json()["suspensionReason"] == "FAKE_COMPLETION"
    assert caller.post(f"/api/jobs/{job.id}/claim").status_code == 403


@pytest.mark.row("SEC-03")
def test_a_session_that_ran_out_is_nobody(anybody: Caller, town: Town) -> None:
    with town.uow() as uow:
        email = uow.get(User, town.person().user_id).email
    anybody("POST", "/session/login", data={"identifier": email, "password": PASSWORD})
    town.clock.at += timedelta(days=15)
    assert anybody.get("/api/users/me").status_code == 401


@pytest.mark.row("SEC-01", "SEC-07")
def test_a_flood_of_sign_ins_is_told_to_wait(anybody: Caller) -> None:
    with ExitStack() as full:
        for _ in range(AT_ONCE):
            full.enter_context(slow_hash())
        for _ in range(MAY_WAIT):
            full.callback(_hall.release)
            assert _hall.acquire(blocking=False)
        refused = anybody.post("/api/auth/login", {"identifier": "a@b.in", "password": "x" * 10})
    assert (refused.status_code, refused.json()["error"], refused.headers["retry-after"]) == (503, "BUSY", "2")
    later = anybody.post("/api/auth/login", {"identifier": "a@b.in", "password": "x" * 10})
    assert later.status_code == 401
