"""The pictures of ARCHITECTURE.md: every name exists, every whole arrow is a call, the floors are those held."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.source import PROJECT, modules
from tests.house.test_floors import FLOORS

TEXT = (PROJECT / "ARCHITECTURE.md").read_text("utf-8")
FLOWS = ("Claim → bell", "Webhook → job", "10 AM → paid", "Photo → WebP")
_MEANS_SOMETHING_TO_MERMAID = {
    "call",
    "class",
    "click",
    "default",
    "direction",
    "end",
    "graph",
    "href",
    "style",
    "subgraph",
}
_BOX = re.compile(r'^\s*(\w+)\["([\w.]+)(?:<br/>[^"]*)?"\]$', re.M)
_CALL = re.compile(r"^\s*(\w+) --> (\w+)$", re.M)
_LATER = re.compile(r'^\s*(\w+) -\. "[^"]+" \.-> (\w+)$', re.M)
_NAME = re.compile(r"`((?:services|adapters|workers|api|state|models|domain)\.[\w.]+)`")


def _picture(heading: str) -> str:
    part = TEXT.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    found = re.findall(r"```mermaid\nflowchart TD\n(.*?)```", part, re.S)
    assert len(found) == 1, f"one picture below {heading}"
    return str(found[0])


def _place(name: str) -> tuple[str, list[str]] | None:
    """The module that a dotted name begins with, and what is left of it."""
    whole = name if name.split(".")[0] == "workers" else f"cleanit_app.{name}"
    parts = whole.split(".")
    known = (end for end in range(len(parts), 1, -1) if ".".join(parts[:end]) in modules())
    end = next(known, 0)
    return (".".join(parts[:end]), parts[end:]) if end else None


def _inside(tree: ast.Module | ast.ClassDef) -> dict[str, ast.stmt]:
    found: dict[str, ast.stmt] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found[node.name] = node
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        found |= {target.id: node for target in targets if isinstance(target, ast.Name)}
    return found


def _found(name: str) -> ast.AST | None:
    """The piece of code that a dotted name means; None when there is none."""
    place = _place(name)
    if place is None:
        return None
    tree: ast.AST | None = modules()[place[0]]
    for part in place[1]:
        tree = _inside(tree).get(part) if isinstance(tree, ast.Module | ast.ClassDef) else None
    return tree


def _said_by(name: str) -> set[str]:
    """Every name that a function says, and what the functions and classes of its module say that it names."""
    place, start = _place(name), _found(name)
    assert place
    assert start
    near = _inside(modules()[place[0]])
    near |= {k: v for node in list(near.values()) if isinstance(node, ast.ClassDef) for k, v in _inside(node).items()}
    said: set[str] = set()
    todo, done = [start], set()
    while todo:
        node = todo.pop()
        names = {n.id if isinstance(n, ast.Name) else n.attr for n in ast.walk(node) if _is_a_name(n)}
        said |= names
        todo += [near[one] for one in names if one in near and one not in done]
        done |= names
    return said


def _is_a_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name | ast.Attribute)


def _boxes(heading: str) -> dict[str, str]:
    boxes = dict(_BOX.findall(_picture(heading)))
    assert len(boxes) > 5
    return boxes


def _arrows(heading: str) -> Iterator[tuple[str, str]]:
    yield from _CALL.findall(_picture(heading))
    yield from _LATER.findall(_picture(heading))


def test_the_floors_are_drawn_as_they_are_held() -> None:
    drawn = {
        floor: set(below.split(" & ")) for floor, below in re.findall(r"^  (\S+) --> (.+)$", _picture("Floors"), re.M)
    }
    held = {floor: below for floor, below in FLOORS.items() if below}
    lines = "\n".join(f"  {floor} --> {' & '.join(sorted(below))}" for floor, below in sorted(held.items()))
    assert drawn == held, f"the picture of the floors should be:\n{lines}"


@pytest.mark.parametrize("heading", FLOWS)
def test_every_box_of_a_flow_is_there(heading: str) -> None:
    assert {name for name in _boxes(heading).values() if _found(name) is None} == set()


@pytest.mark.parametrize("heading", FLOWS)
def test_every_line_of_a_flow_is_understood_and_joins_two_boxes(heading: str) -> None:
    boxes = _boxes(heading)
    lines = [line for line in _picture(heading).splitlines() if line.strip()]
    assert set(boxes) & _MEANS_SOMETHING_TO_MERMAID == set()
    unread = [line for line in lines if not any(kind.match(line) for kind in (_BOX, _CALL, _LATER))]
    assert unread == []
    assert [pair for pair in _arrows(heading) if not set(pair) <= set(boxes)] == []
    assert set(boxes) == {end for pair in _arrows(heading) for end in pair}


@pytest.mark.parametrize("heading", FLOWS)
def test_every_whole_arrow_is_a_call(heading: str) -> None:
    boxes = _boxes(heading)
    calls = [(boxes[start], boxes[end]) for start, end in _CALL.findall(_picture(heading))]
    assert len(calls) > 5
    assert [f"{a} does not call {b}" for a, b in calls if b.rpartition(".")[2] not in _said_by(a)] == []


def test_names_in_the_text_are_there_too() -> None:
    named = _NAME.findall(TEXT)
    assert named
    assert [name for name in named if _found(name) is None] == []
