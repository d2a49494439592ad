"""Splitting money loses no paisa."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanit_app.domain.bounds import MOST_PAISE
from cleanit_app.domain.money import percent_of, split_gst, split_raised, whole_paise
from cleanit_app.domain.terms import MOST_FEE_BPS, Terms


@given(st.integers(0, MOST_PAISE), st.integers(0, MOST_FEE_BPS))
@pytest.mark.row("JOB-02")
def test_pay_and_fee_are_what_was_raised(raised: int, fee_bps: int) -> None:
    pay, fee = split_raised(raised, fee_bps)
    assert pay + fee == raised
    assert 0 <= fee <= pay + 1  # of an odd sum in two halves the odd paisa is the fee's
    twice = 2 * (10_000 * fee - raised * fee_bps)  # the distance from the true share, in whole numbers
    assert -10_000 < twice <= 10_000  # nearest paisa, half a paisa up


@pytest.mark.parametrize(
    ("raised", "fee_bps", "fee"),
    [(50_000, 500, 2_500), (10, 500, 1), (9, 500, 0), (29, 500, 1), (30, 500, 2), (333_300, 725, 24_164), (1, 5_000, 1),
     (400_000, 0, 0), (5_000_000, 999, 499_500), (MOST_PAISE, 1, 10**9)],
)  # fmt: skip
@pytest.mark.row("JOB-02")
def test_half_a_paisa_is_rounded_up_for_the_fee(raised: int, fee_bps: int, fee: int) -> None:
    assert split_raised(raised, fee_bps) == (raised - fee, fee)


@pytest.mark.parametrize("wrong", [-1, MOST_FEE_BPS + 1, 10_000, 5.0, True])
@pytest.mark.row("JOB-02")
def test_terms_with_an_odd_share_cannot_be_written(wrong: int) -> None:
    with pytest.raises(ValueError, match="share"):
        Terms("2027-04", wrong)


@pytest.mark.row("JOB-02")
def test_five_percent_of_known_sums() -> None:
    assert split_raised(400_000, 500) == (380_000, 20_000)
    assert split_raised(50_000, 500) == (47_500, 2_500)
    assert split_raised(326_010, 500) == (309_709, 16_301)


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
