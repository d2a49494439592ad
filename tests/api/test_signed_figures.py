"""Signed figures have bounds too: what is odd is kept as it came, parked with its reason, and books nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.models import Contribution, ErrorLog, Payment, WebhookEvent
from cleanit_app.services.ledger.invariants import check_books
from cleanit_app.services.webhooks import work_webhook
from cleanit_app.settings import Settings
from tests.api.conftest import Caller
from tests.api.test_webhooks import PATH, signed
from tests.factories import FORMAT, Town
from tests.sandbox.running import WEBHOOK_SECRET

PAISE = 70_000


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings with the provider's secret and our account."""
    ours = {"razorpay_webhook_secrets": [WEBHOOK_SECRET], "razorpay_account_id": "acc_Ours"}
    return settings.model_copy(update=ours)


def deliver(anybody: Caller, town: Town, raw: bytes, event_id: str = "evt_1") -> WebhookEvent:
    """Send a signed message through the door, let the worker work on it, and give the row back."""
    answer = anybody("POST", PATH, content=raw, headers=signed(raw, event_id=event_id))
    assert answer.status_code == 200, answer.text
    with town.uow() as uow:
        row = uow.run(select(WebhookEvent).order_by(col(WebhookEvent.id).desc())).scalars().first()
    assert row is not None
    assert row.body == raw
    work_webhook(town.open, webhook_id=row.id, form=FORMAT)
    with town.uow() as uow:
        return uow.get(WebhookEvent, row.id)


def is_parked(town: Town, row: WebhookEvent) -> bool:
    """Whether nobody will work on it by itself, and finance can read why."""
    with town.uow() as uow:
        noted = uow.all(ErrorLog, ErrorLog.subject_id == row.id)
    return row.processed_at is not None and str(row.outcome).startswith("parked: ") and len(noted) == 1


def about(event: str, name: str, entity: Any) -> dict[str, Any]:
    return {"entity": "event", "account_id": "acc_Ours", "event": event, "payload": {name: {"entity": entity}}}


def paid(wish: Contribution, **changes: Any) -> dict[str, Any]:
    """The captured payment of a wish, with changes."""
    return {
        "id": "pay_0001", "order_id": wish.razorpay_order_id, "amount": PAISE, "currency": "INR", "status": "captured",
        "captured": True, "method": "upi", "fee": 1652, "tax": 252, "amount_refunded": 0, "created_at": 1_790_000_000,
        "acquirer_data": {"rrn": "518157940107"}, **changes,
    }  # fmt: skip


ODD = {
    "a fraction": {"amount": 70000.9},
    "a fraction of nothing": {"amount": 70000.0},
    "an exponent": {"amount": 7e4},
    "text": {"amount": "70000"},
    "a truth": {"amount": True},
    "nothing": {"amount": None},
    "less than nothing": {"amount": -70000},
    "zero": {"amount": 0},
    "two to the 63rd": {"amount": 2**63},
    "a list": {"amount": [70000]},
    "another amount": {"amount": 70100},
    "another currency": {"currency": "USD"},
    "a currency of NUL": {"currency": "IN\x00"},
    "a fee beyond the amount": {"fee": 1_000_000_000},
    "one paisa more than the amount": {"fee": PAISE + 1, "tax": 0},
    "a fee below nothing": {"fee": -1, "tax": 0},
    "a broken fee": {"fee": 1652.5},
    "a fee in text": {"fee": "1652"},
    "a fee that is true": {"fee": True},
    "a tax beyond the fee": {"tax": 1653},
    "a tax without a fee": {"fee": None, "tax": 252},
    "a tax below nothing": {"tax": -252},
    "more given back than paid": {"amount_refunded": PAISE + 1},
    "less than nothing given back": {"amount_refunded": -1},
    "the year 10000": {"created_at": 253_402_300_800},
    "the year 1": {"created_at": -62_135_596_800},
    "milliseconds": {"created_at": 1_790_000_000_000},
    "an infinite time": {"created_at": 1e400},
    "a time in text": {"created_at": "1790000000"},
    "no id": {"id": None},
    "an id with a path": {"id": "pay_1/../refund"},
    "an id with half a character": {"id": "pay_\ud800"},
    "an id with NUL": {"id": "pay_\x00"},
    "an id in another script": {"id": "pay_१२"},
    "an id that is a list": {"id": ["pay_1"]},
    "a long id": {"id": "pay_" + "x" * 500},
    "an order that is an object": {"order_id": {"id": "order_1"}},
    "an order with NUL": {"order_id": "order_\x00"},
    "a status of a list": {"status": ["captured"]},
    "captured in text": {"captured": "false", "status": "refunded"},
}  # fmt: skip


