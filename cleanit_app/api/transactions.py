"""Transactions for finance: found by any number, and taken along as a table (OPS-01, PAY-12)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse

from cleanit_app.api import queries
from cleanit_app.api.dependencies import asking, changing, wiring_of
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.base import PageOut, answer, file_of
from cleanit_app.api.schemas.money import FoundTransactionOut, SavedViewIn, SavedViewOut
from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.calendar import IST
from cleanit_app.reads.ledger.transaction_search import (
    LARGEST,
    PAGE,
    FoundTransaction,
    TransactionOrder,
    TransactionStatus,
    TransactionsWanted,
    TransactionType,
    find_transactions,
    said_of,
)
from cleanit_app.reads.operations.saved_views import own_views
from cleanit_app.services.ledger.exports import export_transactions
from cleanit_app.services.operations.saved_views import delete_view, save_view
from cleanit_app.services.tax.statements import safe_cell
from cleanit_app.wiring import Wiring

router = APIRouter(prefix="/api/admin/transactions", tags=["admin"])
HEADS = ("id", "when (India)", "type", "status", "amount (INR)", "reference", "person", "campaign", "campaign id")


def wanted_of(
    q: Annotated[str, Query(max_length=200)] = "",
    type: Annotated[str | None, Query(max_length=20)] = None,
    status: Annotated[str | None, Query(max_length=20)] = None,
    since: queries.Day = None,
    until: queries.Day = None,
    sort: Annotated[str | None, Query(max_length=20)] = None,
) -> TransactionsWanted:
    """What stands after the question mark; days are Indian ones."""
    return TransactionsWanted(
        q,
        queries.choice(TransactionType, type, "type"),
        queries.choice(TransactionStatus, status, "status"),
        since,
        until,
        queries.choice(TransactionOrder, sort, "sort") or TransactionOrder.NEWEST,
    )


Wanted = Annotated[TransactionsWanted, Depends(wanted_of)]


@router.get("", response_model=PageOut[FoundTransactionOut])
def transactions(request: Request, wanted: Wanted, cursor: Cursor = None, limit: Limit = None) -> Response:
    """Lines of money that moved: by any number, phone, amount and day in `q`, and by filters (PAY-12)."""
    with asking(request) as call:
        page = find_transactions(call.uow, actor=call.actor, wanted=wanted, cursor=cursor, limit=limit or PAGE)
        items = page.each(FoundTransactionOut.model_validate)
        return answer(PageOut[FoundTransactionOut](items=items, next_cursor=page.next_cursor))


@router.get("/views", response_model=PageOut[SavedViewOut])
def views(request: Request) -> Response:
    """The views of this list that I keep, by name; `question` is what stands after the question mark."""
    with asking(request) as call:
        items = [SavedViewOut.model_validate(one) for one in own_views(call.uow, actor=call.actor)]
        return answer(PageOut[SavedViewOut](items=items, next_cursor=None))


@router.post("/views", status_code=201, response_model=SavedViewOut)
def keep_view(request: Request, body: SavedViewIn, wanted: Wanted) -> Response:
    """Keep the question of this address under a name; the same name is overwritten."""
    question = urlencode({name: str(value) for name, value in said_of(wanted).items()})
    with changing(request) as call:
        return answer(
            SavedViewOut.model_validate(save_view(call.uow, actor=call.actor, name=body.name, question=question)), 201
        )


@router.delete("/views/{view_id}", status_code=204)
def forget_view(request: Request, view_id: UUID) -> Response:
    """Keep a view no longer."""
    with changing(request) as call:
        delete_view(call.uow, actor=call.actor, view_id=view_id)
    return Response(status_code=204)


@router.get("/csv", responses=file_of("text/csv"))
def transactions_csv(request: Request, wanted: Wanted) -> Response:
    """All found rows for a spreadsheet: plain numbers, and nothing that is a formula; logged and told (SEC-10)."""
    with changing(request) as call:
        call.actor.must(Permission.SEE_FINANCES)
        export_transactions(call.uow, actor=call.actor, wanted=str(wanted))
        actor = call.actor
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="transactions.csv"'}
    return StreamingResponse(_lines(wiring_of(request), actor, wanted), media_type="text/csv", headers=headers)


def _lines(parts: Wiring, actor: Actor, wanted: TransactionsWanted) -> Iterator[str]:
    """The table page by page, each read by itself, so that a long one holds neither memory nor the database."""
    yield "\ufeff" + _line(HEADS)
    cursor: str | None = None
    while True:
        with parts.open_read() as uow:
            page = find_transactions(uow, actor=actor, wanted=wanted, cursor=cursor, limit=LARGEST)
            yield "".join(page.each(_row))
        cursor = page.next_cursor
        if cursor is None:
            return


def _row(one: FoundTransaction) -> str:
    when = f"{one.created_at.astimezone(IST):%Y-%m-%d %H:%M:%S}"
    cells = (str(one.id), when, one.type, one.status, Decimal(one.amount_paise) / 100, one.reference or "")
    return _line((*cells, one.person_name, one.campaign_title, str(one.campaign_id)))


def _line(cells: tuple[str | Decimal, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()
