"""Pages stand side by side: what two of them draw lies in a module that is no page."""

from __future__ import annotations

import ast

from tests.house.source import below, imports_of, modules

PAGES = "cleanit_app.pages"


def _is_page(module: ast.Module) -> bool:
    """A page has an address of its own."""
    names = (
        name
        for node in module.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        for name in ast.walk(target)
        if isinstance(name, ast.Name)
    )
    return any(name.id == "ROUTE" for name in names)


def test_no_page_imports_another() -> None:
    pages = {name for name, module in below(PAGES).items() if _is_page(module)}
    assert len(pages) > 40
    taken = {
        (name, target)
        for name in pages
        for target, _ in imports_of(modules()[name])
        if target in pages and target != name
    }
    assert not taken, "put it into a module of the package that is no page, or into components/"
