"""What finance does by hand: holds, stops, stuck refunds, what was paid at the bank (PAY-06, PAY-08, OPS-01)."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response

from cleanit_app.api import queries
from cleanit_app.api.dependencies import asking, changing
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.admin_money import (
    FlowOut,
    FlowsOut,
    OddPaymentOut,
    OddPaymentsOut,
    OldMoneyListOut,
    OldMoneyOut,
    OutcomeIn,
    PayoutStateOut,
    ReferenceIn,
    RefundPlanOut,
    RefundsIn,
    RefundsOrderedOut,
    RefundStateOut,
)
from cleanit_app.api.schemas.base import PageOut, answer
from cleanit_app.api.schemas.jobs import ReasonIn
from cleanit_app.api.schemas.money import PayoutToDoOut, RefundToDoOut
from cleanit_app.domain.actors import Permission
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.models import MoneySwitch, Payout, Refund
from cleanit_app.reads.ledger import money_desk, money_lists
from cleanit_app.services.payments import payment_flags
from cleanit_app.services.payouts import manual as manual_payouts
from cleanit_app.services.refunds import manual as manual_refunds
from cleanit_app.services.transfers import kill_switch

router = APIRouter(prefix="/api/admin", tags=["admin"])


@router.get("/payouts", response_model=PageOut[PayoutToDoOut])
def payouts_to_do(request: Request, cursor: Cursor = None, limit: Limit = None) -> Response:
    """Payouts that have not arrived: those a person must look at first, then by their time."""
    with asking(request) as call:
        page = money_lists.payouts_to_do(call.uow, actor=call.actor, cursor=cursor, limit=limit)
        items = page.each(PayoutToDoOut.model_validate)
        return answer(PageOut[PayoutToDoOut](items=items, next_cursor=page.next_cursor))


@router.get("/refunds", response_model=PageOut[RefundToDoOut])
def refunds_to_do(request: Request, cursor: Cursor = None, limit: Limit = None) -> Response:
    """Refunds that have not arrived: those a person must look at first, then by the promised day."""
    with asking(request) as call:
        page = money_lists.refunds_to_do(call.uow, actor=call.actor, cursor=cursor, limit=limit)
        items = page.each(RefundToDoOut.model_validate)
        return answer(PageOut[RefundToDoOut](items=items, next_cursor=page.next_cursor))


@router.post("/payouts/{payout_id}/hold", response_model=PayoutStateOut)
def hold_payout(request: Request, payout_id: UUID, body: ReasonIn) -> Response:
    """Keep a payout back, with a reason that the cleaner reads (OPS-03)."""
    with changing(request) as call:
        held = manual_payouts.hold_payout(call.uow, actor=call.actor, payout_id=payout_id, reason=body.reason)
        return answer(_payout(held))


@router.post("/payouts/{payout_id}/release", response_model=PayoutStateOut)
def release_payout(request: Request, payout_id: UUID) -> Response:
    """Let a held payout go on."""
    with changing(request) as call:
        return answer(_payout(manual_payouts.release_payout(call.uow, actor=call.actor, payout_id=payout_id)))


@router.post("/payouts/{payout_id}/paid-by-hand", response_model=PayoutStateOut)
def manual_payout(request: Request, payout_id: UUID, body: ReferenceIn) -> Response:
    """Record a payout that was made at the bank, with the bank's number."""
    with changing(request) as call:
        paid = manual_payouts.record_manual_payout(
            call.uow, actor=call.actor, payout_id=payout_id, reference=body.reference
        )
        return answer(_payout(paid))


@router.post("/payouts/{payout_id}/returned", response_model=PayoutStateOut)
def payout_returned(request: Request, payout_id: UUID, body: ReasonIn) -> Response:
    """Record that the bank sent back a payout that was paid by hand; it is owed again (OPS-01)."""
    with changing(request) as call:
        undone = manual_payouts.undo_manual_payout(call.uow, actor=call.actor, payout_id=payout_id, reason=body.reason)
        return answer(_payout(undone))


@router.post("/payouts/{payout_id}/outcome", response_model=PayoutStateOut)
def payout_outcome(request: Request, payout_id: UUID, body: OutcomeIn) -> Response:
    """End a call of which nobody knew the outcome: `left` with the bank's number, or not."""
    with changing(request) as call:
        call.actor.must(Permission.RUN_PAYOUTS)
        decided = manual_payouts.decide_payout(
            call.uow,
            actor=call.actor,
            payout_id=payout_id,
            left=queries.truth(body.left, "left"),
            reference=body.reference,
        )
        return answer(_payout(decided))


def _payout(row: Payout) -> PayoutStateOut:
    return PayoutStateOut.of(row, held=row.held_at is not None, reference=row.utr)


@router.get("/refunds/plan", response_model=RefundPlanOut)
def refund_plan(request: Request) -> Response:
    """The dry run of sending all stuck refunds again: nothing moves (OPS-01)."""
    with asking(request) as call:
        return answer(RefundPlanOut.model_validate(money_desk.refund_plan(call.uow, actor=call.actor)))


