"""The project's own code, read as trees."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PACKAGES = ("cleanit_app", "workers")
_NOT_OURS = {".git", ".local", ".venv", ".env", ".web", ".states", ".hypothesis", "__pycache__", "uploaded_files"}


@lru_cache(maxsize=1)
def modules() -> dict[str, ast.Module]:
    """Every module of the project by its dotted name."""
    found = {}
    for package in PACKAGES:
        for path in sorted((PROJECT / package).rglob("*.py")):
            name = ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")
            found[name] = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    return found


@lru_cache(maxsize=1)
def texts() -> dict[str, str]:
    """Every text that we wrote by its path in the project: code, words, docs, tool files, locks; nothing built here."""
    found = {}
    for folder, inner, names in os.walk(PROJECT):
        inner[:] = sorted(n for n in inner if n not in _NOT_OURS and not n.endswith("_cache"))
        for path in (Path(folder, name) for name in sorted(names) if name not in _NOT_OURS):
            content = path.read_bytes()
            if b"\0" not in content:
                found[path.relative_to(PROJECT).as_posix()] = content.decode("utf-8", "replace")
    return found


def below(package: str) -> dict[str, ast.Module]:
    """The modules of one package, itself included."""
    return {n: m for n, m in modules().items() if n == package or n.startswith(f"{package}.")}


def imports_of(module: ast.Module) -> Iterator[tuple[str, int]]:
    """What a module imports, as dotted names with line numbers."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def functions_of(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions at the top of a module."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def arguments_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> dict[str, str]:
    """A function's arguments and their annotations as text."""
    every = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return {a.arg: ast.unparse(a.annotation) if a.annotation else "" for a in every}
