"""Every way an answer can go wrong, sorted into: it did not happen, it may have happened, slow down."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from cleanit_app.adapters import razorpay_entities as entities
from cleanit_app.adapters.razorpay_client import RazorpayClient, classify, known_id
from cleanit_app.adapters.razorpay_payments import RazorpayPayments
from cleanit_app.adapters.razorpay_payouts import RazorpayPayouts
from cleanit_app.adapters.razorpay_requests import contact_name
from cleanit_app.ports import BankDetails, ProviderRejected, ProviderThrottled, ProviderUnknown
from tests.adapters.conftest import providers
from tests.sandbox.running import Sandbox, free_port

BANK = BankDetails(holder_name="Asha Verma", account_number="765432123456789", ifsc="HDFC0000053")


def payout(sandbox: Sandbox, payouts: RazorpayPayouts, key: str = "job-1-1") -> Any:
    contact = payouts.create_contact(name="Asha Verma", reference_id="w-1")
    account = payouts.create_fund_account(contact_id=contact, details=BANK)
    request: dict[str, object] = {
        "fund_account_id": account, "amount": 10_000, "currency": "INR", "mode": "IMPS", "purpose": "payout",
        "queue_if_low_balance": True, "reference_id": key,
    }  # fmt: skip
    return payouts.create_payout(request=request, idempotency_key=key)


@pytest.mark.parametrize(
    ("kind", "error", "happened"),
    [
        ("429", ProviderThrottled, False),
        ("429_no_code", ProviderThrottled, False),
        ("500", ProviderUnknown, False),
        ("502_html", ProviderUnknown, False),
        ("drop", ProviderUnknown, False),
        ("409_in_progress", ProviderUnknown, False),
        ("500_after", ProviderUnknown, True),
        ("502_html_after", ProviderUnknown, True),
        ("drop_after", ProviderUnknown, True),
    ],
)
def test_troubled_answers(sandbox: Sandbox, kind: str, error: type[Exception], happened: bool) -> None:
    _, payouts = providers(sandbox.url)
    sandbox.control("faults", kind=kind, method="POST", path="payouts")
    with pytest.raises(error):
        payout(sandbox, payouts)
    made = sandbox.book()["payouts"]
    assert bool(made) is happened
    again = payout(sandbox, payouts)
    assert [item["id"] for item in sandbox.book()["payouts"]] == [again.id]


@pytest.mark.parametrize(("kind", "happened"), [("timeout_before", False), ("timeout_after", True)])
def test_a_timeout_is_sent_once_and_its_outcome_is_asked_for(sandbox: Sandbox, kind: str, happened: bool) -> None:
    payments, _ = providers(sandbox.url, read_seconds=0.5)
    sandbox.control("faults", kind=kind, method="POST", path="orders", seconds=3)
    with pytest.raises(ProviderUnknown, match="no answer"):
        payments.create_order(amount_paise=50_000, receipt="c-1", notes={})
    assert (payments.order_by_receipt("c-1") is not None) is happened
    assert len(sandbox.book()["orders"]) == int(happened)


def test_nobody_at_home_is_unknown() -> None:
    payments, _ = providers(f"http://127.0.0.1:{free_port()}")
    with pytest.raises(ProviderUnknown, match="no answer"):
        payments.order("order_SbxOrder000001")


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, b'{"error":{"code":"BAD_REQUEST_ERROR","description":"No."}}', ProviderRejected),
        (
            401,
            b'{"error":{"code":"BAD_REQUEST_ERROR","description":"Authentication failed"}}',
            ProviderRejected,
        ),
        (400, b'{"error":{"code":"BAD_REQUEST_ERROR","description":""}}', ProviderUnknown),
        (400, b'{"error":{"code":"GATEWAY_ERROR","description":"Bank down"}}', ProviderUnknown),
        (400, b'{"error":null}', ProviderUnknown),
        (404, b"<html>", ProviderUnknown),
        (200, b"<html>", ProviderUnknown),
        (302, b"", ProviderUnknown),
        (429, b"", ProviderThrottled),
        (504, b'{"error":{"code":"GATEWAY_ERROR","description":"late"}}', ProviderUnknown),
    ],
)
def test_how_answers_are_sorted(status: int, body: bytes, error: type[Exception]) -> None:
    assert type(classify((status, body), ValueError())) is error


def test_a_refusal_says_what_and_where(sandbox: Sandbox) -> None:
    payments, _ = providers(sandbox.url)
    with pytest.raises(ProviderRejected) as refusal:
        payments.create_order(amount_paise=10**9, receipt="c-1", notes={})
    assert (refusal.value.description, refusal.value.field, refusal.value.status) == (
        "Amount exceeds maximum amount allowed.",
        "amount",
        400,
    )


@pytest.mark.parametrize("amount", [1.5, "100", True, None])
def test_paise_are_whole_numbers_before_anything_is_sent(sandbox: Sandbox, amount: Any) -> None:
    payments, _ = providers(sandbox.url)
    with pytest.raises(TypeError):
        payments.create_order(amount_paise=amount, receipt="c-1", notes={})


@pytest.mark.parametrize("value", ["", "pay_", "order_x", "pay_../orders", "pay_a?b=c", "pay_a/refund", "pay_ä"])
def test_an_id_from_outside_never_becomes_a_path(value: str) -> None:
    with pytest.raises(ProviderRejected):
        known_id("pay", value)


def test_an_unreadable_answer_is_unknown(sandbox: Sandbox) -> None:
    client = RazorpayClient(key_id="k", key_secret="s", base_url=sandbox.url)
    with pytest.raises(ProviderUnknown):
        client.call(lambda sdk: sdk.session.get(f"{sandbox.url}/health").json(), lambda item: item["id"])


def test_many_threads_each_get_their_own_order(sandbox: Sandbox) -> None:
    payments, _ = providers(sandbox.url)
    barrier = threading.Barrier(16)

    def order(number: int) -> tuple[int, int]:
        barrier.wait()
        made = payments.create_order(amount_paise=10_000 + number, receipt=f"c-{number}", notes={})
        found = payments.order_by_receipt(f"c-{number}")
        assert found == made
        return number, made.amount_paise

    with ThreadPoolExecutor(16) as pool:
        assert all(amount == 10_000 + number for number, amount in pool.map(order, range(16)))
    assert len(sandbox.book()["orders"]) == 16


def test_the_same_key_at_the_same_time_pays_once(sandbox: Sandbox) -> None:
    _, payouts = providers(sandbox.url)
    with ThreadPoolExecutor(12) as pool:
        ids = set(pool.map(lambda _: payout(sandbox, payouts).id, range(12)))
    assert len(ids) == len(sandbox.book()["payouts"]) == 1


def test_empty_notes_and_acquirer_data_may_be_lists() -> None:
    item = {
        "id": "pay_A", "amount": 100, "currency": "INR", "status": "failed", "acquirer_data": [], "notes": [],
        "created_at": 1_790_000_000, "vpa": None, "something_new": {},
    }  # fmt: skip
    payment = entities.payment(item)
    assert (payment.reference, payment.fee_paise, payment.amount_refunded_paise) == (None, None, 0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Asha Verma", "Asha Verma"),
        ("José  Ñandú", "Jose Nandu"),
        ("Ravi (Bhopal)", "Ravi (Bhopal"),
        ("आशा", "Cleaner 00000017"),
        ("X" * 60, "X" * 50),
        ("Om", "Cleaner 00000017"),
    ],
)
def test_names_that_razorpayx_accepts(name: str, expected: str) -> None:
    assert contact_name(name, "0190-0000-0017") == expected


def test_validation_tells_the_name_behind_an_account(sandbox: Sandbox) -> None:
    _, payouts = providers(sandbox.url)
    sandbox.control("bank-accounts", account=BANK.account_number, registered_name="ASHA V")
    contact = payouts.create_contact(name="Asha Verma", reference_id="w-1")
    check = payouts.validate_fund_account(fund_account_id=payouts.create_fund_account(contact_id=contact, details=BANK))
    assert payouts.validation(check).account_works is None
    end = time.monotonic() + 5
    while (done := payouts.validation(check)).status == "created" and time.monotonic() < end:
        time.sleep(0.02)
    assert (done.status, done.account_works, done.registered_name) == ("completed", True, "ASHA V")


def test_capture_passes_a_real_refusal_on(sandbox: Sandbox) -> None:
    payments: RazorpayPayments = providers(sandbox.url)[0]
    order = sandbox.order(payment={"capture": "manual"})
    payment_id = sandbox.control(f"orders/{order['id']}/pay", outcome="success")["razorpay_payment_id"]
    with pytest.raises(ProviderRejected, match="equal to the amount authorized"):
        payments.capture(payment_id, 49_999)
    assert payments.capture(payment_id, 50_000).status == "captured"
