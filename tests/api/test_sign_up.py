"""Joining: the account opens with the code, whoever has the contact already hears of it, and nobody else learns it."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlmodel import col, select

from cleanit_app.api.app import create_api
from cleanit_app.domain.actors import Actor, Role
from cleanit_app.domain.errors import InvalidFields
from cleanit_app.i18n.notifications import notification_words
from cleanit_app.models import Cleaner, KnownDevice, Notification, OneTimeCode, PendingAccount, TermsAcceptance, User
from cleanit_app.services.accounts import accounts
from cleanit_app.services.auth import sign_up
from cleanit_app.services.auth.sign_in import secret_hash
from cleanit_app.services.auth.sign_up import clear_pending_accounts
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.api.test_codes import contact_of
from tests.factories import PASSWORD, Town, quick_hash
from tests.support.limits import GENEROUS
from tests.support.post import Post

pytestmark = pytest.mark.row("SEC-04")
As = Callable[[Actor], Caller]
NEW = "+919812345678"


def wish(**of: Any) -> dict[str, Any]:
    """What somebody sends to join."""
    return {"name": "Asha Verma", "password": PASSWORD, "role": "CITIZEN", "acceptTerms": True, **of}


def ask(anybody: Caller, **of: Any) -> dict[str, Any]:
    """Ask to join; the answer."""
    asked = anybody.post("/api/auth/register", wish(**of))
    assert asked.status_code == 201, asked.text
    made: dict[str, Any] = asked.json()
    return made


def confirm(anybody: Caller, asked: dict[str, Any], code: str) -> httpx.Response:
    """Type a code."""
    return anybody.post("/api/auth/register/confirm", {"codeId": asked["codeId"], "code": code})


def told(town: Town, person: Actor) -> list[str]:
    """A person's news in words, oldest first."""
    with town.uow() as uow:
        relay_outbox(uow)
    with town.uow() as uow:
        mine = select(Notification).where(col(Notification.user_id) == person.id).order_by(col(Notification.id))
        return [notification_words(row.kind, row.values, row.created_at) for row in uow.run(mine).scalars()]


