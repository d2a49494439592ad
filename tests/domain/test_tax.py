"""Tax sums against known answers, against an oracle, and over a hundred thousand splits."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal

import pytest

from cleanit_app.domain.money import split_raised
from cleanit_app.domain.policy import CrossMode
from cleanit_app.domain.tax import Deduction, TdsRule, YearSoFar, deduct, split_fee
from cleanit_app.domain.terms import TERMS

WHOLE, EXCESS = CrossMode.WHOLE, CrossMode.EXCESS
M, M_EXCESS = TdsRule(10, None, 50_000_000, WHOLE), TdsRule(10, None, 50_000_000, EXCESS)
M_NO_PAN = TdsRule(500, None, 0, WHOLE)
C, C_NO_PAN = TdsRule(100, 3_000_000, 10_000_000, WHOLE), TdsRule(2000, 3_000_000, 10_000_000, WHOLE)


@pytest.mark.row("LAW-04")
@pytest.mark.parametrize(
    ("rule", "before", "gross", "tax"),
    [
        (M, 490_000, 10_000, 0),
        (M, 495_000, 10_000, 505),
        (M_EXCESS, 495_000, 10_000, 5),
        (M_NO_PAN, 0, 10_000, 500),
        (C, 0, 30_000, 0),
        (C, 0, 30_001, 300),
        (C, 95_000, 6_000, 1_010),
        (C, 95_000, 5_000, 0),
        (C_NO_PAN, 0, 40_000, 8_000),
    ],
)
def test_known_answers_in_rupees(rule: TdsRule, before: int, gross: int, tax: int) -> None:
    year = YearSoFar(before * 100, before * 100, 0)
    assert deduct(rule, year, gross * 100).kept == tax * 100


@pytest.mark.row("LAW-04")
def test_tax_never_takes_the_last_rupee_and_the_rest_waits_for_the_next_pay() -> None:
    before = YearSoFar(10_000_000, 10_000_000, 0)
    first = deduct(C, before, 47_500)
    assert (first.due, first.kept) == (100_500, 47_400)
    second = deduct(C, YearSoFar(10_047_500, 0, first.due - first.kept), 500_000)
    assert second.kept == 5_000 + 53_100


def oracle(rule: TdsRule, payments: list[int]) -> list[int]:
    """The same year by another way: what is due in all so far, and what has been kept back of it."""
    kept: list[int] = []
    covered: set[int] = set()
    due = Decimal(0)
    for number, gross in enumerate(payments):
        total = sum(payments[: number + 1])
        rate = Decimal(rule.rate_bps) / 10_000
        taxable = 0
        if rule.year_threshold_paise == 0:
            taxable = gross
            covered.add(number)
        elif total > rule.year_threshold_paise:
            if rule.cross_mode is WHOLE:
                fresh = [n for n in range(number + 1) if n not in covered]
                taxable = sum(payments[n] for n in fresh)
                covered.update(fresh)
            else:
                taxable = total - max(rule.year_threshold_paise, total - gross)
        elif rule.single_threshold_paise is not None and gross > rule.single_threshold_paise:
            taxable = gross
            covered.add(number)
        due += (taxable * rate / 100).quantize(Decimal(1), ROUND_HALF_UP) * 100
        kept.append(int(min(due - sum(kept), max(0, gross - 100))))
    return kept


def replay(rule: TdsRule, payments: list[int]) -> list[int]:
    """A year of payments, one after the other."""
    before, kept = YearSoFar(), []
    for gross in payments:
        one = deduct(rule, before, gross)
        kept.append(one.kept)
        before = YearSoFar(before.gross + gross, before.untaxed + gross - one.base, one.due - one.kept)
    return kept


@pytest.mark.row("LAW-04")
def test_a_thousand_random_years_equal_the_oracle() -> None:
    random_ = random.Random(20261124)
    for _ in range(1_000):
        rule = random_.choice([M, M_EXCESS, M_NO_PAN, C, C_NO_PAN, TdsRule(100, 3_000_000, 10_000_000, EXCESS)])
        most = random_.choice([50_000, 600_000, 4_750_000])
        payments = [random_.randint(38_000, most) for _ in range(random_.randint(1, 60))]
        assert replay(rule, payments) == oracle(rule, payments)


@pytest.mark.row("LAW-04", "VER-05")
def test_whatever_is_taken_back_no_tax_is_below_zero_and_the_rest_is_taken_up_later() -> None:
    random_ = random.Random(20261127)
    for _ in range(2_000):
        rule = random_.choice([M, M_EXCESS, M_NO_PAN, C, C_NO_PAN])
        counted: list[tuple[int, Deduction, int]] = []  # gross, deduction, what was owed before it
        grosses = [random_.randint(100, random_.choice([4_000_000, 40_000_000])) for _ in range(20)]
        for number, gross in enumerate([*grosses, *[50_000_000] * 8]):
            before = YearSoFar(
                sum(g for g, _, _ in counted),
                sum(g - d.base for g, d, _ in counted),
                sum(d.due - owed - d.kept for _, d, owed in counted),
            )
            one = deduct(rule, before, gross)
            assert one.base >= 0
            assert 0 <= one.kept <= max(0, one.due)
            assert one.kept < gross
            counted.append((gross, one, before.owed))
            if number < len(grosses) and random_.random() < 0.3:
                counted.pop(random_.randrange(len(counted)))
        if rule.cross_mode is WHOLE:  # by now all that counts was taxed once, and its tax kept back
            assert sum(d.base for _, d, _ in counted) == sum(g for g, _, _ in counted)
            due = sum(g for g, _, _ in counted) * rule.rate_bps / 10_000
            assert abs(sum(d.kept for _, d, _ in counted) - due) <= 100 * len(counted)


@pytest.mark.row("LAW-05", "JOB-02")
def test_a_hundred_thousand_splits_lose_no_paisa() -> None:
    random_ = random.Random(7)
    sums = [*range(1, 50_001), *(random_.randint(50_000, 500_000_000) for _ in range(50_000))]
    for raised in sums:
        pay, fee = split_raised(raised, TERMS.fee_bps)
        within, between = split_fee(fee), split_fee(fee, between_states=True)
        assert pay + fee == raised
        assert within.taxable + within.tax == fee == between.taxable + between.igst
        assert within.cgst == within.sgst
        assert 2 * abs(between.igst * 118 - fee * 18) <= 118
        assert abs(within.tax - between.igst) <= 1


@pytest.mark.row("LAW-05")
def test_a_known_fee() -> None:
    assert split_fee(50_000) == split_fee(50_000).__class__(42_372, 3_814, 3_814, 0)
    assert split_fee(50_000, between_states=True).igst == 7_627
