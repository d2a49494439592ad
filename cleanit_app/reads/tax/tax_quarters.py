"""The tax of a quarter as the payer states it: each payee with the sums, and what must be put right (LAW-04, 26Q)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.calendar import ist_date, midnight, quarter_days
from cleanit_app.domain.errors import FieldProblem, InvalidFields
from cleanit_app.models.tax import TDS_COUNTED
from cleanit_app.reads.paging import Page, ask, ask_list, one_page, page_size, read_cursor
from cleanit_app.services.unit_of_work import UnitOfWork


class TaxCheck(StrEnum):
    """What keeps a quarter from being stated as it stands, or what the accountant should know."""

    NOT_OVER = "NOT_OVER"  # days of it are still to come
    TAN_MISSING = "TAN_MISSING"
    PAN_MISSING = "PAN_MISSING"
    HIGHER_RATE = "HIGHER_RATE"
    OWED = "OWED"  # due, but more than the pay could bear
    TAKEN_BACK_LATER = "TAKEN_BACK_LATER"
    LEDGER_DIFFERS = "LEDGER_DIFFERS"


@dataclass(frozen=True)
class TaxFinding:
    """One check that did not pass: how many lines or payees it is about, and how much, in paise."""

    check: TaxCheck
    count: int
    amount_paise: int = 0


@dataclass(frozen=True)
class PayeeTax:
    """One payee of a quarter; the PAN by its end, None while none was given."""

    payee_id: UUID
    name: str
    pan_mask: str | None
    payments: int
    gross_paise: int
    tds_paise: int
    without_pan: int  # payments taxed at the higher rate


@dataclass(frozen=True)
class TaxQuarter:
    """A quarter: its days, sums over all payees, the ledger's own sum of tax, and the findings."""

    year: str
    quarter: int
    first_on: date
    last_on: date
    payer: str
    tan: str
    payees: int
    payments: int
    gross_paise: int
    tds_paise: int
    ledger_gross_paise: int
    ledger_tds_paise: int
    rate_without_pan_bps: int | None
    findings: tuple[TaxFinding, ...]
    page: Page[PayeeTax]


def days_of_quarter(year: str, quarter: int) -> tuple[date, date]:
    """First and last day of a quarter that somebody named; InvalidFields when there is none."""
    try:
        return quarter_days(year, quarter)
    except ValueError:
        raise InvalidFields({"quarter": FieldProblem("value_unreadable")}) from None


def bounds_of(year: str, quarter: int) -> dict[str, datetime]:
    """The moments a quarter begins and is over, as the questions here are bound to them."""
    first, last = days_of_quarter(year, quarter)
    return {"since": midnight(first), "until": midnight(date.fromordinal(last.toordinal() + 1))}


def tax_quarter(
    uow: UnitOfWork, *, actor: Actor, year: str, quarter: int, cursor: str | None = None, limit: int | None = None
) -> TaxQuarter:
    """What was kept back in a quarter, payee by payee in the order of their ids; InvalidFields for no quarter."""
    actor.must(Permission.SEE_FINANCES)
    first, last = days_of_quarter(year, quarter)
    span = bounds_of(year, quarter)
    size, keys = page_size(limit), read_cursor(cursor, UUID)
    rows = ask_list(
        uow,
        "payees of a tax quarter",
        f"""SELECT d.payee_id, u.name, k.pan_mask, count(*) AS payments, sum(d.gross_paise)::bigint AS gross,
              sum(d.tds_paise)::bigint AS tds, count(*) FILTER (WHERE NOT r.has_pan) AS without_pan
            FROM {TDS_COUNTED} {"AND d.payee_id > CAST(:last AS uuid)" if keys else ""}
            GROUP BY d.payee_id, u.name, k.pan_mask ORDER BY d.payee_id LIMIT :size""",
        size=size + 1,
        **span,
        **({"last": keys[0]} if keys else {}),
    )
    sums, ledger = ask(uow, _SUMS, **span)[0], ask(uow, _LEDGER, **span)[0]
    rates = ask(uow, _WITHOUT_PAN, regime=uow.policy.tds_regime.value, on=last)
    return TaxQuarter(
        year=year,
        quarter=quarter,
        first_on=first,
        last_on=last,
        payer=uow.policy.company_name,
        tan=uow.policy.company_tan,
        payees=sums.payees,
        payments=sums.payments,
        gross_paise=sums.gross,
        tds_paise=sums.tds,
        ledger_gross_paise=ledger.gross,
        ledger_tds_paise=ledger.tds,
        rate_without_pan_bps=rates[0].rate_bps if rates else None,
        findings=_findings(uow, sums, ledger, ist_date(uow.now) <= last),
        page=one_page(rows, size, _payee, lambda row: (row.payee_id,)),
    )


