"""Invoices of the platform's fee, for finance: the list, and each as a PDF (LAW-05)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from cleanit_app.api import queries
from cleanit_app.api.dependencies import asking, language
from cleanit_app.api.documents import invoice_paper
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.base import answer, file_of
from cleanit_app.api.schemas.documents import InvoicesOut, invoices_out
from cleanit_app.reads.tax.invoices import CREDIT_NOTE, INVOICE, fee_paper, fee_papers
from cleanit_app.services.payments.receipts import receipt_pdf

router = APIRouter(prefix="/api/admin/invoices", tags=["admin"])


@router.get("", response_model=InvoicesOut)
def invoices(
    request: Request,
    kind: Annotated[str | None, Query(max_length=20)] = None,
    cursor: Cursor = None,
    limit: Limit = None,
) -> Response:
    """Invoices and credit notes, newest first; `kind` is INVOICE or CREDIT_NOTE (LAW-05)."""
    if kind not in (None, INVOICE, CREDIT_NOTE):
        raise queries.unreadable("kind")
    with asking(request) as call:
        found = fee_papers(call.uow, actor=call.actor, kind=kind, cursor=cursor, limit=limit)
        return answer(invoices_out(found))


@router.get("/{invoice_id}/pdf", response_class=Response, responses=file_of("application/pdf"))
def invoice_file(request: Request, invoice_id: UUID) -> Response:
    """One invoice or credit note as a PDF, in the reader's language."""
    with asking(request) as call:
        paper = fee_paper(call.uow, actor=call.actor, invoice_id=invoice_id)
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'inline; filename="{paper.item.number.replace("/", "-")}.pdf"',
    }
    return Response(receipt_pdf(invoice_paper(paper, language(request))), 200, headers, "application/pdf")
