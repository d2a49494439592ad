"""The provider's words, swept: one that cannot be worked on never keeps the others waiting."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.domain.statuses import ContributionStatus
from cleanit_app.models import Contribution, ErrorLog, Notification, WebhookEvent
from cleanit_app.ports import ProviderPayment
from cleanit_app.services import webhooks
from cleanit_app.wiring import Wiring
from tests.factories import FORMAT, Town
from workers.jobs import operations, payments
from workers.jobs import webhooks as webhook_jobs
from workers.relay import relay_all


class Paid:
    """A provider at which every order was paid; what is asked for is written down."""

    def __init__(self, said: dict[str | None, ProviderPayment]) -> None:
        self.said, self.asked = said, list[str]()

    def payments_of_order(self, order_id: str) -> list[ProviderPayment]:
        """The one payment of an order."""
        self.asked.append(order_id)
        return [self.said[order_id]]


def statuses(town: Town, *wishes: Contribution) -> list[ContributionStatus]:
    with town.uow() as uow:
        return [uow.get(Contribution, wish.id).status for wish in wishes]


def logged(town: Town, source: str) -> list[str]:
    with town.uow() as uow:
        return [row.message for row in uow.all(ErrorLog, col(ErrorLog.source) == source)]


@pytest.mark.row("PAY-01", "MON-05")
def test_a_payment_that_does_not_fit_keeps_no_other_waiting(town: Town, parts: Wiring) -> None:
    campaign = town.campaign(target_paise=100_000)
    odd, good = town.wish(campaign, 20_000), town.wish(campaign, 30_000)
    theirs = {wish.razorpay_order_id: town.payment(wish) for wish in (odd, good)}
    theirs[odd.razorpay_order_id] = replace(town.payment(odd), currency="USD")
    provider: Any = Paid(theirs)
    parts.payments = provider  # a cached value, set before it is asked for
    town.clock.move(minutes=3)
    payments.ask_about_contributions()
    assert statuses(town, odd, good) == ["CREATED", "SUCCESS"]
    assert len(logged(town, "payment")) == 1
    payments.ask_about_contributions()
    assert len(provider.asked) == 2  # the odd one waits for its next check
    town.clock.move(minutes=5)
    payments.ask_about_contributions()
    assert provider.asked[2:] == [odd.razorpay_order_id]


@pytest.mark.row("PAY-01", "MON-05")
def test_a_message_that_cannot_be_worked_on_keeps_no_other_waiting(town: Town, parts: Wiring) -> None:
    campaign = town.campaign(target_paise=100_000)
    odd, good = town.wish(campaign, 20_000), town.wish(campaign, 30_000)
    for wish, fee in ((odd, 10**20), (good, 0)):
        said = town.payment(wish)
        entity = {
            "id": said.id, "order_id": said.order_id, "amount": said.amount_paise, "currency": "INR",
            "status": "captured", "captured": True, "fee": fee, "tax": 0, "created_at": 1_790_000_000,
        }  # fmt: skip
        body = json.dumps({"event": "payment.captured", "payload": {"payment": {"entity": entity}}}).encode()
        with town.uow() as uow:
            webhooks.store_webhook(uow, raw=body, event_id=None, form=FORMAT)
    webhook_jobs.sweep_webhooks()
    assert statuses(town, odd, good) == ["CREATED", "SUCCESS"]
    assert len(logged(town, "webhook")) == 1
    for _ in range(webhooks.MOST_TRIES):
        town.clock.move(hours=2)
        webhook_jobs.sweep_webhooks()
    with town.uow() as uow:
        assert sorted(str(row.outcome)[:7] for row in uow.all(WebhookEvent)) == ["applied", "parked:"]


def refund_of_nobody(town: Town) -> None:
    """A signed message about a refund that no call of ours made."""
    entity = {"id": "rfnd_x", "payment_id": "pay_x", "amount": 5_000, "status": "processed", "receipt": "not ours"}
    body = json.dumps({"event": "refund.processed", "payload": {"refund": {"entity": entity}}}).encode()
    with town.uow() as uow:
        webhooks.store_webhook(uow, raw=body, event_id=None, form=FORMAT)


def told(town: Town, parts: Wiring, kind: str) -> list[Notification]:
    relay_all(parts)
    with town.uow() as uow:
        return list(uow.all(Notification, col(Notification.kind) == kind))


@pytest.mark.row("PAY-13", "MON-05")
def test_finance_hears_of_what_is_not_known_here_and_of_what_is_given_up(town: Town, parts: Wiring) -> None:
    finance = town.admin(AdminDuty.FINANCE)
    refund_of_nobody(town)
    for minutes in (5, 4):
        operations.tick("webhooks")
        operations.tick("message-watch")
        town.clock.move(minutes=minutes)
    assert told(town, parts, "message_unknown") == []  # it may only be faster than the answer to our call
    town.clock.move(minutes=2)
    for _ in range(2):
        operations.tick("message-watch")
    assert [n.user_id for n in told(town, parts, "message_unknown")] == [finance.user_id]
    for _ in range(webhooks.MOST_TRIES):
        town.clock.move(hours=2)
        operations.tick("webhooks")
    (kept,) = logged(town, "webhook")
    assert kept.startswith("refund.processed")
    assert [n.user_id for n in told(town, parts, "message_parked")] == [finance.user_id]
