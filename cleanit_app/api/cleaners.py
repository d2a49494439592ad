"""A cleaner's own earnings, work, and where the pay goes."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response

from cleanit_app.api.doors import asking, changing, wiring_of
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.base import answer
from cleanit_app.api.schemas.jobs import BankAccountIn, BankAccountOut, PanIn, PanOut, WorkListOut, work_out
from cleanit_app.api.schemas.money import EarningsOut, PayoutOut, earnings_out
from cleanit_app.reads import jobs, money
from cleanit_app.services import kyc

router = APIRouter(prefix="/api/cleaners/me", tags=["cleaners"])


@router.get("/earnings", response_model=EarningsOut)
def earnings(request: Request, cursor: Cursor = None, limit: Limit = None) -> Response:
    """My payouts, what comes and what came, from the ledger (PAY-11)."""
    with asking(request) as call:
        mine = money.earnings(call.uow, actor=call.actor, cursor=cursor, limit=limit)
        return answer(earnings_out(mine))


@router.get("/payouts/{payout_id}", response_model=PayoutOut)
def payout(request: Request, payout_id: UUID) -> Response:
    """One payout of mine."""
    with asking(request) as call:
        detail = money.payout_detail(call.uow, actor=call.actor, payout_id=payout_id)
        return answer(PayoutOut.model_validate(detail.item))


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
        cleaner = kyc.save_pan(call.uow, actor=call.actor, number=body.pan, cipher=wiring_of(request).cipher)
        mask = cleaner.pan_mask or ""
    return answer(PanOut(mask=mask))
