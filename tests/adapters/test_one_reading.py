"""A message and the API's answer at the same moment are equal, for everything that the sandbox can bring about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cleanit_app.adapters import razorpay_entities as entities
from cleanit_app.adapters.razorpay_payments import RazorpayPayments
from cleanit_app.adapters.razorpay_payouts import RazorpayPayouts
from cleanit_app.ports import ProviderPayment
from cleanit_app.sandbox.payment_moves import REASONS
from cleanit_app.sandbox.payout_moves import BANK_REASONS
from tests.adapters.conftest import providers
from tests.factories import FORMAT
from tests.sandbox.running import X_ACCOUNT, Receiver, Sandbox, receiving, until

pytestmark = pytest.mark.row("PAY-01", "PAY-02", "PAY-06", "PAY-08", "TST-02")
METHODS = ("upi", "card", "netbanking")
A_DAY = 86_400


@dataclass(frozen=True)
class Wires:
    """A sandbox where nothing happens by itself, the API, and what it sends."""

    sandbox: Sandbox
    payments: RazorpayPayments
    payouts: RazorpayPayouts
    receiver: Receiver

    def told(self, event: str, thing_id: str) -> Any:
        """What the newest message of a name about a thing says."""
        name = f'"event":"{event}"'.encode()
        raw = until(lambda: [r.raw for r in self.receiver.received if name in r.raw and thing_id.encode() in r.raw])[-1]
        return FORMAT.read(raw)

    def pay(self, method: str = "upi", outcome: str = "success", **more: Any) -> tuple[str, Any]:
        """The order and the payment of a customer's try."""
        order_id = self.sandbox.order(**more.pop("order", {}))["id"]
        self.sandbox.control(f"orders/{order_id}/pay", method=method, outcome=outcome, **more)
        return order_id, self.sandbox.control(f"orders/{order_id}", "GET")["payments"][0]["id"]

    def refund(self, key: str, speed: str = "normal") -> str:
        """A refund that waits for its bank."""
        body = {"amount": 20_000, "receipt": key, "speed": speed}
        answer = self.sandbox.api("POST", f"payments/{self.pay()[1]}/refund", body)
        return str(answer.json()["id"])


@pytest.fixture
def wires(sandbox: Sandbox) -> Iterator[Wires]:
    with receiving() as receiver:
        sandbox.control("delays", payout_delay=-1, refund_delay=-1, validation_delay=-1)
        sandbox.control("endpoints", payment=receiver.url, refund=receiver.url, payout=receiver.url)
        yield Wires(sandbox, *providers(sandbox.url), receiver)


@pytest.mark.parametrize("method", METHODS)
def test_a_payment_that_arrived(wires: Wires, method: str) -> None:
    order_id, payment_id = wires.pay(method)
    asked = wires.payments.payment(payment_id)
    assert wires.told("payment.captured", payment_id) == asked == wires.told("order.paid", payment_id)
    assert wires.payments.payments_of_order(order_id) == [asked]
    assert asked.reference
    raw = next(r.raw for r in wires.receiver.received if b'"event":"order.paid"' in r.raw)
    assert entities.order(json.loads(raw)["payload"]["order"]["entity"]) == wires.payments.order(order_id)


@pytest.mark.parametrize("method", METHODS)
def test_a_payment_that_is_not_captured_yet(wires: Wires, method: str) -> None:
    _, payment_id = wires.pay(method, order={"payment": {"capture": "manual"}})
    assert wires.told("payment.authorized", payment_id) == wires.payments.payment(payment_id)
    taken = wires.payments.capture(payment_id, 50_000)
    assert wires.told("payment.captured", payment_id) == taken == wires.payments.payment(payment_id)


@pytest.mark.parametrize("reason", [*REASONS, "cancel", "late"])
def test_a_payment_that_failed_and_came_after_all(wires: Wires, reason: str) -> None:
    how = {"outcome": reason, "delay": A_DAY} if reason in ("cancel", "late") else {"outcome": "fail", "reason": reason}
    _, payment_id = wires.pay(**how)
    failed = wires.payments.payment(payment_id)
    assert wires.told("payment.failed", payment_id) == failed
    assert failed.failure_text
    assert failed.failure
    wires.sandbox.control(f"payments/{payment_id}/authorise")
    assert wires.told("payment.captured", payment_id) == wires.payments.payment(payment_id)


def test_a_payment_whose_bank_never_answered(wires: Wires) -> None:
    _, payment_id = wires.pay(outcome="pending")
    wires.sandbox.control("clock", advance_seconds=700)
    assert wires.told("payment.failed", payment_id) == wires.payments.payment(payment_id)


@pytest.mark.parametrize("move", ["process", "fail"])
def test_a_refund(wires: Wires, move: str) -> None:
    refund_id = wires.refund(f"refund-to-{move}")
    assert wires.told("refund.created", refund_id) == wires.payments.refund_by_id(refund_id)
    wires.sandbox.control(f"refunds/{refund_id}/{move}")
    event = {"process": "refund.processed", "fail": "refund.failed"}[move]
    asked = wires.payments.refund_by_id(refund_id)
    assert wires.told(event, refund_id) == asked
    assert bool(asked.arn) is (move == "process")


def test_a_changed_speed_is_no_news(wires: Wires) -> None:
    assert wires.told("refund.speed_changed", wires.refund("refund-fast", "optimum")) is None


