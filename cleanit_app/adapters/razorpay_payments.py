"""Money in and back through Razorpay: orders, payments, refunds (answers the PaymentProvider port)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from cleanit_app.adapters import razorpay_entities as entities
from cleanit_app.adapters import razorpay_requests as bodies
from cleanit_app.adapters import razorpay_signatures
from cleanit_app.adapters.razorpay_client import Json, RazorpayClient, known_id
from cleanit_app.adapters.razorpay_words import ALREADY_CAPTURED
from cleanit_app.domain.provider import ProviderOrderStatus, ProviderPaymentStatus
from cleanit_app.ports import (
    PAGE,
    ProviderOrder,
    ProviderPayment,
    ProviderRefund,
    ProviderRejected,
    ProviderSettlement,
    SettledRow,
    UnreadableRow,
)


class RazorpayPayments:
    """Takes contributions and gives them back; amounts in paise, INR only."""

    def __init__(self, client: RazorpayClient, *, key_secret: str, checkout_script_url: str) -> None:
        self.key_id = client.key_id
        self.checkout_script_url = checkout_script_url
        self._client = client
        self._key_secret = key_secret

    def create_order(self, *, amount_paise: int, receipt: str, notes: Mapping[str, str]) -> ProviderOrder:
        """Open an order; there is no idempotency key for orders, so look an unknown one up by its receipt."""
        body = bodies.order(amount_paise=amount_paise, receipt=receipt, notes=notes)
        return self._client.call(lambda sdk: sdk.order.create(body), entities.order)

    def order(self, order_id: str) -> ProviderOrder:
        """The order as it stands."""
        return self._client.call(lambda sdk: sdk.order.fetch(known_id("order", order_id)), entities.order)

    def order_by_receipt(self, receipt: str) -> ProviderOrder | None:
        """The order opened under our receipt, a paid one first; None when there is none."""
        query = {"receipt": receipt, "count": 100}
        found = self._client.call(
            lambda sdk: sdk.order.all(query), lambda page: [entities.order(x) for x in page["items"]]
        )
        ours = [order for order in found if order.receipt == receipt]
        paid = [order for order in ours if order.status is ProviderOrderStatus.PAID]
        return next(iter([*paid, *ours]), None)

    def payments_of_order(self, order_id: str) -> list[ProviderPayment]:
        """Every attempt to pay the order, failed ones included."""
        return self._client.call(
            lambda sdk: sdk.order.payments(known_id("order", order_id)),
            lambda page: [entities.payment(item) for item in page["items"]],
        )

    def payment(self, payment_id: str) -> ProviderPayment:
        """The payment as it stands."""
        return self._client.call(lambda sdk: sdk.payment.fetch(known_id("pay", payment_id)), entities.payment)

    def capture(self, payment_id: str, amount_paise: int) -> ProviderPayment:
        """Take an authorised payment; one captured meanwhile is simply returned."""
        rest = {"currency": "INR"}
        try:
            return self._client.call(
                lambda sdk: sdk.payment.capture(known_id("pay", payment_id), bodies.whole(amount_paise), rest),
                entities.payment,
            )
        except ProviderRejected as refusal:
            if not any(text in refusal.description for text in ALREADY_CAPTURED):
                raise
            payment = self.payment(payment_id)
            if payment.status is not ProviderPaymentStatus.CAPTURED:
                raise
            return payment

    def refund(self, *, request: Mapping[str, object], idempotency_key: str) -> ProviderRefund:
        """Give back what a stored request says; repeated with the same key and request it happens once."""
        payment_id, body = bodies.refund_parts(request)
        headers = {"X-Refund-Idempotency": idempotency_key}
        return self._client.call(
            lambda sdk: sdk.payment.refund(known_id("pay", payment_id), body, headers=headers), entities.refund
        )

    def refund_of(self, request: Mapping[str, object]) -> ProviderRefund | None:
        """The refund that a stored request made, found by its receipt; None when it made none."""
        payment_id, body = bodies.refund_parts(request)
        found = self.refunds_of_payment(payment_id)
        return next((refund for refund in found if refund.receipt == body["receipt"]), None)

    def refund_by_id(self, refund_id: str) -> ProviderRefund:
        """The refund as it stands."""
        return self._client.call(lambda sdk: sdk.refund.fetch(known_id("rfnd", refund_id)), entities.refund)

    def refunds_of_payment(self, payment_id: str) -> list[ProviderRefund]:
        """All refunds of a payment (at most 100)."""
        query = {"count": 100}
        return self._client.call(
            lambda sdk: sdk.payment.fetch_multiple_refund(known_id("pay", payment_id), query),
            lambda page: [entities.refund(item) for item in page["items"]],
        )

    def payments_page(self, since: datetime, until: datetime, skip: int) -> list[ProviderPayment | UnreadableRow]:
        """Up to 100 payments made in a span, newest first."""
        return self._page(lambda sdk: sdk.payment.all(_span(since, until, skip)), entities.payment)

    def refunds_page(self, since: datetime, until: datetime, skip: int) -> list[ProviderRefund | UnreadableRow]:
        """Up to 100 refunds made in a span, newest first."""
        return self._page(lambda sdk: sdk.refund.all(_span(since, until, skip)), entities.refund)

    def settlements_page(self, since: datetime, until: datetime, skip: int) -> list[ProviderSettlement | UnreadableRow]:
        """Up to 100 settlements made in a span, newest first."""
        return self._page(lambda sdk: sdk.settlement.all(_span(since, until, skip)), entities.settlement)

    def settled_rows(self, day: date, skip: int) -> list[SettledRow | UnreadableRow]:
        """Up to 100 payments and refunds settled on a day in India."""
        query = {"year": day.year, "month": day.month, "day": day.day, "count": PAGE, "skip": skip}
        return self._page(lambda sdk: sdk.settlement.report(query), entities.settled_row)

    def _page(self, ask: Callable[[Any], Any], read: Callable[[Json], Any]) -> list[Any]:
        return self._client.call(ask, lambda page: entities.rows(page, read))

    def callback_is_genuine(self, *, order_id: str, payment_id: str, signature: str) -> bool:
        """Whether Checkout signed this payment for our order; never raises."""
        return razorpay_signatures.callback_is_genuine(
            order_id=order_id, payment_id=payment_id, signature=signature, key_secret=self._key_secret
        )


def _span(since: datetime, until: datetime, skip: int) -> Json:
    return {"from": int(since.timestamp()), "to": int(until.timestamp()), "count": PAGE, "skip": skip}
