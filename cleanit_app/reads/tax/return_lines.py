"""The tax of a quarter for the payer's statement (26Q, now 140): a line a payment or a payee, with the PAN (LAW-04).

What the accountant adds stands there empty: the challan's bank, day and number, and the official code of a remark.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.calendar import IST, TaxQuarterDays
from cleanit_app.domain.reading import identifiers
from cleanit_app.domain.reading.signs import maybe
from cleanit_app.models.tax import TDS_COUNTED
from cleanit_app.ports import CannotUnlock, FieldCipher
from cleanit_app.reads.paging import Found, ask_list
from cleanit_app.services.unit_of_work import UnitOfWork

Cell: TypeAlias = str | Decimal
Cells: TypeAlias = list[tuple[Cell, ...]]
NO_PAN, BAD_PAN = "PANNOTAVBL", "PANINVALID"
"""What the law's own layout writes where there is no PAN, or none that can be one."""
NOT_A_COMPANY = "02"
LINES_AT_ONCE = 500
BY_PAYMENT = (
    "deductor TAN", "deductor", "tax year", "quarter", "line", "payee reference", "payee code", "payee PAN",
    "payee name", "section", "payment code", "credited on", "deducted on", "amount credited (INR)", "rate (%)",
    "tax deducted (INR)", "remark", "official remark code", "payment reference", "challan BSR code", "challan date",
    "challan serial", "tax deposited (INR)",
)  # fmt: skip
BY_PAYEE = (
    "deductor TAN", "deductor", "tax year", "quarter", "line", "payee reference", "payee code", "payee PAN",
    "payee name", "payments", "amount credited (INR)", "tax deducted (INR)", "tax deposited (INR)",
)  # fmt: skip


def return_lines(
    uow: UnitOfWork,
    *,
    actor: Actor,
    cipher: FieldCipher,
    quarter: TaxQuarterDays,
    after: tuple[datetime, UUID] | None,
    n: int,
) -> tuple[Cells, tuple[datetime, UUID] | None]:
    """The next lines, a payment each, numbered from `n`, and where the ones after them begin; None at the end."""
    actor.must(Permission.SEE_FINANCES)
    later = "AND (d.credited_at, d.payout_id) > (CAST(:at AS timestamptz), CAST(:last AS uuid))" if after else ""
    rows = _rows(
        uow,
        f"""SELECT d.*, r.section_label, r.payment_code, r.rate_bps, r.has_pan, {_PAYEE} FROM {TDS_COUNTED} {later}
            ORDER BY d.credited_at, d.payout_id LIMIT :most""",
        quarter,
        **({"at": after[0], "last": after[1]} if after else {}),
    )
    number = count(n)
    made = rows.read(lambda row: _payment(uow, cipher, quarter, next(number), row))
    last = rows.rows[-1] if len(rows.rows) == LINES_AT_ONCE else None
    return made, (last.credited_at, last.payout_id) if last else None


def payee_lines(
    uow: UnitOfWork, *, actor: Actor, cipher: FieldCipher, quarter: TaxQuarterDays, after: UUID | None, n: int
) -> tuple[Cells, UUID | None]:
    """The next payees with their sums, as `return_lines`."""
    actor.must(Permission.SEE_FINANCES)
    rows = _rows(
        uow,
        f"""SELECT d.payee_id, count(*) AS payments, sum(d.gross_paise)::bigint AS gross_paise,
              sum(d.tds_paise)::bigint AS tds_paise, {_PAYEE} FROM {TDS_COUNTED}
              {"AND d.payee_id > CAST(:last AS uuid)" if after else ""}
            GROUP BY d.payee_id, u.name, k.pan_locked, k.tax_name_locked ORDER BY d.payee_id LIMIT :most""",
        quarter,
        **({"last": after} if after else {}),
    )
    number = count(n)
    made = rows.read(lambda row: _of_payee(uow, cipher, quarter, next(number), row))
    return made, rows.rows[-1].payee_id if len(rows.rows) == LINES_AT_ONCE else None


_PAYEE = "u.name, k.pan_locked, k.tax_name_locked"


def _rows(uow: UnitOfWork, sql: str, quarter: TaxQuarterDays, **more: Any) -> Found:
    asked = {"since": quarter.since, "until": quarter.until, "most": LINES_AT_ONCE, **more}
    return ask_list(uow, "lines of a tax quarter", sql, **asked)


def _head(
    uow: UnitOfWork, cipher: FieldCipher, quarter: TaxQuarterDays, number: int, row: Row[Any]
) -> tuple[Cell, ...]:
    company = (uow.policy.company_tan, uow.policy.company_name, quarter.tax_year, f"Q{quarter.number}", str(number))
    return (*company, str(row.payee_id), NOT_A_COMPANY, _pan(cipher, row), _name(cipher, row))


def _payment(
    uow: UnitOfWork, cipher: FieldCipher, quarter: TaxQuarterDays, number: int, row: Row[Any]
) -> tuple[Cell, ...]:
    day = f"{row.credited_at.astimezone(IST):%d/%m/%Y}"
    return (
        *_head(uow, cipher, quarter, number, row),
        row.section_label,
        row.payment_code,
        day,
        day if row.tds_paise else "",
        _rupees(row.gross_paise),
        f"{Decimal(row.rate_bps) / 100:.4f}" if row.base_paise else "0.0000",
        _rupees(row.tds_paise),
        _remark(row),
        "",
        str(row.payout_id),
        *("", "", "", ""),
    )


def _of_payee(
    uow: UnitOfWork, cipher: FieldCipher, quarter: TaxQuarterDays, number: int, row: Row[Any]
) -> tuple[Cell, ...]:
    sums = (str(row.payments), _rupees(row.gross_paise), _rupees(row.tds_paise), "")
    return (*_head(uow, cipher, quarter, number, row), *sums)


def _remark(row: Row[Any]) -> str:
    """Why a rate is not the usual one, in words; its official code is the accountant's to set."""
    if not row.has_pan:
        return "higher rate, no PAN"
    if row.due_paise > row.tds_paise:
        return "rest is kept back from the next payment"
    return "" if row.base_paise else "no deduction, below threshold"


def _rupees(paise: int) -> Decimal:
    return Decimal(paise).scaleb(-2)


def _pan(cipher: FieldCipher, row: Row[Any]) -> str:
    if row.pan_locked is None:
        return NO_PAN
    found = _unlocked(cipher, bytes(row.pan_locked), f"cleaners:pan_locked:{row.payee_id}")
    return maybe(identifiers.pan, found) or BAD_PAN


def _name(cipher: FieldCipher, row: Row[Any]) -> str:
    """The payee's name; of a deleted account the one that tax was kept back under (LAW-02)."""
    if row.tax_name_locked is None:
        return str(row.name)
    return _unlocked(cipher, bytes(row.tax_name_locked), f"cleaners:tax_name_locked:{row.payee_id}") or str(row.name)


def _unlocked(cipher: FieldCipher, locked: bytes, context: str) -> str:
    try:
        return cipher.unlock(locked, context=context)
    except CannotUnlock:  # its key is gone: the check of the line says so
        return ""
