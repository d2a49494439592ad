"""Tax kept back from cleaners' pay: the rule of the day, one payment after the other, written down whole (LAW-04)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import col, select

from cleanit_app.domain.calendar import financial_year, ist_date
from cleanit_app.domain.errors import TaxRuleMissing
from cleanit_app.domain.policy import CrossMode
from cleanit_app.domain.tax import TAX_PAPERS_FROM_PAISE, Deduction, TdsRule, YearSoFar, deduct
from cleanit_app.models import Cleaner, TdsDeduction, TdsReturn, TdsRuleRow
from cleanit_app.services.locks import NamedLock
from cleanit_app.services.unit_of_work import UnitOfWork


def keep_back_tax(uow: UnitOfWork, *, payout_id: UUID, cleaner: Cleaner, gross_paise: int) -> TdsDeduction:
    """Work out and write down the tax of one payment; two of one payee in one tax year wait for each other.

    TaxRuleMissing when no rule holds today.
    """
    year = financial_year(ist_date(uow.now))
    _one_after_the_other(uow, cleaner.id, year)
    number, before = _year_so_far(uow, cleaner.id, year)
    identified = cleaner.pan_given_at is not None or before.gross + gross_paise <= TAX_PAPERS_FROM_PAISE
    row = rule_of(uow, has_pan=identified, on=ist_date(uow.now))
    taxed = deduct(_as_rule(row), before, gross_paise, whole_rupees=uow.policy.tds_whole_rupees)
    return uow.add(_written(uow, payout_id, cleaner.id, year, number, row, before, gross_paise, taxed))


def take_back_tax(uow: UnitOfWork, *, payout_id: UUID) -> None:
    """The payment is not owed any more: later ones of its tax year do not count it, and what was kept is not due."""
    taxed = uow.first(TdsDeduction, TdsDeduction.payout_id == payout_id)
    if taxed is None:
        raise ValueError(f"no tax was written down for payout {payout_id}")
    _one_after_the_other(uow, taxed.payee_id, taxed.tax_year)
    before, _ = _year_so_far(uow, taxed.payee_id, taxed.tax_year)
    uow.add(TdsReturn(payout_id=payout_id, before=before, returned_at=uow.now))


def _one_after_the_other(uow: UnitOfWork, payee_id: UUID, year: str) -> None:
    uow.lock_name(NamedLock.TAX_YEAR, f"{payee_id}:{year}")


def _year_so_far(uow: UnitOfWork, payee_id: UUID, year: str) -> tuple[int, YearSoFar]:
    """The number of the next payment and the sums of those before it, without those taken back."""
    d = TdsDeduction
    counts = col(TdsReturn.payout_id).is_(None)

    def total(amount: Any) -> Any:
        return func.coalesce(func.sum(amount).filter(counts), 0)

    sums = (
        select(
            func.count(),
            total(col(d.gross_paise)),
            total(col(d.base_paise)),
            # each row's due holds what the rows before it owed, so the last one's rest is all that is owed
            total(col(d.due_paise) - col(d.owed_before_paise) - col(d.tds_paise)),
        )
        .select_from(d)
        .outerjoin(TdsReturn, col(TdsReturn.payout_id) == col(d.payout_id))
    )
    sums = sums.where(col(d.payee_id) == payee_id, col(d.tax_year) == year)
    count, gross, base, owed = uow.run(sums).one()
    return int(count) + 1, YearSoFar(int(gross), int(gross) - int(base), int(owed))


def rule_of(uow: UnitOfWork, *, has_pan: bool, on: date, payee_kind: str = "INDIVIDUAL") -> TdsRuleRow:
    """The rule that holds on a day under the house's regime; TaxRuleMissing when there is none."""
    r = TdsRuleRow
    row = uow.first(
        r,
        col(r.regime) == uow.policy.tds_regime.value,
        col(r.cross_mode) == uow.policy.tds_cross_mode.value,
        col(r.payee_kind) == payee_kind,
        col(r.has_pan) == has_pan,
        col(r.valid_from) <= on,
        or_(col(r.valid_to).is_(None), col(r.valid_to) >= on),
    )
    if row is None:
        raise TaxRuleMissing(day=on.isoformat())
    return row


def _as_rule(row: TdsRuleRow) -> TdsRule:
    return TdsRule(row.rate_bps, row.single_threshold_paise, row.year_threshold_paise, CrossMode(row.cross_mode))


def _written(
    uow: UnitOfWork,
    payout_id: UUID,
    payee_id: UUID,
    year: str,
    number: int,
    row: TdsRuleRow,
    before: YearSoFar,
    gross_paise: int,
    taxed: Deduction,
) -> TdsDeduction:
    return TdsDeduction(
        payout_id=payout_id,
        payee_id=payee_id,
        tax_year=year,
        number=number,
        rule_id=row.id,
        gross_paise=gross_paise,
        gross_before_paise=before.gross,
        untaxed_before_paise=before.untaxed,
        owed_before_paise=before.owed,
        base_paise=taxed.base,
        due_paise=taxed.due,
        tds_paise=taxed.kept,
        whole_rupees=uow.policy.tds_whole_rupees,
        credited_at=uow.now,
    )
