"""What was done on the provider's own page is booked once, to the paisa, and both books agree (PAY-13)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.domain.errors import MoveRefused, NotAllowed, NothingToBook, ReasonMissing
from cleanit_app.models import AdminAction, Cleaner, Difference, LedgerAccount
from cleanit_app.services.ledger import booking
from cleanit_app.services.reconciliation.adjustments import book_adjustment
from cleanit_app.services.reconciliation.reconcile import look_again, reconcile
from tests.factories import FORMAT, Town
from tests.sandbox.running import X_ACCOUNT, Sandbox, running_sandbox
from tests.support.books import assert_books_are_right
from tests.support.shop import Shop, open_shop

WHY = "Pressed on Razorpay's page by Meera"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(Path(tmp_path_factory.mktemp("sandbox")) / "book.db") as running:
        yield running


@pytest.fixture
def shop(town: Town, sandbox: Sandbox) -> Shop:
    return open_shop(town, sandbox)


def night(shop: Shop) -> dict[str, Difference]:
    """One reconciliation an hour later; what is open then, by the kind of thing."""
    shop.town.clock.move(hours=1)
    reconcile(shop.town.open, shop.payments, shop.payouts)
    with shop.town.uow() as uow:
        still = uow.run(select(Difference).where(col(Difference.resolved_at).is_(None))).scalars()
        return {f"{d.what} {d.kind}": d for d in still}


def book(shop: Shop, found: Difference, actor: Any, note: str = WHY) -> bool:
    return book_adjustment(shop.town.open, shop.payments, shop.payouts, actor=actor, difference_id=found.id, note=note)


def balances(shop: Shop, *accounts: LedgerAccount) -> list[int]:
    with shop.town.uow() as uow:
        return [booking.balance(uow, account) for account in accounts]


@pytest.mark.row("PAY-13")
def test_a_refund_made_elsewhere_is_found_twice_and_booked_once(shop: Shop) -> None:
    finance, other = shop.town.admin(AdminDuty.FINANCE), shop.town.admin(AdminDuty.SUPPORT)
    gift = shop.give(shop.town.campaign(target_paise=100_000), 50_000)
    assert night(shop) == {}
    before = balances(shop, LedgerAccount.GATEWAY, LedgerAccount.PLATFORM_FUNDS)
    made = shop.payments.refund(
        request=FORMAT.refund_request(
            payment_id=str(gift.razorpay_payment_id), amount_paise=12_345, receipt="by-hand-1", notes={}
        ),
        idempotency_key="pressed-on-their-page",
    )
    found = night(shop)
    assert {name: (d.ours, d.theirs) for name, d in found.items()} == {
        "PAYMENT REFUNDED": ("0", "12345"), "REFUND MISSING_HERE": ("", "pending 12345"),
    }  # fmt: skip
    refund = found["REFUND MISSING_HERE"]
    with pytest.raises(NothingToBook):
        book(shop, refund, finance)  # it has not left yet
    shop.sandbox.control(f"refunds/{made.id}/process")
    with pytest.raises(NotAllowed):
        book(shop, refund, other)
    with pytest.raises(ReasonMissing):
        book(shop, refund, finance, " ")
    with pytest.raises(NothingToBook):
        book(shop, found["PAYMENT REFUNDED"], finance)
    assert balances(shop, LedgerAccount.GATEWAY, LedgerAccount.PLATFORM_FUNDS) == before
    assert book(shop, refund, finance)
    assert_books_are_right(shop.town.engine)
    assert balances(shop, LedgerAccount.GATEWAY, LedgerAccount.PLATFORM_FUNDS) == [
        before[0] - 12_345,
        before[1] + 12_345,
    ]
    with pytest.raises(MoveRefused):
        book(shop, refund, finance)
    ask = {"actor": finance, "difference_id": found["PAYMENT REFUNDED"].id}
    assert look_again(shop.town.open, shop.payments, shop.payouts, **ask)
    assert night(shop) == {}
    with shop.town.uow() as uow:
        (line,) = uow.all(AdminAction, col(AdminAction.action) == "BookAdjustment")
        assert (line.admin_id, line.subject_id) == (finance.user_id, refund.id)
        assert (line.details["amount_paise"], line.details["reason"]) == (-12_345, WHY)
        assert uow.run(text("SELECT count(*) FROM ledger_transfers WHERE kind = 'ADJUSTMENT'")).scalar_one() == 1


@pytest.mark.row("PAY-13")
def test_a_payout_made_elsewhere_is_booked_and_booked_back_when_the_bank_returns_it(shop: Shop) -> None:
    finance = shop.town.admin(AdminDuty.FINANCE)
    cleaner, payout_id = shop.owed()
    shop.send(payout_id)
    shop.land(payout_id)
    shop.settle()
    start = night(shop)  # the town's gift was never at the sandbox
    with shop.town.uow() as uow:
        account = uow.get(Cleaner, cleaner.user_id).razorpay_fund_account_id
    before = balances(shop, LedgerAccount.BANK, LedgerAccount.PAYOUT_FEES, LedgerAccount.PLATFORM_FUNDS)
    request = {
        "account_number": X_ACCOUNT, "fund_account_id": account, "amount": 77_700, "currency": "INR", "mode": "UPI",
        "purpose": "payout", "reference_id": "not ours",
    }  # fmt: skip
    made = shop.payouts.create_payout(request=request, idempotency_key="pressed-on-their-page")
    shop.sandbox.control(f"payouts/{made.id}/process")
    foreign = night(shop)["PAYOUT MISSING_HERE"]
    assert book(shop, foreign, finance)
    fees = shop.payouts.payout(made.id).fees_paise
    after = balances(shop, LedgerAccount.BANK, LedgerAccount.PAYOUT_FEES, LedgerAccount.PLATFORM_FUNDS)
    assert [now - then for now, then in zip(after, before, strict=True)] == [-77_700 - fees, fees, 77_700]
    assert_books_are_right(shop.town.engine)
    assert set(night(shop)) == set(start)
    shop.sandbox.control(f"payouts/{made.id}/reverse")
    returned = night(shop)["PAYOUT MISSING_HERE"]
    assert book(shop, returned, finance)
    assert balances(shop, LedgerAccount.BANK, LedgerAccount.PAYOUT_FEES, LedgerAccount.PLATFORM_FUNDS) == before
    assert_books_are_right(shop.town.engine)
    assert set(night(shop)) == set(start)
