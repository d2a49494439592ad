"""Cookies that somebody else put into a browser are worth nothing after a sign-in: each secret is a fresh one."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import col, select

from cleanit_app.models import KnownDevice, User
from cleanit_app.services.auth.sign_in import Visitor, known_device, secret_hash
from tests.factories import PASSWORD, Town

pytestmark = pytest.mark.row("SEC-01", "SEC-03")
PLANTED = "planted-by-mallory-0123456789"


def enter(api: FastAPI, mail: str, door: str, **cookies: str) -> dict[str, str]:
    """Sign in with a browser that brings these cookies; those it holds afterwards."""
    http = TestClient(api, follow_redirects=False, cookies=cookies)
    said = {"identifier": mail, "password": PASSWORD}
    answer = http.post(door, json=said) if door.startswith("/api") else http.post(door, data=said)
    assert answer.status_code in (200, 303), answer.text
    return {name: value or "" for name, value in answer.cookies.items()}


def knows(town: Town, mail: str, device: str) -> bool:
    with town.uow() as uow:
        user = uow.run(select(User).where(col(User.email) == mail)).scalar_one()
        return bool(known_device(uow, user.id, Visitor(device=device)))


@pytest.mark.parametrize("door", ["/api/auth/login", "/session/login"])
@pytest.mark.parametrize("planted", [PLANTED, "", "x" * 4_000, "é\"';"])
def test_a_planted_device_is_never_known(api: FastAPI, town: Town, door: str, planted: str) -> None:
    with town.uow() as uow:
        mail = uow.get(User, town.person().user_id).email or ""
    given = enter(api, mail, door, device=planted.encode("ascii", "ignore").decode())["device"]
    assert given != planted
    assert len(given) > 40
    assert knows(town, mail, given)
    assert not knows(town, mail, planted[:100])


@pytest.mark.parametrize("door", ["/api/auth/login", "/session/login"])
def test_what_mallory_was_given_is_not_yours(api: FastAPI, town: Town, door: str) -> None:
    """A secret that is known, but for somebody else, is no better."""
    with town.uow() as uow:
        mallory, asha = (uow.get(User, town.person().user_id).email or "" for _ in range(2))
    hers = enter(api, mallory, door)["device"]
    mine = enter(api, asha, door, device=hers)["device"]
    assert mine != hers
    assert not knows(town, asha, hers)
    assert knows(town, mallory, hers)


@pytest.mark.parametrize("door", ["/api/auth/login", "/session/login"])
def test_a_known_browser_goes_on_under_a_new_secret(api: FastAPI, town: Town, door: str) -> None:
    with town.uow() as uow:
        mail = uow.get(User, town.person().user_id).email or ""
    first = enter(api, mail, door)["device"]
    second = enter(api, mail, door, device=first)["device"]
    assert second != first
    assert knows(town, mail, second)
    assert not knows(town, mail, first)
    with town.uow() as uow:
        assert list(uow.run(select(col(KnownDevice.device_hash))).scalars()) == [secret_hash(second)]


def test_a_planted_session_is_not_the_one_that_opens(api: FastAPI, town: Town) -> None:
    with town.uow() as uow:
        mallory, asha = (uow.get(User, town.person().user_id).email or "" for _ in range(2))
    hers = enter(api, mallory, "/session/login")["sid"]
    for planted in (hers, PLANTED):
        assert enter(api, asha, "/session/login", sid=planted)["sid"] not in (hers, PLANTED)
