"""Every route of the contract with wishes made from its own description, fit and unfit: never a server error (SEC-04).

The examples are the same at every run.
"""

from __future__ import annotations

import json
import string
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cleanit_app.domain.actors import Actor, AdminDuty, Role
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller, sandbox_settings
from tests.api.test_access import ids as ids_of_others
from tests.factories import Town
from tests.sandbox.running import Sandbox

As = Callable[[Actor], Caller]
EXAMPLES = 6  # for each operation; raise it to look longer
NASTY = (
    "", " ", "\x00", "\u202e", "😀" * 50, "'; DROP TABLE users; --", "<script>alert(1)</script>", "../../etc/passwd",
    "%00", "9" * 40, "-1", "NaN", "1e400", "null", "{}", "[]", "ﷺ" * 20,
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "a" * 5_000, "2026-13-45T99:99:99Z", "00000000-0000-0000-0000-000000000000", "ACTIVE", "INF",
)  # fmt: skip
ids = ids_of_others


def text() -> st.SearchStrategy[str]:
    """What somebody may type."""
    return st.one_of(
        st.sampled_from(NASTY), st.text(max_size=30), st.text(string.ascii_letters + string.digits, max_size=12)
    )


ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), text()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(text(), inner, max_size=3)),
    max_leaves=5,
)


def of_schema(schema: dict[str, Any], spec: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values as a schema describes them, now and then others."""
    return st.one_of(_fit(schema, spec), _fit(schema, spec), _fit(schema, spec), ANYTHING)


def _fit(schema: dict[str, Any], spec: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "$ref" in schema:
        return _fit(spec["components"]["schemas"][schema["$ref"].rpartition("/")[2]], spec)
    if "anyOf" in schema:
        return st.one_of(*[_fit(one, spec) for one in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema.get("type", "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        inner = {name: of_schema(one, spec) for name, one in schema.get("properties", {}).items()}
        return st.fixed_dictionaries({}, optional=inner)
    if kind == "array":
        return st.lists(of_schema(schema.get("items", {}), spec), max_size=4)
    return {
        "integer": st.one_of(st.integers(), st.integers(0, 200), st.sampled_from([2**31, 2**63, 2**64, -1, 10**30])),
        "number": st.floats(allow_nan=False, allow_infinity=False),
        "boolean": st.booleans(),
        "null": st.none(),
    }.get(kind, text())


def operations(spec: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Every method of every path."""
    return [(method.upper(), path, one) for path, ways in spec["paths"].items() for method, one in ways.items()]


@pytest.mark.row("SEC-04", "TST-05")
def test_no_wish_makes_the_server_stumble(
    api: FastAPI, as_: As, anybody: Caller, town: Town, wiring: Wiring, sandbox: Sandbox, ids: dict[str, str]
) -> None:
    wiring.settings = wiring.settings.model_copy(update=sandbox_settings(sandbox))
    spec = api.openapi()
    callers = [anybody, as_(town.person()), as_(town.cleaner()), as_(town.person(Role.CLEANER)), as_(town.admin())]
    callers += [as_(town.admin(duty)) for duty in AdminDuty]
    for method, path, one in operations(spec):
        wrong = _stumbles(callers, method, path, one, spec, ids)
        assert wrong == [], f"{method} {path}"


def _stumbles(
    callers: list[Caller], method: str, path: str, one: dict[str, Any], spec: dict[str, Any], ids: dict[str, str]
) -> list[tuple[int, str]]:
    """What one operation answered that it never should."""
    wrong: list[tuple[int, str]] = []

    @settings(
        max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.data())
    def many(data: st.DataObject) -> None:
        answer = _call(data, data.draw(st.sampled_from(callers)), method, path, one, spec, ids)
        if answer.status_code >= 500 and answer.status_code != 503:
            wrong.append((answer.status_code, answer.text[:300]))
        if answer.status_code >= 400 and answer.headers.get("content-type", "").startswith("application/json"):
            assert {"error", "detail"} <= set(answer.json()), answer.text

    many()
    return wrong


def _call(
    data: st.DataObject, caller: Caller, method: str, path: str, one: dict[str, Any], spec: dict[str, Any],
    ids: dict[str, str],
) -> Any:  # fmt: skip
    params, headers = {}, {}
    for parameter in one.get("parameters", ()):
        value = data.draw(of_schema(parameter.get("schema", {}), spec))
        name = parameter["name"]
        if parameter["in"] == "path":
            real = ids.get(name, "x")
            shown = data.draw(st.one_of(st.just(real), st.just(real), text())) or "x"
            path = path.replace("{" + name + "}", _in_path(shown))
        elif parameter["in"] == "query" and data.draw(st.booleans()):
            params[name] = value if isinstance(value, str) else json.dumps(value)
        elif parameter["in"] == "header" and data.draw(st.booleans()):
            headers[name] = "".join(c for c in str(value) if 32 <= ord(c) < 127)[:200]
    content = one.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        body = data.draw(of_schema(content["application/json"].get("schema", {}), spec))
        raw = json.dumps(body).encode()
        headers["Content-Type"] = "application/json"
        return caller.http.request(method, path, params=params, content=raw, headers=caller.sign() | headers)
    if content:
        kind, described = next(iter(content.items()))
        fields = data.draw(_fit(described.get("schema", {}), spec))
        plain = {str(k): v if isinstance(v, str) else json.dumps(v) for k, v in fields.items() if k != "photo"}
        files = {"photo": ("x.jpg", data.draw(st.binary(max_size=64)), "image/jpeg")} if "multipart" in kind else None
        return caller.http.request(
            method, path, params=params, data=plain, files=files, headers=caller.sign() | headers
        )
    return caller.http.request(method, path, params=params, headers=caller.sign() | headers)


def _in_path(value: str) -> str:
    """A value as one piece of an address."""
    quoted = quote(value, safe="")[:300]
    return "%2e" if quoted in (".", "..") else quoted
