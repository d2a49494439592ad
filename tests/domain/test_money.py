"""Splitting money loses no paisa."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanit_app.domain.money import percent_of, split_gst, split_raised, whole_paise


@given(st.integers(0, 10**12))
@pytest.mark.row("JOB-02")
def test_pay_and_fee_are_what_was_raised(raised: int) -> None:
    pay, fee = split_raised(raised)
    assert pay + fee == raised
    assert pay >= 0
    assert abs(fee - raised * 0.05) <= 0.5 + raised * 1e-12


@pytest.mark.row("JOB-02")
def test_five_percent_of_known_sums() -> None:
    assert split_raised(400_000) == (380_000, 20_000)
    assert split_raised(50_000) == (47_500, 2_500)
    assert split_raised(326_010) == (309_709, 16_301)


@given(st.integers(0, 10**9))
def test_gst_inside_the_fee_is_two_equal_halves(fee: int) -> None:
    taxable, gst = split_gst(fee)
    assert taxable + gst == fee
    assert gst % 2 == 0
    assert abs(gst - fee * 18 / 118) <= 1


def test_gst_of_a_known_fee() -> None:
    assert split_gst(50_000) == (42_372, 7_628)


@pytest.mark.parametrize("wrong", [1.5, "100", None, True])
def test_paise_are_whole_numbers(wrong: object) -> None:
    with pytest.raises(TypeError):
        whole_paise(wrong)


def test_paise_are_not_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        whole_paise(-1)


def test_percent_is_never_rounded_up() -> None:
    assert [percent_of(p, 400_000) for p in (0, 399_999, 400_000, 500_000)] == [0, 99, 100, 100]
    assert percent_of(1, 0) == 0
