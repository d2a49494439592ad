"""How often one may ask, at the real numbers: per person, per address, per account (SEC-01)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import redis
from fastapi.testclient import TestClient

from cleanit_app.adapters.redis_limits import RedisLimits
from cleanit_app.api.app import create_api
from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.limits import BURSTS, QUARTER_HOUR, Burst, Limit
from cleanit_app.models import FailedSignIn, Notification, User
from cleanit_app.services.auth import sign_in as signing
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.settings import Settings
from cleanit_app.web.middleware import gate
from cleanit_app.wiring import Wiring
from tests.api.conftest import signer
from tests.factories import PASSWORD, Town
from tests.support.limits import GENEROUS

pytestmark = pytest.mark.row("SEC-01")
REAL = {name: Settings.model_fields[name].default for name in GENEROUS}
QUARTER = 15


@pytest.fixture
def parts(settings: Settings, town: Town) -> Iterator[Wiring]:
    """The parts of an app with the real numbers behind one trusted proxy."""
    made = Wiring(settings.model_copy(update={**REAL, "trusted_proxy_hops": 1}))
    made.clock = town.clock
    yield made
    made.engine.dispose()


@pytest.fixture
def at(parts: Wiring, settings: Settings) -> Callable[..., TestClient]:
    """A new browser at an address, behind our proxy."""
    app = create_api(parts)
    for wrap in gate(parts.settings, settings.storage_dir, _nobody)[-1:]:  # the request log finds the address
        app = wrap(app)

    def browser(address: str, peer: str = "127.0.0.1") -> TestClient:
        headers = {"X-Forwarded-For": address}
        return TestClient(app, headers=headers, client=(peer, 1), raise_server_exceptions=False)

    return browser


async def _nobody(_cookie: str) -> str:
    return ""


def mail_of(town: Town, person: Actor) -> str:
    """How this person signs in."""
    with town.uow() as uow:
        return uow.get(User, person.user_id).email or ""


def try_in(http: TestClient, mail: str, password: str = "wrong-password") -> int:
    """One try to sign in; its status."""
    return http.post("/api/auth/login", json={"identifier": mail, "password": password}).status_code


def test_an_address_asks_a_hundred_times_and_then_waits(at: Callable[..., TestClient], town: Town) -> None:
    here = at("203.0.113.7")
    assert [here.get("/api/money").status_code for _ in range(100)] == [200] * 100
    refused = here.get("/api/money")
    assert (refused.status_code, refused.json()["error"]) == (429, "TOO_MANY_REQUESTS")
    assert 1 <= int(refused.headers["retry-after"]) <= 900
    assert at("203.0.113.8").get("/api/money").status_code == 200
    assert here.get("/api/places?q=luck").status_code == 200
    town.clock.move(minutes=QUARTER)
    assert here.get("/api/money").status_code == 200


def test_people_at_one_address_count_by_themselves_and_admins_by_the_minute(
    at: Callable[..., TestClient], parts: Wiring, town: Town
) -> None:
    one, two, admin = (signer(parts, town, actor)() for actor in (town.person(), town.person(), town.admin()))
    here = at("203.0.113.7")
    assert {here.get("/api/users/me", headers=one).status_code for _ in range(100)} == {200}
    assert here.get("/api/users/me", headers=one).status_code == 429
    assert at("203.0.113.99").get("/api/users/me", headers=one).status_code == 429
    assert here.get("/api/users/me", headers=two).status_code == 200
    assert here.get("/api/money").status_code == 200
    assert {here.get("/api/money", headers=admin).status_code for _ in range(200)} == {200}
    assert here.get("/api/money", headers=admin).status_code == 429
    town.clock.move(minutes=1)
    assert here.get("/api/money", headers=admin).status_code == 200


def test_a_made_up_cookie_or_token_is_no_way_around(at: Callable[..., TestClient]) -> None:
    here = at("203.0.113.7")
    made_up = [{"Cookie": f"sid=made-up-{n}"} if n % 2 else {"Authorization": f"Bearer x.{n}"} for n in range(101)]
    assert [here.get("/api/money", headers=h).status_code for h in made_up].count(429) == 1


def test_only_our_proxy_is_believed_about_addresses(at: Callable[..., TestClient]) -> None:
    statuses = [at(f"198.51.100.{n}", peer="203.0.113.50").get("/api/money").status_code for n in range(101)]
    assert statuses.count(429) == 1


def test_webhooks_are_never_turned_away_for_their_number(at: Callable[..., TestClient]) -> None:
    here = at("203.0.113.7")
    assert {here.post("/api/webhooks/razorpay/payment", content=b"{}").status_code for _ in range(120)} == {400}


@pytest.mark.row("SEC-10")
def test_the_wait_doubles_with_each_round_of_wrong_passwords(at: Callable[..., TestClient], town: Town) -> None:
    here, mail = at("203.0.113.7"), mail_of(town, town.person())
    waits = []
    for minutes in (15, 30, 60):
        assert [try_in(here, mail) for _ in range(5)] == [401] * 5
        refused = here.post("/api/auth/login", json={"identifier": mail, "password": PASSWORD})
        assert refused.status_code == 429
        waits.append(int(refused.headers["retry-after"]))
        town.clock.move(minutes=minutes)
    assert waits == [900, 1800, 3600]
    assert try_in(here, mail, PASSWORD) == 200


@pytest.mark.row("TST-05")
def test_a_thousand_guesses_from_made_up_addresses_reach_few_hashes_and_lock_nobody_out(
    at: Callable[..., TestClient], town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed, count = [], threading.Lock()
    compare = signing.password_matches

    def counted(password: str, stored: str | None) -> bool:
        with count:
            hashed.append(1)
        return compare(password, stored)

    victim, attacker = mail_of(town, town.person()), at("6.6.6.6", peer="203.0.113.66")
    at_home = at("198.51.100.4")
    assert try_in(at_home, victim, PASSWORD) == 200  # this browser is known from now on
    monkeypatch.setattr(signing, "password_matches", counted)

    def guess(n: int) -> int:
        body = {"identifier": victim if n % 3 else f"p{n}@example.in", "password": f"guess-{n}"}
        return attacker.post(
            "/api/auth/login", json=body, headers={"X-Forwarded-For": f"10.1.{n % 250}.{n}"}
        ).status_code

    with ThreadPoolExecutor(4) as crowd:
        statuses = list(crowd.map(guess, range(1000)))
    assert len(hashed) == statuses.count(401) <= 20
    assert statuses.count(429) == 1000 - len(hashed)
    assert try_in(at_home, victim, PASSWORD) == 200
    assert try_in(at("198.51.100.5"), victim, PASSWORD) == 200  # elsewhere, with a new browser
    known_at_the_attackers_address = at("203.0.113.66")
    known_at_the_attackers_address.cookies = at_home.cookies
    assert try_in(known_at_the_attackers_address, victim, PASSWORD) == 200


@pytest.mark.row("SEC-10")
def test_the_sixth_failure_alerts_the_person_and_seniors_once(at: Callable[..., TestClient], town: Town) -> None:
    person, senior = town.person(), town.admin()
    mail = mail_of(town, person)
    for n in range(8):
        try_in(at(f"198.51.100.{n}"), mail)
    with town.uow() as uow:
        relay_outbox(uow)
    with town.uow() as uow:
        kinds = {(row.user_id, row.kind) for row in uow.all(Notification)}
    assert kinds == {(person.id, "sign_ins_failed"), (senior.id, "sign_ins_failed_admin")}


@pytest.mark.row("SEC-10")
def test_guessing_from_one_address_alerts_too_and_writes_no_more_than_it_must(
    at: Callable[..., TestClient], town: Town
) -> None:
    person, senior, here = town.person(), town.admin(), at("198.51.100.7")
    assert [try_in(here, mail_of(town, person)) for _ in range(9)] == [401] * 5 + [429] * 4
    with town.uow() as uow:
        relay_outbox(uow)
    with town.uow() as uow:
        kinds = {(row.user_id, row.kind) for row in uow.all(Notification)}
        assert len(uow.all(FailedSignIn)) == 6
    assert kinds == {(person.id, "sign_ins_failed"), (senior.id, "sign_ins_failed_admin")}


@pytest.mark.row("SEC-10")
def test_a_crowded_address_alerts_nobody_who_was_not_guessed_at(at: Callable[..., TestClient], town: Town) -> None:
    here, quiet = at("198.51.100.7"), mail_of(town, town.person())
    for n in range(20):
        try_in(here, f"nobody{n}@example.in")
    assert {try_in(here, quiet) for _ in range(9)} == {429}
    with town.uow() as uow:
        relay_outbox(uow)
    with town.uow() as uow:
        assert uow.all(Notification) == []


@pytest.mark.row("SEC-10")
def test_more_than_ten_failures_from_anywhere_lock_unknown_browsers_out_for_a_day(
    at: Callable[..., TestClient], town: Town
) -> None:
    mail, known = mail_of(town, town.person()), at("203.0.113.9")
    assert try_in(known, mail, PASSWORD) == 200
    assert [try_in(at(f"198.51.100.{n}"), mail) for n in range(11)] == [401] * 11
    locked = at("203.0.113.2").post("/api/auth/login", json={"identifier": mail, "password": PASSWORD})
    assert (locked.status_code, locked.json()["error"]) == (429, "SIGN_IN_LOCKED")
    assert int(locked.headers["retry-after"]) == 24 * 3600
    assert try_in(known, mail, PASSWORD) == 200, "a browser in which the person was before goes on"
    town.clock.move(hours=23, minutes=59)
    assert try_in(at("203.0.113.3"), mail, PASSWORD) == 429
    town.clock.move(minutes=2)
    assert try_in(at("203.0.113.3"), mail, PASSWORD) == 200


@pytest.mark.row("SEC-10")
def test_ten_failures_or_eleven_over_a_longer_time_lock_nobody_out(at: Callable[..., TestClient], town: Town) -> None:
    mail = mail_of(town, town.person())
    for n in range(10):
        assert try_in(at(f"198.51.100.{n}"), mail) == 401
    assert try_in(at("203.0.113.2"), mail, PASSWORD) == 200
    town.clock.move(minutes=QUARTER + 1)
    for n in range(10):
        assert try_in(at(f"198.51.100.{100 + n}"), mail) == 401
        town.clock.move(minutes=2)
    assert try_in(at("203.0.113.4"), mail) == 401
    assert try_in(at("203.0.113.5"), mail, PASSWORD) == 200


@pytest.mark.row("SEC-10")
def test_tries_at_the_number_and_at_the_mailbox_of_one_account_count_together(
    at: Callable[..., TestClient], town: Town
) -> None:
    person = town.person()
    with town.uow() as uow:
        user = uow.get(User, person.user_id)
        user.phone = user.phone or "+919811122233"
        ways = [user.email or "", user.phone]
    for n in range(11):
        assert try_in(at(f"198.51.100.{n}"), ways[n % 2]) == 401
    assert [try_in(at("203.0.113.2"), way, PASSWORD) for way in ways] == [429, 429]


@pytest.mark.row("SEC-10")
def test_a_lock_tells_nobody_whether_there_is_such_an_account(at: Callable[..., TestClient], town: Town) -> None:
    """Nobody's address is refused in the same words after as many tries."""
    town.person()
    for n in range(11):
        assert try_in(at(f"198.51.100.{n}"), "nobody@example.in") == 401
    refused = at("203.0.113.2").post("/api/auth/login", json={"identifier": "nobody@example.in", "password": "x" * 12})
    assert (refused.status_code, refused.json()["error"]) == (429, "SIGN_IN_LOCKED")


