"""A whole life over HTTP leaves a trail that can be followed by its ids, and nobody's data in any log (MON-06)."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests

from cleanit_app.domain.actors import SYSTEM, AdminDuty, Role
from cleanit_app.services.accounts import accounts
from cleanit_app.services.auth.passwords import hash_password
from cleanit_app.wiring import Wiring
from tests.factories import picture
from tests.pages.strangers import at_rest
from tests.sandbox.running import until
from tests.support.live import Live
from tests.support.post import code_that_came

pytestmark = [pytest.mark.browser, pytest.mark.row("MON-06", "SEC-07"), pytest.mark.xdist_group("live")]
PASSWORD = "a-lamp-in-every-lane-77"
ACCOUNT, PAN, VOTER = "918273645546372", "ACUPA7085R", "QRS7654321"


@dataclass
class Person:
    """Somebody who calls the running Cleanit, and what of that person no log may hold."""

    live: Live
    name: str
    email: str
    phone: str = ""
    token: str = ""
    secrets: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.http = requests.Session()
        self.http.trust_env = False
        self.secrets += [self.name, self.email, self.phone.removeprefix("+91"), PASSWORD]

    def __call__(self, method: str, path: str, body: Any = None, **more: Any) -> requests.Response:
        headers = {"Origin": self.live.base_url, **more.pop("headers", {})}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        return self.http.request(method, self.live.base_url + path, json=body, headers=headers, timeout=30, **more)

    def join(self, role: str) -> None:
        """Register, type the code, try a wrong password, sign in."""
        wish = {"name": self.name, "email": self.email, "phone": self.phone, "password": PASSWORD, "role": role}
        made = self("POST", "/api/auth/register", {**wish, "acceptTerms": True})
        assert made.status_code == 201, made.text
        code = code_that_came(self.live.sandbox_url, self.phone)
        typed = {"codeId": made.json()["codeId"], "code": code}
        opened = self("POST", "/api/auth/register/confirm", typed)
        assert opened.status_code == 200, opened.text
        self.codes.append(code)
        self.secrets += [opened.json()["accessToken"], *(cookie.value or "" for cookie in self.http.cookies)]
        self.sign_in()

    def sign_in(self) -> None:
        me = self.phone or self.email  # a mailbox typed beside a number is none of the account yet
        wrong = {"identifier": me, "password": f"not-{PASSWORD}"}
        assert self("POST", "/api/auth/login", wrong).status_code == 401
        told = self("POST", "/api/auth/login", {"identifier": me, "password": PASSWORD})
        assert told.status_code == 200, told.text
        self.token = told.json()["accessToken"]
        self.secrets += [self.token, *(cookie.value or "" for cookie in self.http.cookies)]


def _admin(live: Live) -> Person:
    admin = Person(live, "Meenakshi Trailwalker", "meenakshi.trail@walk.example")
    with Wiring(live.settings).open_uow() as uow:
        wish = accounts.NewAccount(admin.name, admin.email, None, Role.CITIZEN, hash_password(PASSWORD, rounds=4))
        accounts.make_admin(uow, actor=SYSTEM, account=wish, duties=[AdminDuty.SENIOR])
    admin.sign_in()
    return admin


def _ok(answer: requests.Response) -> Any:
    assert answer.status_code < 300, f"{answer.request.method} {answer.url}: {answer.status_code} {answer.text}"
    return answer.json() if answer.content else {}


def _control(live: Live, path: str, **body: Any) -> Any:
    answer = requests.post(f"{live.sandbox_url}/control/{path}", json=body, timeout=15)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _fund(live: Live, citizen: Person, giver: Person, admin: Person) -> tuple[str, str]:
    """A campaign that its neighbour paid for; its id and the id of the giving request."""
    fields = {
        "title": "Corner dump by the school", "targetPaise": "100000", "latitude": "26.8467", "longitude": "80.9462",
        "description": "Children step into the road to get past this heap every single morning.",
        "address": "Gali No. 4, Aminabad, Lucknow",
    }  # fmt: skip
    photo = {"photo": ("p.jpg", picture(time.time_ns() % 2**31), "image/jpeg")}
    campaign = _ok(citizen("POST", "/api/campaigns", files=photo, data=fields))["id"]
    _ok(admin("POST", f"/api/admin/campaigns/{campaign}/approve"))
    key = {"Idempotency-Key": f"trail-{time.time_ns()}"}
    given = giver("POST", f"/api/campaigns/{campaign}/contributions", {"amountPaise": 100_000}, headers=key)
    order = _ok(given)["razorpayOrderId"]
    _control(live, f"orders/{order}/pay", outcome="success")
    until(lambda: giver("GET", f"/api/campaigns/{campaign}").json()["status"] == "FUNDED", 30)
    return campaign, given.headers["x-request-id"]


def _let_in(cleaner: Person, admin: Person) -> str:
    """The cleaner's papers and an admin's yes; the id of the request that handed the ID in."""
    photo = {"photo": ("p.jpg", picture(time.time_ns() % 2**31), "image/jpeg")}
    papers = {"kind": "VOTER_ID", "number": VOTER}
    handed_in = cleaner("POST", "/api/cleaners/me/identity-document", files=photo, data=papers)
    document = _ok(handed_in)["id"]
    _ok(cleaner("PUT", "/api/cleaners/me/pan", {"pan": PAN}))
    account = {"accountNumber": ACCOUNT, "ifsc": "HDFC0000053", "holderName": cleaner.name}
    _ok(cleaner("PUT", "/api/cleaners/me/bank-account", account))
    assert admin("GET", f"/api/admin/identity-documents/{document}/picture").status_code == 200
    me = _ok(cleaner("GET", "/api/users/me"))["id"]
    until(lambda: cleaner("GET", "/api/users/me").json()["kycStatus"] == "VERIFIED", 30)
    _ok(admin("POST", f"/api/admin/cleaners/{me}/activate"))
    return handed_in.headers["x-request-id"]


def _confirm_mailbox(live: Live, person: Person) -> None:
    """The code that came to the mailbox, typed in; no log may hold it either."""
    asked = _ok(person("POST", "/api/users/me/contacts/email/code", {"contact": person.email}))
    code = code_that_came(live.sandbox_url, person.email)
    _ok(person("POST", "/api/users/me/contacts/confirm", {"codeId": asked["codeId"], "code": code}))
    person.codes.append(code)


def _work(cleaner: Person, admin: Person, campaign: str) -> None:
    job = _ok(cleaner("GET", f"/api/campaigns/{campaign}"))["job"]["id"]
    _ok(cleaner("POST", f"/api/jobs/{job}/claim"))
    photo = {"photo": ("p.jpg", picture(time.time_ns() % 2**31), "image/jpeg")}
    place = {"latitude": "26.8467", "longitude": "80.9462", "accuracyM": "9"}
    _ok(cleaner("POST", f"/api/jobs/{job}/complete", files=photo, data=place))
    ticked = dict.fromkeys(
        ("sameLocation", "visiblyCleaner", "noFraudSigns", "gpsMatches", "timestampReasonable"), True
    )
    _ok(admin("POST", f"/api/admin/jobs/{job}/verify", {"action": "APPROVE", "checklist": ticked}))


def _lines(live: Live) -> list[dict[str, Any]]:
    """Every JSON line of every part; lines of Reflex and of servers themselves are plain text."""
    found = []
    for log in live.logs.glob("*.log*"):
        for line in log.read_text(errors="replace").splitlines():
            if line.startswith("{"):
                found.append(json.loads(line))
    return found


def _parts_of(live: Live, request_id: str) -> set[str]:
    return {
        line["part"]
        for line in _lines(live)
        if line.get("request_id") == request_id or request_id in line.get("requests", ())
    }


@pytest.fixture
def without_clock(live: Live) -> Iterator[None]:
    """The running Cleanit without its clock: at a full minute a sweep may do a request's errand under its own id."""
    live.stop("scheduler")
    until(lambda: at_rest(live), 300)
    yield
    live.start("scheduler")


