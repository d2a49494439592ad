"""Comparing one page of the provider's book with ours: pure sums and one question a page (PAY-13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from cleanit_app.domain.provider import CAPTURED, ENDED_BADLY, ProviderPaymentStatus, ProviderTransferStatus
from cleanit_app.ports import ProviderPayment, ProviderPayout, ProviderRefund
from cleanit_app.services.unit_of_work import UnitOfWork

# What we know to have gone back by the provider: our refunds that left or are on their way, and booked adjustments.
OURS_OF_PAYMENTS = """SELECT p.razorpay_payment_id AS key, p.amount_paise, p.fee_paise,
      (SELECT coalesce(sum(r.amount_paise - r.fee_withheld_paise), 0) FROM refunds r WHERE r.payment_id = p.id
         AND r.status IN ('PROCESSING', 'COMPLETED') AND r.by_hand_reference IS NULL)
      + (SELECT coalesce(sum(l.amount_paise), 0) FROM ledger_lines l
         WHERE l.account = 'PLATFORM_FUNDS' AND l.subject_id = p.id) AS back_paise
    FROM payments p WHERE p.razorpay_payment_id = ANY(:keys)"""
OURS_OF_REFUNDS = """SELECT a.reference AS key, r.amount_paise - r.fee_withheld_paise AS amount_paise, a.status,
      a.provider_id FROM transfer_attempts a JOIN refunds r ON r.id = a.refund_id WHERE a.reference = ANY(:keys)
    UNION ALL SELECT r.razorpay_refund_id, r.amount_paise - r.fee_withheld_paise, r.status, r.razorpay_refund_id
      FROM refunds r WHERE r.razorpay_refund_id = ANY(:keys)"""
OURS_OF_PAYOUTS = """SELECT a.reference AS key, p.amount_paise, a.status, a.provider_id FROM transfer_attempts a
    JOIN payouts p ON p.id = a.payout_id WHERE a.reference = ANY(:keys)"""


@dataclass(frozen=True)
class Finding:
    """What differs about one thing of the provider; `kind` is empty when both books agree."""

    what: str
    provider_id: str
    kind: str = ""
    ours: str = ""
    theirs: str = ""


def _ours(uow: UnitOfWork, query: str, keys: Sequence[str | None]) -> dict[str, Any]:
    rows = uow.run(text(query), {"keys": [key for key in keys if key]})
    return {row.key: row for row in rows}


def compare_payments(uow: UnitOfWork, page: Sequence[ProviderPayment]) -> list[Finding]:
    """Each payment of the page: money they took is booked here, to the paisa, and no other is."""
    ours = _ours(uow, OURS_OF_PAYMENTS, [p.id for p in page])
    return [Finding("PAYMENT", p.id, *_of_payment(p, ours.get(p.id))) for p in page]


def _of_payment(theirs: ProviderPayment, ours: Any) -> tuple[str, str, str]:
    taken = theirs.status in CAPTURED  # one that went back without ever being ours is `returned`
    if ours is None:
        lost = taken and not theirs.went_back  # nothing is left of one that was given back before we booked it
        return ("MISSING_HERE", "", f"{theirs.status} {theirs.amount_paise}") if lost else ("", "", "")
    if not taken:
        return "STATUS", ProviderPaymentStatus.CAPTURED, theirs.status
    if ours.amount_paise != theirs.amount_paise:
        return "AMOUNT", str(ours.amount_paise), str(theirs.amount_paise)
    if ours.fee_paise != (theirs.fee_paise or 0):
        return "FEE", str(ours.fee_paise), str(theirs.fee_paise)
    if theirs.amount_refunded_paise > ours.back_paise:  # less is found with the refund itself
        return "REFUNDED", str(ours.back_paise), str(theirs.amount_refunded_paise)
    return "", "", ""


def compare_refunds(uow: UnitOfWork, page: Sequence[ProviderRefund]) -> list[Finding]:
    """Each refund of the page; those of payments that were never taken are the provider's own affair."""
    ours = _ours(uow, OURS_OF_REFUNDS, [*(r.receipt for r in page), *(r.id for r in page)])
    known = _ours(uow, OURS_OF_PAYMENTS, [r.payment_id for r in page])
    found = []
    for refund in page:
        mine = ours.get(refund.receipt or "") or ours.get(refund.id)
        if mine is None and refund.payment_id not in known:
            found.append(Finding("REFUND", refund.id))
            continue
        found.append(Finding("REFUND", refund.id, *_of_transfer(refund.id, refund.amount_paise, refund.status, mine)))
    return found


def compare_payouts(uow: UnitOfWork, page: Sequence[ProviderPayout]) -> list[Finding]:
    """Each payout of the page by our reference."""
    ours = _ours(uow, OURS_OF_PAYOUTS, [p.reference_id for p in page])
    return [
        Finding("PAYOUT", p.id, *_of_transfer(p.id, p.amount_paise, p.status, ours.get(p.reference_id or "")))
        for p in page
    ]


def _of_transfer(
    provider_id: str, amount_paise: int, status: ProviderTransferStatus, ours: Any
) -> tuple[str, str, str]:
    if ours is None:
        return "MISSING_HERE", "", f"{status} {amount_paise}"
    if ours.provider_id not in (None, provider_id):
        return "OTHER_ID", ours.provider_id, provider_id
    if ours.amount_paise != amount_paise:
        return "AMOUNT", str(ours.amount_paise), str(amount_paise)
    return ("", "", "") if _same_status(ours.status, status) else ("STATUS", ours.status, status)


def _same_status(ours: str, theirs: ProviderTransferStatus) -> bool:
    if theirs is ProviderTransferStatus.PROCESSED:
        return ours in ("SUCCEEDED", "COMPLETED")
    if theirs in ENDED_BADLY:
        return ours in ("FAILED", "REVERSED", "PENDING", "MANUAL")
    return ours not in ("SUCCEEDED", "COMPLETED", "FAILED", "REVERSED")
