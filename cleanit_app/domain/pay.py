"""How a cleaner's pay stands, and when it leaves: one answer for pages, desks and the API (PAY-11)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from cleanit_app.domain.calendar import next_payout_run
from cleanit_app.domain.statuses import PayoutStatus


class PayStands(StrEnum):
    """What keeps a cleaner's pay where it is."""

    KEPT = "KEPT"  # held back: disputed, suspected, or by somebody in finance; no clock runs
    STOPPED = "STOPPED"  # all payouts are stopped
    ACCOUNT = "ACCOUNT"  # nobody has confirmed the account
    AGAIN = "AGAIN"  # a try failed, the next one follows by itself
    WAITS = "WAITS"  # leaves with a morning's run
    PERSON = "PERSON"  # every try failed, somebody must look
    SENT = "SENT"
    PAID = "PAID"
    CANCELLED = "CANCELLED"


_BY_STATUS = {
    PayoutStatus.PROCESSING: PayStands.SENT,
    PayoutStatus.PAID: PayStands.PAID,
    PayoutStatus.CANCELLED: PayStands.CANCELLED,
}


def pay_stands(
    status: PayoutStatus, *, held: bool, stopped: bool, account_good: bool, failed: bool = False
) -> PayStands:
    """Where the pay is by what is known of it; what has left or is not owed is kept back by nothing."""
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if held:
        return PayStands.KEPT
    if status is PayoutStatus.MANUAL:
        return PayStands.PERSON
    if not account_good:
        return PayStands.ACCOUNT
    if stopped:
        return PayStands.STOPPED
    return PayStands.AGAIN if failed else PayStands.WAITS


def pay_leaves_at(
    stands: PayStands, *, scheduled_for: datetime, usable_at: datetime | None, now: datetime
) -> datetime | None:
    """The moment that may be promised: the 10 AM run, or when a failed try's pause is over; None while none runs.

    `usable_at` is when a changed account may be paid to (PAY-04).
    """
    earliest = max(scheduled_for, now, usable_at or now)
    if stands is PayStands.WAITS:
        return next_payout_run(earliest)
    return earliest if stands is PayStands.AGAIN else None
