"""All receipts of one financial year of one person: what was paid in, and what of it came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.calendar import financial_year, ist_date, midnight
from cleanit_app.domain.statuses import RefundStatus
from cleanit_app.reads.paging import about_one, ask, ask_list
from cleanit_app.reads.payments.contributions import ITEM, refunds_of
from cleanit_app.reads.tax.statements import days_of_year, years_between
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ReceiptLine:
    """One receipt, in paise: what was paid, and what of it has come back by now."""

    number: str
    paid_at: datetime
    title: str
    amount_paise: int
    back_paise: int


@dataclass(frozen=True)
class YearReceipts:
    """A financial year (`2627`) of one giver, the earliest payment first."""

    year: str
    first_on: date
    last_on: date
    name: str
    asked_at: datetime
    lines: tuple[ReceiptLine, ...]

    @property
    def amount_paise(self) -> int:
        """What was paid in."""
        return sum(line.amount_paise for line in self.lines)

    @property
    def back_paise(self) -> int:
        """What of it has come back."""
        return sum(line.back_paise for line in self.lines)


def receipt_years(uow: UnitOfWork, *, actor: Actor) -> tuple[str, ...]:
    """The financial years from one's first payment to this one, the newest first; none before the first."""
    actor.must(Permission.MANAGE_SELF)
    sql = "SELECT min(paid_at) AS began FROM contributions WHERE contributor_id = :me"
    began = ask(uow, sql, me=actor.user_id)[0].began
    return years_between(financial_year(ist_date(began)), financial_year(ist_date(uow.now))) if began else ()


@about_one
def year_receipts(uow: UnitOfWork, *, actor: Actor, year: str) -> YearReceipts:
    """One's own receipts of a financial year, by the Indian day on which each was paid (PAY-02).

    InvalidFields for a year that does not read as one.
    """
    actor.must(Permission.MANAGE_SELF)
    first, last = days_of_year(year)
    rows = ask_list(
        uow,
        "receipts of a year",
        f"""{ITEM} WHERE g.contributor_id = :me AND g.receipt_number IS NOT NULL
              AND g.paid_at >= CAST(:since AS timestamptz) AND g.paid_at < CAST(:until AS timestamptz)
            ORDER BY g.paid_at, g.id""",
        me=actor.user_id,
        since=midnight(first),
        until=midnight(last + timedelta(days=1)),
    )
    name = ask(uow, "SELECT name FROM users WHERE id = :me", me=actor.user_id)[0].name
    return YearReceipts(year, first, last, name, uow.now, tuple(rows.read(_line)))


def _line(row: Row[Any]) -> ReceiptLine:
    back = sum(one.amount_paise for one in refunds_of(row) if one.status is RefundStatus.COMPLETED)
    return ReceiptLine(row.receipt_number, row.paid_at, row.title, row.amount_paise, back)