@pytest.mark.row("PAY-01", "PAY-02", "SEC-04")
def test_a_payment_with_odd_figures_is_parked_and_books_nothing(anybody: Caller, town: Town) -> None:
    wish = town.wish(town.campaign(target_paise=500_000), PAISE)
    booked = []
    for name, odd in ODD.items():
        raw = json.dumps(about("payment.captured", "payment", paid(wish, **odd))).encode()
        row = deliver(anybody, town, raw, event_id=f"evt {name}"[:40])
        with town.uow() as uow:
            if not is_parked(town, row) or uow.all(Payment):
                booked.append((name, row.outcome))
    assert booked == []
    with town.uow() as uow:
        assert uow.get(Contribution, wish.id).status != "SUCCESS"
        assert check_books(uow) == []
    right = json.dumps(about("payment.captured", "payment", paid(wish))).encode()
    assert str(deliver(anybody, town, right, "evt_2").outcome).startswith("applied")
    with town.uow() as uow:
        assert [p.amount_paise for p in uow.all(Payment)] == [PAISE]


@pytest.mark.row("PAY-02")
def test_words_that_no_table_can_hold_do_not_keep_money_away(anybody: Caller, town: Town) -> None:
    wish = town.wish(town.campaign(target_paise=500_000), PAISE)
    words = {
        "method": "upi\x00",
        "error_description": "\udfff" * 900,
        "error_reason": 7,
        "acquirer_data": {"rrn": "\x00"},
    }
    raw = json.dumps(about("payment.captured", "payment", paid(wish, **words))).encode()
    assert str(deliver(anybody, town, raw).outcome).startswith("applied")
    with town.uow() as uow:
        (booked,) = uow.all(Payment)
    assert (booked.method, booked.reference) == ("upi�", "�")


ORDINARY = about("payment.captured", "payment", None)
SHAPES = {
    "no entity": json.dumps(ORDINARY).encode(),
    "an entity that is a list": json.dumps(about("payment.captured", "payment", [])).encode(),
    "an entity that is text": json.dumps(about("payment.captured", "payment", "pay_1")).encode(),
    "an empty entity": json.dumps(about("payment.captured", "payment", {})).encode(),
    "a payload that is a list": json.dumps(ORDINARY | {"payload": [1]}).encode(),
    "a payload that is null": json.dumps(ORDINARY | {"payload": None}).encode(),
    "a payload of null": json.dumps(ORDINARY | {"payload": {"payment": None}}).encode(),
    "no payload": json.dumps({"account_id": "acc_Ours", "event": "refund.processed"}).encode(),
    "no event": json.dumps({"account_id": "acc_Ours"}).encode(),
    "an event that is null": json.dumps(ORDINARY | {"event": None}).encode(),
    "an event of NUL": json.dumps(ORDINARY | {"event": "payment.captured\x00"}).encode(),
    "an event of half a character": json.dumps(ORDINARY | {"event": "\ud83d"}).encode(),
    "a long event": json.dumps(ORDINARY | {"event": "x" * 5000}).encode(),
    "a list": b"[]",
    "a number": b"5",
    "null": b"null",
    "nothing": b"",
    "not JSON": b"payment captured",
    "another encoding": b"\xff\xfe{\x00}\x00",
    "a broken character": b'{"account_id":"acc_Ours","event":"payment.captured","x":"\xed\xa0\x80"}',
    "NUL bytes": b'{"account_id":"acc_Ours","event":"\x00"}',
    "100,000 lists in lists": b'{"account_id":"acc_Ours","event":"payment.captured","x":'
    + b"[" * 100_000
    + b"]" * 100_000
    + b"}",
    "100,000 open lists": b"[" * 100_000,
    "100,000 objects in objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "a key twice": b'{"account_id":"acc_Ours","event":"payment.captured","event":"refund.processed"}',
    "NaN": b'{"account_id":"acc_Ours","event":"payment.captured","payload":NaN}',
    "a number of 10,000 digits": b'{"account_id":"acc_Ours","event":"payment.captured","x":' + b"9" * 10_000 + b"}",
}


