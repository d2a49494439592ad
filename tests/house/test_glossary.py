"""One word for one thing: docs/glossary.md lists the words, and no name uses one that it rules out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.words import WORDS

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (?!Term|---)(.+) \|$", re.MULTILINE)
EXCEPTIONS = {
    "gateway_fees": "a column of the books' figures, named like the account in the ledger",
    "gateway_fees_paise": "its name in the contract",
    "refund_gateway_fee": "a setting that operators have set",
    "GATEWAY": "the provider's balance, an account in the ledger",
    "GATEWAY_FEES": "an account in the ledger",
    "GatewayError": "a class of the provider's own package",
    "paid_by_hand": "a column",
    "by_hand_reference": "a column",
    "PayoutNotByHand": "its code is part of the contract",
    "BY_HAND": "its value is part of the contract",
}
"""Names that keep a ruled-out word, each with its reason."""


def rows() -> list[list[str]]:
    """The table of the glossary: term, sentence, English, Hindi, where, not."""
    text = (ROOT / "docs/glossary.md").read_text()
    return [[cell.strip() for cell in line.split("|")] for line in ROW.findall(text.replace(" | |", " |  |"))]


def banned() -> set[str]:
    """The words that stand in the last column."""
    return {word for row in rows() for word in re.split(r",\s*", row[5]) if word}


def names(source: str) -> Iterator[str]:
    """What a module names by itself: classes, functions, arguments and what it assigns to."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.name
            case ast.arg():
                yield node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.id
            case ast.Attribute(ctx=ast.Store()):
                yield node.attr
            case ast.alias(asname=str(other)):
                yield other


def uses(name: str, word: str) -> bool:
    """Whether a name has the word as a part of its own: `by_hand` in `paid_by_hand`, `gift` in `GiftOut`."""
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_")
    return f"_{word}_" in f"_{parts}_"


def misnamed(path: str, source: str) -> list[str]:
    """Names of a module, its own among them, that use a ruled-out word."""
    found = {Path(path).stem, *names(source)} - EXCEPTIONS.keys()
    return sorted(f"{path}: {name} ({word})" for name in found for word in banned() if uses(name, word))


def test_no_name_uses_a_word_that_the_glossary_rules_out() -> None:
    ours = [path for room in ("cleanit_app", "workers") for path in sorted((ROOT / room).rglob("*.py"))]
    assert len(ours) > 200
    wrong = [line for path in ours for line in misnamed(str(path.relative_to(ROOT)), path.read_text())]
    wrong += [line for path in sorted((ROOT / "tests").rglob("*.py")) for line in misnamed(path.name, "")]
    assert wrong == []


@pytest.mark.parametrize(
    "planted",
    ["class GiftOut: ...", "def my_gifts(): ...", "def pay(*, gateway): ...", "paid_in_by_hand = 1", "self.wish = 2"],
)
def test_a_planted_name_is_found(planted: str) -> None:
    assert misnamed("cleanit_app/reads/planted.py", planted) != []
    assert misnamed("cleanit_app/services/giver.py", "") != []


def test_words_that_only_look_alike_pass() -> None:
    assert misnamed("cleanit_app/wishlist.py", "def newsletter(giveaway): ...") == []


def test_each_exception_is_still_needed() -> None:
    ours = [path.read_text() for room in ("cleanit_app", "workers") for path in (ROOT / room).rglob("*.py")]
    assert [name for name in EXCEPTIONS if not any(re.search(rf"\b{name}\b", text) for text in ours)] == []


def test_terms_stand_once_with_words_that_a_page_shows() -> None:
    terms = [row[0] for row in rows()]
    assert len(terms) > 10
    assert len(terms) == len(set(terms))
    pairs = [(english.lower(), hindi) for english, hindi in WORDS.values()]
    missing = [
        row[0]
        for row in rows()
        if not row[2] or not row[3] or not any(row[2].lower() in en and row[3] in hi for en, hi in pairs)
    ]
    assert missing == [], "no line of the catalogue says both words"


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_where_a_term_lives_is_there(row: list[str]) -> None:
    place, name = re.findall(r"`([^`]+)`", row[4])
    assert re.search(rf"\b(class|def) {name}\b", (ROOT / "cleanit_app" / place).read_text())
