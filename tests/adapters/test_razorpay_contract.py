"""What both the sandbox and Razorpay's test mode keep to, seen through our ports."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from cleanit_app.adapters.razorpay_client import RazorpayClient
from cleanit_app.adapters.razorpay_payments import RazorpayPayments
from cleanit_app.ports import (
    BankDetails,
    PaymentProvider,
    PayoutProvider,
    ProviderPayout,
    ProviderRejected,
    UpiDetails,
)
from tests.adapters.conftest import Provider
from tests.factories import FORMAT

pytestmark = pytest.mark.row("TST-02")
BANK = BankDetails(holder_name="Asha Verma", account_number="765432123456789", ifsc="HDFC0000053")


def fresh() -> str:
    """A reference nobody used before."""
    return str(uuid.uuid4())


def paid(provider: Provider, amount: int = 50_000) -> str:
    if provider.pay is None:
        pytest.skip("Razorpay's test mode takes payments on its page only, not from a program")
    return provider.pay(provider.payments.create_order(amount_paise=amount, receipt=fresh(), notes={}).id)


def contact_and_account(provider: Provider, details: BankDetails | UpiDetails = BANK) -> tuple[str, str]:
    if not provider.x_account:
        pytest.skip("RAZORPAY_TEST_X_ACCOUNT is not set")
    contact = provider.payouts.create_contact(name="Asha Verma", reference_id=fresh())
    return contact, provider.payouts.create_fund_account(contact_id=contact, details=details)


def request_for(account: str, reference: str, amount: int = 10_000) -> dict[str, object]:
    return {
        "fund_account_id": account,
        "amount": amount,
        "currency": "INR",
        "mode": "IMPS",
        "purpose": "payout",
        "queue_if_low_balance": True,
        "reference_id": reference,
        "narration": "Cleanit job",
        "notes": {"job": reference},
    }


def test_the_adapters_answer_the_ports(provider: Provider) -> None:
    payments: PaymentProvider = provider.payments
    payouts: PayoutProvider = provider.payouts
    assert payments.key_id.startswith("rzp_test_")
    assert payments.checkout_script_url.endswith("/v1/checkout.js")
    assert payouts


def test_an_order_is_found_by_id_and_by_receipt(provider: Provider) -> None:
    receipt = fresh()
    order = provider.payments.create_order(amount_paise=50_000, receipt=receipt, notes={"street": "गांधी मार्ग ₹"})
    assert (order.amount_paise, order.amount_paid_paise, order.status) == (50_000, 0, "created")
    assert order.receipt == receipt
    assert provider.payments.order(order.id) == order
    assert provider.payments.order_by_receipt(receipt) == order
    assert provider.payments.order_by_receipt(fresh()) is None
    assert provider.payments.payments_of_order(order.id) == []


@pytest.mark.parametrize("amount", [0, 99])
def test_less_than_a_rupee_is_refused_with_its_field(provider: Provider, amount: int) -> None:
    with pytest.raises(ProviderRejected) as refusal:
        provider.payments.create_order(amount_paise=amount, receipt=fresh(), notes={})
    assert (refusal.value.status, refusal.value.field) == (400, "amount")
    assert "INR 1.00" in refusal.value.description


def test_an_id_of_nobody_is_refused(provider: Provider) -> None:
    for ask, unknown in (
        (provider.payments.order, "order_SbxOrder000001"),
        (provider.payments.payment, "pay_SbxPay00000001"),
        (provider.payments.refund_by_id, "rfnd_SbxRfnd0000001"),
    ):
        with pytest.raises(ProviderRejected) as refusal:
            ask(unknown)
        assert refusal.value.status == 400


def test_wrong_keys_are_refused(provider: Provider) -> None:
    base_url = provider.payments._client._base_url
    client = RazorpayClient(key_id=provider.payments.key_id, key_secret="wrong", base_url=base_url)
    stranger = RazorpayPayments(client, key_secret="wrong", checkout_script_url="")
    with pytest.raises(ProviderRejected) as refusal:
        stranger.create_order(amount_paise=50_000, receipt=fresh(), notes={})
    assert refusal.value.status == 401


def test_a_paid_order_shows_its_payment(provider: Provider) -> None:
    payment = provider.payments.payment(paid(provider))
    assert (payment.status, payment.currency, payment.amount_paise) == ("captured", "INR", 50_000)
    assert payment.fee_paise is not None
    assert payment.tax_paise is not None
    assert 0 < payment.tax_paise < payment.fee_paise < payment.amount_paise
    assert payment.reference
    assert payment.created_at.tzinfo is not None
    assert payment.order_id is not None
    assert provider.payments.payments_of_order(payment.order_id) == [payment]
    order = provider.payments.order(payment.order_id)
    assert (order.status, order.amount_paid_paise) == ("paid", 50_000)


def test_capturing_a_captured_payment_is_no_mistake(provider: Provider) -> None:
    payment_id = paid(provider)
    assert provider.payments.capture(payment_id, 50_000).status == "captured"


def test_a_refund_happens_once_per_key(provider: Provider) -> None:
    payment_id = paid(provider)
    key, notes = fresh(), {"reason": "expired"}
    wish: dict[str, Any] = {"payment_id": payment_id, "amount_paise": 20_000, "receipt": fresh(), "notes": notes}
    request = FORMAT.refund_request(**wish)
    assert provider.payments.refund_of(request) is None
    first = provider.payments.refund(request=request, idempotency_key=key)
    assert (first.amount_paise, first.payment_id, first.receipt) == (20_000, payment_id, wish["receipt"])
    assert provider.payments.refund(request=request, idempotency_key=key).id == first.id
    stored_before = {"paymentId": payment_id, "amountPaise": 20_000, "receipt": wish["receipt"], "notes": notes}
    assert provider.payments.refund(request=stored_before, idempotency_key=key).id == first.id
    made = [provider.payments.refund_of(one) for one in (request, stored_before)]
    assert [one.id for one in made if one] == [first.id, first.id]
    assert [item.id for item in provider.payments.refunds_of_payment(payment_id)] == [first.id]
    assert provider.payments.refund_by_id(first.id).id == first.id
    with pytest.raises(ProviderRejected):
        provider.payments.refund(request=FORMAT.refund_request(**{**wish, "amount_paise": 30_000}), idempotency_key=key)
    assert provider.payments.payment(payment_id).amount_refunded_paise == 20_000


def test_more_than_was_paid_is_not_refunded(provider: Provider) -> None:
    payment_id = paid(provider)
    with pytest.raises(ProviderRejected, match="greater than amount captured"):
        provider.payments.refund(
            request=FORMAT.refund_request(payment_id=payment_id, amount_paise=50_001, receipt=fresh(), notes={}),
            idempotency_key=fresh(),
        )


def test_contacts_and_fund_accounts_are_made_once(provider: Provider) -> None:
    contact, account = contact_and_account(provider)
    assert provider.payouts.create_fund_account(contact_id=contact, details=BANK) == account
    upi = UpiDetails(holder_name="Asha Verma", vpa="asha@exampleupi")
    assert provider.payouts.create_fund_account(contact_id=contact, details=upi) != account
    reference = fresh()
    same = {provider.payouts.create_contact(name="आशा", reference_id=reference) for _ in range(2)}
    assert len(same) == 1


def test_a_bad_ifsc_is_refused(provider: Provider) -> None:
    contact, _ = contact_and_account(provider)
    with pytest.raises(ProviderRejected) as refusal:
        provider.payouts.create_fund_account(contact_id=contact, details=BankDetails("Asha Verma", "12345678", "BAD"))
    assert "IFSC" in refusal.value.description


def pay_out(provider: Provider, request: dict[str, object], key: str) -> ProviderPayout:
    return provider.payouts.create_payout(request=request, idempotency_key=key)


def test_a_payout_is_sent_once_per_key_and_found_by_reference(provider: Provider) -> None:
    _, account = contact_and_account(provider)
    key = reference = fresh()
    request = request_for(account, reference)
    first = pay_out(provider, request, key)
    assert first.status in ("processing", "queued")
    assert (first.amount_paise, first.reference_id) == (10_000, reference)
    assert pay_out(provider, request, key).id == first.id
    assert provider.payouts.payout(first.id).id == first.id
    found = provider.payouts.payout_by_reference(reference)
    assert found is not None
    assert found.id == first.id
    assert provider.payouts.payout_by_reference(fresh()) is None


def test_another_body_under_a_used_key_is_refused(provider: Provider) -> None:
    _, account = contact_and_account(provider)
    key = fresh()
    pay_out(provider, request_for(account, key), key)
    with pytest.raises(ProviderRejected, match="Different request body"):
        pay_out(provider, request_for(account, key, 20_000), key)


def test_a_payout_without_a_key_is_refused(provider: Provider) -> None:
    _, account = contact_and_account(provider)
    with pytest.raises(ProviderRejected) as refusal:
        pay_out(provider, request_for(account, fresh()), "")
    assert refusal.value.field == "X-Payout-Idempotency"
