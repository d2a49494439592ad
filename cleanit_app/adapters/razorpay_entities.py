"""Razorpay's JSON in our words: the one reading of each thing, whether the API answered it or a message brought it.

Every reader raises ValueError, TypeError, LookupError or AttributeError for what is no such thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleanit_app.domain.bounds import moment_of_epoch, paise_or_nothing, provider_id, shown, text_within, whole_paise
from cleanit_app.ports import (
    ProviderDispute,
    ProviderOrder,
    ProviderPayment,
    ProviderPayout,
    ProviderRefund,
    ProviderSettlement,
    ProviderValidation,
    SettledRow,
)

Json = Mapping[str, Any]
# What banks call one payment, the number that payer and bank both know first: RRN of UPI and cards, number of
# netbanking, approval of a card, ids inside UPI and wallets.
_REFERENCES = ("rrn", "bank_transaction_id", "auth_code", "upi_transaction_id", "transaction_id")


def json_object(value: Any) -> dict[str, Any]:
    """The value itself when it is a JSON object; else ValueError."""
    if not isinstance(value, dict):
        raise ValueError(f"no object: {shown(value)}")
    return value


def _part(entity: Json, name: str) -> dict[str, Any]:
    """An object inside an entity; empty when it is not said (empty ones come as a list too)."""
    return json_object(entity.get(name) or {})


def thing_id(entity: Json) -> str:
    """The id of a thing that is only known by it: a contact, a fund account, a check."""
    return provider_id(entity["id"])


def order(entity: Json) -> ProviderOrder:
    """An order."""
    return ProviderOrder(
        id=entity["id"],
        amount_paise=entity["amount"],
        amount_paid_paise=entity["amount_paid"],
        status=entity["status"],
        receipt=entity.get("receipt"),
    )


def payment(entity: Json) -> ProviderPayment:
    """A payment; fee and tax are known from capture on."""
    return ProviderPayment(
        id=entity["id"],
        order_id=entity.get("order_id"),
        amount_paise=entity["amount"],
        currency=entity["currency"],
        status=_payment_status(entity),
        method=entity.get("method"),
        fee_paise=entity.get("fee"),
        tax_paise=entity.get("tax"),
        amount_refunded_paise=paise_or_nothing(entity.get("amount_refunded")),
        error_reason=entity.get("error_reason"),
        error_description=entity.get("error_description"),
        reference=_bank_reference(entity),
        created_at=moment_of_epoch(entity["created_at"]),
    )


def _payment_status(entity: Json) -> str:
    """How it stands; `returned` for one that went back without ever being ours."""
    status, captured = text_within(entity["status"], most=64), entity.get("captured")
    if captured is not None and not isinstance(captured, bool):
        raise ValueError(f"captured is neither true nor false: {shown(captured)}")
    return "returned" if status == "refunded" and not captured else status


def _bank_reference(entity: Json) -> str | None:
    """What the customer's bank calls this payment, else the UPI id that paid; the same whatever order the keys have."""
    acquirer = entity.get("acquirer_data")
    known = acquirer if isinstance(acquirer, dict) else {}
    numbers = (_number_or_text(known.get(name)) for name in _REFERENCES)
    return next((one for one in numbers if one), None) or _number_or_text(entity.get("vpa"))


def _number_or_text(value: Any) -> str | None:
    return str(value) if isinstance(value, str) or type(value) is int else None


def refund(entity: Json) -> ProviderRefund:
    """A refund; the bank's number may come after it was processed."""
    acquirer = entity.get("acquirer_data")
    return ProviderRefund(
        id=entity["id"],
        payment_id=entity["payment_id"],
        amount_paise=entity["amount"],
        status=entity["status"],
        receipt=entity.get("receipt"),
        arn=acquirer.get("arn") if isinstance(acquirer, dict) else None,
    )


def payout(entity: Json) -> ProviderPayout:
    """A payout; why it waits or came back stands in `status_details`, or only in the older `failure_reason`."""
    details = _part(entity, "status_details")
    return ProviderPayout(
        id=entity["id"],
        amount_paise=entity["amount"],
        status=entity["status"],
        reference_id=entity.get("reference_id"),
        utr=entity.get("utr"),
        fees_paise=paise_or_nothing(entity.get("fees")),
        tax_paise=paise_or_nothing(entity.get("tax")),
        reason=details.get("reason"),
        description=details.get("description") or entity.get("failure_reason"),
    )


def validation(entity: Json) -> ProviderValidation:
    """A check of an account in either of its two forms."""
    results = _part(entity, "results") or _part(entity, "validation_results")
    return ProviderValidation(
        id=entity["id"],
        status=entity["status"],
        account_status=results.get("account_status") or None,
        registered_name=results.get("registered_name") or None,
    )


def dispute(entity: Json) -> ProviderDispute:
    """A chargeback."""
    return ProviderDispute(id=entity["id"], payment_id=entity["payment_id"], amount_paise=entity["amount"])


def settlement(entity: Json) -> ProviderSettlement:
    """Collected money on its way to our bank."""
    return ProviderSettlement(
        id=entity["id"],
        amount_paise=entity["amount"],
        status=entity["status"],
        utr=entity.get("utr"),
        created_at=moment_of_epoch(entity["created_at"]),
    )


def settled_row(entity: Json) -> SettledRow:
    """A payment or refund inside a settlement."""
    return SettledRow(
        entity_id=entity["entity_id"],
        kind=entity["type"],
        credit_paise=whole_paise(entity["credit"]) - whole_paise(entity["debit"]),
        fee_paise=paise_or_nothing(entity.get("fee")),
        settlement_id=entity["settlement_id"],
    )
