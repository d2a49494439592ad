"""Money in and back through Razorpay: orders, payments, refunds (answers the PaymentGateway port)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from cleanit_app.adapters import razorpay_signatures
from cleanit_app.adapters.razorpay_client import Json, RazorpayClient, known_id
from cleanit_app.domain.bounds import moment_of_epoch, paise_or_nothing, whole_paise
from cleanit_app.ports import (
    PAGE,
    ProviderOrder,
    ProviderPayment,
    ProviderRefund,
    ProviderRejected,
    ProviderSettlement,
    SettledRow,
    payment_status,
)

_REFERENCES = ("rrn", "bank_transaction_id", "auth_code", "upi_transaction_id", "transaction_id")
_FIVE_DAYS_MINUTES = 7200
_CAPTURE = {
    "capture": "automatic",
    "capture_options": {
        "automatic_expiry_period": _FIVE_DAYS_MINUTES,
        "manual_expiry_period": _FIVE_DAYS_MINUTES,
        "refund_speed": "normal",
    },
}
"""Whatever the account's default: authorised money is taken at once, a late yes of a bank as well."""
_ALREADY = ("already been captured", "order is already paid")


class RazorpayPayments:
    """Takes contributions and gives them back; amounts in paise, INR only."""

    def __init__(self, client: RazorpayClient, *, key_secret: str, checkout_script_url: str) -> None:
        self.key_id = client.key_id
        self.checkout_script_url = checkout_script_url
        self._client = client
        self._key_secret = key_secret

    def create_order(self, *, amount_paise: int, receipt: str, notes: Mapping[str, str]) -> ProviderOrder:
        """Open an order; there is no idempotency key for orders, so look an unknown one up by its receipt."""
        body = {
            "amount": _whole(amount_paise),
            "currency": "INR",
            "receipt": receipt,
            "notes": dict(notes),
            "payment": _CAPTURE,
        }
        return self._client.call(lambda sdk: sdk.order.create(body), _order)

    def order(self, order_id: str) -> ProviderOrder:
        """The order as it stands."""
        return self._client.call(lambda sdk: sdk.order.fetch(known_id("order", order_id)), _order)

    def order_by_receipt(self, receipt: str) -> ProviderOrder | None:
        """The order opened under our receipt, a paid one first; None when there is none."""
        query = {"receipt": receipt, "count": 100}
        found = self._client.call(lambda sdk: sdk.order.all(query), lambda page: [_order(x) for x in page["items"]])
        ours = [order for order in found if order.receipt == receipt]
        paid = [order for order in ours if order.status == "paid"]
        return next(iter([*paid, *ours]), None)

    def payments_of_order(self, order_id: str) -> list[ProviderPayment]:
        """Every attempt to pay the order, failed ones included."""
        return self._client.call(
            lambda sdk: sdk.order.payments(known_id("order", order_id)),
            lambda page: [_payment(item) for item in page["items"]],
        )

    def payment(self, payment_id: str) -> ProviderPayment:
        """The payment as it stands."""
        return self._client.call(lambda sdk: sdk.payment.fetch(known_id("pay", payment_id)), _payment)

    def capture(self, payment_id: str, amount_paise: int) -> ProviderPayment:
        """Take an authorised payment; one captured meanwhile is simply returned."""
        rest = {"currency": "INR"}
        try:
            return self._client.call(
                lambda sdk: sdk.payment.capture(known_id("pay", payment_id), _whole(amount_paise), rest),
                _payment,
            )
        except ProviderRejected as refusal:
            if not any(text in refusal.description for text in _ALREADY):
                raise
            payment = self.payment(payment_id)
            if payment.status != "captured":
                raise
            return payment

    def refund(
        self,
        *,
        payment_id: str,
        amount_paise: int,
        idempotency_key: str,
        receipt: str,
        notes: Mapping[str, str],
    ) -> ProviderRefund:
        """Give back this much of a payment; repeated with the same key and body it happens once."""
        body = {"amount": _whole(amount_paise), "speed": "normal", "receipt": receipt, "notes": dict(notes)}
        headers = {"X-Refund-Idempotency": idempotency_key}
        return self._client.call(
            lambda sdk: sdk.payment.refund(known_id("pay", payment_id), body, headers=headers), _refund
        )

    def refund_by_id(self, refund_id: str) -> ProviderRefund:
        """The refund as it stands."""
        return self._client.call(lambda sdk: sdk.refund.fetch(known_id("rfnd", refund_id)), _refund)

    def refunds_of_payment(self, payment_id: str) -> list[ProviderRefund]:
        """All refunds of a payment (at most 100)."""
        query = {"count": 100}
        return self._client.call(
            lambda sdk: sdk.payment.fetch_multiple_refund(known_id("pay", payment_id), query),
            lambda page: [_refund(item) for item in page["items"]],
        )

    def payments_page(self, since: datetime, until: datetime, skip: int) -> list[ProviderPayment]:
        """Up to 100 payments made in a span, newest first."""
        return self._page(lambda sdk: sdk.payment.all(_span(since, until, skip)), _payment)

    def refunds_page(self, since: datetime, until: datetime, skip: int) -> list[ProviderRefund]:
        """Up to 100 refunds made in a span, newest first."""
        return self._page(lambda sdk: sdk.refund.all(_span(since, until, skip)), _refund)

    def settlements_page(self, since: datetime, until: datetime, skip: int) -> list[ProviderSettlement]:
        """Up to 100 settlements made in a span, newest first."""
        return self._page(lambda sdk: sdk.settlement.all(_span(since, until, skip)), _settlement)

    def settled_rows(self, day: date, skip: int) -> list[SettledRow]:
        """Up to 100 payments and refunds settled on a day in India."""
        query = {"year": day.year, "month": day.month, "day": day.day, "count": PAGE, "skip": skip}
        return self._page(lambda sdk: sdk.settlement.report(query), _settled_row)

    def _page(self, ask: Callable[[Any], Any], read: Callable[[Json], Any]) -> list[Any]:
        return self._client.call(ask, lambda page: [read(item) for item in page["items"]])

    def callback_is_genuine(self, *, order_id: str, payment_id: str, signature: str) -> bool:
        """Whether Checkout signed this payment for our order; never raises."""
        return razorpay_signatures.callback_is_genuine(
            order_id=order_id, payment_id=payment_id, signature=signature, key_secret=self._key_secret
        )


