"""A day among transactions may be named as pages name it, in every language of the house (OPS-01)."""

from __future__ import annotations

from datetime import date

import pytest

from cleanit_app.domain.searching.transactions import transaction_question

TODAY = date(2026, 11, 30)
pytestmark = pytest.mark.row("OPS-01")


@pytest.mark.parametrize(
    ("typed", "paise", "day"),
    [
        ("350 27 Nov", 35_000, date(2026, 11, 27)),
        ("27 november ₹350", 35_000, date(2026, 11, 27)),
        ("350 1 Dec", 35_000, date(2025, 12, 1)),
        ("350 30 Nov.", 35_000, date(2026, 11, 30)),
        ("1,250.50 2 feb 2025", 125_050, date(2025, 2, 2)),
        ("२७ नव॰ 350", 35_000, date(2026, 11, 27)),
        ("350 3 फ़र॰", 35_000, date(2026, 2, 3)),
        ("350 3 सप्टें", 35_000, date(2026, 9, 3)),
        ("27.11.2026 350", 35_000, date(2026, 11, 27)),
        ("31 feb", None, None),
    ],
)
def test_a_named_day_is_a_day(typed: str, paise: int | None, day: date | None) -> None:
    found = transaction_question(typed, TODAY)
    assert (found.amount_paise, found.day) == (paise, day)


@pytest.mark.parametrize("typed", ["27 novel", "5 ma", "UTR 4123 4567 8901", "pay_27Nov", "12 मार्चमें", "9 xyz"])
def test_other_words_after_a_number_are_no_day(typed: str) -> None:
    assert transaction_question(typed, TODAY).day is None
