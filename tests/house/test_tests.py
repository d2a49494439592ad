"""The tests themselves: they are the same in every process, so that several can share them out."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
_UNORDERED = (ast.Set, ast.SetComp)


def _is_unordered(value: ast.expr) -> bool:
    named = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in ("set", "frozenset")
    return named or isinstance(value, _UNORDERED)


def test_no_test_takes_its_cases_from_a_set() -> None:
    """A set has another order in each process, and the processes of one run must agree on the tests there are."""
    wrong = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sorted(ROOT.rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "parametrize"
        if len(call.args) > 1 and _is_unordered(call.args[1])
    ]
    assert wrong == []
