"""What a senior may change is asked of the unit of work or the wiring, never of the table that a release brings."""

from __future__ import annotations

import ast

import pytest

from cleanit_app.domain.house_settings import SETTINGS
from tests.house.source import modules

OF_A_RELEASE = ("cleanit_app.domain.business_limits", "cleanit_app.domain.house_settings")
NUMBERS = frozenset(SETTINGS)


def asked_of_the_release(module: ast.Module) -> set[str]:
    """The changeable numbers that a module takes from `LIMITS`."""
    return {
        node.attr
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "LIMITS"
    } & NUMBERS


@pytest.mark.row("OPS-01")
def test_no_rule_goes_by_the_number_of_the_release() -> None:
    wrong = {name: found for name, module in modules().items() if (found := asked_of_the_release(module))}
    assert {name: found for name, found in wrong.items() if name not in OF_A_RELEASE} == {}


def test_the_search_finds_one() -> None:
    assert asked_of_the_release(ast.parse("x = LIMITS.questions_a_day + uow.limits.area_days")) == {"questions_a_day"}
