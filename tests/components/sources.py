"""The project's own texts, read once for tests about words, icons and styles."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PACKAGE = PROJECT / "cleanit_app"
ISLANDS = PACKAGE / "components" / "islands"
SPEAKERS = {"t", "attr", "say", "pair"}
KEY = re.compile(r"[a-z_]+(\.\w+)+")


@lru_cache(maxsize=1)
def python_trees() -> dict[str, ast.Module]:
    """Every Python module of the project."""
    paths = [*PACKAGE.rglob("*.py"), *(PROJECT / "workers").rglob("*.py")]
    return {str(path.relative_to(PROJECT)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


@lru_cache(maxsize=1)
def scripts() -> dict[str, str]:
    """Every script of the islands by its name."""
    return {path.name: path.read_text(encoding="utf-8") for path in ISLANDS.glob("*.js*")}


def spoken() -> Iterator[tuple[str, str, set[str] | None]]:
    """(where, key, names of values) of every sentence that Python asks for by its key."""
    for name, tree in python_trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else ""
            key = node.args[0]
            if called in SPEAKERS and isinstance(key, ast.Constant) and KEY.fullmatch(str(key.value)):
                names = {k.arg for k in node.keywords if k.arg}
                open_ended = any(k.arg is None for k in node.keywords)
                yield f"{name}:{node.lineno}", key.value, None if open_ended else names


def spoken_in_scripts() -> Iterator[tuple[str, str]]:
    """(script, key) of every sentence that a script asks for by its key."""
    for name, text in scripts().items():
        for call in re.findall(r"\bsay\(([^;{}]*?)[,)]", text):
            yield from ((name, key) for key in re.findall(r'"([a-z_]+(?:\.\w+)+)"', call))


@lru_cache(maxsize=1)
def literals() -> frozenset[str]:
    """Every string that stands in Python or in a script, parts of f-strings and templates too."""
    found: set[str] = set()
    for tree in python_trees().values():
        found |= {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    for text in scripts().values():
        found |= set(re.findall(r'"([^"\n]+)"', text)) | set(re.findall(r"`([\w.]+)\$", text))
    return frozenset(found)


def beginnings() -> Iterator[str]:
    """How keys begin whose rest is filled in: the first part of an f-string like ``home.step{n}``."""
    for tree in python_trees().values():
        for node in ast.walk(tree):
            first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else None
            if isinstance(first, ast.Constant) and re.fullmatch(r"[a-z_]+\.\w+", str(first.value)):
                yield str(first.value)