def test_a_payout_that_arrived(wires: Wires) -> None:
    payout_id = wires.sandbox.payout("payout-good").json()["id"]
    assert wires.told("payout.initiated", payout_id) == wires.payouts.payout(payout_id)
    wires.sandbox.control(f"payouts/{payout_id}/process")
    asked = wires.payouts.payout(payout_id)
    assert wires.told("payout.processed", payout_id) == asked == wires.told("payout.updated", payout_id)
    assert wires.payouts.payout_by_reference("payout-good") == asked
    wires.told("transaction.created", payout_id)


@pytest.mark.parametrize("reason", BANK_REASONS)
def test_a_payout_that_failed_and_one_that_came_back(wires: Wires, reason: str) -> None:
    for move, event in (("fail", "payout.failed"), ("reverse", "payout.reversed")):
        payout_id = wires.sandbox.payout(f"{move}-{reason}"[:36]).json()["id"]
        wires.sandbox.control(f"payouts/{payout_id}/{move}", reason=reason)
        assert wires.told(event, payout_id) == wires.payouts.payout(payout_id)


def test_a_payout_that_waits_for_money_and_for_a_person(wires: Wires) -> None:
    wires.sandbox.control("balances", x_balance=0)
    queued = wires.sandbox.payout("payout-queued").json()["id"]
    assert wires.told("payout.queued", queued) == wires.payouts.payout(queued)
    wires.sandbox.control("behaviour", payouts_need_approval=True)
    pending = wires.sandbox.payout("payout-pending").json()["id"]
    assert wires.told("payout.pending", pending) == wires.payouts.payout(pending)
    wires.sandbox.control(f"payouts/{pending}/reject")
    assert wires.told("payout.rejected", pending) == wires.payouts.payout(pending)
    wires.sandbox.control("behaviour", payouts_need_approval=False)


@pytest.mark.parametrize("form", ["classic", "composite"])
@pytest.mark.parametrize("says", ["active", "invalid", "nothing"])
def test_what_a_bank_says_of_an_account(wires: Wires, form: str, says: str) -> None:
    number = "1234509876"
    wires.sandbox.control("bank-accounts", account=number, registered_name="ASHA VERMA", account_status=says)
    number_of_ours = {"classic": "account_number", "composite": "source_account_number"}[form]
    body = {number_of_ours: X_ACCOUNT, "fund_account": {"id": wires.sandbox.fund_account(number)}}
    check_id = wires.sandbox.api("POST", "fund_accounts/validations", body).json()["id"]
    move = "fail" if says == "nothing" else "complete"
    wires.sandbox.control(f"validations/{check_id}/{move}")
    event = f"fund_account.validation.{'failed' if says == 'nothing' else 'completed'}"
    assert wires.told(event, check_id) == wires.payouts.validation(check_id)


def test_a_dispute_however_it_goes_on(wires: Wires) -> None:
    dispute_id = wires.sandbox.control(f"payments/{wires.pay()[1]}/dispute", amount=20_000)["id"]
    for event in ("created", "action_required", "under_review", "won", "lost", "closed"):
        if event != "created":
            wires.sandbox.control(f"disputes/{dispute_id}/{event}")
        asked = entities.dispute(wires.sandbox.api("GET", f"disputes/{dispute_id}").json())
        assert wires.told(f"payment.dispute.{event}", dispute_id) == asked
    assert asked.amount_paise == 20_000


def test_a_settlement(wires: Wires) -> None:
    wires.pay()
    made = wires.sandbox.control("settlement")["settlement"]
    now = datetime.now(UTC)
    (asked,) = wires.payments.settlements_page(now - timedelta(days=1), now + timedelta(days=1), 0)
    assert wires.told("settlement.processed", made["id"]) == asked


ACQUIRERS: list[tuple[Any, str | None]] = [
    ({"rrn": "518157940107", "upi_transaction_id": "769056DE"}, "518157940107"),
    ({"upi_transaction_id": "769056DE", "rrn": "518157940107"}, "518157940107"),
    ({"auth_code": "123456", "arn": "74332741", "rrn": "518157940107"}, "518157940107"),
    ({"arn": "74332741", "authentication_reference_number": "100"}, "asha@exampleupi"),
    ({"bank_transaction_id": "0125836177"}, "0125836177"),
    ({"transaction_id": "77", "rrn": None}, "77"),
    ({"rrn": 518157940107}, "518157940107"),
    ({"rrn": "", "upi_transaction_id": {"of": "nobody"}}, "asha@exampleupi"),
    ([], "asha@exampleupi"),
    (None, "asha@exampleupi"),
    ("rrn", "asha@exampleupi"),
]


@pytest.mark.parametrize(("acquirer", "reference"), ACQUIRERS)
def test_the_bank_s_number_does_not_hang_on_the_order_of_keys(acquirer: Any, reference: str | None) -> None:
    entity = {
        "id": "pay_1", "order_id": "order_1", "amount": 5_000, "currency": "INR", "status": "captured",
        "captured": True, "vpa": "asha@exampleupi", "created_at": 1_790_000_000, "acquirer_data": acquirer,
    }  # fmt: skip
    asked = entities.payment(entity)
    body = {"event": "payment.captured", "payload": {"payment": {"entity": entity}}}
    for raw in (json.dumps(body), json.dumps(body, sort_keys=True, separators=(",", ":"))):
        assert FORMAT.read(raw.encode()) == asked
    assert isinstance(asked, ProviderPayment)
    assert asked.reference == reference
