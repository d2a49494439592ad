"""Refunds and settlements: once per key, never more than was taken, and every paisa in a row."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.sandbox.running import Sandbox, until


def refund(sandbox: Sandbox, payment_id: str, key: str | None, **body: Any) -> Any:
    headers = {} if key is None else {"X-Refund-Idempotency": key}
    return sandbox.api("POST", f"payments/{payment_id}/refund", body, headers=headers)


def description(response: Any) -> str:
    return str(response.json()["error"]["description"])


def test_the_same_key_refunds_once(sandbox: Sandbox) -> None:
    payment_id = sandbox.paid()
    first = refund(sandbox, payment_id, "refund-key-1", amount=50_000, receipt="r-1").json()
    assert first["status"] == "pending"
    again = refund(sandbox, payment_id, "refund-key-1", amount=50_000, receipt="r-1")
    assert again.json()["id"] == first["id"]
    assert sandbox.api("GET", f"payments/{payment_id}").json()["status"] == "refunded"
    done = until(lambda: (r := sandbox.api("GET", f"refunds/{first['id']}").json())["status"] == "processed" and r)
    assert done["acquirer_data"]["arn"]
    assert sandbox.api("GET", f"payments/{payment_id}/refunds/{first['id']}").json() == done


def test_another_body_under_the_same_key_is_a_conflict(sandbox: Sandbox) -> None:
    payment_id = sandbox.paid()
    refund(sandbox, payment_id, "refund-key-1", amount=10_000)
    other = refund(sandbox, payment_id, "refund-key-1", amount=20_000)
    assert other.status_code == 409
    sandbox.control("behaviour", refund_key_conflict_status=400)
    assert refund(sandbox, payment_id, "refund-key-1", amount=20_000).status_code == 400
    assert len(sandbox.book()["refunds"]) == 1


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("short", "The idempotency key must be at least 10 characters long."),
        (
            "not allowed!",
            "The idempotency key must only contain alphanumeric characters, underscores, and hyphens",
        ),
    ],
)
def test_keys_have_a_form(sandbox: Sandbox, key: str, text: str) -> None:
    assert description(refund(sandbox, sandbox.paid(), key, amount=100)) == text


def test_never_more_than_what_is_left(sandbox: Sandbox) -> None:
    payment_id = sandbox.paid()
    too_much = "The refund amount provided is greater than amount captured"
    assert description(refund(sandbox, payment_id, None, amount=50_001)) == too_much
    assert refund(sandbox, payment_id, None, amount=30_000).status_code == 200
    payment = sandbox.api("GET", f"payments/{payment_id}").json()
    assert (payment["status"], payment["refund_status"]) == ("captured", "partial")
    assert description(refund(sandbox, payment_id, None, amount=30_000)) == too_much
    assert refund(sandbox, payment_id, None, amount=20_000).status_code == 200
    assert description(refund(sandbox, payment_id, None, amount=100)) == "The payment has been fully refunded already"


def test_refusals_of_state_age_and_balance(sandbox: Sandbox) -> None:
    order = sandbox.order()
    failed = sandbox.control(f"orders/{order['id']}/pay", outcome="fail")["error"]["metadata"]["payment_id"]
    state = "The payment status should be captured for action to be taken"
    assert description(refund(sandbox, failed, None, amount=100)) == state
    payment_id = sandbox.paid()
    sandbox.control("balances", pg_balance=99)
    assert description(refund(sandbox, payment_id, None, amount=100)) == "invalid request sent"
    sandbox.control("clock", offset_seconds=200 * 86400)
    assert "more than 6 months old" in description(refund(sandbox, payment_id, None, amount=100))


def test_a_failed_refund_gives_the_money_back_to_the_merchant(sandbox: Sandbox) -> None:
    sandbox.control("delays", refund_delay=-1)
    payment_id = sandbox.paid()
    before = sandbox.book()["balances"]["pg_balance"]
    made = refund(sandbox, payment_id, None, amount=50_000).json()
    assert sandbox.control(f"refunds/{made['id']}/fail")["status"] == "failed"
    payment = sandbox.api("GET", f"payments/{payment_id}").json()
    assert (payment["amount_refunded"], payment["status"]) == (0, "captured")
    assert sandbox.book()["balances"]["pg_balance"] == before
    assert refund(sandbox, payment_id, None, amount=50_000).status_code == 200


def test_a_settlement_explains_itself_row_by_row(sandbox: Sandbox) -> None:
    payments = [sandbox.paid(250_000), sandbox.paid(50_000)]
    sandbox.control("delays", refund_delay=-1)
    made = refund(sandbox, payments[0], None, amount=100_000).json()
    settlement = sandbox.control("settlement")["settlement"]
    assert settlement["amount"] == 250_000 - 5900 + 50_000 - 1180 - 100_000
    assert sandbox.control("settlement")["settlement"] is None
    month = _month_of(settlement["created_at"])
    rows = sandbox.api("GET", f"settlements/recon/combined?{month}&count=1000").json()["items"]
    assert {row["entity_id"] for row in rows} == {*payments, made["id"]}
    assert sum(row["credit"] - row["debit"] for row in rows) == settlement["amount"]
    assert {row["settlement_utr"] for row in rows} == {settlement["utr"]}
    sandbox.control(f"refunds/{made['id']}/fail")
    assert sandbox.control("settlement")["settlement"]["amount"] == 100_000


def _month_of(moment: int) -> str:
    on = dt.datetime.fromtimestamp(moment, dt.timezone(dt.timedelta(hours=5, minutes=30)))
    return f"year={on.year}&month={on.month}&day={on.day}"


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("year=2026&month=13", "The month is not a valid month."),
        ("year=26&month=1", "The year must be 4 digits."),
        ("year=2026&month=1&day=111", "The day must be between 1 and 2 digits."),
    ],
)
def test_recon_checks_its_dates(sandbox: Sandbox, query: str, text: str) -> None:
    assert description(sandbox.api("GET", f"settlements/recon/combined?{query}")) == text
