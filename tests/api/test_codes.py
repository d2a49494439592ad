"""One-time codes: a new password for who forgot it, a phone that is one's own, and nothing for who guesses."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.limits import FAILURES_BEFORE_LOCK, LOCKED_FOR
from cleanit_app.models import ErrorLog, Notification, OneTimeCode, Session, User
from cleanit_app.services.auth.sign_in import account_hash, note_failure
from cleanit_app.services.notifications.relay import relay_outbox
from tests.api.conftest import Caller
from tests.factories import PASSWORD, Town
from tests.support.post import Post

As = Callable[[Actor], Caller]
NEW = "three-new-brooms"


def contact_of(town: Town, person: Actor) -> str:
    """The phone number somebody signs in with."""
    with town.uow() as uow:
        return uow.get(User, person.user_id).phone or ""


def ask(anybody: Caller, contact: str) -> str:
    """Ask for a code; the id of the wish."""
    asked = anybody.post("/api/auth/reset", {"identifier": contact})
    assert asked.status_code == 202, asked.text
    assert asked.json()["expiresIn"] == 600
    return str(asked.json()["codeId"])


def told(town: Town, person: Actor) -> list[str]:
    """What kinds of news a person has."""
    with town.uow() as uow:
        relay_outbox(uow)
        mine = select(col(Notification.kind)).where(col(Notification.user_id) == person.id)
        return list(uow.run(mine.order_by(col(Notification.id))).scalars())


@pytest.mark.row("SEC-01", "SEC-03", "SEC-07")
def test_a_forgotten_password_is_replaced_and_everybody_else_is_out(
    anybody: Caller, as_: As, town: Town, post: Post
) -> None:
    person = town.person()
    thief, contact = as_(person), contact_of(town, person)
    wish, code = ask(anybody, contact), ""
    code = post.code()
    assert post.pocket.came == [{"destination": contact, "code": code, "purpose": "RESET_PASSWORD", "language": "en"}]
    set_anew = anybody.post(
        "/api/auth/reset/confirm", {"codeId": wish, "code": f" {code[:3]} {code[3:]}", "password": NEW}
    )
    assert set_anew.status_code == 204
    assert thief.get("/api/users/me").status_code == 401
    assert anybody.post("/api/auth/login", {"identifier": contact, "password": PASSWORD}).status_code == 401
    assert anybody.post("/api/auth/login", {"identifier": contact, "password": NEW}).status_code == 200
    assert sorted(told(town, person)) == ["password_reset", "reset_asked"]
    with town.uow() as uow:
        user = uow.get(User, person.user_id)
        assert user.phone_verified_at == town.clock.now()  # the code came to this phone
        assert uow.run(select(OneTimeCode.code_hash)).scalar_one() != code.encode()
    again = anybody.post("/api/auth/reset/confirm", {"codeId": wish, "code": code, "password": NEW})
    assert again.json()["fields"]["code"].startswith("This code does not fit")


@pytest.mark.row("SEC-01")
def test_a_code_takes_five_tries_and_ten_minutes(anybody: Caller, town: Town, post: Post) -> None:
    contact = contact_of(town, town.person())
    wish = ask(anybody, contact)
    code = post.code()
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(5):
        assert _try(anybody, wish, wrong) == 422
    assert _try(anybody, wish, code) == 422  # right, but too late
    town.clock.move(minutes=2)
    wish, code = ask(anybody, contact), post.code()
    town.clock.move(minutes=10)
    assert _try(anybody, wish, code) == 422
    wish, code = ask(anybody, contact), post.code()
    town.clock.move(minutes=9, seconds=59)
    assert _try(anybody, wish, code) == 204


def _try(anybody: Caller, wish: str, code: str) -> int:
    tried = anybody.post("/api/auth/reset/confirm", {"codeId": wish, "code": code, "password": NEW})
    return tried.status_code


@pytest.mark.row("SEC-01")
def test_a_too_short_password_does_not_cost_the_code(anybody: Caller, town: Town, post: Post) -> None:
    wish = ask(anybody, contact_of(town, town.person()))
    code = post.code()
    refused = anybody.post("/api/auth/reset/confirm", {"codeId": wish, "code": code, "password": "x"})
    assert set(refused.json()["fields"]) == {"password"}
    assert _try(anybody, wish, code) == 204


@pytest.mark.row("SEC-01")
def test_only_the_newest_code_of_a_wish_fits_and_one_use_ends_the_others(
    anybody: Caller, town: Town, post: Post
) -> None:
    contact = contact_of(town, town.person())
    first = ask(anybody, contact)
    post.pocket.refusing = 1
    assert post.send() == 1
    with town.uow() as uow:
        assert uow.run(select(ErrorLog.source)).scalars().all() == ["one_time_code"]
    town.clock.move(seconds=61)
    early = post.code()
    second = ask(anybody, contact)
    late = post.code()
    assert _try(anybody, second, early if early != late else "x") == 422  # another wish's code
    assert _try(anybody, second, late) == 204
    assert _try(anybody, first, early) == 422


@pytest.mark.row("SEC-01")
def test_a_code_that_cannot_be_sent_is_tried_three_times(anybody: Caller, town: Town, post: Post) -> None:
    ask(anybody, contact_of(town, town.person()))
    post.pocket.refusing = 10
    tried = 0
    for _ in range(8):
        tried += post.send()
        town.clock.move(seconds=31)
    assert (post.pocket.refusing, tried) == (7, 4)  # the fourth look gives up


@pytest.mark.row("SEC-01")
def test_sendings_are_bounded_and_a_known_browser_has_its_own(anybody: Caller, town: Town, post: Post) -> None:
    person = town.person()
    contact = contact_of(town, person)
    signed_in = anybody.post("/api/auth/login", {"identifier": contact, "password": PASSWORD})
    device = signed_in.headers["set-cookie"].split("device=")[1].split(";")[0]
    anybody.http.cookies.clear()
    ask(anybody, contact)
    hasty = anybody.post("/api/auth/reset", {"identifier": contact})
    assert (hasty.status_code, hasty.headers["retry-after"]) == (429, "60")
    for _ in range(2):
        town.clock.move(minutes=1)
        ask(anybody, contact)
    town.clock.move(minutes=1)
    assert anybody.post("/api/auth/reset", {"identifier": contact}).status_code == 429
    home = {"Cookie": f"device={device}"}
    assert anybody.post("/api/auth/reset", {"identifier": contact}, headers=home).status_code == 202


@pytest.mark.row("SEC-01")
def test_nobody_learns_from_a_reset_who_has_an_account(anybody: Caller, town: Town, post: Post) -> None:
    """T34 for the way that costs no hash: 200 askings each, medians within 10 ms, the same answer."""
    known = [contact_of(town, town.person()) for _ in range(200)]
    apart: list[float] = []
    shapes = set()
    for number, contact in enumerate(known):
        took = {}
        pair = [contact, f"+9181000{number:05d}"]
        for asked_for in pair if number % 2 else reversed(pair):  # a machine that gets busier slows both alike
            began = time.perf_counter()
            answer = anybody.post("/api/auth/reset", {"identifier": asked_for})
            took[asked_for] = time.perf_counter() - began
            shapes.add((answer.status_code, *sorted(answer.json()), len(answer.content)))
        apart.append((took[pair[0]] - took[pair[1]]) * 1000)
        town.clock.move(minutes=2)
    assert len(shapes) == 1
    assert abs(statistics.median(apart)) < 10, f"{statistics.median(apart):.1f} ms"
    unknown = ask(anybody, "+918100099999")
    assert post.send() <= 50
    assert all(letter["destination"] in known for letter in post.pocket.came)
    assert _try(anybody, unknown, "") == _try(anybody, unknown, "000000") == 422


@pytest.mark.row("SEC-01")
@pytest.mark.parametrize("identifier", [None, "", "asha", 5, ["a"], "x" * 5000])
def test_what_is_no_contact_is_said_at_its_field(anybody: Caller, identifier: Any) -> None:
    refused = anybody.post("/api/auth/reset", {"identifier": identifier})
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["identifier"])


@pytest.mark.row("SEC-01", "SEC-03")
def test_the_pages_forms_do_the_same(anybody: Caller, town: Town, post: Post) -> None:
    contact = contact_of(town, town.person())
    asked = anybody("POST", "/session/reset", data={"identifier": contact, "next": "/start"})
    assert asked.status_code == 303
    goal = asked.headers["location"]
    assert goal.startswith("/reset/code?id=")
    wish = goal.split("id=")[1].split("&")[0]
    form = {"id": wish, "code": "no", "password": NEW, "next": "/start"}
    refused = anybody("POST", "/session/reset/confirm", data=form)
    assert refused.headers["location"] == f"/reset/code?id={wish}&error=INVALID_FIELDS&next=%2Fstart"
    done = anybody("POST", "/session/reset/confirm", data=form | {"code": post.code()})
    assert (done.status_code, done.headers["location"]) == (303, "/start")
    assert anybody.get("/api/users/me").status_code == 200


@pytest.mark.row("LAW-08")
def test_a_phone_is_confirmed_and_then_changed(as_: As, town: Town, post: Post) -> None:
    person, other = town.person(), town.person()
    caller = as_(person)
    mine = contact_of(town, person)
    wish = caller.post("/api/users/me/contacts/phone/code", {}).json()["codeId"]
    stranger = as_(other).post("/api/users/me/contacts/confirm", {"codeId": wish, "code": post.code()})
    assert stranger.status_code == 422
    town.clock.move(minutes=2)
    wish = caller.post("/api/users/me/contacts/phone/code", {}).json()["codeId"]
    assert caller.post("/api/users/me/contacts/confirm", {"codeId": wish, "code": post.code()}).status_code == 204
    assert told(town, person) == []
    town.clock.move(minutes=20)
    new = {"contact": "98765 43210"}
    refused = caller.post("/api/users/me/contacts/phone/code", new)
    assert (refused.status_code, refused.json()["error"]) == (403, "CONFIRM_FIRST")
    assert caller.post("/api/auth/confirm", {"password": "wrong-wrong"}).status_code == 422
    assert caller.post("/api/auth/confirm", {"password": PASSWORD}).status_code == 204
    wish = caller.post("/api/users/me/contacts/phone/code", new).json()["codeId"]
    assert caller.post("/api/users/me/contacts/confirm", {"codeId": wish, "code": post.code()}).status_code == 204
    assert contact_of(town, person) == "+919876543210" != mine
    assert told(town, person) == ["contact_changed_phone"]


@pytest.mark.row("LAW-08")
def test_another_accounts_phone_is_refused_only_to_who_holds_it(as_: As, town: Town, post: Post) -> None:
    person, other = town.person(), town.person()
    caller, taken = as_(person), contact_of(town, other)
    wish = caller.post("/api/users/me/contacts/phone/code", {"contact": taken}).json()["codeId"]
    assert post.code()
    refused = caller.post("/api/users/me/contacts/confirm", {"codeId": wish, "code": post.pocket.came[-1]["code"]})
    assert list(refused.json()["fields"]) == ["phone"]
    assert contact_of(town, person) != taken


@pytest.mark.row("LAW-08", "SEC-04")
@pytest.mark.parametrize(
    ("field", "contact", "status"), [("phone", "12", 422), ("email", "x", 422), ("name", "x", 404)]
)
def test_odd_contacts_are_refused(as_: As, town: Town, field: str, contact: str, status: int) -> None:
    asked = as_(town.person()).post(f"/api/users/me/contacts/{field}/code", {"contact": contact})
    assert asked.status_code == status


@pytest.mark.row("SEC-03", "SEC-07")
def test_a_password_changes_after_the_old_one_and_ends_other_devices(as_: As, town: Town, anybody: Caller) -> None:
    person = town.person()
    here, elsewhere = as_(person), as_(person)
    town.clock.move(minutes=11)
    assert here("PUT", "/api/users/me/password", {"password": NEW}).json()["error"] == "CONFIRM_FIRST"
    assert here.post("/api/auth/confirm", {"password": PASSWORD}).status_code == 204
    assert here("PUT", "/api/users/me/password", {"password": "x"}).status_code == 422
    assert here("PUT", "/api/users/me/password", {"password": NEW}).status_code == 204
    assert here.get("/api/users/me").status_code == 200
    assert elsewhere.get("/api/users/me").status_code == 401
    assert told(town, person) == ["password_changed"]
    signed_in = anybody.post("/api/auth/login", {"identifier": contact_of(town, person), "password": NEW})
    assert signed_in.status_code == 200
    with town.uow() as uow:
        ended = uow.run(select(Session.end_reason).where(col(Session.ended_at).is_not(None))).scalars().all()
    assert ended == ["the password changed"]


@pytest.mark.row("SEC-01")
def test_an_open_phone_is_no_place_to_guess_the_password(as_: As, town: Town) -> None:
    caller = as_(town.person())
    for _ in range(5):
        assert caller.post("/api/auth/confirm", {"password": "wrong-wrong"}).status_code == 422
    assert caller.post("/api/auth/confirm", {"password": PASSWORD}).status_code == 429


@pytest.mark.row("SEC-10")
def test_a_code_to_the_phone_opens_a_locked_account_at_once(anybody: Caller, town: Town, post: Post) -> None:
    person, other = town.person(), town.person()
    contacts = contact_of(town, person), contact_of(town, other)
    with town.uow() as uow:
        for user_id in (person.user_id, other.user_id):
            for _ in range(FAILURES_BEFORE_LOCK + 1):
                failed = note_failure(uow, account_hash=account_hash(user_id), user_id=user_id, address="198.51.100.1")
            failed.locked_until = uow.now + LOCKED_FOR
    refused = anybody.post("/api/auth/login", {"identifier": contacts[0], "password": PASSWORD})
    assert (refused.status_code, refused.json()["error"]) == (429, "SIGN_IN_LOCKED")
    wish = ask(anybody, contacts[0])
    anybody.post("/api/auth/reset/confirm", {"codeId": wish, "code": post.code(), "password": NEW})
    assert anybody.post("/api/auth/login", {"identifier": contacts[0], "password": NEW}).status_code == 200
    still = anybody.post("/api/auth/login", {"identifier": contacts[1], "password": PASSWORD})
    assert still.json()["error"] == "SIGN_IN_LOCKED"
