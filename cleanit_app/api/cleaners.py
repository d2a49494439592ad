"""A cleaner's own earnings, work, and where the pay goes."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response

from cleanit_app.api.dependencies import asking, changing, language, wiring_of
from cleanit_app.api.documents import statement_paper
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.base import answer, file_of
from cleanit_app.api.schemas.documents import StatementOut, statement_out
from cleanit_app.api.schemas.jobs import BankAccountIn, BankAccountOut, PanIn, PanOut, WorkListOut, work_out
from cleanit_app.api.schemas.money import EarningsOut, PayoutOut, earnings_out
from cleanit_app.domain.errors import NotFound
from cleanit_app.reads.jobs import jobs
from cleanit_app.reads.ledger import money
from cleanit_app.reads.tax.statements import year_statement
from cleanit_app.services.people import kyc, pans
from cleanit_app.services.tax.statements import statement_csv, statement_pdf

router = APIRouter(prefix="/api/cleaners/me", tags=["cleaners"])


@router.get("/earnings", response_model=EarningsOut)
def earnings(request: Request, cursor: Cursor = None, limit: Limit = None) -> Response:
    """My payouts, what comes and what came, from the ledger (PAY-11)."""
    with asking(request) as call:
        mine = money.earnings(call.uow, actor=call.actor, cursor=cursor, limit=limit)
        return answer(earnings_out(mine, money.pending_payouts(call.uow, actor=call.actor)))


@router.get("/payouts/{payout_id}", response_model=PayoutOut)
def payout(request: Request, payout_id: UUID) -> Response:
    """One payout of mine."""
    with asking(request) as call:
        detail = money.payout_detail(call.uow, actor=call.actor, payout_id=payout_id)
        return answer(PayoutOut.model_validate(detail.item))


@router.get("/statements/{year}", response_model=StatementOut)
def statement(request: Request, year: str) -> Response:
    """My financial year, as `2627`: each payment's gross, tax and pay, from the ledger (LAW-04)."""
    with asking(request) as call:
        return answer(statement_out(year_statement(call.uow, actor=call.actor, year=year)))


@router.get("/statements/{year}/{form}", response_class=Response, responses=file_of("text/csv", "application/pdf"))
def statement_file(request: Request, year: str, form: str) -> Response:
    """My financial year as a file to keep: `pdf` or `csv` (LAW-04)."""
    if form not in ("pdf", "csv"):
        raise NotFound(what="form")
    with asking(request) as call:
        paper = statement_paper(year_statement(call.uow, actor=call.actor, year=year), language(request))
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="cleanit-{paper.number}.{form}"',
    }
    if form == "csv":
        return Response(statement_csv(paper), 200, headers, "text/csv; charset=utf-8")
    return Response(statement_pdf(paper), 200, headers, "application/pdf")


@router.get("/work", response_model=WorkListOut)
def work(request: Request) -> Response:
    """My jobs: in hand, in check, to redo, done."""
    with asking(request) as call:
        return answer(work_out(jobs.my_work(call.uow, actor=call.actor)))


@router.put("/bank-account", response_model=BankAccountOut)
def bank_account(request: Request, body: BankAccountIn) -> Response:
    """Say where my pay goes; kept encrypted, shown masked (SEC-07)."""
    details = kyc.check_payout_details(**dict(body))
    with changing(request) as call:
        cipher = wiring_of(request).cipher
        cleaner = kyc.save_payout_details(call.uow, actor=call.actor, details=details, cipher=cipher)
        out = BankAccountOut(
            kind=cleaner.payout_kind or "",
            mask=cleaner.payout_mask or "",
            holder_name=cleaner.payout_holder or "",
            confirmed=cleaner.payout_verified_at is not None,
        )
    return answer(out)


@router.put("/pan", response_model=PanOut)
def my_pan(request: Request, body: PanIn) -> Response:
    """Give my PAN; kept encrypted, shown masked, asked for above the yearly limit (LAW-04)."""
    with changing(request) as call:
        cleaner = pans.save_pan(call.uow, actor=call.actor, number=body.pan, cipher=wiring_of(request).cipher)
        mask = cleaner.pan_mask or ""
    return answer(PanOut(mask=mask))