@pytest.mark.row("SEC-10")
def test_a_lock_is_told_once_to_the_person_and_to_seniors(at: Callable[..., TestClient], town: Town) -> None:
    person, senior = town.person(), town.admin()
    town.admin(AdminDuty.FINANCE)
    mail = mail_of(town, person)
    for n in range(20):
        try_in(at(f"198.51.100.{n}"), mail)
    with town.uow() as uow:
        relay_outbox(uow)
    with town.uow() as uow:
        told = [(row.user_id, row.kind) for row in uow.all(Notification) if "locked" in row.kind]
    assert sorted(told, key=str) == sorted(
        [(person.id, "sign_ins_locked"), (senior.id, "sign_ins_locked_admin")], key=str
    )


def test_while_nobody_counts_reading_goes_on_and_signing_in_waits(
    parts: Wiring, at: Callable[..., TestClient], town: Town
) -> None:
    mail = mail_of(town, town.person())
    parts.limits = RedisLimits(redis.Redis(port=1, socket_connect_timeout=1))
    here = at("203.0.113.7")
    assert here.get("/api/money").status_code == 200
    refused = here.post("/api/auth/login", json={"identifier": mail, "password": PASSWORD})
    assert (refused.status_code, refused.json()["error"]) == (503, "TRY_LATER")
    assert refused.headers["retry-after"]