def shape(answer: httpx.Response) -> tuple[Any, ...]:
    """What of an answer could tell two contacts apart."""
    body = answer.json()
    headers = sorted((k, v) for k, v in answer.headers.items() if k not in ("x-request-id", "date"))
    values = [(k, v if isinstance(v, int) else len(v)) for k, v in sorted(body.items())]
    return (answer.status_code, headers, values, len(answer.content))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords at the fewest rounds, where only what comes beside the hash is measured or counted."""
    monkeypatch.setattr(sign_up, "hash_password", lambda _password: quick_hash())


@pytest.mark.row("SEC-03", "LAW-06", "LAW-08")
@pytest.mark.parametrize("role", ["CITIZEN", "CLEANER"])
@pytest.mark.parametrize("contact", [{"phone": "98123 45678"}, {"email": "Asha@Example.in"}])
def test_no_account_is_there_before_the_code_and_all_of_it_after(
    anybody: Caller, town: Town, post: Post, role: str, contact: dict[str, str]
) -> None:
    anybody.http.cookies.set("lang", "hi")
    asked = ask(anybody, role=role, **contact)
    assert (asked["expiresIn"], asked["sendAgainAfter"]) == (600, 60)
    code = post.code()
    (field, typed), kept = next(iter(contact.items())), post.pocket.came[-1]["destination"]
    assert post.pocket.came[-1] == {"destination": kept, "code": code, "purpose": "JOIN", "language": "hi"}
    early = anybody.post("/api/auth/login", {"identifier": typed, "password": PASSWORD})
    nobody = anybody.post("/api/auth/login", {"identifier": "nobody@example.in", "password": PASSWORD})
    assert shape(early) == shape(nobody)
    with town.uow() as uow:
        assert uow.all(User) == []
        (waits,) = uow.all(PendingAccount)
        assert PASSWORD not in waits.password_hash
    opened = confirm(anybody, asked, f"{code[:3]}-{code[3:]}")
    assert opened.status_code == 200
    assert opened.json()["user"]["id"] == asked["userId"]
    assert opened.json()["user"][f"{field}Confirmed"] is True
    mine = {"Authorization": f"Bearer {opened.json()['accessToken']}"}
    assert anybody.get("/api/users/me", headers=mine).json()["kycStatus"] == ("PENDING" if role == "CLEANER" else None)
    with town.uow() as uow:
        (user,) = uow.all(User)
        assert (getattr(user, field), user.role, user.language, user.status) == (kept, role, "hi", "ACTIVE")
        assert getattr(user, f"{field}_verified_at") == town.clock.now()
        assert len(uow.all(Cleaner)) == (role == "CLEANER")
        assert len(uow.all(TermsAcceptance)) == 1
        assert uow.all(PendingAccount) == []
    assert anybody.post("/api/auth/login", {"identifier": typed, "password": PASSWORD}).status_code == 200
    assert confirm(anybody, asked, code).json()["fields"]["code"].startswith("यह कोड सही नहीं")


def test_whoever_has_the_contact_hears_of_it_once_a_day_and_keeps_all(anybody: Caller, town: Town, post: Post) -> None:
    person = town.person()
    phone = contact_of(town, person)
    free, taken = (anybody.post("/api/auth/register", wish(phone=number)) for number in (NEW, phone))
    assert shape(free) == shape(taken)
    for _ in range(2):
        post.send()
        town.clock.move(minutes=1)
        ask(anybody, phone=phone)
    said = f"Somebody tried to join with ••••••{phone[-4:]}, which is yours."
    assert [words[: len(said)] for words in told(town, person)] == [said]
    refused = confirm(anybody, taken.json(), "000000")
    assert list(refused.json()["fields"]) == ["code"]
    with town.uow() as uow:
        assert uow.get(User, person.user_id).password_hash == quick_hash()
        assert len(uow.all(User)) == 1
    town.clock.move(days=1)
    ask(anybody, phone=phone)
    post.send()
    assert len(told(town, person)) == 2
    assert anybody.post("/api/auth/login", {"identifier": phone, "password": PASSWORD}).status_code == 200


def test_what_tells_the_holder_cannot_be_switched_off(as_: As, anybody: Caller, town: Town, post: Post) -> None:
    person = town.person()
    off = as_(person)("PUT", "/api/users/me/notification-choices", {"off": ["SECURITY"]})
    assert off.status_code == 422
    assert as_(person)("PUT", "/api/users/me/notification-choices", {"off": ["CAMPAIGNS"]}).status_code == 200
    ask(anybody, phone=contact_of(town, person))
    post.send()
    assert len(told(town, person)) == 1


def test_only_who_holds_the_contact_is_told_that_it_has_an_account(anybody: Caller, town: Town, post: Post) -> None:
    asked = ask(anybody, phone=contact_of(town, town.person()))
    code = post.code()
    wrong = confirm(anybody, asked, f"{(int(code) + 1) % 10**6:06d}")
    never = confirm(anybody, {"codeId": "00000000-0000-0000-0000-000000000000"}, code)
    assert wrong.json()["fields"] == never.json()["fields"]
    said = "There is an account with this number or email already. Sign in, or set a new password."
    assert confirm(anybody, asked, code).json()["fields"] == {"code": said}
    assert confirm(anybody, asked, code).json()["fields"] == wrong.json()["fields"]


def test_the_code_goes_to_the_phone_and_a_mailbox_beside_it_is_not_kept(
    anybody: Caller, town: Town, post: Post
) -> None:
    holder = town.person()
    with town.uow() as uow:
        mail = uow.get(User, holder.user_id).email
    taken, free = (post.join(anybody, wish(phone=p, email=e)) for p, e in ((NEW, mail), ("9812345679", "b@c.in")))
    assert [letter["destination"] for letter in post.pocket.came] == [NEW, "+919812345679"]
    assert (taken.status_code, free.status_code) == (200, 200)
    assert taken.json()["user"]["email"] is free.json()["user"]["email"] is None
    assert told(town, holder) == []


@pytest.mark.row("SEC-01")
def test_a_code_takes_five_tries_and_ten_minutes_and_another_one_may_be_asked_for(
    anybody: Caller, town: Town, post: Post
) -> None:
    asked = ask(anybody, phone=NEW)
    code = post.code()
    for _ in range(5):
        assert confirm(anybody, asked, "no").status_code == 422
    assert confirm(anybody, asked, code).status_code == 422  # right, but too late
    hasty = anybody.post("/api/auth/register/code", {"codeId": asked["codeId"]})
    assert (hasty.status_code, hasty.headers["retry-after"]) == (429, "60")
    town.clock.move(minutes=12)
    again = anybody.post("/api/auth/register/code", {"codeId": asked["codeId"]})
    assert (again.status_code, again.json()["codeId"]) == (202, asked["codeId"])
    newer = post.code()
    if newer != code:
        assert confirm(anybody, asked, code).status_code == 422
    town.clock.move(minutes=9, seconds=59)
    assert confirm(anybody, asked, newer).status_code == 200
    odd: Any
    for odd in (asked["codeId"], "x", None, [], "00000000-0000-0000-0000-000000000000"):
        over = anybody.post("/api/auth/register/code", {"codeId": odd})
        assert (over.status_code, list(over.json()["fields"])) == (422, ["code"]), odd


@pytest.mark.row("SEC-01")
def test_another_code_asked_for_while_the_first_is_on_its_way_is_sent_too(
    anybody: Caller, town: Town, post: Post
) -> None:
    asked, take = ask(anybody, phone=NEW), post.pocket.send
    town.clock.move(minutes=1)

    def slowly(**letter: str) -> None:
        take(**letter)
        post.pocket.send = take
        assert anybody.post("/api/auth/register/code", {"codeId": asked["codeId"]}).status_code == 202

    post.pocket.send = slowly
    post.send()
    assert post.send() == 1
    first, second = (letter["code"] for letter in post.pocket.came)
    assert first == second or confirm(anybody, asked, first).status_code == 422
    assert confirm(anybody, asked, second).status_code == 200


@pytest.mark.row("SEC-01")
def test_a_code_for_something_else_opens_no_account_and_the_other_way_round(
    anybody: Caller, town: Town, post: Post
) -> None:
    joining = ask(anybody, phone=NEW)
    code = post.code()
    body = {"codeId": joining["codeId"], "code": code, "password": "three-new-brooms"}
    assert anybody.post("/api/auth/reset/confirm", body).status_code == 422
    reset = anybody.post("/api/auth/reset", {"identifier": contact_of(town, town.person())}).json()
    assert confirm(anybody, reset, post.code()).status_code == 422
    assert anybody.post("/api/auth/register/code", {"codeId": reset["codeId"]}).status_code == 422
    assert confirm(anybody, joining, code).status_code == 200


@pytest.mark.row("SEC-01")
@pytest.mark.parametrize("known", [True, False])
@pytest.mark.usefixtures("quick")
def test_sendings_are_counted_for_a_contact_whether_it_has_an_account_or_not(
    anybody: Caller, town: Town, known: bool
) -> None:
    phone = contact_of(town, town.person()) if known else NEW
    ways = [("/api/auth/register", wish(phone=phone)), ("/api/auth/reset", {"identifier": phone})]
    seen: list[tuple[int, str | None]] = []
    for minutes in (0, 0, 1, 1, 1, 60):
        town.clock.move(minutes=minutes)
        path, body = ways[len(seen) % 2]
        answer = anybody.post(path, body)
        seen.append((answer.status_code, answer.headers.get("retry-after")))
    assert seen == [(201, None), (429, "60"), (201, None), (202, None), (429, "3420"), (202, None)]


@pytest.mark.row("SEC-01")
@pytest.mark.usefixtures("quick")
def test_an_address_asks_twenty_times_and_types_twenty_wrong_codes(settings: Settings, town: Town) -> None:
    real = {name: Settings.model_fields[name].default for name in GENEROUS}
    parts = Wiring(settings.model_copy(update={**real, "rate_limit_general": 1000}))
    parts.clock = town.clock
    http = TestClient(create_api(parts), raise_server_exceptions=False)
    known = [contact_of(town, town.person()) for _ in range(10)]
    asked = [n for pair in zip(known, (f"+9198123457{n:02d}" for n in range(12)), strict=False) for n in pair]
    came = [http.post("/api/auth/register", json=wish(phone=phone)) for phone in [*asked, NEW]]
    assert [answer.status_code for answer in came] == [201] * 20 + [429]
    typed = [{"codeId": answer.json()["codeId"], "code": "no"} for answer in came[:20]]
    tried = [http.post("/api/auth/register/confirm", json=body) for body in [*typed, typed[0]]]
    assert [answer.status_code for answer in tried] == [422] * 20 + [429]
    parts.engine.dispose()


@pytest.mark.parametrize("contact", [{"phone": NEW}, {"email": "race@example.in"}])
@pytest.mark.usefixtures("quick")
def test_of_two_who_type_their_codes_at_once_one_has_the_account(
    api: Any, anybody: Caller, town: Town, post: Post, contact: dict[str, str]
) -> None:
    pairs = []
    for name in ("Asha Verma", "Imran Khan"):
        asked = ask(anybody, name=name, **contact)
        pairs.append((asked, post.code()))
        town.clock.move(minutes=1)

    def type_it(one: tuple[dict[str, Any], str]) -> int:
        return confirm(Caller(TestClient(api, raise_server_exceptions=False)), *one).status_code

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(type_it, pairs)) == [200, 422]
    with town.uow() as uow:
        assert len(uow.all(User)) == 1
        assert uow.all(PendingAccount) == []


@pytest.mark.usefixtures("quick")
def test_a_code_pressed_twice_at_once_opens_one_account(api: Any, anybody: Caller, town: Town, post: Post) -> None:
    asked, code = ask(anybody, phone=NEW), post.code()

    def press(_turn: int) -> int:
        return confirm(Caller(TestClient(api, raise_server_exceptions=False)), asked, code).status_code

    with ThreadPoolExecutor(8) as crowd:
        assert sorted(crowd.map(press, range(8))) == [200] + [422] * 7
    with town.uow() as uow:
        assert len(uow.all(User)) == 1


def test_joining_and_changing_a_number_at_once_leave_it_with_one(
    as_: As, api: Any, anybody: Caller, town: Town, post: Post
) -> None:
    person = town.person()
    caller = as_(person)
    mine = caller.post("/api/users/me/contacts/phone/code", {"contact": NEW}).json()
    changing = {"codeId": mine["codeId"], "code": post.code()}
    asked = ask(anybody, phone=NEW)
    joining = {"codeId": asked["codeId"], "code": post.code()}
    ways = [(caller, "/api/users/me/contacts/confirm", changing), (anybody, "/api/auth/register/confirm", joining)]
    with ThreadPoolExecutor(2) as both:
        statuses = list(both.map(lambda way: way[0].post(*way[1:]).status_code, ways))
    assert sorted(statuses) in ([200, 422], [204, 422])
    with town.uow() as uow:
        assert len(uow.all(User, col(User.phone) == NEW)) == 1


def test_a_browsers_secret_is_made_anew(anybody: Caller, town: Town, post: Post) -> None:
    anybody.http.cookies.set("device", "planted-by-somebody-else")
    opened = post.join(anybody, wish(phone=NEW))
    assert "device=" in opened.headers["set-cookie"]
    assert "planted" not in opened.headers["set-cookie"]
    with town.uow() as uow:
        assert secret_hash("planted-by-somebody-else") not in [row.device_hash for row in uow.all(KnownDevice)]


@pytest.mark.row("LAW-01")
def test_what_was_typed_is_forgotten_an_hour_after_the_last_code(anybody: Caller, town: Town, wiring: Wiring) -> None:
    gone, stays = ask(anybody, phone=NEW), ask(anybody, email="late@example.in")
    town.clock.move(minutes=50)
    assert anybody.post("/api/auth/register/code", {"codeId": stays["codeId"]}).status_code == 202
    town.clock.move(minutes=10)
    with town.uow() as uow:
        assert clear_pending_accounts(uow, limit=10) == 1
    with town.uow() as uow:
        assert [str(row.code_id) for row in uow.all(PendingAccount)] == [stays["codeId"]]
        assert [row.destination for row in uow.all(OneTimeCode)] == ["late@example.in"]
    assert confirm(anybody, gone, "000000").status_code == 422
    assert anybody.post("/api/auth/register/code", {"codeId": gone["codeId"]}).status_code == 422
    for _ in range(40):  # however often another code is asked for, a day is the end of it
        town.clock.move(minutes=50)
        anybody.post("/api/auth/register/code", {"codeId": stays["codeId"]})
    with town.uow() as uow:
        assert all(row.expires_at <= row.created_at + timedelta(days=1) for row in uow.all(PendingAccount))
        clear_pending_accounts(uow, limit=10)
    with town.uow() as uow:
        assert uow.all(PendingAccount) == []


@pytest.mark.row("SEC-01")
@pytest.mark.usefixtures("quick")
def test_nobody_learns_from_joining_who_has_an_account(anybody: Caller, town: Town) -> None:
    """T34 for joining: 200 pairs, medians within 10 ms, one answer to the last header."""
    chance, apart, shapes = random.Random(34), [], set()
    known = [contact_of(town, town.person(Role.CITIZEN)) for _ in range(200)]
    for number, contact in enumerate(known):
        took = {}
        for phone in chance.sample([contact, f"+9182000{number:05d}"], 2):
            began = time.perf_counter()
            answer = anybody.post("/api/auth/register", wish(phone=phone))
            took[phone == contact] = time.perf_counter() - began
            shapes.add(str(shape(answer)))
        apart.append((took[True] - took[False]) * 1000)
    assert len(shapes) == 1
    assert abs(statistics.median(apart)) < 10, f"{statistics.median(apart):.1f} ms"


@pytest.mark.row("SEC-01")
def test_a_reset_answers_alike_to_the_last_header(anybody: Caller, town: Town, post: Post) -> None:
    person = town.person()
    seen: dict[str, list[Any]] = {}
    for phone in (contact_of(town, person), NEW):
        asked = anybody.post("/api/auth/reset", {"identifier": phone})
        hasty = anybody.post("/api/auth/reset", {"identifier": phone})
        wrong = {"codeId": asked.json()["codeId"], "code": "no", "password": "three-new-brooms"}
        answers = [asked, hasty, *(anybody.post("/api/auth/reset/confirm", wrong) for _ in range(7))]
        seen[phone] = [shape(answer) for answer in answers]
    assert len({str(shapes) for shapes in seen.values()}) == 1
    post.send()
    (said,) = told(town, person)
    assert said.startswith("A code for a new password was asked for")


@pytest.mark.row("SEC-01")
def test_signing_in_makes_nobody_wait_otherwise_than_somebody(settings: Settings, town: Town) -> None:
    real = {name: Settings.model_fields[name].default for name in GENEROUS}
    parts = Wiring(settings.model_copy(update=real))
    parts.clock = town.clock
    http = TestClient(create_api(parts), raise_server_exceptions=False)
    seen: dict[str, list[Any]] = {}
    for phone in (contact_of(town, town.person()), NEW):
        wrong = {"identifier": phone, "password": "wrong-wrong"}
        seen[phone] = [shape(http.post("/api/auth/login", json=wrong)) for _ in range(7)]
    assert len({str(shapes) for shapes in seen.values()}) == 1
    parts.engine.dispose()


@pytest.mark.row("SEC-04", "MON-06")
@pytest.mark.usefixtures("quick")
def test_a_taken_contact_is_asked_for_and_no_statement_fails(
    as_: As, anybody: Caller, town: Town, post: Post, wiring: Wiring
) -> None:
    """A statement that fails stands in the database's log with the values that it was given."""
    failed: list[str | None] = []
    event.listen(wiring.engine, "handle_error", lambda context: failed.append(context.statement))
    phone, caller = contact_of(town, town.person()), as_(town.person())
    asked = ask(anybody, phone=phone)
    assert confirm(anybody, asked, post.code()).status_code == 422
    wished = caller.post("/api/users/me/contacts/phone/code", {"contact": phone}).json()
    changed = caller.post("/api/users/me/contacts/confirm", {"codeId": wished["codeId"], "code": post.code()})
    assert list(changed.json()["fields"]) == ["phone"]
    with pytest.raises(InvalidFields), wiring.open_uow() as uow:
        accounts.register(uow, actor=Actor(), account=accounts.NewAccount("A", None, phone, Role.CITIZEN, "x"))
    assert failed == []


@pytest.mark.row("LAW-08")
def test_changing_to_anothers_number_is_told_to_its_holder(as_: As, town: Town, post: Post) -> None:
    person, holder = town.person(), town.person()
    caller, taken = as_(person), contact_of(town, holder)
    free, same = (caller.post("/api/users/me/contacts/phone/code", {"contact": n}) for n in (NEW, taken))
    assert shape(free) == shape(same)
    post.send()
    (said,) = told(town, holder)
    assert said.startswith(f"Somebody tried to put ••••••{taken[-4:]}, which is yours, into another account.")
    assert told(town, person) == []
    wrong = [caller.post("/api/users/me/contacts/confirm", {**one.json(), "code": "no"}) for one in (free, same)]
    assert [w.json()["fields"] for w in wrong] == [wrong[0].json()["fields"]] * 2
    town.clock.move(minutes=1)
    assert caller.post("/api/users/me/contacts/phone/code", {}).status_code == 202  # one's own is no news
    post.send()
    assert told(town, person) == []
