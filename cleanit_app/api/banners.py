"""The banner of the site over REST: read by all, set and taken away by seniors (OPS-01)."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response

from cleanit_app.api.dependencies import asking, changing, wiring_of
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.banners import BannerIn, BannerItemOut, BannerOut, ShownBannerOut
from cleanit_app.api.schemas.base import PageOut, answer
from cleanit_app.reads.operations.banners import banners
from cleanit_app.services.operations.banners import end_banner, set_banner

router = APIRouter(tags=["site"])


@router.get("/api/banner", response_model=ShownBannerOut)
def shown(request: Request) -> Response:
    """The banner that stands now, else the one that comes next."""
    found = wiring_of(request).banner
    return answer(ShownBannerOut(banner=BannerOut.of(found) if found else None))


@router.get("/api/admin/banners", response_model=PageOut[BannerItemOut])
def list_banners(request: Request, cursor: Cursor = None, limit: Limit = None) -> Response:
    """Every banner, the newest first."""
    with asking(request) as call:
        page = banners(call.uow, actor=call.actor, cursor=cursor, limit=limit)
        return answer(PageOut[BannerItemOut](items=page.each(BannerItemOut.of), next_cursor=page.next_cursor))


@router.post("/api/admin/banners", status_code=201, response_model=BannerOut)
def put_up(request: Request, body: BannerIn) -> Response:
    """Let everybody see some words for a while; 403 without the second factor."""
    said = body.said if isinstance(body.said, dict) else {}
    with changing(request) as call:
        made = set_banner(
            call.uow,
            actor=call.actor,
            said=said,
            tone=body.tone,
            from_at=body.from_at,
            until_at=body.until_at,
            link=body.link,
        )
        out = BannerOut.of(made)
    return answer(out, 201)


@router.post("/api/admin/banners/{banner_id}/end", status_code=204)
def take_down(request: Request, banner_id: UUID) -> Response:
    """Take a banner away before its time; twice is once."""
    with changing(request) as call:
        end_banner(call.uow, actor=call.actor, banner_id=banner_id)
    return Response(status_code=204)
