"""Names that a stranger may rely on: a State says that it is one, and a class has its name alone."""

from __future__ import annotations

import ast
from collections import defaultdict

import cleanit_app.pages as every_page  # registers every State
from cleanit_app.state.base import PageState
from tests.house.source import modules


def test_every_state_says_that_it_is_one() -> None:
    assert every_page

    def below(kind: type) -> set[type]:
        return {kind} | {deeper for each in kind.__subclasses__() for deeper in below(each)}

    ours = {kind for kind in below(PageState) if kind.__module__.startswith("cleanit_app.")}
    assert len(ours) > 50
    assert [kind.__qualname__ for kind in ours if not kind.__name__.endswith("State")] == []


def test_no_two_classes_of_the_house_share_a_name() -> None:
    places = defaultdict(list)
    for module, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(module)
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
