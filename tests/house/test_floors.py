"""Who may import whom: the floor plan of the house, and the order of its rooms."""

from __future__ import annotations

import ast

import pytest

from tests.house.source import below, imports_of, modules

OURS = ("cleanit_app", "workers")
FLOORS: dict[str, set[str]] = {
    "domain": set(),
    "paths": set(),
    "decoder_limits": set(),
    "log_bounds": {"domain"},
    "logs": {"log_bounds"},
    "process_heartbeats": set(),
    "telemetry": set(),
    "gazetteer": {"domain"},
    "models": {"domain"},
    "ports": {"domain"},
    "settings": {"domain", "paths"},
    "production": {"paths", "settings"},
    # A kind of notification says where it leads, and services send kinds: the registry stands between the two.
    "notification_kinds": {"domain", "routes"},
    # A figure says how it is counted: by the clock in services, and what it is called wherever it is shown.
    "metrics": {"domain"},
    "services": {"domain", "gazetteer", "metrics", "models", "notification_kinds", "ports"},
    # Lists open the same unit of work as what changes things; a reading one notes rows that nobody can read.
    # What is exported and what is signed for a while names addresses of ours; `routes` itself stands on nothing.
    "reads": {"domain", "gazetteer", "metrics", "models", "ports", "services.unit_of_work", "routes"},
    "adapters": {"domain", "ports", "settings", "routes"},
    "wiring": {"services.operations.surprises", "services.unit_of_work", "adapters", "ports", "settings", "domain"},
    "i18n": {"domain"},
    "routes": {"domain"},
    "components": {"domain", "i18n", "routes", "theme"},
    "theme": {"domain", "components", "i18n"},
    "api": {"metrics", "services", "reads", "domain", "wiring", "ports", "models", "i18n", "settings", "routes"},
    "state": {
        "metrics", "services", "reads", "domain", "wiring", "ports", "i18n", "notification_kinds", "settings", "routes",
        "telemetry",
    },
    "pages": {
        "metrics", "services", "reads", "domain", "wiring", "ports", "state", "components", "i18n",
        "notification_kinds", "process_heartbeats", "routes", "settings", "theme",
    },
    "web": {
        "domain", "i18n", "routes", "paths", "process_heartbeats", "reads", "services", "settings", "telemetry",
        "wiring",
    },
    # A child process that takes photos apart: it does what the adapter that starts it promises, with a service's rules.
    "decoder": {"adapters.limited_decoder", "decoder_limits", "domain", "services.photos"},
    "ops": {"adapters", "domain", "i18n", "paths", "services", "settings", "wiring"},
    "local": {
        "adapters", "components", "domain", "i18n", "log_bounds", "ops", "paths", "process_heartbeats", "production",
        "reads", "routes", "services", "settings", "wiring",
    },
    "sandbox": set(),
    "__main__": {"local", "ops", "process_heartbeats", "production", "settings"},
    "cleanit_app": {
        "api", "gazetteer", "i18n", "logs", "pages", "ports", "production", "reads", "settings", "state", "theme",
        "web", "wiring",
    },
}  # fmt: skip
"""What each package below `cleanit_app` may import of ours; one that has no line fails."""

WORKERS = {
    "domain", "logs", "models", "ops", "ports", "process_heartbeats", "production", "services", "settings",
    "telemetry", "wiring",
}  # fmt: skip
WORKER_EXTRAS = {"workers.worker": {"adapters.redis_queue"}}
"""A worker asks the queue's adapter whether more of the same hint waits."""

NOUNS = (
    "crashpoints", "locks", "unit_of_work", "id_numbers", "input_validation", "repeats", "operations", "accounts",
    "auth", "photos", "jobs", "ledger", "tax", "transfers", "payouts", "refunds", "campaigns", "payments",
    "notifications", "people", "flags", "support", "review", "fraud", "reconciliation", "webhooks", "boards",
    "bulk", "demo",
)  # fmt: skip
"""The rooms of `services`, from the ground up: each may import those before it, none after."""

