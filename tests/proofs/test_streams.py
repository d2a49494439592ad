"""Messages in any order, repeated, early or late: one final state."""

from __future__ import annotations

import hashlib
import json
import os
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, text
from sqlmodel import col

from cleanit_app.api.app import create_api
from cleanit_app.models import LedgerTransfer, Payout, WebhookEvent
from cleanit_app.sandbox.deliveries import sign
from cleanit_app.services import webhooks
from cleanit_app.services.ledger.invariants import check_books
from cleanit_app.services.unit_of_work import unit_of_work
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.factories import FORMAT, Town
from tests.proofs.bank import Message
from tests.proofs.life import Life
from tests.sandbox.running import WEBHOOK_SECRET

ORDERS = int(os.environ.get("PROOF_ORDERS", "10000"))
SEED = int(os.environ.get("PROOF_SEED", "1"))
STATE = (
    "SELECT account, subject_id, sum(amount_paise) FROM ledger_lines GROUP BY 1, 2 HAVING sum(amount_paise) <> 0",
    "SELECT id, status, kept_paise, razorpay_payment_id FROM contributions",
    "SELECT id, status, raised_paise FROM campaigns",
    "SELECT id, campaign_id, status, amount_paise FROM jobs WHERE status <> 'AVAILABLE'",
    "SELECT id, status, amount_paise, razorpay_payout_id FROM payouts",
    "SELECT contribution_id, cause, amount_paise, status FROM refunds",
    "SELECT reference, status, provider_id FROM transfer_attempts",
    "SELECT contribution_id, amount_paise, status FROM escrow_transactions",
    "SELECT count(*) FROM webhook_events WHERE processed_at IS NULL",
)
"""What a stream must come to: balances and statuses; how many steps it took there may differ."""


class Dream:
    """Our side of a life that can be lived again: everything in it is undone at the end."""

    def __init__(self, life: Life, connection: Connection) -> None:
        self.life, self.connection, self.now = life, connection, life.clock.now()

    @contextmanager
    def open(self) -> Iterator[Any]:
        """A unit of work inside the dream."""
        with unit_of_work(self.connection, self.now) as uow:
            yield uow

    def hear(self, message: Message) -> None:
        """A message reaches the door and is worked on."""
        with self.open() as uow:
            kept = webhooks.store_webhook(uow, raw=message.body, event_id=message.event_id, form=FORMAT)
        if kept:
            webhooks.work_webhook(self.open, webhook_id=kept, form=FORMAT)

    def end(self) -> str:
        """The state it came to, as a hash; the database's own last checks have spoken and the books are right."""
        self.connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        with self.open() as uow:
            assert check_books(uow) == []
        rows = [sorted(map(str, self.connection.execute(text(query)).all())) for query in STATE]
        self.connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


@contextmanager
def dreaming(life: Life) -> Iterator[Dream]:
    """A transaction around everything, never committed."""
    with life.engine.connect() as connection:
        outer = connection.begin()
        connection.begin_nested()
        yield Dream(life, connection)
        outer.rollback()


def a_payment(life: Life) -> list[Message]:
    """Seven messages of one gift: two tries that failed, a yes, the money, the order, and a late yes given back."""
    campaign = life.campaign(life.creators[0], 100_000)
    wish = life.wish(campaign, 100_000, life.givers[0])
    assert wish is not None
    life.news()
    life.bank.pay(wish.razorpay_order_id, "fail")
    life.bank.pay(wish.razorpay_order_id, "late", delay=5)
    life.bank.pay(wish.razorpay_order_id, "success")
    life.clock.move(seconds=10)
    life.bank.tick()
    return [*life.news(), *_noted(life)]


def a_payout(life: Life) -> list[Message]:
    """Seven messages of one pay: sent, failed, come back; sent again, processed, updated, returned after all."""
    with life.open() as uow:
        payout_id = uow.all(Payout)[0].id
    life.news()
    first = _send(life, payout_id)
    life.bank.move_payout(first, "fail", reason="beneficiary_bank_offline", credit=False)
    life.clock.move(minutes=20)
    life.run("workers.jobs.transfers.settle_open_attempts")  # the failure is known, whoever tells it later
    life.bank.move_payout(first, "reverse", reason="beneficiary_bank_offline")
    life.clock.move(hours=26)
    second = _send(life, payout_id)
    life.bank.move_payout(second, "process")
    life.bank.move_payout(second, "reverse", reason="beneficiary_bank_rejected")
    return [m for m in life.news() if m.event.startswith("payout.") and _payout_of(m) in (first, second)]


def _send(life: Life, payout_id: Any) -> str:
    life.run("workers.jobs.payouts.send_payout", str(payout_id))
    with life.open() as uow:
        return str(uow.get(Payout, payout_id).razorpay_payout_id)


