"""What people type is read by one rule a kind, by the server and in the browser: one table of cases for both."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleanit_app.domain.reading import identifiers, numbers
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


def test_every_problem_has_its_sentence() -> None:
    keys = {case[2] for cases in CASES.values() for case in cases if len(case) > 2}
    assert [key for key in keys if f"field.{key}" not in WORDS] == []


@pytest.mark.parametrize("typed", [None, True, 5.0, [], {}, b"500"])
@pytest.mark.parametrize("kind", READERS)
def test_what_is_no_text_is_no_value(kind: str, typed: object) -> None:
    assert answer(READERS[kind], typed)[0] is None
