"""Orders and payments: shapes, refusals in Razorpay's words, and what becomes of a payment."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.sandbox.running import KEY_ID, KEY_SECRET, Sandbox, until


def description(response: Any) -> str:
    return str(response.json()["error"]["description"])


def test_an_order_has_the_documented_shape(sandbox: Sandbox) -> None:
    notes = {"campaign": "सफ़ाई ₹"}
    order = sandbox.order(250_000, receipt="contrib-8812", notes=notes)
    assert order.pop("id").startswith("order_")
    assert order.pop("created_at") > 0
    assert order == {
        "entity": "order",
        "amount": 250_000,
        "amount_paid": 0,
        "amount_due": 250_000,
        "currency": "INR",
        "receipt": "contrib-8812",
        "offer_id": None,
        "status": "created",
        "attempts": 0,
        "notes": notes,
    }


def test_empty_notes_are_a_list(sandbox: Sandbox) -> None:
    assert sandbox.order()["notes"] == []


@pytest.mark.parametrize(
    ("body", "text", "field"),
    [
        (
            {"amount": 100, "currency": "INR", "colour": 1},
            "colour is/are not required and should not be sent",
            None,
        ),
        ({"currency": "INR"}, "The amount field is required.", "amount"),
        ({"amount": 100}, "The currency field is required.", "currency"),
        ({"amount": "100", "currency": "INR"}, "The amount must be an integer.", "amount"),
        ({"amount": 100.5, "currency": "INR"}, "The amount must be an integer.", "amount"),
        ({"amount": True, "currency": "INR"}, "The amount must be an integer.", "amount"),
        ({"amount": 99, "currency": "INR"}, "The amount must be at least INR 1.00", "amount"),
        ({"amount": 10**9, "currency": "INR"}, "Amount exceeds maximum amount allowed.", "amount"),
    ],
)
def test_a_bad_order_is_refused_in_razorpays_words(
    sandbox: Sandbox, body: dict[str, Any], text: str, field: str | None
) -> None:
    response = sandbox.api("POST", "orders", body)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "BAD_REQUEST_ERROR"
    assert description(response) == text
    assert response.json()["error"].get("field") == field
    assert sandbox.book()["orders"] == []


@pytest.mark.parametrize(
    ("method", "path", "status", "text"),
    [
        ("GET", "orders/order_SbxOrder000001", 400, "The id provided does not exist"),
        ("GET", "orders/order_short", 400, "short is not a valid id"),
        ("GET", "payments/order_SbxOrder000001", 400, "order_SbxOrder000001 is not a valid id"),
        ("GET", "nothing/here", 400, "The requested URL was not found on the server."),
        ("DELETE", "orders", 400, "The requested URL was not found on the server."),
        ("GET", "orders?count=101", 400, "The count may not be greater than 100."),
        ("GET", "orders?count=0", 400, "The count must be at least 1."),
        ("GET", "orders?from=5", 400, "from must be between 946684800 and 4765046400"),
    ],
)
def test_what_is_not_there_is_a_400(sandbox: Sandbox, method: str, path: str, status: int, text: str) -> None:
    response = sandbox.api(method, path)
    assert (response.status_code, description(response)) == (status, text)


@pytest.mark.parametrize("auth", [(KEY_ID, "wrong"), ("rzp_test_other", "x"), None])
def test_wrong_keys_are_a_401_even_for_unknown_paths(sandbox: Sandbox, auth: Any) -> None:
    for path in ("orders", "nothing/here"):
        response = sandbox.api("GET", path, auth=auth)
        assert response.status_code == 401
        assert response.json() == {"error": {"code": "BAD_REQUEST_ERROR", "description": "Authentication failed"}}


def test_the_scheme_must_be_spelled_basic(sandbox: Sandbox) -> None:
    token = base64.b64encode(f"{KEY_ID}:{KEY_SECRET}".encode()).decode()
    for scheme, status in (("Basic", 200), ("basic", 401), ("BASIC", 401)):
        response = sandbox.api("GET", "orders", auth=None, headers={"Authorization": f"{scheme} {token}"})
        assert response.status_code == status


def test_a_paid_order_is_paid_once_with_fee_and_tax(sandbox: Sandbox) -> None:
    order = sandbox.order(250_000, receipt="c-1")
    answer = sandbox.control(f"orders/{order['id']}/pay", outcome="success", method="card")
    payment = sandbox.api("GET", f"payments/{answer['razorpay_payment_id']}").json()
    assert (payment["status"], payment["captured"], payment["fee"], payment["tax"]) == (
        "captured",
        True,
        5900,
        900,
    )
    assert payment["card"]["last4"]
    paid = sandbox.api("GET", f"orders/{order['id']}").json()
    assert (paid["status"], paid["amount_paid"], paid["amount_due"]) == ("paid", 250_000, 0)
    again = sandbox.session.post(
        f"{sandbox.url}/control/orders/{order['id']}/pay", json={"outcome": "success"}, timeout=5
    )
    assert "already paid" in description(again)
    assert sandbox.api("GET", "orders?receipt=c-1").json()["count"] == 1


@pytest.mark.parametrize(
    ("amount", "fee", "tax"), [(150_000, 3540, 540), (5500, 130, 20), (1000, 24, 4), (50_000, 1180, 180)]
)
def test_the_fee_is_two_percent_and_tax_on_it(sandbox: Sandbox, amount: int, fee: int, tax: int) -> None:
    payment = sandbox.api("GET", f"payments/{sandbox.paid(amount)}").json()
    assert (payment["fee"], payment["tax"]) == (fee, tax)


def test_a_failed_attempt_may_be_followed_by_a_good_one(sandbox: Sandbox) -> None:
    order = sandbox.order()
    error = sandbox.control(f"orders/{order['id']}/pay", outcome="fail")["error"]
    assert error["reason"] == "insufficient_funds"
    sandbox.control(f"orders/{order['id']}/pay", outcome="success")
    attempts = sandbox.api("GET", f"orders/{order['id']}/payments").json()["items"]
    assert [item["status"] for item in attempts] == ["captured", "failed"]
    assert attempts[1]["fee"] is None
    assert sandbox.api("GET", f"orders/{order['id']}").json()["attempts"] == 2


def test_a_late_yes_captures_the_failed_payment_itself(sandbox: Sandbox) -> None:
    order = sandbox.order()
    error = sandbox.control(f"orders/{order['id']}/pay", outcome="late", delay=0.2)["error"]
    path = f"payments/{error['metadata']['payment_id']}"
    assert sandbox.api("GET", path).json()["status"] == "failed"
    payment = until(lambda: (p := sandbox.api("GET", path).json())["status"] == "captured" and p)
    assert payment["error_reason"] is None
    assert sandbox.api("GET", f"orders/{order['id']}").json()["status"] == "paid"


def test_a_late_yes_for_a_paid_order_goes_straight_back(sandbox: Sandbox) -> None:
    order = sandbox.order()
    late = sandbox.control(f"orders/{order['id']}/pay", outcome="late", delay=3600)["error"]["metadata"]["payment_id"]
    sandbox.control(f"orders/{order['id']}/pay", outcome="success")
    assert sandbox.control(f"payments/{late}/authorise")["status"] == "refunded"
    assert sandbox.book()["sums"]["captured"] == order["amount"]


def test_an_order_captured_by_hand(sandbox: Sandbox) -> None:
    order = sandbox.order(payment={"capture": "manual"})
    payment_id = sandbox.control(f"orders/{order['id']}/pay", outcome="success")["razorpay_payment_id"]
    path = f"payments/{payment_id}/capture"
    wrong = sandbox.api("POST", path, {"amount": 49_999, "currency": "INR"})
    assert description(wrong) == "Capture amount must be equal to the amount authorized"
    good = {"amount": 50_000, "currency": "INR"}
    assert sandbox.api("POST", path, good).json()["status"] == "captured"
    assert description(sandbox.api("POST", path, good)) == "This payment has already been captured"


def test_money_nobody_captures_goes_back_after_days(sandbox: Sandbox) -> None:
    order = sandbox.order(payment={"capture": "manual"})
    payment_id = sandbox.control(f"orders/{order['id']}/pay", outcome="success")["razorpay_payment_id"]
    sandbox.control("clock", advance_seconds=3 * 86400 + 60)
    until(lambda: sandbox.api("GET", f"payments/{payment_id}").json()["status"] == "refunded")


def test_a_bank_that_never_answers_fails_the_attempt_after_ten_minutes(sandbox: Sandbox) -> None:
    order = sandbox.order()
    payment_id = sandbox.control(f"orders/{order['id']}/pay", outcome="pending")["razorpay_payment_id"]
    assert sandbox.api("GET", f"payments/{payment_id}").json()["status"] == "created"
    sandbox.control("clock", advance_seconds=601)
    payment = until(lambda: (p := sandbox.api("GET", f"payments/{payment_id}").json())["status"] == "failed" and p)
    assert payment["error_reason"] == "payment_timed_out"
