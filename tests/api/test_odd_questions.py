"""Whatever stands behind the question mark of any address gets an answer that is none of our failures (REST)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanit_app.domain.actors import Actor
from tests.api.conftest import Caller
from tests.factories import Town

As = Callable[[Actor], Caller]
ODD = (
    "\0",
    "a\0b",
    "9999-12-31",
    "0001-01-01",
    "31.12.9999",
    "9998-99",
    "-1",
    "1e400",
    "nan",
    "99999999999999999999",
    "\ud7ff\uffff\u202e",
    "%",
    "'",
    "०१२",
    "x" * 5_000,
)


@pytest.mark.row("TST-02")
def test_no_address_fails_at_an_odd_question(as_: As, town: Town) -> None:
    senior = as_(town.admin())
    contract = senior.get("/api/openapi.json").json()["paths"]
    asked = 0
    for address, methods in contract.items():
        named = [one["name"] for one in methods.get("get", {}).get("parameters", ()) if one["in"] == "query"]
        filled = address.replace("{", "").replace("}", "") if "{" in address else address
        for name in named:
            for odd in ODD:
                answer = senior.get(filled, params={name: odd})
                assert answer.status_code < 500, (address, name, odd, answer.text[:200])
                assert odd != "\0" or answer.status_code in (404, 422), (address, name, answer.status_code)
                asked += 1
    assert asked > 500
