"""How things stand at a payment provider, in our words; whichever provider it is, its adapter maps its words to these.

`OTHER` is a word that the adapter does not know: nothing follows from it.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

LOOK_ONLY_AFTER = timedelta(hours=24)  # then it is only looked up: a provider may forget our key
REFUND_LIMIT = timedelta(days=180)  # the provider refunds nothing older


class ProviderOrderStatus(StrEnum):
    """How an order stands."""

    CREATED = "created"
    ATTEMPTED = "attempted"
    PAID = "paid"
    OTHER = "other"


class ProviderPaymentStatus(StrEnum):
    """How one try to pay stands."""

    CREATED = "created"
    AUTHORIZED = "authorized"
    CAPTURED = "captured"
    FAILED = "failed"
    REFUNDED = "refunded"
    RETURNED = "returned"  # went back without ever being ours
    OTHER = "other"


CAPTURED = frozenset({ProviderPaymentStatus.CAPTURED, ProviderPaymentStatus.REFUNDED})
"""The money is, or was, ours."""
UNDECIDED = frozenset({ProviderPaymentStatus.CREATED, ProviderPaymentStatus.AUTHORIZED})
"""The payer's bank, or we, have not said the last word."""


class ProviderTransferStatus(StrEnum):
    """How money that leaves stands: a payout, a refund, a settlement."""

    CREATED = "created"
    PENDING = "pending"
    QUEUED = "queued"
    SCHEDULED = "scheduled"
    PROCESSING = "processing"
    PROCESSED = "processed"
    FAILED = "failed"
    REVERSED = "reversed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    OTHER = "other"


NEVER_LEFT = frozenset(
    {ProviderTransferStatus.FAILED, ProviderTransferStatus.REJECTED, ProviderTransferStatus.CANCELLED}
)
ENDED_BADLY = NEVER_LEFT | {ProviderTransferStatus.REVERSED}
"""It never left, or it came back."""


class ProviderCheckStatus(StrEnum):
    """How a question to a bank about an account stands; a completed one may have found no such account."""

    CREATED = "created"
    COMPLETED = "completed"
    FAILED = "failed"
    OTHER = "other"


class PaymentFailure(StrEnum):
    """Why a try to pay failed, as far as it helps the payer; `wait.reason_…` are its words."""

    FUNDS_SHORT = "funds_short"
    GIVEN_UP = "given_up"
    PIN_WRONG = "pin_wrong"
    CARD_REFUSED = "card_refused"
    NOT_TAKEN = "not_taken"
    TOO_LATE = "too_late"
    BANK_SILENT = "bank_silent"
    STILL_OPEN = "still_open"
    OTHER = "other"


NOTHING_LEFT = frozenset(
    {PaymentFailure.FUNDS_SHORT, PaymentFailure.GIVEN_UP, PaymentFailure.CARD_REFUSED, PaymentFailure.PIN_WRONG}
)
"""Reasons of a payer's bank or app that say that no money moved."""
BANK_MAY_STILL_PAY = frozenset({PaymentFailure.TOO_LATE, PaymentFailure.BANK_SILENT, PaymentFailure.STILL_OPEN})
"""After these the bank may still take the money: nobody is asked to pay again."""
