"""The book: whatever happens in whatever order, the records explain the balances and no money leaves twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleanit_app.sandbox import (
    book,
    contacts,
    control,
    control_moves,
    customer,
    fund_accounts,
    orders,
    payout_moves,
    payouts,
    refunds,
    timers,
)
from cleanit_app.sandbox.config import SandboxConfig
from cleanit_app.sandbox.errors import ApiError
from cleanit_app.sandbox.store import Store
from cleanit_app.sandbox.world import World

STEPS = 250


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A small world: little money, so that refusals and queues happen."""
    config = SandboxConfig(
        db_path=str(tmp_path / "book.db"),
        x_opening_paise=30_000_00,
        pg_opening_paise=500_00,
        payout_delay=3600,
        refund_delay=3600,
    )
    made = World(config, Store(config.db_path))
    with made.store.transaction():
        book.open_books(made)
    return made


class Walk:
    """Random acts of merchant, customers, banks and time."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.dice = random.Random(seed)
        contact = contacts.create(world, {"name": "Asha Verma"})
        bank = {"name": "Asha Verma", "ifsc": "HDFC0000053", "account_number": "765432123456789"}
        wish = {"contact_id": contact["id"], "account_type": "bank_account", "bank_account": bank}
        self.account = fund_accounts.create(world, wish)["id"]
        self.keys = 0

    def any_of(self, kind: str) -> Any:
        found = self.world.store.find(kind)
        if not found:
            raise ApiError("nothing there yet")
        return self.dice.choice(found)["id"]

    def order(self) -> Any:
        return orders.create(self.world, {"amount": self.dice.randint(100, 900_000), "currency": "INR"})

    def pay(self) -> Any:
        outcome = self.dice.choice(customer.OUTCOMES)
        return customer.act(self.world, self.any_of("order"), outcome, delay=self.dice.randint(0, 5000))

    def refund(self) -> Any:
        body = {"amount": self.dice.randint(100, 90_000)} if self.dice.random() < 0.8 else {}
        return refunds.create(self.world, self.any_of("payment"), body, None)

    def move_refund(self) -> Any:
        return control_moves.move_refund(self.world, {}, self.any_of("refund"), self.dice.choice(("process", "fail")))

    def payout(self) -> Any:
        self.keys += self.dice.random() < 0.8
        body = {
            "account_number": self.world.config.x_account, "fund_account_id": self.account, "currency": "INR",
            "amount": self.keys * 7919 % 2_000_000 + 100, "mode": "IMPS", "purpose": "payout",
            "queue_if_low_balance": True,
        }  # fmt: skip
        return payouts.create(self.world, body, f"key-{self.keys}")

    def move_payout(self) -> Any:
        move = self.dice.choice(tuple(payout_moves.MOVES))
        options = {"credit": self.dice.random() < 0.5}
        return control_moves.move_payout(self.world, options, self.any_of("payout"), move)

    def time(self) -> Any:
        return control.move_clock(self.world, {"advance_seconds": self.dice.choice((60, 3600, 86400))})

    def settle(self) -> Any:
        return control_moves.settle(self.world, {})

    def load(self) -> Any:
        return control_moves.set_balances(self.world, {"x_balance": self.dice.randint(0, 50_000_00)})

    def step(self) -> None:
        acts: list[Callable[[], Any]] = [self.order, self.pay, self.pay, self.refund, self.refund, self.move_refund]
        acts += [self.payout, self.payout, self.move_payout, self.move_payout, self.time, self.settle, self.load]
        try:
            with self.world.store.transaction():
                self.dice.choice(acts)()
        except ApiError:
            return
        timers.fire_due(self.world)


@pytest.mark.parametrize("seed", range(6))
def test_the_records_explain_the_balances_after_every_step(world: World, seed: int) -> None:
    with world.store.transaction():
        walk = Walk(world, seed)
    for _ in range(STEPS):
        walk.step()
        now = book.everything(world)
        assert now["agrees"], now["sums"]
        assert now["balances"]["x_balance"] >= 0
        _nobody_gets_too_much(now)
    assert now["payouts"]
    assert now["refunds"]


def _nobody_gets_too_much(now: Any) -> None:
    for payment in now["payments"]:
        given = sum(r["amount"] for r in now["refunds"] if r["payment_id"] == payment["id"] and r["status"] != "failed")
        assert given == payment["amount_refunded"] <= payment["amount"]
    for order in now["orders"]:
        captured = [p for p in now["payments"] if p["order_id"] == order["id"] and p["captured"]]
        assert len(captured) == (order["status"] == "paid")
    for payout in now["payouts"]:
        debits = [t for t in now["transactions"] if t["source"]["id"] == payout["id"]]
        credits = [t for t in now["transactions"] if t["source"].get("payout_id") == payout["id"]]
        assert len(debits) <= 1
        assert len(credits) <= len(debits)
        if payout["status"] == "processed":
            assert (len(debits), len(credits)) == (1, 0)


def test_a_book_already_begun_keeps_its_opening(world: World) -> None:
    with world.store.transaction():
        world.move_balance("x_balance", -100)
        book.open_books(world)
    assert world.balance("x_balance") == 30_000_00 - 100
