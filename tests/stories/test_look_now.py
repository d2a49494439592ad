"""The page that waits asks beside the poller: it books what arrived, and only for one's own payment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.statuses import ContributionStatus
from cleanit_app.models import Contribution
from cleanit_app.ports import ProviderPayment, ProviderUnknown
from cleanit_app.reads.ledger.money import unfinished_payment
from cleanit_app.services.payments.contributions import look_now, place_order, start_contribution
from tests.factories import Town

pytestmark = pytest.mark.books


class Desk:
    """A payment provider that knows one order and what it is told of it."""

    key_id, checkout_script_url = "rzp_test", "https://pay.invalid/checkout.js"

    def __init__(self) -> None:
        self.tries: list[ProviderPayment] = []
        self.silent = False

    def order_by_receipt(self, receipt: str) -> Any:
        """Nothing was ordered yet."""
        return None

    def create_order(self, *, amount_paise: int, receipt: str, notes: Any) -> Any:
        """One order for each wish."""
        return type("Order", (), {"id": f"order_{receipt[-8:]}"})

    def payments_of_order(self, order_id: str) -> list[ProviderPayment]:
        """The tries, newest first, as the provider lists them."""
        if self.silent:
            raise ProviderUnknown
        return list(reversed(self.tries))

    def tried(self, wish: Contribution, status: str, minute: int, reason: str | None = None) -> None:
        """Somebody tries to pay."""
        self.tries.append(
            ProviderPayment(
                id=f"pay_{wish.id.hex[-6:]}{minute}", order_id=wish.razorpay_order_id, amount_paise=wish.amount_paise,
                currency="INR", status=status, method="upi", fee_paise=0, tax_paise=0, amount_refunded_paise=0,
                failure=reason, failure_text=None, reference=None,
                created_at=datetime(2026, 11, 24, 6, minute, tzinfo=UTC),
            )
        )  # fmt: skip


def _wish(town: Town, desk: Desk, paise: int = 50_000) -> tuple[Any, Contribution]:
    campaign, giver = town.campaign(), town.person()
    with town.uow() as uow:
        wish = start_contribution(
            uow, actor=giver, campaign_id=campaign.id, amount_paise=paise, anonymous=True, idempotency_key="visit-0001"
        )
        made = wish.id
    return giver, place_order(town.open, desk, actor=giver, contribution_id=made)


def _now(town: Town, wish: Contribution) -> Contribution:
    with town.uow() as uow:
        return uow.get(Contribution, wish.id)


@pytest.mark.row("PAY-01")
def test_looking_books_what_arrived_and_leaves_the_pollers_plan_alone(town: Town) -> None:
    desk = Desk()
    giver, wish = _wish(town, desk)
    planned = _now(town, wish).next_check_at
    desk.tried(wish, "created", 1)
    assert look_now(town.open, desk, actor=giver, contribution_id=wish.id) is True
    assert _now(town, wish).next_check_at == planned
    desk.tries[0] = desk.tries[0].__class__(**{**desk.tries[0].__dict__, "status": "captured"})
    for _ in range(3):
        assert look_now(town.open, desk, actor=giver, contribution_id=wish.id) is False
    assert _now(town, wish).status is ContributionStatus.SUCCESS


def test_of_several_failed_tries_the_last_ones_reason_is_kept(town: Town) -> None:
    desk = Desk()
    giver, wish = _wish(town, desk)
    desk.tried(wish, "failed", 1, "funds_short")
    desk.tried(wish, "failed", 2, "given_up")
    assert look_now(town.open, desk, actor=giver, contribution_id=wish.id) is False
    assert _now(town, wish).failure_reason == "given_up"


def test_a_silent_provider_changes_nothing(town: Town) -> None:
    desk = Desk()
    giver, wish = _wish(town, desk)
    desk.silent = True
    assert look_now(town.open, desk, actor=giver, contribution_id=wish.id) is False
    assert _now(town, wish).status is ContributionStatus.PENDING


def test_nobody_looks_at_a_strangers_payment(town: Town) -> None:
    desk = Desk()
    _, wish = _wish(town, desk)
    with pytest.raises(NotFound):
        look_now(town.open, desk, actor=town.person(), contribution_id=wish.id)


def test_an_unfinished_payment_is_remembered_until_it_is_paid(town: Town) -> None:
    desk = Desk()
    giver, wish = _wish(town, desk)
    with town.uow() as uow:
        found = unfinished_payment(uow, actor=giver, campaign_id=wish.campaign_id)
        assert found is not None
        assert (found.id, found.amount_paise, found.anonymous) == (wish.id, 50_000, True)
        assert unfinished_payment(uow, actor=town.person(), campaign_id=wish.campaign_id) is None
    desk.tried(wish, "captured", 1)
    look_now(town.open, desk, actor=giver, contribution_id=wish.id)
    with town.uow() as uow:
        assert unfinished_payment(uow, actor=giver, campaign_id=wish.campaign_id) is None
