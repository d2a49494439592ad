"""Pay is owed with its tax and its invoice: dated rules, crossings in a race, numbers without a gap."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.errors import TaxRuleMissing
from cleanit_app.domain.policy import HousePolicy, TaxRegime
from cleanit_app.domain.tax import TAX_WITHOUT_PAN_BPS
from cleanit_app.models import FeeInvoice, Job, LedgerAccount, Payout, TdsDeduction, TdsRuleRow
from cleanit_app.services.ledger import booking
from cleanit_app.services.review.approval_reversal import take_back_approval
from cleanit_app.services.review.verification import approve_completion
from cleanit_app.services.tax import document_numbering, invoices
from cleanit_app.services.unit_of_work import UnitOfWork, unit_of_work
from tests.factories import ALL_TICKED, Town

CONTRACTOR = HousePolicy(tds_regime=TaxRegime.CONTRACTOR)


@contextmanager
def under(town: Town, policy: HousePolicy) -> Iterator[UnitOfWork]:
    """A unit of work of a house with this policy."""
    with unit_of_work(town.engine, town.clock.now(), policy=policy) as uow:
        yield uow


def approve(town: Town, job: Job, policy: HousePolicy = CONTRACTOR) -> Payout:
    admin = town.admin()
    with under(town, policy) as uow:
        approve_completion(uow, actor=admin, job_id=job.id, checklist=ALL_TICKED)
    with town.uow() as uow:
        return uow.run(select(Payout).where(col(Payout.job_id) == job.id)).scalar_one()


def deduction(town: Town, payout: Payout) -> TdsDeduction:
    with town.uow() as uow:
        return uow.run(select(TdsDeduction).where(col(TdsDeduction.payout_id) == payout.id)).scalar_one()


@pytest.mark.row("LAW-04")
def test_a_small_cleaner_of_a_marketplace_gets_the_whole_pay(town: Town) -> None:
    job = town.completed(town.cleaner(), target_paise=400_000)
    payout = approve(town, job, HousePolicy())
    taxed = deduction(town, payout)
    assert (payout.amount_paise, payout.tds_paise) == (380_000, 0)
    assert (taxed.rule_id, taxed.gross_paise, taxed.tax_year) == ("M-INDIVIDUAL-PAN-WHOLE-20260401", 380_000, "2627")


@pytest.mark.row("LAW-04")
def test_tax_is_kept_back_booked_and_recorded_with_its_rule(town: Town) -> None:
    cleaner = town.cleaner()
    payout = approve(town, town.completed(cleaner, target_paise=4_000_000))
    taxed = deduction(town, payout)
    assert (payout.amount_paise, payout.tds_paise) == (3_800_000 - 38_000, 38_000)
    assert (taxed.rule_id, taxed.base_paise) == ("C-INDIVIDUAL-PAN-WHOLE-20260401", 3_800_000)
    with town.uow() as uow:
        assert booking.balance(uow, LedgerAccount.TDS_PAYABLE, cleaner.id) == -38_000
        assert booking.balance(uow, LedgerAccount.CLEANER_PAYABLE, cleaner.id) == -3_762_000


@pytest.mark.row("LAW-04")
def test_without_a_pan_pay_above_the_papers_limit_is_taxed_at_the_high_rate(town: Town) -> None:
    cleaner = town.cleaner()
    assert approve(town, town.completed(cleaner, 5_000_000), HousePolicy()).tds_paise == 0
    second = approve(town, town.completed(cleaner, 1_000_000), HousePolicy())
    assert second.tds_paise == 47_500
    assert deduction(town, second).rule_id == "M-INDIVIDUAL-NOPAN-WHOLE-20260401"


@pytest.mark.row("LAW-04")
def test_two_payments_that_cross_the_limit_together_are_taxed_one_after_the_other(town: Town) -> None:
    cleaner = town.cleaner()
    with town.uow() as uow:
        uow.run(text("UPDATE cleaners SET pan_locked = 'x', pan_given_at = now()"))
    for _ in range(3):
        assert approve(town, town.completed(cleaner, 3_000_000)).tds_paise == 0
    together = [town.completed(cleaner, 1_000_000) for _ in range(2)]
    admins = [town.admin() for _ in together]
    start = threading.Barrier(2)

    def decide(admin: Actor, job: Job) -> None:
        start.wait()
        with under(town, CONTRACTOR) as uow:
            approve_completion(uow, actor=admin, job_id=job.id, checklist=ALL_TICKED)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(decide, admins, together))
    with town.uow() as uow:
        taxes = uow.run(select(TdsDeduction).order_by(col(TdsDeduction.number))).scalars().all()
    # 85,500 in three, then 9,500 twice: 95,000 stays below, 1,04,500 crosses and is taxed whole.
    assert [(t.number, t.tds_paise) for t in taxes] == [(1, 0), (2, 0), (3, 0), (4, 0), (5, 104_500)]


@pytest.mark.row("LAW-04", "VER-05")
def test_what_was_taxed_with_pay_that_was_taken_back_is_taken_up_by_later_pay(town: Town) -> None:
    cleaner, senior = town.cleaner(), town.admin()
    with town.uow() as uow:
        uow.run(text("UPDATE cleaners SET pan_locked = 'x', pan_given_at = now()"))
    small = [approve(town, town.completed(cleaner, 3_000_000)) for _ in range(3)]
    crossing = approve(town, town.completed(cleaner, 5_000_000))
    assert crossing.tds_paise == 133_000  # 28,500 three times and 47,500, taxed whole
    for payout in small[:2]:
        with under(town, CONTRACTOR) as uow:
            take_back_approval(uow, actor=senior, job_id=payout.job_id, reason="Not cleaned")
    after = [approve(town, town.completed(cleaner, target)) for target in (3_000_000, 5_000_000)]
    # 57,000 too much were taxed: 28,500 are taken up at once, and as much by the next, of which 19,000 are left
    taxes = [deduction(town, payout) for payout in after]
    assert [(t.untaxed_before_paise, t.base_paise, t.tds_paise) for t in taxes] == [
        (-5_700_000, 0, 0),
        (-2_850_000, 1_900_000, 19_000),
    ]


@pytest.mark.row("LAW-04")
def test_a_day_without_a_rule_owes_nothing(town: Town) -> None:
    job = town.completed(town.cleaner())
    town.clock.at = datetime(2019, 1, 1, tzinfo=UTC)
    with pytest.raises(TaxRuleMissing):
        approve(town, job)
    town.clock.at = datetime(2026, 11, 25, tzinfo=UTC)
    assert approve(town, job).tds_paise == 0


@pytest.mark.row("LAW-05")
def test_each_fee_has_an_invoice_with_its_tax(town: Town) -> None:
    job = town.completed(town.cleaner(), target_paise=1_000_000)
    approve(town, job, HousePolicy())
    elsewhere = town.completed(town.cleaner(), target_paise=1_000_000)
    approve(town, elsewhere, replace(HousePolicy(), gst_between_states=True))
    with town.uow() as uow:
        first, second = uow.run(select(FeeInvoice).order_by(col(FeeInvoice.number))).scalars().all()
        assert booking.balance(uow, LedgerAccount.GST_OUTPUT) == -(7_628 + 7_627)
    assert (first.number, second.number) == ("CF/2627/000001", "CF/2627/000002")
    assert (first.fee_paise, first.taxable_paise, first.cgst_paise, first.igst_paise) == (50_000, 42_372, 3_814, 0)
    assert (second.cgst_paise, second.igst_paise, second.sac) == (0, 7_627, "998599")


@pytest.mark.row("JOB-08", "LAW-05")
def test_what_the_house_adds_to_a_job_comes_from_its_own_funds(town: Town) -> None:
    job = town.completed(town.cleaner(), target_paise=100_000)
    with town.uow() as uow:
        row = uow.lock(Job, job.id)
        row.platform_added_paise, row.amount_paise = 20_000, row.amount_paise + 20_000
    payout = approve(town, job, HousePolicy())
    assert payout.amount_paise == 115_000
    with town.uow() as uow:
        assert booking.balance(uow, LedgerAccount.PLATFORM_FUNDS, job.campaign_id) == 20_000
        assert booking.balance(uow, LedgerAccount.HELD, job.campaign_id) == 0


class Undone(Exception):
    """Thrown on purpose."""


@pytest.mark.row("LAW-05")
def test_numbers_have_no_gap_though_a_third_is_rolled_back(town: Town) -> None:
    kept: list[str] = []
    lock = threading.Lock()

    def take(turn: int) -> None:
        try:
            with town.uow() as uow:
                number = document_numbering.next_number(uow, invoices.INVOICES, "/", of=uow.now)
                if turn % 10 < 3:
                    raise Undone
            with lock:
                kept.append(number)
        except Undone:
            return

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(take, range(1_000)))
    assert sorted(kept) == [f"CF/2627/{n:06d}" for n in range(1, 701)]
    assert max(map(len, kept)) <= 16
    with town.uow() as uow:  # these numbers belong to no invoice
        uow.run(text("DELETE FROM receipt_counters WHERE series LIKE 'CF/%'"))


@pytest.mark.row("LAW-04")
def test_the_share_that_help_names_is_that_of_the_rule(town: Town) -> None:
    with town.uow() as uow:
        rules = [rule for rule in uow.all(TdsRuleRow) if not rule.has_pan and rule.regime == TaxRegime.MARKETPLACE]
    assert rules
    assert {rule.rate_bps for rule in rules if rule.valid_to is None} == {TAX_WITHOUT_PAN_BPS}
