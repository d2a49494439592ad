"""Every reason of ours why money does not move can be said in both languages."""

from __future__ import annotations

import pytest

from cleanit_app.adapters.razorpay_words import PAYMENT_FAILURES, TRANSFER_REASONS, why_refused
from cleanit_app.domain.provider import PaymentFailure
from cleanit_app.domain.transfer_reasons import TransferReason
from tests.support.words import WORDS

pytestmark = pytest.mark.row("PAY-07")


@pytest.mark.parametrize("reason", TransferReason)
def test_a_reason_has_words(reason: TransferReason) -> None:
    english, hindi = WORDS[f"bank.{reason}"]
    assert english != hindi


@pytest.mark.parametrize("failure", sorted({*PAYMENT_FAILURES.values(), PaymentFailure.OTHER}))
def test_what_a_payer_is_told_has_words(failure: PaymentFailure) -> None:
    key = f"wait.reason_{failure}"
    assert key in WORDS or failure in (PaymentFailure.TOO_LATE, PaymentFailure.BANK_SILENT, PaymentFailure.STILL_OPEN)


def test_the_provider_says_nothing_that_we_never_mean() -> None:
    found = {*TRANSFER_REASONS.values()} | {
        why_refused(400, "", field) for field in ("ifsc", "account_number", "address", "vpa", "name", "bank_account")
    }
    assert {reason for reason in found if reason} < set(TransferReason)


@pytest.mark.parametrize(
    ("field", "description", "reason"),
    [
        ("ifsc", "The IFSC must be 11 characters.", TransferReason.IFSC_WRONG),
        ("account_number", "The account number format is invalid.", TransferReason.ACCOUNT_WRONG),
        ("account_number", "The RazorpayX Account number is invalid.", TransferReason.NO_ACCESS),
        ("address", "The VPA is invalid.", TransferReason.UPI_WRONG),
        ("name", "The name field is invalid.", TransferReason.NAME_WRONG),
        (None, "Your account does not have enough balance to carry out the refund operation. You can add funds to "
         "your account from your Razorpay dashboard or capture new payments.", TransferReason.BALANCE_SHORT),
        (None, "invalid request sent", TransferReason.BALANCE_SHORT),
        (None, "Refund is not supported by the bank because the payment is more than 6 months old",
         TransferReason.PAYMENT_TOO_OLD),
        ("amount", "The amount must be at least INR 1.00", None),
        (None, "The payment has been fully refunded already", None),
    ],
)  # fmt: skip
def test_a_refusal_has_one_meaning(field: str | None, description: str, reason: TransferReason | None) -> None:
    assert why_refused(400, description, field) is reason
