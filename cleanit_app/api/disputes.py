"""Results that are questioned before the pay leaves, and the decision on them (OPS-03)."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response

from cleanit_app.api import queries
from cleanit_app.api.dependencies import asking, changing
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.base import PageOut, answer
from cleanit_app.api.schemas.disputes import DecideIn, DisputeIn, DisputeStateOut, OpenDisputeOut, open_disputes_out
from cleanit_app.domain.actors import Permission
from cleanit_app.reads.review import disputes as reads
from cleanit_app.services.review import disputes

router = APIRouter(tags=["disputes"])


@router.post("/api/campaigns/{campaign_id}/disputes", status_code=201, response_model=DisputeStateOut)
def dispute(request: Request, campaign_id: UUID, body: DisputeIn) -> Response:
    """Say within 24 hours that an accepted result is not right; the pay waits for a decision (OPS-03)."""
    with changing(request) as call:
        made = disputes.open_dispute(call.uow, actor=call.actor, campaign_id=campaign_id, reason=body.reason)
        return answer(DisputeStateOut.model_validate(made), 201)


@router.get("/api/admin/disputes", response_model=PageOut[OpenDisputeOut])
def list_disputes(request: Request, cursor: Cursor = None, limit: Limit = None) -> Response:
    """Disputes that wait for a decision, the oldest first."""
    with asking(request) as call:
        return answer(open_disputes_out(reads.open_disputes(call.uow, actor=call.actor, cursor=cursor, limit=limit)))


@router.post("/api/admin/disputes/{dispute_id}/decide", response_model=DisputeStateOut)
def decide(request: Request, dispute_id: UUID, body: DecideIn) -> Response:
    """Say whether who raised it is right; the reason reaches both sides.

    Of a result: its pay goes on, or the work is accepted no more, or with `donePercent` its money is divided.
    """
    with changing(request) as call:
        call.actor.must(Permission.DECIDE_DISPUTES)
        decided = disputes.decide_dispute(
            call.uow,
            actor=call.actor,
            dispute_id=dispute_id,
            uphold=queries.truth(body.uphold, "uphold"),
            note=body.note,
            cancel_campaign=queries.truth(body.cancel_campaign, "cancelCampaign"),
            done_percent=body.done_percent,
        )
        return answer(DisputeStateOut.model_validate(decided))
