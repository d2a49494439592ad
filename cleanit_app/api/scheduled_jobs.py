"""Jobs of the clock over REST: how their runs went, and a run by hand (OPS-01)."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from cleanit_app.api.dependencies import asking, changing
from cleanit_app.api.schemas.base import answer
from cleanit_app.api.schemas.scheduled_jobs import ScheduledJobOut, ScheduledJobsOut
from cleanit_app.reads.operations.scheduled_jobs import scheduled_jobs
from cleanit_app.services.operations.scheduled_jobs import ask_for_run

router = APIRouter(prefix="/api/admin/scheduled-jobs", tags=["admin"])


@router.get("", response_model=ScheduledJobsOut)
def list_jobs(request: Request) -> Response:
    """Every job with its last five runs and its next."""
    with asking(request) as call:
        found = scheduled_jobs(call.uow, actor=call.actor)
        return answer(ScheduledJobsOut(items=[ScheduledJobOut.model_validate(one) for one in found]))


@router.post("/{name}/run", status_code=204)
def run_now(request: Request, name: str) -> Response:
    """Ask for a run now; asked twice before it begins it runs once. 403 without the second factor."""
    with changing(request) as call:
        ask_for_run(call.uow, actor=call.actor, name=name)
    return Response(status_code=204)