_SUMS = f"""SELECT count(DISTINCT d.payee_id) AS payees, count(*) AS payments,
  coalesce(sum(d.gross_paise), 0)::bigint AS gross, coalesce(sum(d.tds_paise), 0)::bigint AS tds,
  count(DISTINCT d.payee_id) FILTER (WHERE k.pan_given_at IS NULL) AS no_pan,
  count(*) FILTER (WHERE NOT r.has_pan) AS higher,
  coalesce(sum(d.tds_paise) FILTER (WHERE NOT r.has_pan), 0)::bigint AS higher_tds,
  count(*) FILTER (WHERE d.due_paise > d.tds_paise) AS owing,
  coalesce(sum(d.due_paise - d.tds_paise) FILTER (WHERE d.due_paise > d.tds_paise), 0)::bigint AS owed,
  (SELECT count(*) FROM tds_returns b JOIN tds_deductions x ON x.payout_id = b.payout_id
     WHERE x.credited_at >= CAST(:since AS timestamptz) AND x.credited_at < CAST(:until AS timestamptz)
       AND b.returned_at >= CAST(:until AS timestamptz)) AS back,
  (SELECT coalesce(sum(x.tds_paise), 0)::bigint FROM tds_returns b JOIN tds_deductions x ON x.payout_id = b.payout_id
     WHERE x.credited_at >= CAST(:since AS timestamptz) AND x.credited_at < CAST(:until AS timestamptz)
       AND b.returned_at >= CAST(:until AS timestamptz)) AS back_tds
FROM {TDS_COUNTED}"""
_LEDGER = """SELECT coalesce(-sum(l.amount_paise), 0)::bigint AS gross,
  coalesce(-sum(l.amount_paise) FILTER (WHERE l.account = 'TDS_PAYABLE'), 0)::bigint AS tds
FROM ledger_transfers t JOIN ledger_lines l ON l.transfer_id = t.id
  AND l.account IN ('CLEANER_PAYABLE', 'TDS_PAYABLE')
WHERE t.kind = 'PAYOUT_OWED' AND t.created_at >= CAST(:since AS timestamptz)
  AND t.created_at < CAST(:until AS timestamptz)
  AND NOT EXISTS (SELECT FROM ledger_transfers r WHERE r.reverses = t.id)"""
_WITHOUT_PAN = """SELECT rate_bps FROM tds_rules WHERE regime = :regime AND payee_kind = 'INDIVIDUAL' AND NOT has_pan
  AND valid_from <= CAST(:on AS date) AND (valid_to IS NULL OR valid_to >= CAST(:on AS date)) LIMIT 1"""


def _findings(uow: UnitOfWork, sums: Row[Any], ledger: Row[Any], not_over: bool) -> tuple[TaxFinding, ...]:
    differs = abs(ledger.tds - sums.tds) + abs(ledger.gross - sums.gross)
    found = (
        TaxFinding(TaxCheck.LEDGER_DIFFERS, int(bool(differs)), differs),
        TaxFinding(TaxCheck.NOT_OVER, int(not_over)),
        TaxFinding(TaxCheck.TAN_MISSING, int(not uow.policy.company_tan)),
        TaxFinding(TaxCheck.PAN_MISSING, sums.no_pan),
        TaxFinding(TaxCheck.HIGHER_RATE, sums.higher, sums.higher_tds),
        TaxFinding(TaxCheck.OWED, sums.owing, sums.owed),
        TaxFinding(TaxCheck.TAKEN_BACK_LATER, sums.back, sums.back_tds),
    )
    return tuple(one for one in found if one.count)


def _payee(row: Row[Any]) -> PayeeTax:
    return PayeeTax(row.payee_id, row.name, row.pan_mask, row.payments, row.gross, row.tds, row.without_pan)
