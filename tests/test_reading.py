"""What people type is read by one rule a kind, by the server and in the browser: one table of cases for both."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleanit_app.components.islands.reading import WORDS_AT_FIELD
from cleanit_app.domain.identity import DocumentKind
from cleanit_app.domain.reading import identifiers, numbers, words
from cleanit_app.domain.reading.signs import Unreadable
from cleanit_app.services.id_numbers import document_number
from tests.components.test_browser_scripts import node
from tests.support.words import WORDS

pytestmark = pytest.mark.row("SEC-04")
TABLE = json.loads((Path(__file__).parent / "reading.json").read_text("utf-8"))
CASES: dict[str, list[list[Any]]] = {kind: cases for kind, cases in TABLE.items() if kind != "left_to_the_server"}
LEFT_TO_SERVER: dict[str, list[str]] = TABLE["left_to_the_server"]
"""What needs more than rules of form: ranges of landlines, international domains."""
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
SCRIPTS = {kind: ("identifiers.mjs", kind) for kind in READERS} | {"rupees": ("reading.mjs", "rupeesTyped")}


def answer(read: Callable[[object], Any], typed: object) -> list[Any]:
    """The value, or nothing and the problem."""
    try:
        return [read(typed)]
    except Unreadable as unread:
        return [None, unread.problem.key]


@pytest.mark.parametrize("kind", READERS)
def test_the_server_reads_the_table(kind: str) -> None:
    assert [[typed, *answer(READERS[kind], typed)] for typed, *_ in CASES[kind]] == CASES[kind]


def answers_in_browser(kind: str, texts: list[str], folder: Path) -> list[list[Any]]:
    """As `answer`; [] where the browser leaves it to the server."""
    script, name = SCRIPTS[kind]
    code = f"""
    import {{ {name} as read }} from "./{script}";
    const told = ({{ value, problem }}) => problem ? [null, problem] : value === undefined ? [] : [value];
    console.log(JSON.stringify({json.dumps(texts)}.map((typed) => told(read(typed)))));
    """
    return list(node(code, folder))


@pytest.mark.parametrize("kind", READERS)
def test_the_browser_reads_the_same_table(kind: str, tmp_path: Path) -> None:
    left = LEFT_TO_SERVER.get(kind, [])
    cases = [case for case in CASES[kind] if case[0] not in left]
    told = answers_in_browser(kind, [case[0] for case in cases], tmp_path)
    assert [[case[0], *one] for case, one in zip(cases, told, strict=True)] == cases
    assert [typed for typed in left if typed not in [case[0] for case in CASES[kind]]] == []
    assert [one for one in answers_in_browser(kind, left, tmp_path) if len(one) > 1] == []


BITS = (
    *(
        "0",
        "9",
        "91",
        "+91",
        "0091",
        "५",
        "９",
        "٣",
        "๕",
        "①",
        "A",
        "p",
        "O",
        "ß",
        "ſ",
        "İ",
        "K",
        "ﬁ",
        "а",
        "é",
        "क",
        "µ",
    ),
    *(
        " ",
        "\u00a0",
        "\t",
        "\n",
        "-",
        "–",
        "−",
        "\u00ad",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\x00",
        "\x1c",
        "\u3164",
        "\ufe0f",
    ),
    *(
        "<",
        ">",
        ",",
        ";",
        "'",
        '"',
        "(",
        ")",
        "“",
        "”",
        "/",
        ".",
        "..",
        "@",
        "＠",
        "_",
        "+",
        "%",
        "tel:",
        "mailto:",
        "MAILTO:",
    ),
    *("xn--", "--", "example", ".in", ".भारत", "。", "ａ", "Ａ", "example.12", "x" * 62, "\U0001d7d8", "\ue000", "ⅷ"),
)


def made_up(kind: str, count: int) -> list[str]:
    """Cases of the table with some signs put in, taken out or doubled, and some that are nothing but such signs."""
    chance, texts = random.Random(f"{kind} 20261130"), []
    for n in range(count):
        text = list(chance.choice(CASES[kind])[0]) if n % 4 else chance.choices(BITS, k=chance.randint(1, 9))
        for _ in range(chance.randint(0, 3)):
            at = chance.randint(0, len(text))
            text[at : at + chance.randint(0, 1)] = chance.choice((chance.choice(BITS), "", *text[at : at + 1]))
        texts.append("".join(text))
    return texts


@pytest.mark.parametrize("kind", READERS)
def test_both_read_alike_whatever_is_typed(kind: str, tmp_path: Path) -> None:
    texts = made_up(kind, 4_000)
    differ, taken = [], 0
    for typed, theirs in zip(texts, answers_in_browser(kind, texts, tmp_path), strict=True):
        ours = answer(READERS[kind], typed)
        taken += ours[0] is not None
        if ours != theirs and not may_differ(kind, ours, theirs):
            differ.append((typed, ours, theirs))
    assert differ == []
    assert taken > 400


def may_differ(kind: str, ours: list[Any], theirs: list[Any]) -> bool:
    """Where the server knows more; the browser refuses nothing that the server takes."""
    if kind == "phone":
        return ours[-1] == "phone_landline" and len(theirs) == 1
    return kind == "email" and (theirs == [] or (len(ours), len(theirs)) == (2, 2))


ID_NUMBERS = (
    *("abc1234567", "ABC 123 4567", "UP32 20110012345", "UP-32/2011.0012345", "A1234567", "a 123 4567", "ACUPA7085R"),
    *("२३४५ ६७८९ ०१२३", "1234 5678 9012", "A12345678901", "AB12ABCDEFG", "ABCCE1234F", "\u200bA१२३४५६७", "12345678"),
)


@pytest.mark.parametrize("kind", DocumentKind)
def test_both_know_the_form_of_an_id(kind: DocumentKind, tmp_path: Path) -> None:
    chance = random.Random(kind)
    texts = [*ID_NUMBERS, *(one[:at] + chance.choice(BITS) + one[at:] for one in ID_NUMBERS for at in range(len(one)))]
    code = f"""
    import {{ document_number }} from "./identifiers.mjs";
    console.log(JSON.stringify({json.dumps(texts)}.map((typed) => document_number("{kind}", typed))));
    """
    for typed, theirs in zip(texts, node(code, tmp_path), strict=True):
        ours = document_number(kind, typed)
        expected = {"problem": "document_number"} if ours is None else {"value": ours}
        assert theirs == expected or (theirs == {} and ours is None and len(re.sub(r"\D", "", typed)) == 12), typed


@pytest.mark.parametrize(("kind", "left", "right", "wrong"), [
    ("contact", ["asha@example.in", "९८७६५ ४३२१०", "a@उदाहरण.भारत"], [], ["asha", "1234567890", "\u0430@example.in"]),
    ("identifier", ["\u0430sha@example.in", "asha verma@example", "98765 43210"], [], ["asha", "98765ABCDE", "a@"]),
    ("factor_code", [], ["१२३ ४५६", "abcd-efgh-jkmn-pqrs"], ["12ab", "ABCD_EFGH_JKMN_PQRS", "12 34 5!"]),
])  # fmt: skip
def test_fields_that_take_two_kinds(kind: str, left: Any, right: Any, wrong: Any, tmp_path: Path) -> None:
    code = f"""
    import {{ {kind} as read }} from "./identifiers.mjs";
    const told = ({{ value, problem }}) => problem ?? (value ? 1 : 0);
    console.log(JSON.stringify({json.dumps([left, right, wrong])}.map((all) => all.map(read).map(told))));
    """
    zeros, ones, problems = node(code, tmp_path)
    assert (zeros, ones) == ([0] * len(left), [1] * len(right))
    assert set(problems) <= set(WORDS_AT_FIELD[kind])


def test_a_field_has_a_sentence_for_each_problem_of_its_kind() -> None:
    for kind in set(WORDS_AT_FIELD) & set(READERS):
        assert {case[2] for case in CASES[kind] if len(case) > 2} <= set(WORDS_AT_FIELD[kind])
    assert [key for keys in WORDS_AT_FIELD.values() for key in keys if f"field.{key}" not in WORDS] == []


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
