"""Nonsense in every field of every body and every parameter: a clear refusal, never a broken server."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from cleanit_app.domain.actors import Actor
from tests.api.conftest import Caller
from tests.factories import Town

pytestmark = pytest.mark.row("SEC-04", "TST-05")
As = Callable[[Actor], Caller]

VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    10**400,
    1e308,
    float("nan"),
    float("inf"),
    "",
    " ",
    "\x00",
    "a\x00b@example.in",
    "\ud800",
    "a\ud800b",
    "\u202egnp.exe",
    "गली\u200d",
    "🧹" * 50,
    "x" * 20_000,
    "' OR '1'='1",
    "'; DROP TABLE users; --",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "%00",
    "{{7*7}}",
    [],
    [None],
    {},
    {"$gt": ""},
    [[[[[[]]]]]],
]
# Who sends it, where, and the fields; ids are of things that exist.
BODIES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("nobody", "POST", "/api/auth/login", {"identifier": "a@b.in", "password": "nine-clean-lanes"}),
    ("citizen", "POST", "/api/campaigns/{campaign}/contributions", {"amountPaise": 10_000, "anonymous": False}),
    (
        "citizen",
        "POST",
        "/api/contributions/{contribution}/confirm",
        {"razorpay_payment_id": "p", "razorpay_order_id": "o", "razorpay_signature": "s"},
    ),
    ("cleaner", "POST", "/api/jobs/{job}/unclaim", {"reason": "x"}),
    (
        "cleaner",
        "PUT",
        "/api/cleaners/me/bank-account",
        {"accountNumber": "123456789", "ifsc": "SBIN0001234", "vpa": None, "holderName": "Ramesh Pal"},
    ),
    (
        "admin",
        "POST",
        "/api/admin/jobs/{done}/verify",
        {"action": "REJECT", "checklist": {}, "reason": "OTHER", "notes": "", "allowRetry": True},
    ),
    ("admin", "POST", "/api/admin/cleaners/{somebody}/reject", {"reason": "x"}),
]
QUERIES: list[tuple[str, str, list[str]]] = [
    ("nobody", "/api/campaigns", ["status", "q", "near", "radiusKm", "sort", "cursor", "limit"]),
    ("cleaner", "/api/jobs", ["near", "radiusKm", "minPaise", "sort", "cursor", "limit"]),
    ("citizen", "/api/users/me/transactions", ["cursor", "limit"]),
    ("citizen", "/api/users/me/notifications", ["unread", "cursor", "limit"]),
    ("admin", "/api/admin/people", ["q", "cursor"]),
    ("admin", "/api/admin/campaigns", ["status", "cursor"]),
    ("admin", "/api/admin/verification-queue", ["cursor"]),
]


@pytest.fixture
def callers(as_: As, anybody: Caller, town: Town) -> dict[str, Caller]:
    """One of each."""
    return {
        "nobody": anybody,
        "citizen": as_(town.person()),
        "cleaner": as_(town.cleaner()),
        "admin": as_(town.admin()),
    }


@pytest.fixture
def ids(town: Town) -> dict[str, str]:
    """Things that exist, and one that does not."""
    return {
        "campaign": str(town.campaign().id),
        "contribution": str(uuid4()),
        "job": str(town.job().id),
        "done": str(town.completed(town.cleaner()).id),
        "somebody": str(uuid4()),
    }


@pytest.mark.parametrize(("who", "method", "path", "good"), BODIES, ids=[b[2] for b in BODIES])
def test_no_body_breaks_the_server(
    who: str, method: str, path: str, good: dict[str, Any], callers: dict[str, Caller], ids: dict[str, str]
) -> None:
    broken = []
    for field in good:
        for value in VALUES:
            if path.endswith("/login") and field == "password" and value != "\ud800":
                continue  # each right-shaped try costs a slow hash
            body = json.dumps(good | {field: value}, ensure_ascii=True)
            headers = {"Content-Type": "application/json", "Idempotency-Key": "key-nasty"}
            if path.endswith("/contributions"):
                value = None if value == 10_000 else value
            answer = callers[who](method, path.format(**ids), content=body, headers=headers)
            if answer.status_code >= 500 and answer.json()["error"] != "PROVIDER_UNAVAILABLE":
                broken.append((field, repr(value)[:40], answer.text[:200]))
    assert broken == []


def test_no_registration_breaks_the_server(anybody: Caller) -> None:
    good = {"name": "A", "email": "a@b.in", "phone": "9000000001", "role": "CITIZEN", "acceptTerms": True}
    broken = []
    for field in good:
        for value in VALUES:
            body = json.dumps(good | {"password": "short", field: value})
            headers = {"Content-Type": "application/json"}
            answer = anybody("POST", "/api/auth/register", content=body, headers=headers)
            if answer.status_code != 422:
                broken.append((field, repr(value)[:40], answer.status_code))
    assert broken == []


@pytest.mark.parametrize("email", ["a\x00b@example.in", "a\x1fb@example.in", "a\ud800@example.in"])
def test_no_odd_address_is_looked_up_or_kept(email: str, anybody: Caller) -> None:
    good = {"name": "Asha Verma", "password": "nine-clean-lanes", "role": "CITIZEN", "acceptTerms": True}
    headers = {"Content-Type": "application/json"}
    joined = anybody("POST", "/api/auth/register", content=json.dumps(good | {"email": email}), headers=headers)
    assert set(joined.json()["fields"]) == {"email"}
    body = json.dumps({"identifier": email, "password": "x\ud800"})
    assert anybody("POST", "/api/auth/login", content=body, headers=headers).status_code == 401


@pytest.mark.parametrize(("who", "path", "fields"), QUERIES, ids=[q[1] for q in QUERIES])
def test_no_query_breaks_the_server(who: str, path: str, fields: list[str], callers: dict[str, Caller]) -> None:
    texts = [v for v in VALUES if isinstance(v, str) and "\ud800" not in v] + ["nan,nan", "1e999,0", "-0,-0", "1e400"]
    broken = []
    for field in fields:
        for value in texts:
            answer = callers[who].get(path, params={field: value} | ({"q": "a"} if path.endswith("people") else {}))
            if answer.status_code >= 500:
                broken.append((field, repr(value)[:40], answer.text[:200]))
        raw = callers[who].get(f"{path}?{field}=%ff%fe&{field}=%00&{field}")
        if raw.status_code >= 500:
            broken.append((field, "raw bytes", raw.text[:200]))
    assert broken == []


def test_no_form_breaks_the_server(callers: dict[str, Caller], ids: dict[str, str]) -> None:
    good = {
        "title": "Corner dump by the school",
        "description": "x" * 60,
        "targetPaise": "100000",
        "latitude": "26.8",
        "longitude": "80.9",
        "address": "Lucknow",
    }
    texts = [v for v in VALUES if isinstance(v, str) and "\ud800" not in v] + ["nan", "inf", "1e400", "٣٤", "１００"]
    for field in good:
        for value in texts:
            answer = callers["citizen"]("POST", "/api/campaigns", data=good | {field: value})
            assert answer.status_code == 422, (field, value)
    for path in ("/session/login", "/session/register", "/session/register/code", "/session/register/confirm"):
        for value in texts:
            form = {
                "id": value,
                "code": value,
                "identifier": value,
                "name": value,
                "email": value,
                "phone": value,
                "role": value,
                "next": value,
            }
            answer = callers["nobody"]("POST", path, data=form | {"password": "x"})
            assert answer.status_code == 303
            assert answer.headers["location"].startswith(("/login?error=", "/join?error=", "/join?code="))


@pytest.mark.parametrize("path", ["/api/campaigns/{}", "/api/jobs/{}", "/api/photos/{}/original", "/files/{}"])
@pytest.mark.parametrize("odd", ["%00", "..%2f..", "%ff", "1", "-", "0" * 5000, "00000000-0000-0000-0000-00000000000g"])
def test_no_address_breaks_the_server(path: str, odd: str, callers: dict[str, Caller]) -> None:
    assert callers["admin"].get(path.format(odd)).status_code in (404, 307)
