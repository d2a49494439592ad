"""One thing done to many, for admins: dry run, order, progress, result of each row (OPS-01)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response

from cleanit_app.api import queries
from cleanit_app.api.dependencies import asking, changing
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.base import PageOut, answer
from cleanit_app.api.schemas.bulk import (
    BulkNoticeIn,
    BulkRefundPlanOut,
    BulkRefundsIn,
    BulkRowOut,
    BulkRunOut,
    ChosenIn,
    GroupIn,
    NoticePlanOut,
)
from cleanit_app.domain.actors import Permission
from cleanit_app.domain.statuses import BulkRowStatus
from cleanit_app.reads.bulk import notice_plan, refund_plan, runs
from cleanit_app.services.bulk import notices
from cleanit_app.services.bulk import runs as bulk

router = APIRouter(prefix="/api/admin/bulk", tags=["admin"])


@router.get("", response_model=PageOut[BulkRunOut])
def all_runs(request: Request, cursor: Cursor = None, limit: Limit = None) -> Response:
    """Runs, the newest first."""
    with asking(request) as call:
        page = runs.bulk_runs(call.uow, actor=call.actor, cursor=cursor, limit=limit)
        items = page.each(BulkRunOut.model_validate)
        return answer(PageOut[BulkRunOut](items=items, next_cursor=page.next_cursor))


@router.post("/refunds/plan", response_model=BulkRefundPlanOut)
def plan_refunds(request: Request, body: ChosenIn) -> Response:
    """The dry run of ending campaigns with everybody's money going back: nothing moves."""
    with asking(request) as call:
        call.actor.must(Permission.MOVE_CAMPAIGN_MONEY)
        plan = refund_plan.bulk_refund_plan(call.uow, actor=call.actor, chosen=body.read())
        return answer(BulkRefundPlanOut.model_validate(plan))


@router.post("/refunds", status_code=202, response_model=BulkRunOut)
def order_refunds(
    request: Request, body: BulkRefundsIn, idempotency_key: Annotated[str | None, Header()] = None
) -> Response:
    """Let the campaigns of a dry run be ended one by one; 409 LIST_CHANGED when one can be ended no more (CAM-13).

    The same key with the same campaigns and reason is the same run.
    """
    with changing(request) as call:
        call.actor.must(Permission.MOVE_CAMPAIGN_MONEY)
        run_id = bulk.order_bulk_refunds(
            call.uow,
            actor=call.actor,
            campaign_ids=body.read(),
            typed_count=body.count,
            reason=body.reason,
            idempotency_key=idempotency_key,
        ).id
    return _run(request, run_id, 202)


@router.post("/notices/plan", response_model=NoticePlanOut)
def plan_notice(request: Request, body: GroupIn) -> Response:
    """The dry run of telling a group something: nobody is told anything."""
    with asking(request) as call:
        call.actor.must(Permission.MANAGE_PEOPLE)
        return answer(
            NoticePlanOut.model_validate(notice_plan.notice_plan(call.uow, actor=call.actor, group=body.read()))
        )


@router.post("/notices", status_code=202, response_model=BulkRunOut)
def order_notice(
    request: Request, body: BulkNoticeIn, idempotency_key: Annotated[str | None, Header()] = None
) -> Response:
    """Let a group be told something in the app, each person once; `marketing` passes over who switched it off.

    The same key with the same words is the same run.
    """
    with changing(request) as call:
        call.actor.must(Permission.MANAGE_PEOPLE)
        group = body.read()
        run_id = notices.order_bulk_notice(
            call.uow,
            actor=call.actor,
            group=group,
            words=notice_plan.words_of(call.uow, group),
            said=body.said(),
            marketing=queries.truth(body.marketing, "marketing"),
            typed_count=body.count,
            idempotency_key=idempotency_key,
        ).id
    return _run(request, run_id, 202)


@router.get("/{run_id}", response_model=BulkRunOut)
def one_run(request: Request, run_id: UUID) -> Response:
    """One run and how far it is."""
    return _run(request, run_id)


@router.get("/{run_id}/rows", response_model=PageOut[BulkRowOut])
def rows_of_run(
    request: Request,
    run_id: UUID,
    status: Annotated[str | None, Query(max_length=20)] = None,
    cursor: Cursor = None,
    limit: Limit = None,
) -> Response:
    """The result of each row of a run."""
    with asking(request) as call:
        page = runs.bulk_rows(
            call.uow,
            actor=call.actor,
            run_id=run_id,
            status=queries.choice(BulkRowStatus, status, "status"),
            cursor=cursor,
            limit=limit,
        )
        items = page.each(BulkRowOut.model_validate)
        return answer(PageOut[BulkRowOut](items=items, next_cursor=page.next_cursor))


@router.post("/{run_id}/stop", response_model=BulkRunOut)
def stop_run(request: Request, run_id: UUID) -> Response:
    """Let nothing more be done of a run; what is done stays done."""
    with changing(request) as call:
        bulk.stop_bulk_run(call.uow, actor=call.actor, run_id=run_id)
    return _run(request, run_id)


@router.post("/{run_id}/continue", response_model=BulkRunOut, status_code=202)
def continue_run(request: Request, run_id: UUID) -> Response:
    """Go on with a stopped run, or try again what failed."""
    with changing(request) as call:
        bulk.continue_bulk_run(call.uow, actor=call.actor, run_id=run_id)
    return _run(request, run_id, 202)


def _run(request: Request, run_id: UUID, status: int = 200) -> Response:
    with asking(request) as call:
        return answer(BulkRunOut.model_validate(runs.bulk_run(call.uow, actor=call.actor, run_id=run_id)), status)
