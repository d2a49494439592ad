"""What Razorpay's words mean: each of its statuses and reasons and our word for it. Nobody else knows them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from cleanit_app.domain.bounds import text_within
from cleanit_app.domain.provider import (
    PaymentFailure,
    ProviderCheckStatus,
    ProviderOrderStatus,
    ProviderPaymentStatus,
    ProviderTransferStatus,
)
from cleanit_app.domain.transfer_reasons import TransferReason as Why

Word = TypeVar("Word", bound=StrEnum)
ORDERS = {
    "created": ProviderOrderStatus.CREATED,
    "attempted": ProviderOrderStatus.ATTEMPTED,
    "paid": ProviderOrderStatus.PAID,
}
PAYMENTS = {
    "created": ProviderPaymentStatus.CREATED,
    "authorized": ProviderPaymentStatus.AUTHORIZED,
    "captured": ProviderPaymentStatus.CAPTURED,
    "refunded": ProviderPaymentStatus.REFUNDED,
    "failed": ProviderPaymentStatus.FAILED,
}
TRANSFERS = {
    "created": ProviderTransferStatus.CREATED,
    "pending": ProviderTransferStatus.PENDING,
    "queued": ProviderTransferStatus.QUEUED,
    "scheduled": ProviderTransferStatus.SCHEDULED,
    "processing": ProviderTransferStatus.PROCESSING,
    "processed": ProviderTransferStatus.PROCESSED,
    "failed": ProviderTransferStatus.FAILED,
    "reversed": ProviderTransferStatus.REVERSED,
    "rejected": ProviderTransferStatus.REJECTED,
    "cancelled": ProviderTransferStatus.CANCELLED,
}
CHECKS = {
    "created": ProviderCheckStatus.CREATED,
    "completed": ProviderCheckStatus.COMPLETED,
    "failed": ProviderCheckStatus.FAILED,
}
PAYMENT_FAILURES = {
    "insufficient_funds": PaymentFailure.FUNDS_SHORT,
    "insufficient_fund": PaymentFailure.FUNDS_SHORT,
    "payment_cancelled": PaymentFailure.GIVEN_UP,
    "incorrect_pin": PaymentFailure.PIN_WRONG,
    "card_declined": PaymentFailure.CARD_REFUSED,
    "payment_failed": PaymentFailure.NOT_TAKEN,
    "payment_timed_out": PaymentFailure.TOO_LATE,
    "gateway_timeout": PaymentFailure.BANK_SILENT,
    "payment_pending": PaymentFailure.STILL_OPEN,
}
TRANSFER_REASONS = {
    "bank_account_closed": Why.ACCOUNT_CLOSED,
    "bank_account_frozen": Why.ACCOUNT_FROZEN,
    "bank_account_invalid": Why.ACCOUNT_WRONG,
    "beneficiary_account_invalid": Why.ACCOUNT_WRONG,
    "beneficiary_account_dormant": Why.ACCOUNT_ASLEEP,
    "invalid_beneficiary": Why.ACCOUNT_UNKNOWN,
    "beneficiary_vpa_invalid": Why.UPI_WRONG,
    "invalid_ifsc_code": Why.IFSC_WRONG,
    "imps_not_allowed": Why.NO_IMPS,
    "beneficiary_bank_rejected": Why.BANK_REFUSED,
    "beneficiary_bank_failure": Why.BANK_FAILED,
    "beneficiary_bank_technical_error": Why.BANK_TROUBLE,
    "beneficiary_bank_offline": Why.BANK_AWAY,
    "beneficiary_psp_offline": Why.BANK_AWAY,
    "beneficiary_bank_down": Why.BANK_AWAY,
    "npci_beneficiary_timeout": Why.BANK_SILENT,
    "transaction_limit_exceeded": Why.LIMIT_REACHED,
    "amount_limit_exhausted_neft": Why.LIMIT_REACHED,
    "gateway_down": Why.PROVIDER_AWAY,
    "gateway_timeout": Why.PROVIDER_SILENT,
    "gateway_technical_error": Why.PROVIDER_TROUBLE,
    "gateway_degraded": Why.PROVIDER_TROUBLE,
    "syncing_balance": Why.PROVIDER_TROUBLE,
    "server_error": Why.PROVIDER_BROKE,
    "server_error_temporary": Why.PROVIDER_BROKE,
    "low_balance": Why.BALANCE_SHORT,
    "insufficient_funds": Why.BALANCE_SHORT,
}
"""Reasons of payouts that wait, failed or came back; those of payouts on their way mean nothing to us."""
# Parts of sentences, in small letters: with these it refuses us, with HTTP 400, as if the request were wrong.
NO_ACCESS = (
    "authentication failed",
    "api key provided is invalid",
    "transactions from this ip are not allowed",
    "the razorpayx account number is invalid",
    "the requested url was not found",  # also said of a product that is not enabled for us
)
BALANCE_SHORT = ("enough balance", "invalid request sent")
TOO_OLD = ("more than 6 months old",)
ALREADY_CAPTURED = ("already been captured", "order is already paid")
OTHER_BODY = ("different request",)  # how both products say that our key came with another body
STILL_RUNNING = "still in progress"
DETAIL_FIELDS = {
    "ifsc": Why.IFSC_WRONG,
    "account_number": Why.ACCOUNT_WRONG,
    "bank_account": Why.ACCOUNT_WRONG,
    "name": Why.NAME_WRONG,
    "address": Why.UPI_WRONG,
    "vpa": Why.UPI_WRONG,
}
"""The fields it names when the details of an account cannot be right."""


def status_of(word: object, known: Mapping[str, Word]) -> Word:
    """Our word for a status; OTHER for one that we do not know, ValueError for what is no word."""
    text = text_within(word, most=64)
    return known[text] if text in known else type(next(iter(known.values())))("other")


def why_refused(status: int, description: str, field: str | None) -> Why | None:
    """What a refusal means to us; None when it is about this request alone and only people can read why."""
    said = description.lower()
    if status in (401, 403) or any(text in said for text in NO_ACCESS):
        return Why.NO_ACCESS
    if any(text in said for text in BALANCE_SHORT):
        return Why.BALANCE_SHORT
    if any(text in said for text in TOO_OLD):
        return Why.PAYMENT_TOO_OLD
    return DETAIL_FIELDS.get(field or "")