@pytest.mark.row("SEC-02")
def test_admins_and_webhooks_come_from_listed_networks_only(
    settings: Settings, town: Town, parts: Wiring, at: Callable[..., TestClient]
) -> None:
    lists = {"admin_ip_allowlist": ["203.0.113.0/24"], "webhook_ip_allowlist": ["52.66.0.0/16"]}
    parts.settings = parts.settings.model_copy(update=lists)
    admin, person = signer(parts, town, town.admin())(), signer(parts, town, town.person())()
    inside, outside = at("203.0.113.7"), at("198.51.100.7")
    assert inside.get("/api/admin/campaigns", headers=admin).status_code == 200
    assert outside.get("/api/admin/campaigns", headers=admin).json()["error"] == "FOREIGN_NETWORK"
    assert outside.get("/api/users/me", headers=admin).json()["error"] == "FOREIGN_NETWORK"
    assert outside.get("/api/users/me", headers=person).status_code == 200
    hook = "/api/webhooks/razorpay/payment"
    assert outside.post(hook, content=b"{}").json()["error"] == "FOREIGN_NETWORK"
    assert at("52.66.1.1").post(hook, content=b"{}").json()["error"] == "BAD_SIGNATURE"


def told_of(town: Town, kind: str) -> list[Any]:
    """Who has been told of a kind, as often as it was told."""
    with town.uow() as uow:
        relay_outbox(uow)
    with town.uow() as uow:
        return [row.user_id for row in uow.all(Notification) if row.kind == kind]


