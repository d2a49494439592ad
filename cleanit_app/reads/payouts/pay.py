"""How a cleaner's pay stands, read in one way wherever a question meets a payout (PAY-11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.domain.pay import PayStands, pay_leaves_at, pay_stands
from cleanit_app.domain.statuses import PayoutStatus

PAY_COLUMNS = f"""o.status AS pay_status, o.held_at AS pay_held_at, o.failure_reason AS pay_failure,
  o.scheduled_for AS pay_scheduled_for, o.amount_paise AS pay_paise,
  (SELECT a.payout_verified_at IS NOT NULL FROM cleaners a WHERE a.user_id = o.cleaner_id) AS pay_good,
  (SELECT a.payout_usable_at FROM cleaners a WHERE a.user_id = o.cleaner_id) AS pay_usable_at,
  EXISTS (SELECT FROM money_switches WHERE flow = '{MoneyFlow.PAYOUTS}' AND stopped_at IS NOT NULL) AS pay_stopped"""
"""What `pay_of` reads, of payouts as `o`."""


@dataclass(frozen=True)
class Pay:
    """A cleaner's pay: how it stands, when it leaves (None while no clock runs), what reaches the bank."""

    stands: PayStands
    leaves_at: datetime | None
    paise: int


def pay_of(row: Row[Any], now: datetime) -> Pay | None:
    """The pay in a row with PAY_COLUMNS; None before any is owed."""
    if row.pay_status is None:
        return None
    stands = pay_stands(
        PayoutStatus(row.pay_status),
        held=row.pay_held_at is not None,
        stopped=row.pay_stopped,
        account_good=bool(row.pay_good),
        failed=row.pay_failure is not None,
    )
    at = pay_leaves_at(stands, scheduled_for=row.pay_scheduled_for, usable_at=row.pay_usable_at, now=now)
    return Pay(stands, at, row.pay_paise)