@pytest.mark.usefixtures("without_clock")
def test_a_whole_life_can_be_followed_and_names_nobody(live: Live) -> None:
    admin = _admin(live)
    citizen = Person(live, "Chandrika Trailwalker", "chandrika.trail@walk.example", "+919812300001")
    giver = Person(live, "Gopalan Trailwalker", "gopalan.trail@walk.example", "+919812300002")
    cleaner = Person(live, "Shyamlal Trailwalker", "shyamlal.trail@walk.example", "+919812300003")
    for person, role in ((citizen, "CITIZEN"), (giver, "CITIZEN"), (cleaner, "CLEANER")):
        person.join(role)
    campaign, given = _fund(live, citizen, giver, admin)
    _confirm_mailbox(live, cleaner)
    handed_in = _let_in(cleaner, admin)
    _work(cleaner, admin, campaign)
    citizen("GET", "/api/users/me/notifications")
    for person in (citizen, giver, cleaner):
        person("POST", "/api/auth/logout")
    assert until(lambda: {"web", "sandbox"} <= _parts_of(live, given), 20)
    assert until(lambda: {"web", "sandbox", "worker-default", "relay"} <= _parts_of(live, handed_in), 20)
    said = "\n".join(log.read_text(errors="replace") for log in live.logs.glob("*.log*"))
    secrets = [ACCOUNT, PAN, VOTER, *(s for p in (admin, citizen, giver, cleaner) for s in p.secrets)]
    assert [secret for secret in secrets if len(secret) > 3 and secret in said] == []
    codes = [code for p in (citizen, giver, cleaner) for code in p.codes]
    assert [code for code in codes if re.search(rf"(?<![0-9a-f.:]){code}(?![0-9a-f.:])", said)] == []
