"""A payment that went back at the provider before we booked it is no money of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.domain.errors import PaymentMismatch
from cleanit_app.models import Contribution, LedgerAccount, Notification, Payment, PaymentFlag, WebhookEvent
from cleanit_app.services import webhooks
from cleanit_app.services.ledger import booking
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.payments import contributions
from cleanit_app.services.reconciliation.reconcile import reconcile
from tests.factories import FORMAT, Town
from tests.sandbox.running import Sandbox, running_sandbox
from tests.support.shop import Shop, open_shop


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(Path(tmp_path_factory.mktemp("sandbox")) / "book.db") as running:
        yield running


@pytest.fixture
def shop(town: Town, sandbox: Sandbox) -> Iterator[Shop]:
    yield open_shop(town, sandbox)
    sandbox.control("faults", "DELETE")


def paid_and_given_back(shop: Shop, paise: int) -> Contribution:
    """A gift of ₹500 that was captured and given back on the provider's own page, before we heard of it."""
    wish = shop.order(shop.town.campaign(target_paise=100_000), 50_000)
    shop.sandbox.control(f"orders/{wish.razorpay_order_id}/pay", outcome="success")
    payment = shop.payments.payments_of_order(str(wish.razorpay_order_id))[0]
    back = FORMAT.refund_request(payment_id=payment.id, amount_paise=paise, receipt="by-hand-1", notes={})
    shop.payments.refund(request=back, idempotency_key="pressed-on-their-page")
    return wish


def hear_of(shop: Shop, event: str, number: int) -> WebhookEvent:
    """The provider's message about the payment as it stands in its book, with what became of it here."""
    (entity,) = shop.sandbox.book()["payments"]
    raw = json.dumps({"event": event, "n": number, "payload": {"payment": {"entity": entity}}}).encode()
    with shop.town.uow() as uow:
        webhook_id = webhooks.store_webhook(uow, raw=raw, event_id=f"{event}-{number}", form=FORMAT)
    assert webhook_id
    webhooks.work_webhook(shop.town.open, webhook_id=webhook_id, form=FORMAT)
    with shop.town.uow() as uow:
        return uow.get(WebhookEvent, webhook_id)


@pytest.mark.row("PAY-02", "PAY-13")
def test_what_was_given_back_before_we_booked_it_is_not_held_and_told_once(shop: Shop) -> None:
    finance = shop.town.admin(AdminDuty.FINANCE)
    wish = paid_and_given_back(shop, 50_000)
    contributions.ask_about_order(shop.town.open, shop.payments, contribution_id=wish.id)
    for number in range(2):
        hear_of(shop, "payment.captured", number)
    with shop.town.uow() as uow:
        assert uow.all(Payment) == []
        assert (
            booking.balance(uow, LedgerAccount.HELD, wish.campaign_id)
            == booking.balance(uow, LedgerAccount.GATEWAY)
            == 0
        )
        assert uow.get(Contribution, wish.id).status == "PENDING"  # the giver may try again
        flags = uow.run(select(PaymentFlag.rule, PaymentFlag.contribution_id)).all()
        assert [tuple(f) for f in flags] == [("RETURNED", wish.id)]
        relay_outbox(uow)
    with shop.town.uow() as uow:
        told = uow.all(Notification, Notification.user_id == finance.user_id, col(Notification.kind) == "payment_odd")
        assert len(told) == 1
    shop.town.clock.move(hours=1)
    assert reconcile(shop.town.open, shop.payments, shop.payouts) == 0  # both books agree


@pytest.mark.row("PAY-02", "PAY-13")
def test_a_payment_of_which_a_part_is_left_waits_for_a_person(shop: Shop) -> None:
    wish = paid_and_given_back(shop, 20_000)
    with pytest.raises(PaymentMismatch):
        contributions.ask_about_order(shop.town.open, shop.payments, contribution_id=wish.id)
    assert str(hear_of(shop, "payment.captured", 1).outcome).startswith("parked: PaymentMismatch")
    with shop.town.uow() as uow:
        assert uow.all(Payment) == []
    shop.town.clock.move(hours=1)
    assert reconcile(shop.town.open, shop.payments, shop.payouts) == 1