@pytest.mark.row("PAY-01", "SEC-04", "MON-05")
def test_a_signed_message_of_any_shape_is_kept_parked_and_answered(anybody: Caller, town: Town) -> None:
    for number, (name, raw) in enumerate(SHAPES.items(), start=1):
        row = deliver(anybody, town, raw, event_id=f"evt_{number}")
        assert is_parked(town, row), (name, row.outcome)
        assert anybody("POST", PATH, content=raw, headers=signed(raw, event_id="again")).status_code == 200
        with town.uow() as uow:
            assert len(uow.all(WebhookEvent)) == number, name


@pytest.mark.row("MON-05")
def test_finance_reads_why_a_message_was_parked(anybody: Caller, as_: Any, town: Town) -> None:
    wish = town.wish(town.campaign(target_paise=500_000), PAISE)
    deliver(anybody, town, json.dumps(about("payment.captured", "payment", paid(wish, amount=70000.9))).encode())
    (item,) = as_(town.admin(AdminDuty.FINANCE)).get("/api/admin/errors?source=webhook").json()["items"]
    assert item["message"] == "payment.captured: ValueError no amount in paise: 70000.9"


OTHERS = [
    ("payout.processed", "payout", {"amount": 95000.5}),
    ("payout.processed", "payout", {"fees": 10**9}),
    ("payout.processed", "payout", {"fees": 590.5}),
    ("payout.processed", "payout", {"fees": 590, "tax": 591}),
    ("payout.processed", "payout", {"status_details": [1]}),
    ("payout.processed", "payout", {"reference_id": {"a": 1}}),
    ("payout.processed", "payout", {"status": "\x00"}),
    ("refund.processed", "refund", {"amount": "95000"}),
    ("refund.processed", "refund", {"receipt": ["r"]}),
    ("refund.processed", "refund", {"receipt": "\x00"}),
    ("payment.dispute.created", "dispute", {"amount": 1.5}),
    ("payment.dispute.created", "dispute", {"payment_id": {"a": 1}}),
    ("fund_account.validation.completed", "fund_account.validation", {"id": 5}),
    ("fund_account.validation.completed", "fund_account.validation", {"results": "odd"}),
]


@pytest.mark.row("PAY-06", "PAY-08")
def test_odd_figures_of_other_messages_are_parked_too(anybody: Caller, town: Town) -> None:
    for number, (event, name, odd) in enumerate(OTHERS):
        entity = {
            "id": "x_0001", "payment_id": "pay_1", "reference_id": "ref-1", "receipt": "ref-1", "amount": 95_000,
            "status": "processed", "fees": 590, "tax": 90, "utr": "U1", "fund_account_id": "fa_1", **odd,
        }  # fmt: skip
        raw = json.dumps(about(event, name, entity)).encode()
        assert is_parked(town, deliver(anybody, town, raw, f"evt_{number}")), (event, odd)
    with town.uow() as uow:
        assert check_books(uow) == []
