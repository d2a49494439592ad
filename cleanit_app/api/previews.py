"""The document of a campaign's page, with what messengers show when its link is shared."""

from __future__ import annotations

import html
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from cleanit_app import routes
from cleanit_app.api.dependencies import asking, language, wiring_of
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.i18n import Language, say_in
from cleanit_app.i18n.amounts import rupees
from cleanit_app.i18n.built import SHELL, document
from cleanit_app.reads.campaigns.campaigns import CampaignDetail, campaign_detail
from cleanit_app.reads.photos.photos import PhotoView

WIDEST = 800  # messengers refuse large pictures
_TOLD = frozenset({CampaignStatus.ACTIVE, CampaignStatus.FUNDED, CampaignStatus.COMPLETED, CampaignStatus.CLOSED})


def preview_routes(site: Path) -> APIRouter:
    """The route that puts title, words and photo into the head of the built shell in `site`."""
    router = APIRouter(include_in_schema=False)

    @lru_cache
    def shell(lang: Language) -> str:
        return document(site, lang, SHELL).read_text(encoding="utf-8")

    @router.api_route(routes.campaign("{campaign_id}"), methods=["GET", "HEAD"])
    def campaign_document(request: Request, campaign_id: str) -> Response:
        """The shell with the campaign's own head; 404 with the plain shell for one that nobody may see."""
        try:
            with asking(request) as call:
                seen = campaign_detail(call.uow, actor=call.actor, campaign_id=UUID(campaign_id))
        except (DomainError, ValueError):
            return HTMLResponse(shell(language(request)), 404)
        head = tags(seen, wiring_of(request).settings.public_url, language(request))
        return HTMLResponse(shell(language(request)).replace("</head>", f"{head}</head>", 1))

    return router


def tags(seen: CampaignDetail, public_url: str, lang: Language) -> str:
    """Title and Open Graph tags of one campaign; everything people typed is escaped."""
    done = seen.after is not None and seen.status is CampaignStatus.CLOSED
    photo = seen.after if seen.after and done else seen.before
    text = _text(seen, lang)
    named = {"description": text, "twitter:card": "summary_large_image" if photo.widths else "summary"}
    og = {
        "og:site_name": "Cleanit",
        "og:type": "article",
        "og:title": seen.title,
        "og:description": text,
        **_image(
            photo, public_url, say_in(lang, "card.photo_after" if done else "card.photo_before", place=seen.address)
        ),
        "og:url": f"{public_url}{routes.campaign(seen.id)}",
        "og:locale": f"{lang}_IN",
    }
    made = [f'<meta name="{name}" content="{html.escape(value)}"/>' for name, value in named.items()]
    made += [f'<meta property="{name}" content="{html.escape(value)}"/>' for name, value in og.items()]
    return f"<title>{html.escape(seen.title)} · Cleanit</title>{''.join(made)}"


def _image(photo: PhotoView, public_url: str, alt: str) -> dict[str, str]:
    """The picture of the preview; none for a photo that is withheld."""
    if not photo.widths:
        return {}
    width = max((w for w in photo.widths if w <= WIDEST), default=min(photo.widths))
    return {"og:image": f"{public_url}{routes.photo(photo.base_key)}/{width}.webp", "og:image:alt": alt}


def _text(seen: CampaignDetail, lang: Language) -> str:
    state = seen.status if seen.status in _TOLD else "OTHER"
    return say_in(
        lang,
        f"preview.{state}",
        place=seen.address,
        raised=rupees(seen.raised_paise),
        target=rupees(seen.target_paise),
    )
