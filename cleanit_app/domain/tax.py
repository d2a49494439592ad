"""Tax sums: what is kept back from a cleaner's pay, and the tax inside the platform's fee (LAW-04, LAW-05)."""

from __future__ import annotations

from dataclasses import dataclass

from cleanit_app.domain.money import GST_BPS, split_gst, whole_paise
from cleanit_app.domain.policy import CrossMode

TAX_WITHOUT_PAN_BPS = 500  # what the law keeps back from who shows no PAN; the rule itself stands in `tds_rules`
TAX_PAPERS_FROM_PAISE = 5_000_000  # paid to one cleaner in an Indian tax year (LAW-04)

LEAST_PAY_PAISE = 100  # the provider sends no less, so tax never takes the last rupee


@dataclass(frozen=True)
class TdsRule:
    """One dated row of the tax table; a sum is taxed when it exceeds a threshold, never when it equals it."""

    rate_bps: int
    single_threshold_paise: int | None
    year_threshold_paise: int
    cross_mode: CrossMode


@dataclass(frozen=True)
class YearSoFar:
    """One payee's tax year before a payment, in paise.

    `gross` was credited, `untaxed` is the part of it no tax was due on, `owed` is due but could not be kept back.
    Below zero when an approval was taken back after its pay had been taxed with a later one's: so much was taxed, or
    kept back, too early, and later payments are taxed on less.
    """

    gross: int = 0
    untaxed: int = 0
    owed: int = 0


@dataclass(frozen=True)
class Deduction:
    """What one payment is taxed on, what is due (with what earlier ones owed), and what is kept back, in paise.

    Only `due` may be below zero: the rest of what was kept back too early, which the next payment takes up.
    """

    base: int
    due: int
    kept: int


def deduct(rule: TdsRule, before: YearSoFar, gross: int, *, whole_rupees: bool = True) -> Deduction:
    """The tax of one payment of `gross` paise; what it cannot bear waits for the next (LAW-04)."""
    base = _base(rule, before, whole_paise(gross))
    unit = 100 if whole_rupees else 1  # rounded once, half up
    due = (base * rule.rate_bps + 5_000 * unit) // (10_000 * unit) * unit + before.owed
    return Deduction(base, due, max(0, min(due, gross - LEAST_PAY_PAISE)))


def _base(rule: TdsRule, before: YearSoFar, gross: int) -> int:
    """The part of this payment, with what earlier ones left untaxed, on which tax is due now."""
    total = before.gross + gross
    if rule.year_threshold_paise == 0:
        return gross
    if total > rule.year_threshold_paise:
        if rule.cross_mode is CrossMode.WHOLE:
            return max(0, before.untaxed + gross)
        return min(gross, total - rule.year_threshold_paise)
    single = rule.single_threshold_paise
    return gross if single is not None and gross > single else 0


@dataclass(frozen=True)
class FeeTax:
    """A fee taken apart, in paise; the four parts sum to it (Rule 46)."""

    taxable: int
    cgst: int
    sgst: int
    igst: int

    @property
    def tax(self) -> int:
        """All tax inside the fee."""
        return self.cgst + self.sgst + self.igst


def split_fee(fee_paise: int, *, between_states: bool = False) -> FeeTax:
    """Take a fee that includes GST apart: equal halves within a state, one sum between states (LAW-05)."""
    if between_states:
        igst = (whole_paise(fee_paise) * GST_BPS * 2 + 10_000 + GST_BPS) // (2 * (10_000 + GST_BPS))
        return FeeTax(fee_paise - igst, 0, 0, igst)
    taxable, gst = split_gst(fee_paise)
    return FeeTax(taxable, gst // 2, gst // 2, 0)