@pytest.mark.row("SEC-10")
def test_a_burst_of_bad_signatures_is_told_to_seniors_once_an_hour(at: Callable[..., TestClient], town: Town) -> None:
    senior = town.admin()
    town.admin(AdminDuty.FINANCE)
    here = at("203.0.113.7")

    def forge(times: int) -> set[int]:
        return {here.post("/api/webhooks/razorpay/payment", content=b"{}").status_code for _ in range(times)}

    assert forge(10) == {400}
    assert told_of(town, "bad_signatures") == []
    assert forge(1) == {400}
    assert told_of(town, "bad_signatures") == [senior.id]
    assert forge(40) == {400}
    assert told_of(town, "bad_signatures") == [senior.id]
    town.clock.move(minutes=61)
    assert forge(11) == {400}
    assert told_of(town, "bad_signatures") == [senior.id] * 2


@pytest.mark.row("SEC-10")
def test_ten_bad_signatures_spread_over_hours_are_mistakes(at: Callable[..., TestClient], town: Town) -> None:
    town.admin()
    for _ in range(4):
        for _ in range(9):
            at("203.0.113.7").post("/api/webhooks/razorpay/refund", content=b"{}")
        town.clock.move(minutes=16)
    assert told_of(town, "bad_signatures") == []


@pytest.mark.row("SEC-10")
def test_a_burst_of_refusals_for_their_number_is_told_however_they_are_refused(
    at: Callable[..., TestClient], town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requests turned away before anything is read, and wrong passwords that are not looked at any more."""
    monkeypatch.setitem(BURSTS, Burst.REFUSED_FOR_NUMBER, Limit(8, QUARTER_HOUR))
    senior, mail, here = town.admin(), mail_of(town, town.person()), at("203.0.113.7")
    assert [here.get("/api/money").status_code for _ in range(105)].count(429) == 5
    assert [try_in(here, mail) for _ in range(8)].count(429) == 3
    assert told_of(town, "refused_for_number") == []
    assert try_in(here, mail) == 429
    assert told_of(town, "refused_for_number") == [senior.id]


@pytest.mark.row("SEC-10")
def test_without_redis_a_bad_signature_is_still_refused(parts: Wiring, at: Callable[..., TestClient]) -> None:
    parts.limits = RedisLimits(redis.Redis(port=1, socket_connect_timeout=1))
    assert at("203.0.113.7").post("/api/webhooks/razorpay/payment", content=b"{}").status_code == 400
