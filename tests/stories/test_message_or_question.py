"""Whoever tells first, a message or our own question: the same receipt, the same books (PAY-02, PAY-06)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from cleanit_app.models import Payment, Payout, WebhookEvent
from cleanit_app.services import webhooks
from cleanit_app.services.ledger.invariants import check_books
from cleanit_app.services.payments import contributions
from cleanit_app.services.payouts.send import carry_out_payout
from tests.factories import FORMAT, Town
from tests.sandbox.running import Received, Receiver, Sandbox, receiving, running_sandbox, until
from tests.support.shop import Shop, open_shop

METHODS = ("upi", "card", "netbanking")
LINES = text(
    """SELECT t.kind, l.account, l.amount_paise FROM ledger_lines l JOIN ledger_transfers t ON t.id = l.transfer_id
       WHERE t.campaign_id = :campaign ORDER BY 1, 2, 3"""
)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox") / "book.db") as running:
        yield running


@pytest.fixture
def shop(town: Town, sandbox: Sandbox) -> Shop:
    return open_shop(town, sandbox)


def hear(shop: Shop, receiver: Receiver, events: list[str], thing: str) -> None:
    """Work on the newest of each of these messages about a thing, as they came."""
    for event in events:
        name = f'"event":"{event}"'.encode()

        def arrived(name: bytes = name) -> list[Received]:
            return [r for r in receiver.received if name in r.raw and thing.encode() in r.raw]

        raw = until(arrived)[-1].raw
        with shop.town.uow() as uow:
            stored = webhooks.store_webhook(uow, raw=raw, event_id=f"{event} {thing}", form=FORMAT)
        if stored is None:
            continue
        webhooks.work_webhook(shop.town.open, webhook_id=stored, form=FORMAT)
        with shop.town.uow() as uow:
            outcome = uow.get(WebhookEvent, stored).outcome
        assert str(outcome).startswith("applied"), outcome


def lines(shop: Shop, campaign_id: UUID) -> list[Any]:
    with shop.town.uow() as uow:
        assert check_books(uow) == []
        return [tuple(row) for row in uow.run(LINES, {"campaign": campaign_id})]


def gift(shop: Shop, receiver: Receiver, method: str, *, message_first: bool) -> tuple[Payment, list[Any], str | None]:
    """A gift whose arrival is told in one of the two orders; its payment, its lines, and the bank's number for it."""
    campaign = shop.town.campaign(target_paise=100_000)
    wish = shop.order(campaign, 40_000)
    shop.sandbox.control(f"orders/{wish.razorpay_order_id}/pay", method=method, outcome="success")
    (asked,) = shop.payments.payments_of_order(str(wish.razorpay_order_id))
    tellers = [
        lambda: hear(shop, receiver, ["payment.captured", "order.paid"], asked.id),
        lambda: contributions.ask_about_order(shop.town.open, shop.payments, contribution_id=wish.id),
    ]
    for tell in tellers if message_first else tellers[::-1]:
        tell()
    with shop.town.uow() as uow:
        (booked,) = uow.all(Payment, Payment.razorpay_payment_id == asked.id)
    return booked, lines(shop, campaign.id), asked.reference


@pytest.mark.row("PAY-02", "CAM-08")
@pytest.mark.parametrize("method", METHODS)
def test_a_gift_has_one_receipt_whoever_tells_of_it_first(shop: Shop, method: str) -> None:
    with receiving() as receiver:
        shop.sandbox.control("endpoints", payment=receiver.url)
        told, told_lines, told_number = gift(shop, receiver, method, message_first=True)
        asked, asked_lines, asked_number = gift(shop, receiver, method, message_first=False)
    assert (told.reference, asked.reference) == (told_number, asked_number)
    assert told.reference
    same = ("amount_paise", "kept_paise", "fee_paise", "tax_paise", "method")
    assert [getattr(told, name) for name in same] == [getattr(asked, name) for name in same]
    assert told_lines == asked_lines != []


def pay(shop: Shop, receiver: Receiver, move: str, *, message_first: bool) -> tuple[Any, ...]:
    """A cleaner's pay whose end is told in one of the two orders: what became of it, and the lines of its campaign."""
    shop.sandbox.control("delays", payout_delay=-1)
    cleaner, _ = shop.owed()
    with shop.town.uow() as uow:
        payout_id = uow.all(Payout, Payout.cleaner_id == cleaner.user_id)[0].id
    shop.send(payout_id)
    (call,) = shop.calls(payout_id)
    shop.sandbox.control(f"payouts/{call.provider_id}/{move}")
    events = {
        "process": ["payout.processed", "payout.updated"],
        "fail": ["payout.failed"],
        "reverse": ["payout.reversed"],
    }
    tellers = [
        lambda: hear(shop, receiver, events[move], str(call.provider_id)),
        lambda: carry_out_payout(shop.town.open, shop.payouts, attempt_id=call.id),
    ]
    for tell in tellers if message_first else tellers[::-1]:
        tell()
    payout, (ended,) = shop.payout(payout_id), shop.calls(payout_id)
    said = (payout.status, payout.failure_reason, payout.failures, ended.status, ended.failure_reason)
    return *said, bool(payout.utr), lines(shop, payout.campaign_id)


@pytest.mark.row("PAY-06", "PAY-07")
@pytest.mark.parametrize("move", ["process", "fail", "reverse"])
def test_pay_ends_the_same_whoever_tells_of_it_first(shop: Shop, move: str) -> None:
    with receiving() as receiver:
        shop.sandbox.control("endpoints", payout=receiver.url)
        told = pay(shop, receiver, move, message_first=True)
        asked = pay(shop, receiver, move, message_first=False)
    assert told == asked
