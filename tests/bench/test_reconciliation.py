"""Reconciliation over a hundred thousand payments: under two minutes, in memory that does not grow (PAY-13)."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from cleanit_app.models import Campaign
from cleanit_app.ports import PAGE, ProviderPayment
from cleanit_app.services.reconciliation.reconcile import reconcile
from tests.bench.report import Report
from tests.factories import Town

MANY = 100_000
NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
GIFTS = """INSERT INTO contributions (id, campaign_id, contributor_id, amount_paise, kept_paise, anonymous, status,
    idempotency_key, created_at, next_check_at, checks, paid_at) SELECT gen_random_uuid(), :campaign, :giver, 1000, 0,
    false, 'SUCCESS', 'bench' || n, :at, :at, 0, :at FROM generate_series(1, :many) n"""
PAID = """INSERT INTO payments (id, razorpay_payment_id, contribution_id, amount_paise, kept_paise, fee_paise,
    tax_paise, captured_at) SELECT gen_random_uuid(), 'pay_' || substr(idempotency_key, 6), id, 1000, 0, 24, 4, :at
    FROM contributions"""


class LongBook:
    """A provider with very many payments; it makes each page when it is asked."""

    def payments_page(self, since: datetime, until: datetime, skip: int) -> list[ProviderPayment]:
        """One page."""
        return list(self._made(skip, min(skip + PAGE, MANY)))

    def _made(self, first: int, last: int) -> Iterator[ProviderPayment]:
        for n in range(first + 1, last + 1):
            yield ProviderPayment(
                f"pay_{n}", "order_1", 1000, "INR", "captured", "upi", 24, 4, 0, None, None, None, NOW
            )

    def refunds_page(self, since: datetime, until: datetime, skip: int) -> list[Any]:
        """None."""
        return []

    settlements_page = payouts_page = refunds_page
    payment = refund_by_id = payout = None


@pytest.mark.bench
@pytest.mark.row("PAY-13")
def test_a_hundred_thousand_payments(town: Town, report: Report) -> None:
    campaign: Campaign = town.campaign()
    giver = town.person()
    with town.uow() as uow:
        uow.run(text(GIFTS), {"campaign": campaign.id, "giver": giver.id, "at": NOW, "many": MANY})
        uow.run(text(PAID), {"at": NOW})
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    book: Any = LongBook()
    assert reconcile(town.open, book, book) == 0
    seconds = time.perf_counter() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    report.add(f"reconciliation of {MANY:,} payments", f"{seconds:.0f} s, {grown:.0f} MB more", "< 120 s, < 30 MB")
    with town.uow() as uow:  # they stand for nothing in the ledger
        uow.run(text("TRUNCATE payments, contributions CASCADE"))
    assert seconds < 120
    assert grown < 30
