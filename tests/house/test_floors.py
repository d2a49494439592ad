"""Who may import whom: the floor plan of the house."""

from __future__ import annotations

import ast

import pytest

from tests.house.source import below, imports_of, modules

OURS = ("cleanit_app", "workers")
FLOORS: dict[str, set[str]] = {
    "domain": set(),
    "models": {"domain"},
    "ports": {"domain"},
    "services": {"domain", "models", "ports"},
    "reads": {"domain", "models", "ports", "services.unit_of_work"},
    "adapters": {"domain", "ports", "settings"},
    "wiring": {"services.unit_of_work", "adapters", "ports", "settings", "domain"},
    "i18n": {"formats", "domain"},
    "formats": {"i18n", "domain"},
    "api": {"services", "reads", "domain", "wiring", "ports", "models", "i18n", "formats", "settings", "routes"},
    "state": {"services", "reads", "domain", "wiring", "ports", "i18n", "formats", "settings", "routes"},
    "pages": {
        "services",
        "reads",
        "domain",
        "wiring",
        "ports",
        "state",
        "components",
        "i18n",
        "formats",
        "routes",
        "settings",
        "theme",
    },
    "components": {"domain", "i18n", "formats", "routes", "theme"},
    "theme": {"domain", "components", "i18n"},
    "routes": {"domain"},
    "sandbox": set(),
}
FOREIGN: dict[str, set[str]] = {
    "domain": {"sqlmodel", "sqlalchemy", "reflex", "fastapi", "rq", "razorpay", "redis", "os"},
    "models": {"reflex", "fastapi", "rq", "razorpay", "redis", "os"},
    "services": {"reflex", "fastapi", "starlette", "rq", "razorpay", "redis", "requests"},
    "reads": {"reflex", "fastapi", "starlette", "rq", "razorpay", "redis", "requests", "os"},
    "api": {"reflex", "rq", "razorpay"},
    "pages": {"sqlalchemy", "sqlmodel", "fastapi", "rq", "razorpay", "redis", "requests"},
    "components": {"sqlalchemy", "sqlmodel", "fastapi", "rq", "razorpay", "redis"},
}


@pytest.mark.parametrize("floor", sorted(FLOORS))
def test_a_floor_imports_only_the_floors_below(floor: str) -> None:
    allowed = FLOORS[floor] | {floor}
    wrong = [
        f"{name}:{line} imports {target}"
        for name, module in below(f"cleanit_app.{floor}").items()
        for target, line in imports_of(module)
        if target.startswith(tuple(f"{p}." for p in OURS)) and not _allowed(target, allowed)
    ]
    assert wrong == []


def _allowed(target: str, allowed: set[str]) -> bool:
    inner = target.removeprefix("cleanit_app.")
    if inner == "cleanit_app":
        return True
    return any(inner == a or inner.startswith(f"{a}.") or a.startswith(f"{inner}.") for a in allowed)


@pytest.mark.parametrize("floor", sorted(FOREIGN))
def test_a_floor_keeps_out_what_is_not_its_business(floor: str) -> None:
    wrong = [
        f"{name}:{line} imports {target}"
        for name, module in below(f"cleanit_app.{floor}").items()
        for target, line in imports_of(module)
        if target.split(".")[0] in FOREIGN[floor] and name != "cleanit_app.services.crashpoints"
    ]
    assert wrong == []


def test_nobody_in_the_app_imports_the_workers() -> None:
    wrong = [
        f"{name}:{line}"
        for name, module in below("cleanit_app").items()
        for target, line in imports_of(module)
        if target.split(".")[0] == "workers" and not name.startswith("cleanit_app.local")
    ]
    assert wrong == []


def test_nothing_is_imported_inside_a_function() -> None:
    wrong = [
        f"{name}:{inner.lineno}"
        for name, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert wrong == []


def test_every_module_says_what_belongs_in_it() -> None:
    assert [name for name, module in modules().items() if not ast.get_docstring(module)] == []
