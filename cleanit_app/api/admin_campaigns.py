"""Campaigns for admins: one with everything, and those marked as possible spam (CAM-06, JOB-08)."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response

from cleanit_app.api.dependencies import asking, changing
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.base import PageOut, answer
from cleanit_app.api.schemas.campaign_desk import CampaignDeskOut, MarkedCampaignOut, SpamMarkOut
from cleanit_app.api.schemas.jobs import ReasonIn
from cleanit_app.api.schemas.person import NoteIn, NoteOut
from cleanit_app.reads.campaigns import campaign_desk as reads
from cleanit_app.services.campaigns import spam_marks

router = APIRouter(prefix="/api/admin", tags=["admin"])


@router.get("/marked-campaigns", response_model=PageOut[MarkedCampaignOut])
def marked(request: Request, cursor: Cursor = None, limit: Limit = None) -> Response:
    """Campaigns marked as possible spam, whoever started them, the newest first (CAM-06)."""
    with asking(request) as call:
        page = reads.marked_campaigns(call.uow, actor=call.actor, cursor=cursor, limit=limit)
        items = page.each(MarkedCampaignOut.model_validate)
        return answer(PageOut[MarkedCampaignOut](items=items, next_cursor=page.next_cursor))


@router.get("/campaigns/{campaign_id}", response_model=CampaignDeskOut)
def desk(request: Request, campaign_id: UUID) -> Response:
    """One campaign with its neighbours, held job, whole history, notes and contributions."""
    with asking(request) as call:
        found = reads.campaign_desk(call.uow, actor=call.actor, campaign_id=campaign_id)
        known = {name: getattr(found.detail, name) for name in ("id", "title", "status", "creator_id", "creator_name")}
        return answer(CampaignDeskOut.of(found, possible_spam=bool(found.detail.possible_spam), **known))


@router.post("/campaigns/{campaign_id}/put-spam-mark-away", response_model=SpamMarkOut)
def put_spam_mark_away(request: Request, campaign_id: UUID, body: ReasonIn) -> Response:
    """Say that a marked campaign is none too many at its place."""
    with changing(request) as call:
        campaign = spam_marks.put_spam_mark_away(
            call.uow, actor=call.actor, campaign_id=campaign_id, reason=body.reason
        )
        return answer(SpamMarkOut.model_validate(campaign))


@router.post("/campaigns/{campaign_id}/notes", status_code=201, response_model=NoteOut)
def note(request: Request, campaign_id: UUID, body: NoteIn) -> Response:
    """Write something down about a campaign for colleagues."""
    with changing(request) as call:
        made = spam_marks.note_about_campaign(call.uow, actor=call.actor, campaign_id=campaign_id, note=body.note)
        return answer(NoteOut(id=made.id, note=made.note, at=made.at), 201)
