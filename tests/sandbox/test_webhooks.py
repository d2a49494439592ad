"""Webhooks at a real web server: signed over the raw bytes, at least once, troubled on demand."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path

import pytest

from cleanit_app.adapters.razorpay_signatures import webhook_is_genuine
from tests.sandbox.running import (
    OLD_WEBHOOK_SECRET,
    WEBHOOK_SECRET,
    Received,
    Receiver,
    Sandbox,
    name_of,
    receiving,
    running_sandbox,
    until,
)


def genuine(item: Received, secret: str = WEBHOOK_SECRET) -> bool:
    return webhook_is_genuine(item.raw, item.headers.get("x-razorpay-signature"), [secret])


@pytest.mark.row("PAY-01")
def test_a_payment_is_told_in_three_signed_events(sandbox: Sandbox, receiver: Receiver) -> None:
    order = sandbox.order(250_000, receipt="c-1", notes={"street": "गांधी मार्ग ₹"})
    sandbox.control(f"orders/{order['id']}/pay", outcome="success")
    receiver.wait_for("payment.authorized", "payment.captured", "order.paid")
    assert len(receiver.received) == 3
    for item in receiver.received:
        digest = hmac.new(WEBHOOK_SECRET.encode(), item.raw, hashlib.sha256).hexdigest()
        assert item.headers["x-razorpay-signature"] == digest
        assert genuine(item)
        assert not webhook_is_genuine(item.raw + b" ", digest, [WEBHOOK_SECRET])
        assert item.headers["user-agent"] == "Razorpay-Webhook/v1"
        assert len(item.headers["x-razorpay-event-id"]) == 14
        assert item.headers["request-id"] == item.headers["x-razorpay-event-id"]
        assert item.path == "/payment"
        assert "गांधी मार्ग ₹".encode() in item.raw
        assert b'": ' not in item.raw
    captured = json.loads(next(item.raw for item in receiver.received if name_of(item) == "payment.captured"))
    entity = captured["payload"]["payment"]["entity"]
    assert (entity["order_id"], entity["status"], entity["fee"], entity["tax"]) == (
        order["id"],
        "captured",
        5900,
        900,
    )
    assert not [name for name in entity if name.startswith("_")]


def test_families_go_to_their_own_addresses(sandbox: Sandbox, receiver: Receiver) -> None:
    payment_id = sandbox.paid()
    sandbox.api("POST", f"payments/{payment_id}/refund", {"amount": 100})
    sandbox.payout("job-1")
    receiver.wait_for("refund.created", "refund.processed", "payout.initiated", "payout.processed", "payout.updated")
    paths = {name_of(item): item.path for item in receiver.received}
    assert paths["refund.processed"] == "/refund"
    assert paths["transaction.created"] == paths["payout.updated"] == "/payout"
    refund = next(item.raw for item in receiver.received if name_of(item) == "refund.created")
    assert refund.startswith(b'{"account_id":')
    payout = json.loads(next(i.raw for i in receiver.received if name_of(i) == "payout.processed"))
    assert payout["payload"]["payout"]["entity"]["fund_account"]["bank_account"]["name"] == "Asha Verma"


@pytest.mark.parametrize("answer", [500, 400])
def test_a_refused_event_comes_again_unchanged(sandbox: Sandbox, receiver: Receiver, answer: int) -> None:
    receiver.answers = [answer]
    sandbox.control("webhook-faults", kind="drop", event="*.authorized")
    sandbox.control("webhook-faults", kind="drop", event="order.paid")
    sandbox.paid()
    until(lambda: len(receiver.received) == 2)
    first, second = receiver.received
    assert (first.raw, first.headers) == (second.raw, second.headers)
    until(lambda: sandbox.control("deliveries", "GET")["items"][1]["state"] == "delivered")


def test_an_answer_after_five_seconds_is_no_answer(sandbox: Sandbox, receiver: Receiver) -> None:
    receiver.slow = 5.4
    sandbox.control(f"orders/{sandbox.order()['id']}/pay", outcome="fail")
    until(lambda: sandbox.control("deliveries", "GET")["items"][0]["last_result"] == "timeout")
    receiver.slow = 0
    until(lambda: sandbox.control("deliveries", "GET")["items"][0]["state"] == "delivered")
    assert len(receiver.received) == 2


def test_after_a_day_of_refusals_the_address_is_switched_off(sandbox: Sandbox, receiver: Receiver) -> None:
    receiver.answers = [400] * 100
    sandbox.control("delays", time_scale=0.00001)
    sandbox.control(f"orders/{sandbox.order()['id']}/pay", outcome="fail")
    until(lambda: sandbox.control("deliveries", "GET")["items"][0]["state"] == "given_up")
    delivery = sandbox.control("deliveries", "GET")["items"][0]
    assert 2 <= delivery["attempts"] <= 15
    assert [hook["active"] for hook in sandbox.api("GET", "webhooks").json()["items"]].count(False) == 1
    sandbox.control("endpoints/switch-on")
    receiver.answers = []
    sandbox.paid()
    receiver.wait_for("order.paid")


def test_duplicates_carry_the_same_event_id(sandbox: Sandbox, receiver: Receiver) -> None:
    sandbox.control("webhook-faults", kind="duplicate", copies=3, event="payment.captured")
    sandbox.paid()
    until(lambda: receiver.events().count("payment.captured") == 3)
    copies = [item for item in receiver.received if name_of(item) == "payment.captured"]
    assert len({item.headers["x-razorpay-event-id"] for item in copies}) == 1
    assert len({item.raw for item in copies}) == 1


def test_reordered_events_arrive_backwards(sandbox: Sandbox, receiver: Receiver) -> None:
    sandbox.control("webhook-faults", kind="reorder", count=3)
    sandbox.paid()
    receiver.wait_for("payment.authorized", "payment.captured", "order.paid")
    assert receiver.events() == ["order.paid", "payment.captured", "payment.authorized"]


def test_a_forged_signature_and_an_old_secret(sandbox: Sandbox, receiver: Receiver) -> None:
    sandbox.control("webhook-faults", kind="bad_signature", event="payment.authorized")
    sandbox.control("webhook-faults", kind="old_secret", event="order.paid")
    sandbox.paid()
    receiver.wait_for("payment.authorized", "payment.captured", "order.paid")
    by_name = {name_of(item): item for item in receiver.received}
    assert not genuine(by_name["payment.authorized"])
    assert genuine(by_name["payment.captured"])
    assert not genuine(by_name["order.paid"])
    assert genuine(by_name["order.paid"], OLD_WEBHOOK_SECRET)


def test_a_dropped_event_never_comes(sandbox: Sandbox, receiver: Receiver) -> None:
    sandbox.control("webhook-faults", kind="drop", count=3)
    sandbox.paid()
    states = [item["state"] for item in sandbox.control("deliveries", "GET")["items"]]
    assert states == ["dropped"] * 3
    assert receiver.received == []


def test_paused_events_wait_and_can_be_repeated(sandbox: Sandbox, receiver: Receiver) -> None:
    sandbox.control("deliveries/pause")
    sandbox.paid()
    assert [item["attempts"] for item in sandbox.control("deliveries", "GET")["items"]] == [0, 0, 0]
    sandbox.control("deliveries/resume")
    receiver.wait_for("payment.authorized", "payment.captured", "order.paid")
    seq = until(lambda: [i for i in sandbox.control("deliveries", "GET")["items"] if i["state"] == "delivered"])[0][
        "seq"
    ]
    sandbox.control(f"deliveries/{seq}/resend")
    until(lambda: len(receiver.received) == 4)


def test_an_address_of_the_api_gets_what_it_subscribed_to(sandbox: Sandbox) -> None:
    with receiving() as own:
        body = {"url": own.url, "secret": "its-own-secret", "events": ["payment.captured"]}
        hook = sandbox.api("POST", "webhooks", body).json()
        assert (hook["entity"], hook["active"], hook["secret_exists"]) == ("webhook", True, True)
        sandbox.paid()
        own.wait_for("payment.captured")
        assert own.events() == ["payment.captured"]
        assert genuine(own.received[0], "its-own-secret")


def test_book_and_unsent_events_survive_a_restart(tmp_path: Path) -> None:
    with receiving() as listening:
        urls = f"payment={listening.url}/payment"
        with running_sandbox(tmp_path / "book.db", SANDBOX_WEBHOOK_URLS=urls) as first:
            first.control("deliveries/pause")
            payment_id = first.paid()
            balance = first.book()["balances"]
        assert listening.received == []
        with running_sandbox(tmp_path / "book.db", SANDBOX_WEBHOOK_URLS=urls) as second:
            assert second.book()["balances"] == balance
            assert second.api("GET", f"payments/{payment_id}").json()["status"] == "captured"
            second.control("deliveries/resume")
            listening.wait_for("payment.authorized", "payment.captured", "order.paid")
