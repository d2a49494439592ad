"""Only `routes.py` spells an address of the site; everybody else asks it, scripts by their props."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator

import pytest

from cleanit_app import routes
from tests.house.source import PROJECT, modules


def _first_segments() -> set[str]:
    """What the addresses of the site begin with, asked of `routes` itself."""
    own = [value for name, value in vars(routes).items() if not name.startswith("__")]  # no path of the file itself
    constants = [value for value in own if isinstance(value, str) and value.startswith("/")]
    functions = [value for value in own if inspect.isfunction(value) and value is not routes.inside]
    made = [f(*("x" for _ in inspect.signature(f).parameters)) for f in functions]
    return {re.split("[/#]", address.strip("/"))[0] for address in (*constants, *made)} - {""}


ADDRESS = re.compile(
    rf"""(?:^|['"=(\s])/(?:{"|".join(sorted(map(re.escape, _first_segments())))})(?=$|[/?#'"\s{{\[])"""
)


def _texts(module: ast.Module) -> Iterator[tuple[str, int]]:
    """The strings of a module, but docstrings and what a router with a prefix is told of the rest of a path."""
    passed: set[int] = set()
    prefixed = any(isinstance(node, ast.keyword) and node.arg == "prefix" for node in ast.walk(module))
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
        elif prefixed and isinstance(node, ast.Call) and _tells_a_router(node.func):
            passed |= {id(path) for path in node.args[:1]}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            yield node.value, node.lineno


def _tells_a_router(func: ast.expr) -> bool:
    return isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id == "router"


def _wrong_in(name: str, module: ast.Module) -> list[str]:
    rest = name.startswith("cleanit_app.api.")  # it says itself where its own doors are
    found = ((text, line) for text, line in _texts(module) if ADDRESS.search(text))
    return [f"{name}:{line} {text[:80]!r}" for text, line in found if not (rest and text.startswith("/api"))]


def test_no_module_spells_an_address_of_the_site() -> None:
    ours = {n: m for n, m in modules().items() if n.startswith("cleanit_app") and n != "cleanit_app.routes"}
    wrong = [w for n, m in ours.items() if not n.startswith("cleanit_app.sandbox") for w in _wrong_in(n, m)]
    assert wrong == []


def test_no_script_spells_an_address_of_the_site() -> None:
    scripts = [*(PROJECT / "cleanit_app").rglob("*.js"), *(PROJECT / "cleanit_app").rglob("*.jsx")]
    ours = [path for path in (*scripts, PROJECT / "assets" / "app.js") if "sandbox" not in path.parts]
    lines = ((path, n, line) for path in ours for n, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1))
    wrong = [
        f"{path.name}:{n}" for path, n, line in lines if ADDRESS.search(line) and not line.lstrip().startswith("//")
    ]
    assert ours
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("/admin/payouts", True),
        ("/campaigns/", True),
        ("/login?next=", True),
        ("<a href='/me'>", True),
        ("SELECT '/files/' || key", True),
        ("/menu", False),
        ("/v1/payouts", False),
        ("km/h", False),
    ],
)
def test_an_address_is_known_from_other_words(text: str, spelt: bool) -> None:
    assert bool(ADDRESS.search(text)) is spelt
