"""The rows of docs/rows.md and the tests that prove them name each other."""

from __future__ import annotations

from tests.rows import proofs, rows


def test_no_test_names_an_unknown_row() -> None:
    assert sorted(set(proofs()) - set(rows())) == []


def test_every_row_has_words() -> None:
    assert len(rows()) == 99
    assert all(len(words) > 15 for words in rows().values())