def _payout_of(message: Message) -> str:
    return str(json.loads(message.body)["payload"]["payout"]["entity"]["id"])


def _noted(life: Life) -> list[Message]:
    """A message that we only note."""
    return [Message(0, "evt-noted", "payment.dispute.created", b'{"event":"payment.dispute.created","payload":{}}')]


def every_order(life: Life, messages: Sequence[Message]) -> tuple[int, set[str]]:
    """Live through every order; orders with the same beginning share it. How many there were, and what they came to."""
    seen: set[str] = set()
    count = 0
    with dreaming(life) as dream:

        def walk(left: tuple[int, ...]) -> None:
            nonlocal count
            if not left:
                seen.add(dream.end())
                count += 1
            for i in left:
                step = dream.connection.begin_nested()
                dream.hear(messages[i])
                walk(tuple(j for j in left if j != i))
                step.rollback()

        walk(tuple(range(len(messages))))
    return count, seen


def random_orders(life: Life, messages: Sequence[Message], seeds: range) -> set[str]:
    """Live through random orders in which messages come up to three times."""
    seen = set()
    for seed in seeds:
        dice = random.Random(seed)
        stream = [m for m in messages for _ in range(dice.choice((1, 1, 2, 3)))]
        dice.shuffle(stream)
        with dreaming(life) as dream:
            for message in stream:
                dream.hear(message)
            seen.add(dream.end())
    return seen


LIVES = {"payment": a_payment, "payout": a_payout}


@pytest.mark.parametrize("kind", LIVES)
@pytest.mark.row("PAY-01", "PAY-06")
def test_every_order_of_the_messages_of_one_life_ends_the_same(life: Life, kind: str) -> None:
    messages = [*LIVES[kind](life)]
    assert len(messages) >= 6, [m.event for m in messages]
    some = [messages[i] for i in (0, 1, len(messages) - 3, len(messages) - 2)]
    count, seen = every_order(life, some)
    assert (count, len(seen)) == (24, 1)


@pytest.mark.row("PAY-01", "PAY-06")
def test_messages_in_random_order_with_repeats_end_the_same(life: Life) -> None:
    messages = [*a_payment(life), *a_payout(life)]
    assert len(random_orders(life, messages, range(12))) == 1


@pytest.mark.proof
@pytest.mark.parametrize("kind", LIVES)
def test_all_5040_orders_end_the_same(life: Life, kind: str) -> None:
    messages = LIVES[kind](life)[:7]
    count, seen = every_order(life, messages)
    print(f"{kind}: {[m.event for m in messages]}, {count} orders, {len(seen)} final state")
    assert (count, len(seen)) == (5040, 1)


@pytest.mark.proof
def test_ten_thousand_random_orders_end_the_same(life: Life) -> None:
    messages = [*a_payment(life), *a_payout(life)]
    seen = random_orders(life, messages, range(SEED * 1_000_000, SEED * 1_000_000 + ORDERS))
    print(f"seed {SEED}: {ORDERS} orders of {len(messages)} messages with repeats, {len(seen)} final state")
    assert len(seen) == 1


@pytest.mark.row("PAY-01")
def test_the_same_message_a_hundred_times_at_once_is_one(town: Town, settings: Settings) -> None:
    wish = town.wish(town.campaign(target_paise=100_000), 100_000)
    entity = {
        "id": "pay_00000000000001", "order_id": wish.razorpay_order_id, "amount": 100_000, "currency": "INR",
        "status": "captured", "captured": True, "fee": 2360, "tax": 360, "created_at": 1_790_000_000,
    }  # fmt: skip
    body = json.dumps({"event": "payment.captured", "payload": {"payment": {"entity": entity}}}).encode()
    headers = {"X-Razorpay-Signature": sign(body, WEBHOOK_SECRET), "X-Razorpay-Event-Id": "evt-1"}
    parts = Wiring(settings)
    http = TestClient(create_api(parts))

    def deliver(_: int) -> int:
        sent = {**headers, "Content-Type": "application/json"}
        return http.post("/api/webhooks/razorpay/payment", content=body, headers=sent).status_code

    with ThreadPoolExecutor(20) as threads:
        assert set(threads.map(deliver, range(100))) == {200}
        with parts.open_uow() as uow:
            rows = uow.all(WebhookEvent)
        assert len(rows) == 1
        work = partial(webhooks.work_webhook, parts.open_uow, webhook_id=rows[0].id, form=FORMAT)
        list(threads.map(lambda _: work(), range(40)))
    with parts.open_uow() as uow:
        assert len(uow.all(LedgerTransfer, col(LedgerTransfer.kind) == "PAYMENT_CAPTURED")) == 1
    parts.engine.dispose()
