"""DIGIPIN as the Department of Posts defines it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanit_app.domain.searching.digipin import digipin_of, digipins_in, place_of

pytestmark = pytest.mark.row("JOB-03")


def test_the_example_of_the_department() -> None:
    """Dak Bhawan, from the technical document."""
    assert digipin_of(28.622788, 77.213033) == "39J49LL8T4"
    assert place_of("39J-49L-L8T4") == pytest.approx((28.622788, 77.213033), abs=2e-5)


@given(st.floats(2.5, 38.499999), st.floats(63.5, 99.499999))
def test_a_place_lies_in_the_square_of_its_code(latitude: float, longitude: float) -> None:
    assert place_of(digipin_of(latitude, longitude)) == pytest.approx((latitude, longitude), abs=36 / 4**10)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("39J-49L-L8T4", ["39J49LL8T4"]),
        ("near 39j49ll8t4, Delhi", ["39J49LL8T4"]),
        ("39J 49L L8T4", ["39J49LL8T4"]),
        ("9876543222", []),
        ("98765 43222", []),
        ("KJM-LPT-MKLF", []),
        ("39J-49L-L8T4-9", []),
        ("39J-49L-L8A4", []),
    ],
)
def test_a_code_is_told_from_words_and_phone_numbers(typed: str, codes: list[str]) -> None:
    assert digipins_in(typed)[0] == codes
