"""Razorpay's JSON in our words: the one reading of each thing, whether the API answered it or a message brought it.

Every reader raises ValueError, TypeError, LookupError or AttributeError for what is no such thing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from cleanit_app.adapters import razorpay_words as words
from cleanit_app.domain.bounds import moment_of_epoch, paise_or_nothing, provider_id, shown, whole_paise
from cleanit_app.domain.provider import ENDED_BADLY, PaymentFailure, ProviderPaymentStatus, ProviderTransferStatus
from cleanit_app.domain.transfer_reasons import TransferReason
from cleanit_app.ports import (
    ProviderDispute,
    ProviderOrder,
    ProviderPayment,
    ProviderPayout,
    ProviderRefund,
    ProviderSettlement,
    ProviderValidation,
    SettledRow,
    UnreadableRow,
)

Json = Mapping[str, Any]
Thing = TypeVar("Thing")
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


def rows(page: Json, read: Callable[[Any], Thing]) -> list[Thing | UnreadableRow]:
    """The rows of a page, each read by itself: one that is no such thing takes no other along."""
    items = page["items"]
    if not isinstance(items, list):
        raise TypeError(f"no list: {shown(items)}")
    return [_row(item, read) for item in items]


def _row(item: Any, read: Callable[[Json], Thing]) -> Thing | UnreadableRow:
    try:
        return read(json_object(item))
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as odd:
        return UnreadableRow(_id_if_any(item), f"{type(odd).__name__} {odd}"[:200])


def _id_if_any(item: Any) -> str | None:
    try:
        return provider_id(item["id"])
    except (ValueError, TypeError, LookupError):
        return None


def thing_id(entity: Json) -> str:
    """The id of a thing that is only known by it: a contact, a fund account, a check."""
    return provider_id(entity["id"])


def order(entity: Json) -> ProviderOrder:
    """An order."""
    return ProviderOrder(
        id=entity["id"],
        amount_paise=entity["amount"],
        amount_paid_paise=entity["amount_paid"],
        status=words.status_of(entity["status"], words.ORDERS),
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
        failure=_failure(entity),
        failure_text=_first_text(entity, "error_description", "error_reason"),
        reference=_bank_reference(entity),
        created_at=moment_of_epoch(entity["created_at"]),
    )


def _payment_status(entity: Json) -> ProviderPaymentStatus:
    """How it stands; RETURNED for one that went back without ever being ours."""
    status, captured = words.status_of(entity["status"], words.PAYMENTS), entity.get("captured")
    if captured is not None and not isinstance(captured, bool):
        raise ValueError(f"captured is neither true nor false: {shown(captured)}")
    if status is ProviderPaymentStatus.REFUNDED and not captured:
        return ProviderPaymentStatus.RETURNED
    return status


def _failure(entity: Json) -> PaymentFailure | None:
    """Why a failed one failed; a reason that we do not know is OTHER, whatever its text."""
    if entity["status"] != "failed":
        return None
    reason = entity.get("error_reason")
    if not reason and not entity.get("error_description"):
        return PaymentFailure.NOT_TAKEN
    return words.PAYMENT_FAILURES.get(reason, PaymentFailure.OTHER) if isinstance(reason, str) else PaymentFailure.OTHER


def _first_text(entity: Json, *names: str) -> str | None:
    """The provider's own sentence, for people at the desk."""
    return next((entity[name] for name in names if isinstance(entity.get(name), str) and entity[name]), None)


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
        status=words.status_of(entity["status"], words.TRANSFERS),
        receipt=entity.get("receipt"),
        arn=acquirer.get("arn") if isinstance(acquirer, dict) else None,
    )


def payout(entity: Json) -> ProviderPayout:
    """A payout; why it waits or came back stands in `status_details`, or only in the older `failure_reason`."""
    details = _part(entity, "status_details")
    status = words.status_of(entity["status"], words.TRANSFERS)
    sentence = _first_text(details, "description") or _first_text(entity, "failure_reason")
    return ProviderPayout(
        id=entity["id"],
        amount_paise=entity["amount"],
        status=status,
        reference_id=entity.get("reference_id"),
        utr=entity.get("utr"),
        fees_paise=paise_or_nothing(entity.get("fees")),
        tax_paise=paise_or_nothing(entity.get("tax")),
        reason=_payout_reason(status, details.get("reason")),
        description=sentence or _first_text(details, "reason"),
    )


def _payout_reason(status: ProviderTransferStatus, reason: Any) -> TransferReason | None:
    """Why it waits, never left or came back; None when it does not, or says something new."""
    if status is ProviderTransferStatus.CANCELLED and not reason:
        return TransferReason.CALLED_OFF
    tells = status is ProviderTransferStatus.QUEUED or status in ENDED_BADLY
    return words.TRANSFER_REASONS.get(reason) if tells and isinstance(reason, str) else None


def validation(entity: Json) -> ProviderValidation:
    """A check of an account in either of its two forms."""
    results = _part(entity, "results") or _part(entity, "validation_results")
    return ProviderValidation(
        id=entity["id"],
        status=words.status_of(entity["status"], words.CHECKS),
        account_works=_account_works(results.get("account_status")),
        registered_name=results.get("registered_name") or None,
    )


def _account_works(account_status: Any) -> bool | None:
    return account_status == "active" if account_status else None


def dispute(entity: Json) -> ProviderDispute:
    """A chargeback."""
    return ProviderDispute(id=entity["id"], payment_id=entity["payment_id"], amount_paise=entity["amount"])


def settlement(entity: Json) -> ProviderSettlement:
    """Collected money on its way to our bank."""
    return ProviderSettlement(
        id=entity["id"],
        amount_paise=entity["amount"],
        status=words.status_of(entity["status"], words.TRANSFERS),
        utr=entity.get("utr"),
        created_at=moment_of_epoch(entity["created_at"]),
    )


def settled_row(entity: Json) -> SettledRow:
    """A payment or refund inside a settlement."""
    return SettledRow(
        provider_id=entity["entity_id"],
        is_payment=entity["type"] == "payment",
        credit_paise=whole_paise(entity["credit"]) - whole_paise(entity["debit"]),
        fee_paise=paise_or_nothing(entity.get("fee")),
        settlement_id=entity["settlement_id"],
    )
