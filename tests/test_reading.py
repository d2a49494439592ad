"""What people type is read by one rule a kind, by the server and in the browser: one table of cases for both."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleanit_app.domain.reading import identifiers, numbers, words
from cleanit_app.domain.reading.signs import Unreadable
from cleanit_app.i18n.catalogue import WORDS
from tests.components.test_browser_scripts import node

pytestmark = pytest.mark.row("SEC-04")
CASES: dict[str, list[list[Any]]] = json.loads((Path(__file__).parent / "reading.json").read_text("utf-8"))
READERS: dict[str, Callable[[object], Any]] = {
    "rupees": numbers.rupees,
    "whole": numbers.whole,
    "phone": identifiers.phone,
    "email": identifiers.email,
    "account_number": identifiers.account_number,
    "ifsc": identifiers.ifsc,
    "upi_id": identifiers.upi_id,
    "pan": identifiers.pan,
    "code": identifiers.code,
    "recovery_code": identifiers.recovery_code,
    "bank_reference": identifiers.bank_reference,
}
IN_BROWSER = {"rupees": "rupeesTyped"}


def answer(read: Callable[[object], Any], typed: object) -> list[Any]:
    """The value, or nothing and the problem."""
    try:
        return [read(typed)]
    except Unreadable as unread:
        return [None, unread.problem.key]


@pytest.mark.parametrize("kind", READERS)
def test_the_server_reads_the_table(kind: str) -> None:
    assert [[typed, *answer(READERS[kind], typed)] for typed, *_ in CASES[kind]] == CASES[kind]


@pytest.mark.parametrize("kind", IN_BROWSER)
def test_the_browser_reads_the_same_table(kind: str, tmp_path: Path) -> None:
    code = f"""
    import {{ {IN_BROWSER[kind]} as read }} from "./reading.mjs";
    const all = {json.dumps([case[0] for case in CASES[kind]])};
    const told = ({{ value, problem }}) => problem ? [null, problem] : [value];
    console.log(JSON.stringify(all.map((typed) => [typed, ...told(read(typed))])));
    """
    assert node(code, tmp_path) == CASES[kind]


def test_the_server_keeps_the_texts_of_the_table() -> None:
    kept = [(typed, words.plain(typed)) for typed, *_ in CASES["text"]]
    assert [[typed, clean, words.letters(clean)] for typed, clean in kept] == CASES["text"]
    assert [words.plain(clean) for _, clean in kept] == [clean for _, clean in kept]


def texts_in_browser(texts: list[str], folder: Path) -> list[Any]:
    code = f"""
    import {{ plain, letters, isSeen, isHeaped }} from "./words.mjs";
    console.log(JSON.stringify({json.dumps(texts)}.map((typed) => [typed, plain(typed), plain(typed, true),
      letters(plain(typed)), isSeen(plain(typed)), isHeaped(plain(typed))])));
    """
    return list(node(code, folder))


def test_the_browser_keeps_the_same_texts(tmp_path: Path) -> None:
    told = texts_in_browser([case[0] for case in CASES["text"]], tmp_path)
    assert [[typed, clean, count] for typed, clean, _, count, *_ in told] == CASES["text"]


PIECES = (
    *("<", ">", "</", "/>", "<!--", "-->", '"', "'", "=", "&lt;", "&amp;", " ", "\n", "\r", "\t", "b", "i", "script"),
    *("style", "img", "taller", "onclick", "src", "क", "्", "ष", "ि", "ं", "़", "\u200d", "\u200c", "\ufe0f", "👩", "🏽"),
    *("\U0001f3f4", "\U000e0067", "\u202e", "\u200b", "\u3164", "\u2800", "\u0301", "e", "A", "\x00", "\u2028", "٠"),
    *("ಕ", "್", "க", "්", "<b>", "</b>", "<script>", "</script>", "x<y", "\u0600", "\ue000", "\u1160", "각", "\u00ad"),
)


def some_texts(count: int) -> list[str]:
    chance = random.Random(20261130)
    return ["".join(chance.choices(PIECES, k=chance.randint(1, 14))) for _ in range(count)]


def test_both_keep_and_count_alike_whatever_is_typed(tmp_path: Path) -> None:
    texts = some_texts(6_000)
    theirs = texts_in_browser(texts, tmp_path)
    differ = []
    for typed, clean, with_lines, count, seen, heaped in theirs:
        ours = words.plain(typed)
        alike = (ours, words.plain(typed, lines=True)) == (clean, with_lines)
        alike &= (words.is_seen(ours), words.is_heaped(ours)) == (seen, heaped)
        if not alike or not words.letters(ours) <= count <= words.most_letters(ours):
            differ.append((typed, clean, ours, count, words.letters(ours), words.most_letters(ours)))
    assert differ == []


def test_what_is_kept_holds_no_tag_and_stays_as_it_is() -> None:
    for typed in some_texts(6_000):
        clean = words.plain(typed, lines=True)
        assert words.plain(clean, lines=True) == clean
        assert not re.search(r"<(script|img|style|b|i)[\s/>][^<>]*on[a-z]+=|<script>|<b>|\x00", clean)
        assert words.letters(clean) <= words.most_letters(clean)


def test_every_problem_has_its_sentence() -> None:
    keys = {case[2] for kind in READERS for case in CASES[kind] if len(case) > 2}
    assert [key for key in keys if f"field.{key}" not in WORDS] == []


@pytest.mark.parametrize("typed", [None, True, 5.0, [], {}, b"500"])
@pytest.mark.parametrize("kind", READERS)
def test_what_is_no_text_is_no_value(kind: str, typed: object) -> None:
    assert answer(READERS[kind], typed)[0] is None
