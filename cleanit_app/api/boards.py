"""Boards for admins: how the business is now, and its figures by day and week, also as a table (MON-03, MON-04)."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from cleanit_app.api import queries
from cleanit_app.api.dependencies import asking, language
from cleanit_app.api.documents import in_rupees
from cleanit_app.api.schemas.base import answer, file_of
from cleanit_app.api.schemas.boards import BoardOut, BusinessNowOut, board_out
from cleanit_app.i18n import Language, say_in
from cleanit_app.metrics import Metric, MetricUnit, Period
from cleanit_app.reads.boards.boards import LENGTHS, Board, Figure, board
from cleanit_app.reads.boards.now import business_now
from cleanit_app.services.tax.statements import Cell, safe_cell

router = APIRouter(prefix="/api/admin/boards", tags=["admin"])
PeriodWord = Annotated[str, Query(max_length=10)]
Length = Annotated[int | None, Query(ge=1, le=max(map(max, LENGTHS.values())))]


@router.get("", response_model=BoardOut)
def figures(request: Request, period: PeriodWord = "DAY", length: Length = None) -> Response:
    """The last days or weeks, as far as one's duties go: money for finance, the rest for who verifies (MON-04)."""
    return answer(board_out(_board(request, period, length)))


@router.get("/now", response_model=BusinessNowOut)
def now(request: Request) -> Response:
    """Campaigns that collect, money held, work to verify, payouts pending, at this moment (MON-03)."""
    with asking(request) as call:
        return answer(BusinessNowOut.model_validate(business_now(call.uow, actor=call.actor)))


@router.get("/csv", response_class=Response, responses=file_of("text/csv"))
def table(request: Request, period: PeriodWord = "DAY", length: Length = None) -> Response:
    """The same as a table: a line a day or week, rupees and hours with two decimals, shares in percent."""
    found = _board(request, period, length)
    name = f"cleanit-{found.period.value.lower()}s-{found.first}-{found.last}.csv"
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(_sheet(found, language(request)), 200, headers, "text/csv; charset=utf-8")


def _board(request: Request, word: str, length: int | None) -> Board:
    period = queries.choice(Period, word, "period") or Period.DAY
    with asking(request) as call:
        return board(call.uow, actor=call.actor, period=period, length=length or LENGTHS[period][0])


def _sheet(found: Board, lang: Language) -> bytes:
    out = io.StringIO()
    sheet = csv.writer(out)
    first = say_in(lang, f"boards.col.{found.period.value}")
    sheet.writerow([safe_cell(head) for head in (first, *(_head(one.metric, lang) for one in found.series))])
    columns = [one.points for one in found.series]
    for points in zip(*columns, strict=True):
        cells = [_cell(one.metric, point.figure) for one, point in zip(found.series, points, strict=True)]
        sheet.writerow([points[0].starts_on.isoformat(), *map(safe_cell, cells)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _head(metric: Metric, lang: Language) -> str:
    return say_in(lang, f"boards.unit.{metric.unit.value}", what=say_in(lang, metric.words_key))


def _cell(metric: Metric, figure: Figure | None) -> Cell:
    """A plain number; nothing where nothing was counted or there was nothing to take a share of."""
    if figure is None or figure.base == 0:
        return ""
    if metric.unit is MetricUnit.COUNT:
        return str(figure.value)
    if metric.unit is MetricUnit.PAISE:
        return in_rupees(figure.value)
    scale = Decimal(100) if metric.unit is MetricUnit.SHARE else Decimal(1) / 3600
    return scale * figure.value / (figure.base or 1)
