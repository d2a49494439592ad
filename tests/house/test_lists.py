"""Lists go through the one reader that leaves out what nobody can read (reads/paging.py)."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.source import below, functions_of

ASKS = ("ask", "ask_list", "find")
HOLDS_ROWS = {
    "cleanit_app.reads.paging",  # the reader itself
    "cleanit_app.reads.operations.database_log",  # settings of the server, nothing that anybody stored
}


def _asks(node: ast.AST) -> bool:
    """Whether an expression is rows of the database: an answer of a question, or `uow.run(…)` and the like."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in ASKS
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        mine = isinstance(node.func.value, ast.Name) and node.func.value.id == "uow"
        return (mine and node.func.attr in ("run", "all")) or _asks(node.func.value)
    return isinstance(node, ast.Attribute) and node.attr == "rows"


def _gone_through(function: ast.AST) -> Iterator[ast.expr]:
    """Everything a function goes through item by item."""
    for node in ast.walk(function):
        if isinstance(node, ast.For | ast.comprehension):
            yield node.iter
        elif (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("map", "tuple", "list")
        ):
            yield from node.args


def test_no_list_goes_through_rows_by_itself() -> None:
    """One bad row would take the list away: `ask_list(…).read(build)` or `one_page` goes on without it."""
    wrong = []
    for name, module in below("cleanit_app.reads").items():
        if name in HOLDS_ROWS:
            continue
        for function in functions_of(module):
            rows = {
                target.id
                for node in ast.walk(function)
                if isinstance(node, ast.Assign) and _asks(node.value)
                for target in node.targets
                if isinstance(target, ast.Name)
            }
            wrong += [
                f"{name}.{function.name}:{one.lineno}"
                for one in _gone_through(function)
                if _asks(one) or (isinstance(one, ast.Name) and one.id in rows)
            ]
    assert wrong == []


def test_every_page_of_a_list_is_shown_item_by_item_with_care() -> None:
    """An answer or a page that builds its items by itself would fall over one: `page.each(…)` leaves it out."""
    wrong = [
        f"{name}:{node.lineno}"
        for floor in ("api", "pages", "state")
        for name, module in below(f"cleanit_app.{floor}").items()
        for node in ast.walk(module)
        if isinstance(node, ast.ListComp | ast.GeneratorExp)
        and ast.unparse(node.generators[0].iter).endswith("page.items")
        and isinstance(node.elt, ast.Call)
        and ast.unparse(node.elt.func) != "str"
    ]
    assert wrong == []
