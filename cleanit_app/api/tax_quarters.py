"""The tax of a quarter for finance: payees with their sums, findings, and files for the accountant (LAW-04)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from cleanit_app.api import queries
from cleanit_app.api.dependencies import asking, changing, wiring_of
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.base import answer, file_of
from cleanit_app.api.schemas.documents import TaxQuarterOut, tax_quarter_out
from cleanit_app.domain.actors import Actor
from cleanit_app.domain.calendar import TaxQuarterDays
from cleanit_app.reads.tax.return_lines import BY_PAYEE, BY_PAYMENT, payee_lines, return_lines
from cleanit_app.reads.tax.tax_quarters import bounds_of, tax_quarter
from cleanit_app.services.tax.quarterly_return import take_tax_quarter
from cleanit_app.services.tax.statements import Cell, safe_cell
from cleanit_app.wiring import Wiring

router = APIRouter(prefix="/api/admin/tax", tags=["admin"])
Year = Annotated[str, Path(max_length=4)]
QuarterNumber = Annotated[int, Path(ge=1, le=4)]


class LineFor(StrEnum):
    """What a line of the file is about."""

    PAYMENT = "payment"
    PAYEE = "payee"


@router.get("/{year}/{quarter}", response_model=TaxQuarterOut)
def quarter(
    request: Request, year: Year, quarter: QuarterNumber, cursor: Cursor = None, limit: Limit = None
) -> Response:
    """What was kept back in a quarter (`2627`, 1 to 4): payees with sums, the ledger's own sum, and findings."""
    with asking(request) as call:
        found = tax_quarter(call.uow, actor=call.actor, year=year, quarter=quarter, cursor=cursor, limit=limit)
        return answer(tax_quarter_out(found))


@router.get("/{year}/{quarter}/csv", response_class=Response, responses=file_of("text/csv"))
def quarter_csv(
    request: Request, year: Year, quarter: QuarterNumber, by: Annotated[str | None, Query(max_length=20)] = None
) -> Response:
    """The quarter for the payer's statement (26Q, now 140), a line a payment or `by=payee`; logged and told (SEC-10).

    With whole PANs, so it asks for the second factor. Challan and official remark codes are left to the accountant.
    """
    line_for = queries.choice(LineFor, by, "by") or LineFor.PAYMENT
    wanted = TaxQuarterDays(year, quarter, **bounds_of(year, quarter))
    with changing(request) as call:
        take_tax_quarter(call.uow, actor=call.actor, quarter=wanted)
        actor = call.actor
    name = f"cleanit-tax-{wanted.tax_year}-q{quarter}-by-{line_for}.csv"
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    lines = _lines(wiring_of(request), actor, wanted, line_for)
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


def _lines(parts: Wiring, actor: Actor, wanted: TaxQuarterDays, line_for: LineFor) -> Iterator[str]:
    """The table part by part, each read by itself, so that a long one holds neither memory nor the database."""
    yield "\ufeff" + _line(BY_PAYEE if line_for is LineFor.PAYEE else BY_PAYMENT)
    ask: Any = payee_lines if line_for is LineFor.PAYEE else return_lines
    after, number = None, 1
    while True:
        with parts.open_read() as uow:
            rows, after = ask(uow, actor=actor, cipher=parts.cipher, quarter=wanted, after=after, n=number)
        yield "".join(_line(row) for row in rows)
        number += len(rows)
        if after is None:
            return


def _line(cells: tuple[Cell, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()