@router.post("/refunds/send", response_model=RefundsOrderedOut, status_code=202)
def send_refunds(request: Request, body: RefundsIn) -> Response:
    """Send the refunds of a dry run again, exactly these; 409 LIST_CHANGED when they are others now (OPS-01)."""
    with changing(request) as call:
        call.actor.must(Permission.RUN_PAYOUTS)
        ids, count, paise = body.read()
        ordered = manual_refunds.order_refunds(
            call.uow, actor=call.actor, refund_ids=ids, seen_count=count, seen_paise=paise
        )
        return answer(RefundsOrderedOut(count=len(ordered), paise=paise), 202)


@router.post("/refunds/{refund_id}/send", response_model=RefundStateOut, status_code=202)
def send_refund(request: Request, refund_id: UUID) -> Response:
    """Send one stuck refund again, by the usual path (OPS-01)."""
    with changing(request) as call:
        ordered = manual_refunds.order_refund_now(call.uow, actor=call.actor, refund_id=refund_id)
        return answer(_refund(ordered), 202)


@router.post("/refunds/{refund_id}/given-by-hand", response_model=RefundStateOut)
def manual_refund(request: Request, refund_id: UUID, body: ReferenceIn) -> Response:
    """Record a stuck refund that was given back at the bank, with the bank's number."""
    with changing(request) as call:
        done = manual_refunds.record_manual_refund(
            call.uow, actor=call.actor, refund_id=refund_id, reference=body.reference
        )
        return answer(_refund(done))


@router.post("/refunds/{refund_id}/outcome", response_model=RefundStateOut)
def refund_outcome(request: Request, refund_id: UUID, body: OutcomeIn) -> Response:
    """End a refund's call of which nobody knew the outcome."""
    with changing(request) as call:
        call.actor.must(Permission.RUN_PAYOUTS)
        decided = manual_refunds.decide_refund(
            call.uow, actor=call.actor, refund_id=refund_id, left=queries.truth(body.left, "left")
        )
        return answer(_refund(decided))


def _refund(row: Refund) -> RefundStateOut:
    return RefundStateOut.of(row, amount_paise=row.goes_back_paise, reference=row.by_hand_reference)


@router.get("/old-money", response_model=OldMoneyListOut)
def old_money(request: Request) -> Response:
    """Held money that will soon be too old to be refunded."""
    with asking(request) as call:
        found = money_desk.old_money(call.uow, actor=call.actor)
        return answer(OldMoneyListOut(items=[OldMoneyOut.model_validate(one) for one in found]))


@router.get("/payment-flags", response_model=OddPaymentsOut)
def odd_payments(request: Request) -> Response:
    """Payments that look odd and that nobody has looked at (SEC-10)."""
    with asking(request) as call:
        found = money_desk.odd_payments(call.uow, actor=call.actor)
        return answer(OddPaymentsOut(items=[OddPaymentOut.model_validate(one) for one in found]))


@router.post("/payment-flags/{flag_id}/seen", status_code=204)
def flag_seen(request: Request, flag_id: UUID) -> Response:
    """Somebody has looked at it."""
    with changing(request) as call:
        payment_flags.see_odd_payment(call.uow, actor=call.actor, flag_id=flag_id)
    return Response(status_code=204)


@router.get("/money-flows", response_model=FlowsOut)
def money_flows(request: Request) -> Response:
    """Whether payouts and refunds are stopped."""
    with asking(request) as call:
        found = money_desk.money_flows(call.uow, actor=call.actor)
        items = [FlowOut(flow=f.flow, stopped_at=f.stopped_at, reason=f.reason) for f in found]
        return answer(FlowsOut(items=items))


@router.post("/money-flows/{flow}/stop", response_model=FlowOut)
def stop_money(request: Request, flow: str, body: ReasonIn) -> Response:
    """Let nothing more leave by this flow."""
    with changing(request) as call:
        call.actor.must(Permission.RUN_PAYOUTS)
        return answer(_flow(kill_switch.stop_money(call.uow, actor=call.actor, flow=_named(flow), reason=body.reason)))


@router.post("/money-flows/{flow}/resume", response_model=FlowOut)
def resume_money(request: Request, flow: str) -> Response:
    """Let money leave again."""
    with changing(request) as call:
        call.actor.must(Permission.RUN_PAYOUTS)
        return answer(_flow(kill_switch.resume_money(call.uow, actor=call.actor, flow=_named(flow))))


def _named(flow: str) -> MoneyFlow:
    named = queries.choice(MoneyFlow, flow.upper(), "flow")
    if named is None:
        raise queries.unreadable("flow")
    return named


def _flow(row: MoneySwitch) -> FlowOut:
    return FlowOut(flow=row.flow, stopped_at=row.stopped_at, reason=row.reason or "")
