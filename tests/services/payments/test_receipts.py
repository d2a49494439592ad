"""Receipts follow the payment: its day, its financial year, and a series without a gap, however late we hear of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cleanit_app.domain.calendar import IST
from cleanit_app.models import Contribution
from cleanit_app.reads.payments.payments import receipt
from cleanit_app.services.ledger.invariants import check_books
from cleanit_app.services.payments import payments
from tests.factories import Town

YEARS_LAST_MINUTES = datetime(2027, 3, 31, 23, 52, tzinfo=IST)
BOOKED = datetime(2027, 4, 1, 0, 3, tzinfo=IST)
pytestmark = pytest.mark.row("PAY-02", "LAW-05")


def pay(town: Town, wish: Contribution, at: datetime) -> Contribution:
    with town.uow() as uow:
        paid = replace(town.payment(wish), created_at=at.astimezone(UTC))
        payments.apply_payment(uow, contribution_id=wish.id, payment=paid)
    with town.uow() as uow:
        assert check_books(uow) == []
        return uow.get(Contribution, wish.id)


def test_money_of_the_old_year_booked_in_the_new_one_belongs_to_the_old(town: Town) -> None:
    town.clock.at = YEARS_LAST_MINUTES.astimezone(UTC)
    campaign = town.campaign(target_paise=400_000)
    at_once, late, new, weeks_late = (town.wish(campaign, 50_000) for _ in range(4))
    assert pay(town, at_once, town.clock.now()).receipt_number == "CL-2627-000001"
    town.clock.at = BOOKED.astimezone(UTC)
    assert pay(town, new, BOOKED).receipt_number == "CL-2728-000001"
    booked = pay(town, late, YEARS_LAST_MINUTES)
    assert (booked.receipt_number, booked.paid_at) == ("CL-2627-000002", YEARS_LAST_MINUTES)
    town.clock.move(days=20)  # found by the comparison with the provider's book
    assert pay(town, weeks_late, YEARS_LAST_MINUTES).receipt_number == "CL-2627-000003"


def test_midnight_is_indias(town: Town) -> None:
    first_second = datetime(2027, 3, 31, 18, 30, tzinfo=UTC)
    town.clock.at = datetime(2027, 4, 2, tzinfo=UTC)
    campaign = town.campaign(target_paise=400_000)
    last = first_second - timedelta(seconds=1)
    assert pay(town, town.wish(campaign, 10_000), first_second).receipt_number == "CL-2728-000001"
    assert pay(town, town.wish(campaign, 10_000), last).receipt_number == "CL-2627-000001"


def test_the_paper_says_when_it_was_paid(town: Town) -> None:
    town.clock.at = BOOKED.astimezone(UTC)
    giver = town.person()
    wish = town.wish(town.campaign(target_paise=400_000), 50_000, giver)
    pay(town, wish, YEARS_LAST_MINUTES)
    with town.uow() as uow:
        said = receipt(uow, actor=giver, contribution_id=wish.id)
    assert (said.number, said.paid_at) == ("CL-2627-000001", YEARS_LAST_MINUTES)