FOREIGN: dict[str, set[str]] = {
    "domain": {"sqlmodel", "sqlalchemy", "reflex", "fastapi", "rq", "razorpay", "redis", "os"},
    "models": {"reflex", "fastapi", "rq", "razorpay", "redis", "os"},
    "services": {"reflex", "fastapi", "starlette", "rq", "razorpay", "redis", "requests", "os"},
    "reads": {"reflex", "fastapi", "starlette", "rq", "razorpay", "redis", "requests", "os"},
    "api": {"reflex", "rq", "razorpay"},
    "pages": {"sqlalchemy", "sqlmodel", "fastapi", "rq", "razorpay", "redis", "requests"},
    "components": {"sqlalchemy", "sqlmodel", "fastapi", "rq", "razorpay", "redis"},
}
KILLS_ITSELF = "cleanit_app.services.crashpoints"
"""Takes `os` to end its own process where a test says so."""


def _ours(target: str) -> bool:
    return target.startswith(tuple(f"{package}." for package in OURS))


def _inner(target: str) -> str:
    return target.removeprefix("cleanit_app.")


def _allowed(target: str, allowed: set[str]) -> bool:
    inner = _inner(target)
    if inner == "cleanit_app":
        return True
    return any(inner == a or inner.startswith(f"{a}.") or a.startswith(f"{inner}.") for a in allowed)


@pytest.mark.parametrize("floor", sorted(FLOORS))
def test_a_floor_imports_only_the_floors_below(floor: str) -> None:
    allowed = FLOORS[floor] | {floor}
    wrong = [
        f"{name}:{line} imports {target}"
        for name, module in below(f"cleanit_app.{floor}").items()
        for target, line in imports_of(module)
        if _ours(target) and not _allowed(target, allowed)
    ]
    assert wrong == []


def test_workers_import_what_doors_import_and_no_page() -> None:
    wrong = [
        f"{name}:{line} imports {target}"
        for name, module in below("workers").items()
        for target, line in imports_of(module)
        if target.startswith("cleanit_app.") and not _allowed(target, WORKERS | WORKER_EXTRAS.get(name, set()))
    ]
    assert wrong == []


def test_every_package_has_its_line() -> None:
    found = {_inner(name).split(".")[0] for name in modules() if name.startswith("cleanit_app.")}
    assert found == set(FLOORS)
    rooms = {_inner(name).split(".")[1] for name in modules() if name.startswith("cleanit_app.services.")}
    assert rooms == set(NOUNS)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_room_of_the_services_imports_only_those_before_it(noun: str) -> None:
    allowed = {f"services.{before}" for before in NOUNS[: NOUNS.index(noun) + 1]}
    wrong = [
        f"{name}:{line} imports {target}"
        for name, module in below(f"cleanit_app.services.{noun}").items()
        for target, line in imports_of(module)
        if _inner(target).startswith("services.") and not _allowed(target, allowed)
    ]
    assert wrong == []


SCRIPTS = "cleanit_app.components.islands.source"
"""Lies in one folder with the scripts it links, which Reflex wants beside the module that names them; words on a page
need one of those scripts, and the other islands need words."""


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_nobody_stands_in_a_circle(depth: int) -> None:
    """At every depth: the floors among themselves, the rooms of each floor, the modules of each room."""
    known = modules()
    edges: dict[str, set[str]] = {}
    for name, module in known.items():
        here = ".".join(name.split(".")[: depth + 1])
        for target, _ in imports_of(module):
            if _ours(target) and not target.startswith(SCRIPTS):
                there = ".".join(_module_of(target, known).split(".")[: depth + 1])
                if there != here and not here.startswith(f"{there}."):
                    edges.setdefault(here, set()).add(there)
    assert _circle(edges) == []


def _module_of(target: str, known: dict[str, ast.Module]) -> str:
    return target if target in known else target.rpartition(".")[0]


def _circle(edges: dict[str, set[str]]) -> list[str]:
    """One circle as a path that ends where it began; empty when there is none."""
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        for target in sorted(edges.get(name, ())):
            if found := walk(target, [*path, name]):
                return found
        done.add(name)
        return []

    return next((found for name in sorted(edges) if (found := walk(name, []))), [])


@pytest.mark.parametrize("floor", sorted(FOREIGN))
def test_a_floor_keeps_out_what_is_not_its_business(floor: str) -> None:
    wrong = [
        f"{name}:{line} imports {target}"
        for name, module in below(f"cleanit_app.{floor}").items()
        for target, line in imports_of(module)
        if target.split(".")[0] in FOREIGN[floor] and name != KILLS_ITSELF
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
