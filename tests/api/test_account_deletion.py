"""DELETE /api/users/me/account: refused in words, taken back by signing in, done by the worker's clock (LAW-02)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanit_app import routes
from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import Notification, User
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller, as_worker
from tests.factories import PASSWORD, Town
from workers.jobs import people, photos

pytestmark = pytest.mark.row("LAW-02")
As = Callable[[Actor], Caller]
PATH = "/api/users/me/account"
LOGIN = "/api/auth/login"


@pytest.fixture
def clock(wiring: Wiring, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """What the clock causes, on the parts of the app."""
    jobs = as_worker(wiring)
    for module in (people, photos):
        monkeypatch.setattr(module, "wiring", lambda: jobs)

    def run() -> None:
        people.erase_accounts()
        photos.drop_erased_files()

    return run


def mailbox(town: Town, person: Actor) -> str:
    """What this person signs in with."""
    with town.uow() as uow:
        return uow.get(User, person.user_id).email or ""


def test_a_week_later_nobody_signs_in_and_the_public_page_names_nobody(
    as_: As, town: Town, anybody: Caller, clock: Callable[[], None]
) -> None:
    starter = town.person(name="Gulabchand Ferozepuri")
    campaign = town.campaign(starter)
    caller, name = as_(starter), {"identifier": mailbox(town, starter), "password": PASSWORD}
    assert caller.post(f"/api/campaigns/{campaign.id}/cancel").status_code == 200
    photo = caller.get(f"/api/campaigns/{campaign.id}").json()["photos"]["before"]["sizes"][0]["url"]
    assert caller.get(photo).status_code == 200
    answer = caller("DELETE", PATH)
    assert (answer.status_code, answer.content) == (204, b"")
    assert caller.get("/api/users/me").status_code == 401, "signed out at once"
    clock()
    town.clock.move(days=7)
    clock()
    assert anybody.post(LOGIN, name).status_code == 401
    page = anybody.get(f"/api/campaigns/{campaign.id}")
    assert page.status_code == 200
    assert "Gulabchand" not in page.text
    assert page.json()["photos"]["before"]["sizes"] == []
    admin = as_(town.admin(AdminDuty.SENIOR))
    assert admin.get(photo).status_code == 404


@pytest.mark.parametrize("lang", ["en", "hi", "mr"])
def test_each_reason_has_its_sentence(as_: As, town: Town, lang: str) -> None:
    giver, campaign = town.person(), town.campaign()
    town.give(campaign, 20_000, giver)
    caller = as_(giver)
    answer = caller("DELETE", PATH, headers={"Accept-Language": lang})
    assert answer.status_code == 409
    assert answer.json()["error"] == "ACCOUNT_IN_USE"
    assert set(answer.json()["fields"]) == {"contributions_held"}
    assert "1" in answer.json()["fields"]["contributions_held"]
    assert caller.get("/api/users/me").status_code == 200, "nothing was changed"


def test_signing_in_keeps_the_account(as_: As, town: Town, anybody: Caller, clock: Callable[[], None]) -> None:
    person, senior = town.person(), town.admin(AdminDuty.SENIOR)
    name = {"identifier": mailbox(town, person), "password": PASSWORD}
    assert as_(person)("DELETE", PATH).status_code == 204
    town.clock.move(days=6)
    back = anybody.post(LOGIN, name).json()
    assert back["accountKept"] is True
    assert anybody.post(LOGIN, name).json()["accountKept"] is False
    town.clock.move(days=2)
    clock()
    assert anybody.post(LOGIN, name).status_code == 200
    with town.uow() as uow:
        relay_outbox(uow)
    with town.uow() as uow:
        told = {(n.user_id, n.kind) for n in uow.all(Notification, Notification.kind.in_(KINDS))}
    assert told == {(senior.id, "erasure_asked_admin"), (person.id, "erasure_taken_back")}


KINDS = ("erasure_asked_admin", "erasure_taken_back")


def test_a_browser_is_led_to_where_it_says_that_the_account_stays(as_: As, town: Town, anybody: Caller) -> None:
    person = town.person()
    form = {"identifier": mailbox(town, person), "password": PASSWORD}
    assert as_(person)("DELETE", PATH).status_code == 204
    led = anybody.http.post(routes.SEND_LOGIN, data=form, headers={"Sec-Fetch-Site": "same-origin"})
    assert (led.status_code, led.headers["location"]) == (303, routes.KEPT)


def test_it_asks_for_the_password(as_: As, town: Town, anybody: Caller) -> None:
    caller = as_(town.person())
    assert anybody("DELETE", PATH).status_code == 401
    town.clock.move(minutes=11)
    assert caller("DELETE", PATH).json()["error"] == "CONFIRM_FIRST"
    assert caller.post("/api/auth/confirm", {"password": PASSWORD}).status_code == 204
    assert caller("DELETE", PATH).status_code == 204
