"""The provider in this process answers as the sandbox over HTTP does: same story, same answers, same book."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any

import pytest

from cleanit_app.adapters.razorpay_client import RazorpayClient
from cleanit_app.adapters.razorpay_payments import RazorpayPayments
from cleanit_app.adapters.razorpay_payouts import RazorpayPayouts
from cleanit_app.ports import ProviderRejected, ProviderUnknown
from cleanit_app.sandbox import control, control_moves
from tests.factories import FORMAT, UPI, MovableClock
from tests.proofs.bank import AFTER, BEFORE, PLENTY_PAISE, Bank
from tests.sandbox.running import KEY_ID, KEY_SECRET, X_ACCOUNT, Sandbox, running_sandbox

KEY, OTHER_KEY = "key-0123456789", "key-9876543210"
_ID = re.compile(r"\b(order|pay|rfnd|pout|cont|fa|txn|rvrsl|card)_[A-Za-z0-9]+")


class Side:
    """One of the two providers: ports to call, and hands that move it."""

    def __init__(self, payments: Any, payouts: Any, hand: Callable[..., Any], book: Callable[[], Any]) -> None:
        self.payments, self.payouts, self.hand, self.book = payments, payouts, hand, book
        self.said: list[Any] = []
        self._names: dict[str, str] = {}

    def say(self, call: Callable[[], Any]) -> Any:
        """Make a call and note what came of it, with ids by order of appearance."""
        try:
            answer = call()
        except (ProviderRejected, ProviderUnknown) as trouble:
            self.said.append(type(trouble).__name__ + str(getattr(trouble, "description", "")))
            return None
        self.said.append(self.plain(answer))
        return answer

    def plain(self, value: Any) -> Any:
        """Comparable: no clock, no random id."""
        told = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
        text = json.dumps(told, default=lambda v: "moment" if isinstance(v, datetime) else str(v))
        text = _ID.sub(lambda found: self._names.setdefault(found[0], f"{found[1]}-{len(self._names)}"), text)
        return json.loads(re.sub(r'"(utr|reference|arn)": "[^"]+"', r'"\1": "known"', text))


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(
        tmp_path_factory.mktemp("sandbox") / "book.db",
        SANDBOX_X_BALANCE=str(PLENTY_PAISE),
        SANDBOX_PG_BALANCE=str(PLENTY_PAISE),
        SANDBOX_PAYOUT_DELAY="-1",
        SANDBOX_REFUND_DELAY="-1",
    ) as running:
        yield running


def over_http(process: Sandbox) -> Side:
    process.control("reset")
    client = RazorpayClient(key_id=KEY_ID, key_secret=KEY_SECRET, base_url=process.url, read_seconds=0.4)
    hands = {
        "pay": lambda order, **body: process.control(f"orders/{order}/pay", **body),
        "payout": lambda payout, move, **body: process.control(f"payouts/{payout}/{move}", **body),
        "refund": lambda refund, move: process.control(f"refunds/{refund}/{move}"),
        "fault": lambda kind: process.control("faults", kind=kind, count=1, seconds=1),
        "balance": lambda **body: process.control("balances", **body),
    }
    return Side(
        RazorpayPayments(client, key_secret=KEY_SECRET, checkout_script_url=""),
        RazorpayPayouts(client, account_number=X_ACCOUNT),
        lambda name, *args, **body: hands[name](*args, **body),
        process.book,
    )


def in_process() -> Side:
    bank = Bank(MovableClock())
    waiting: list[str] = []
    bank.fault = lambda method, path: waiting.pop() if waiting else None
    hands = {
        "pay": bank.pay,
        "payout": bank.move_payout,
        "refund": bank.move_refund,
        "fault": waiting.append,
        "balance": lambda **body: bank.act(control_moves.set_balances, **body),
    }
    return Side(bank.payments, bank.payouts, lambda name, *args, **body: hands[name](*args, **body), bank.book)


def story(side: Side) -> None:
    """Everything our stories ask of a provider, with its refusals."""
    pay, out, say, hand = side.payments, side.payouts, side.say, side.hand
    order = say(lambda: pay.create_order(amount_paise=50_000, receipt="r-1", notes={"a": "b"}))
    say(lambda: pay.order_by_receipt("r-1"))
    say(lambda: pay.order_by_receipt("nobody"))
    hand("pay", order.id, outcome="fail")
    hand("pay", order.id, outcome="success")
    payments = say(lambda: sorted((asdict(p) for p in pay.payments_of_order(order.id)), key=lambda p: p["status"]))
    paid = next(p["id"] for p in payments if p["status"] == "captured")
    say(lambda: pay.payment(paid))
    say(lambda: pay.capture(paid, 50_000))

    def refund(amount: int, key: str, receipt: str = "rf-1") -> Any:
        request = FORMAT.refund_request(payment_id=paid, amount_paise=amount, receipt=receipt, notes={})
        return pay.refund(request=request, idempotency_key=key)

    first = say(lambda: refund(20_000, KEY))
    say(lambda: refund(20_000, KEY))
    say(lambda: refund(19_000, KEY))
    say(lambda: refund(40_000, OTHER_KEY))
    hand("refund", first.id, "process")
    say(lambda: pay.refund_by_id(first.id))
    say(lambda: pay.refund_by_id("rfnd_00000000000000"))
    contact = say(lambda: out.create_contact(name="Ramesh Pal", reference_id="c1"))
    account = say(lambda: out.create_fund_account(contact_id=contact, details=UPI))
    say(lambda: out.create_fund_account(contact_id=contact, details=UPI))

    def send(key: str, amount: int = 30_000, reference: str = "p-1") -> Any:
        request = {
            "fund_account_id": account, "amount": amount, "currency": "INR", "mode": "UPI", "purpose": "payout",
            "queue_if_low_balance": True, "reference_id": reference,
        }  # fmt: skip
        return out.create_payout(request=request, idempotency_key=key)

    sent = say(lambda: send(KEY))
    say(lambda: send(KEY))
    say(lambda: send(KEY, amount=31_000))
    say(lambda: out.payout_by_reference("p-1"))
    say(lambda: out.payout_by_reference("p-9"))
    hand("payout", sent.id, "process")
    say(lambda: out.payout(sent.id))
    hand("payout", sent.id, "reverse", reason="beneficiary_bank_rejected")
    say(lambda: out.payout(sent.id))
    hand("balance", x_balance=100)
    say(lambda: send(OTHER_KEY, reference="p-2"))
    hand("balance", x_balance=PLENTY_PAISE)
    say(lambda: out.payout_by_reference("p-2"))
    for number, kind in enumerate((*BEFORE, *AFTER)):
        hand("fault", kind)
        say(lambda key=f"fault-{number}", ref=f"f-{number}": send(key, reference=ref))
        say(lambda ref=f"f-{number}": out.payout_by_reference(ref))


@pytest.mark.row("TST-02")
def test_the_same_story_gives_the_same_answers_and_the_same_book(process: Sandbox) -> None:
    sides = (over_http(process), in_process())
    for side in sides:
        story(side)
    there, here = (side.said for side in sides)
    assert here == there
    assert len(here) >= 40
    books = [side.book() for side in sides]
    for part in ("sums", "balances", "expected_balances", "agrees"):
        assert books[0][part] == books[1][part]
    kinds = ("orders", "payments", "refunds", "payouts", "transactions", "contacts", "fund_accounts")
    counts = [{kind: len(book[kind]) for kind in kinds} for book in books]
    assert counts[0] == counts[1]


def test_the_kinds_of_trouble_are_those_of_the_sandbox(process: Sandbox) -> None:
    assert set(control.faults.KINDS) >= {*BEFORE, *AFTER}
