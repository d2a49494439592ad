"""docs/causes.md is true: every notice and refusal once, its words as they are, and no sentence for two causes."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from cleanit_app.notification_kinds import KINDS
from tests.house.source import PROJECT
from tests.i18n.test_refusals import codes
from tests.support.words import WORDS

pytestmark = pytest.mark.row("NOT-01", "SEC-04")
_ROW = re.compile(r"^\| (?P<cause>[^|]+) \| `(?P<key>[a-zA-Z0-9_.]+)` \| (?P<en>.+) \| (?P<hi>.+) \|$", re.MULTILINE)
SAID_TWICE = {
    # one cause each: told to two kinds of account, and at two places
    ("notify.cleaner_suspended", "notify.person_suspended"),
    ("card.being_decided", "step.BEING_DECIDED"),
}


def tables() -> list[list[dict[str, str]]]:
    """The rows of each table."""
    parts = (PROJECT / "docs" / "causes.md").read_text(encoding="utf-8").split("\n## ")[1:]
    return [[row.groupdict() for row in _ROW.finditer(part)] for part in parts]


def test_every_notice_and_refusal_stands_in_the_table_once() -> None:
    named = Counter(row["key"] for table in tables() for row in table)
    wanted = {f"notify.{kind}" for kind in KINDS} | {f"error.{code}" for code in codes()}
    assert wanted - set(named) == set()
    assert {key for key, times in named.items() if times > 1} == set()
    assert {key for key in named if key.startswith(("notify.", "error."))} - wanted == set()


def test_its_words_are_those_of_the_catalogue() -> None:
    rows = [row for table in tables() for row in table]
    assert [row["key"] for row in rows if (row["en"], row["hi"]) != WORDS[row["key"]]] == []


def test_no_two_causes_have_the_same_words() -> None:
    for table in tables():
        for language in ("en", "hi"):
            said: dict[str, list[str]] = {}
            for row in table:
                said.setdefault(row[language], []).append(row["key"])
            assert {tuple(keys) for keys in said.values() if len(keys) > 1} <= SAID_TWICE
