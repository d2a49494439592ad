"""A cleaner's financial year: each payment's gross, tax, pay and fee, and each quarter's, from the ledger (LAW-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.calendar import financial_year, ist_date, midnight, quarter_days, quarter_of, year_of
from cleanit_app.domain.errors import FieldProblem, InvalidFields, NotACleaner
from cleanit_app.domain.statuses import PayoutStatus
from cleanit_app.reads.paging import about_one, ask, ask_list
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class StatementLine:
    """One payment owed in the year, in paise: gross = tax kept back + pay; `arrived` is what has reached the bank.

    `fee` is what the neighbours paid beside it to run Cleanit, tax included; nothing of it was taken from the pay.
    """

    payout_id: UUID
    owed_at: datetime
    title: str
    gross_paise: int
    tax_paise: int
    pay_paise: int
    arrived_paise: int
    fee_paise: int
    status: PayoutStatus
    paid_at: datetime | None
    reference: str | None

    @property
    def quarter(self) -> int:
        """The quarter of the Indian financial year in which it was owed, 1 to 4."""
        return quarter_of(ist_date(self.owed_at))


class _Sums:
    """The sums of some payments, in paise."""

    lines: tuple[StatementLine, ...]

    @property
    def gross_paise(self) -> int:
        """What the work was worth before tax."""
        return sum(line.gross_paise for line in self.lines)

    @property
    def tax_paise(self) -> int:
        """Tax kept back."""
        return sum(line.tax_paise for line in self.lines)

    @property
    def pay_paise(self) -> int:
        """What was or will be sent."""
        return sum(line.pay_paise for line in self.lines)

    @property
    def arrived_paise(self) -> int:
        """What has reached the bank so far."""
        return sum(line.arrived_paise for line in self.lines)

    @property
    def fee_paise(self) -> int:
        """What the neighbours paid beside it to run Cleanit."""
        return sum(line.fee_paise for line in self.lines)


@dataclass(frozen=True)
class StatementQuarter(_Sums):
    """A quarter of the year, 1 (April to June) to 4, with the payments owed in it: as the payer states tax (26Q)."""

    number: int
    first_on: date
    last_on: date
    lines: tuple[StatementLine, ...]


@dataclass(frozen=True)
class Statement(_Sums):
    """A financial year of one cleaner, the earliest payment first, with its sums in paise."""

    year: str
    first_on: date
    last_on: date
    name: str
    pan_mask: str | None
    payer: str
    payer_address: str
    asked_at: datetime
    years: tuple[str, ...]
    lines: tuple[StatementLine, ...]

    @property
    def quarters(self) -> tuple[StatementQuarter, ...]:
        """The quarters that have begun, in their order; every payment stands in one, so they sum to the year."""
        begun = [one for one in (1, 2, 3, 4) if quarter_days(self.year, one)[0] <= ist_date(self.asked_at)]
        return tuple(
            StatementQuarter(
                one, *quarter_days(self.year, one), tuple(line for line in self.lines if line.quarter == one)
            )
            for one in begun
        )


# A movement that was mirrored is as if it had never been.
_LINES = """
WITH owed AS (
  SELECT t.id, t.created_at, CAST(substr(t.business_key, 6) AS uuid) AS payout_id, -l.amount_paise AS pay
  FROM ledger_lines l JOIN ledger_transfers t ON t.id = l.transfer_id
  WHERE l.account = 'CLEANER_PAYABLE' AND l.subject_id = :me AND t.kind = 'PAYOUT_OWED'
    AND t.created_at >= CAST(:since AS timestamptz) AND t.created_at < CAST(:until AS timestamptz)
    AND NOT EXISTS (SELECT FROM ledger_transfers r WHERE r.reverses = t.id))
SELECT o.*, p.status, p.paid_at, p.utr, c.title,
  (SELECT coalesce(-sum(x.amount_paise), 0)::bigint FROM ledger_lines x
   WHERE x.transfer_id = o.id AND x.account = 'TDS_PAYABLE') AS tax,
  (SELECT coalesce(-sum(x.amount_paise), 0)::bigint FROM ledger_lines x
   WHERE x.transfer_id = o.id AND x.account IN ('FEE_INCOME', 'GST_OUTPUT')) AS fee,
  (SELECT coalesce(sum(x.amount_paise), 0)::bigint FROM ledger_lines x JOIN ledger_transfers k ON k.id = x.transfer_id
   WHERE x.account = 'PAYOUT_CLEARING' AND x.subject_id = o.payout_id
     AND k.kind IN ('PAYOUT_PROCESSED', 'PAYOUT_REVERSED')) AS arrived
FROM owed o JOIN payouts p ON p.id = o.payout_id JOIN campaigns c ON c.id = p.campaign_id
ORDER BY o.created_at, o.payout_id
"""


@about_one
def year_statement(uow: UnitOfWork, *, actor: Actor, year: str | None = None) -> Statement:
    """One's own payments of a financial year (`2627`), this year's when none is named (LAW-04).

    NotACleaner for other accounts; InvalidFields for a year that does not read as one.
    """
    actor.must(Permission.MANAGE_SELF)
    this_year = financial_year(ist_date(uow.now))
    wanted = year or this_year
    first, last = days_of_year(wanted)
    known = ask(
        uow,
        """SELECT u.name, k.pan_mask, (SELECT min(created_at) FROM payouts WHERE cleaner_id = :me) AS began
           FROM cleaners k JOIN users u ON u.id = k.user_id WHERE k.user_id = :me""",
        me=actor.user_id,
    )
    if not known:
        raise NotACleaner
    rows = ask_list(
        uow,
        "statement of a year",
        _LINES,
        me=actor.user_id,
        since=midnight(first),
        until=midnight(last.replace(day=1, month=4)),
    )
    began = financial_year(ist_date(known[0].began)) if known[0].began else this_year
    return Statement(
        year=wanted,
        first_on=first,
        last_on=last,
        name=known[0].name,
        pan_mask=known[0].pan_mask,
        payer=uow.policy.company_name,
        payer_address=uow.policy.company_address,
        asked_at=uow.now,
        years=years_between(began, this_year),
        lines=tuple(rows.read(_line)),
    )


def days_of_year(year: str) -> tuple[date, date]:
    """First and last day of a financial year that somebody named; InvalidFields when it is none."""
    try:
        return year_of(year)
    except ValueError:
        raise InvalidFields({"year": FieldProblem("value_unreadable")}) from None


def years_between(first: str, last: str) -> tuple[str, ...]:
    """The years from one to another, the newest first."""
    begin, end = int(first[:2]), int(last[:2])
    return tuple(f"{y:02d}{(y + 1) % 100:02d}" for y in range(end, begin - 1, -1))


def _line(row: Row[Any]) -> StatementLine:
    return StatementLine(
        payout_id=row.payout_id,
        owed_at=row.created_at,
        title=row.title,
        gross_paise=row.pay + row.tax,
        tax_paise=row.tax,
        pay_paise=row.pay,
        arrived_paise=row.arrived,
        fee_paise=row.fee,
        status=PayoutStatus(row.status),
        paid_at=row.paid_at,
        reference=row.utr if row.status == PayoutStatus.PAID else None,
    )