def _whole(paise: int) -> int:
    if isinstance(paise, bool) or not isinstance(paise, int):
        raise TypeError(f"paise are whole numbers, got {type(paise).__name__}")
    return paise


def _span(since: datetime, until: datetime, skip: int) -> Json:
    return {"from": int(since.timestamp()), "to": int(until.timestamp()), "count": PAGE, "skip": skip}


def _settlement(item: Json) -> ProviderSettlement:
    return ProviderSettlement(
        id=item["id"],
        amount_paise=item["amount"],
        status=item["status"],
        utr=item.get("utr"),
        created_at=moment_of_epoch(item["created_at"]),
    )


def _settled_row(item: Json) -> SettledRow:
    return SettledRow(
        entity_id=item["entity_id"],
        kind=item["type"],
        credit_paise=whole_paise(item["credit"]) - whole_paise(item["debit"]),
        fee_paise=paise_or_nothing(item.get("fee")),
        settlement_id=item["settlement_id"],
    )


def _order(item: Json) -> ProviderOrder:
    return ProviderOrder(
        id=item["id"],
        amount_paise=item["amount"],
        amount_paid_paise=item["amount_paid"],
        status=item["status"],
        receipt=item.get("receipt"),
    )


def _payment(item: Json) -> ProviderPayment:
    return ProviderPayment(
        id=item["id"],
        order_id=item.get("order_id"),
        amount_paise=item["amount"],
        currency=item["currency"],
        status=payment_status(item["status"], item.get("captured")),
        method=item.get("method"),
        fee_paise=item.get("fee"),
        tax_paise=item.get("tax"),
        amount_refunded_paise=paise_or_nothing(item.get("amount_refunded")),
        error_reason=item.get("error_reason"),
        error_description=item.get("error_description"),
        reference=_reference(item),
        created_at=moment_of_epoch(item["created_at"]),
    )


def _reference(item: Json) -> str | None:
    """What the customer's bank calls this payment; empty acquirer data comes as a list."""
    acquirer: Any = item.get("acquirer_data")
    known = acquirer if isinstance(acquirer, dict) else {}
    return next((str(known[name]) for name in _REFERENCES if known.get(name)), item.get("vpa"))


def _refund(item: Json) -> ProviderRefund:
    acquirer = item.get("acquirer_data")
    return ProviderRefund(
        id=item["id"],
        payment_id=item["payment_id"],
        amount_paise=item["amount"],
        status=item["status"],
        receipt=item.get("receipt"),
        arn=acquirer.get("arn") if isinstance(acquirer, dict) else None,
    )
