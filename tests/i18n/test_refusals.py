"""Every refusal and every problem of a field can be said in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from cleanit_app.domain.errors import Busy, DomainError
from cleanit_app.i18n.catalogue import placeholders, say_in
from tests.house.source import modules
from tests.support.words import WORDS

LENGTHS = ("missing", "short", "long")
BOUNDS = ("missing", "low", "high")


def codes() -> set[str]:
    """The codes of all refusals."""
    found = {Busy.code}
    heap = list(DomainError.__subclasses__())
    while heap:
        kind = heap.pop()
        heap += kind.__subclasses__()
        found.add(kind.code)
    return found


def _said(call: ast.Call, position: int) -> str | None:
    """The constant argument at a position, if it is one."""
    if len(call.args) > position and isinstance(call.args[position], ast.Constant):
        return str(call.args[position].value)
    return None


def keys() -> Iterator[str]:
    """The keys of all field problems, as the code spells them."""
    for module in modules().values():
        for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            if (name == "FieldProblem" and (key := _said(call, 0))) or (name == "problem" and (key := _said(call, 1))):
                yield key
            elif name == "text" and (key := _said(call, 3)):
                yield from (f"{key}_{end}" for end in LENGTHS)
            elif name == "whole" and (key := _said(call, 4)):
                yield from (f"{key}_{end}" for end in BOUNDS)


@pytest.mark.row("SEC-04")
@pytest.mark.parametrize("code", sorted(codes()))
def test_every_refusal_has_its_words(code: str) -> None:
    english, hindi = WORDS[f"error.{code}"]
    assert english.endswith(".")
    assert hindi.endswith("।")
    assert placeholders(english) == placeholders(hindi)


@pytest.mark.row("SEC-04")
@pytest.mark.parametrize("key", sorted(set(keys())))
def test_every_field_problem_has_its_words(key: str) -> None:
    english, hindi = WORDS[f"field.{key}"]
    assert placeholders(english) == placeholders(hindi)


def test_amounts_in_sentences_are_rupees() -> None:
    assert "₹740" in say_in("en", "error.AMOUNT_OVER_REMAINING", missing_paise=74_000)
    assert say_in("hi", "error.AMOUNT_OVER_REMAINING", missing_paise=74_000) == "सिर्फ़ ₹740 चाहिए।"


def test_refusals_are_raised_with_what_their_sentence_needs() -> None:
    needs = {kind.__name__: placeholders(WORDS[f"error.{kind.code}"][0]) for kind in DomainError.__subclasses__()}
    wrong = []
    for name, module in modules().items():
        for node in ast.walk(module):
            if not isinstance(node, ast.Raise):
                continue
            call = node.exc if isinstance(node.exc, ast.Call) else None
            kind = getattr(call.func if call else node.exc, "id", "")
            given = {(k.arg or "").removesuffix("_paise").removesuffix("_at") for k in call.keywords} if call else set()
            if kind != "InvalidFields" and needs.get(kind, set()) - given:
                wrong.append(f"{name}:{node.lineno} {kind}")
    assert wrong == []
