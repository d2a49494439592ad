"""Campaigns: discovered by anybody, started and taken back by citizens, paid into by their neighbours."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, File, Form, Header, Query, Request, Response, UploadFile

from cleanit_app.api import queries
from cleanit_app.api.dependencies import asking, changing, who_asks, wiring_of
from cleanit_app.api.queries import Cursor, Limit, Near, RadiusKm
from cleanit_app.api.schemas.base import PageOut, answer
from cleanit_app.api.schemas.campaigns import CampaignItemOut, CampaignOut, CorrectionIn, campaign_out, cards_out
from cleanit_app.api.schemas.money import ContributionIn, OrderOut
from cleanit_app.api.uploads import receive, stored
from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import AlreadyStarted, FeatureOff, FieldProblem, InvalidFields
from cleanit_app.domain.features import Feature
from cleanit_app.reads.campaigns import campaigns as reads
from cleanit_app.reads.campaigns.campaigns import DiscoverSort
from cleanit_app.services.campaigns import campaigns
from cleanit_app.services.campaigns.correction_log import CORRECTABLE
from cleanit_app.services.campaigns.corrections import correct_campaign
from cleanit_app.services.campaigns.starts import CampaignDraft
from cleanit_app.services.payments import contributions
from cleanit_app.services.photos.intake import Received
from cleanit_app.services.photos.photos import CAMPAIGN_KINDS
from cleanit_app.services.repeats import read_key

router = APIRouter(prefix="/api/campaigns", tags=["campaigns"])
FormText = Annotated[str | None, Form()]


@router.get("", response_model=PageOut[CampaignItemOut])
def discover(
    request: Request,
    status: Annotated[str | None, Query(description="One or more, with commas", max_length=100)] = None,
    q: Annotated[str | None, Query(max_length=200)] = None,
    near: Near = None,
    radius_km: RadiusKm = None,
    sort: Annotated[str | None, Query(description="new, ending, almost or near")] = None,
    cursor: Cursor = None,
    limit: Limit = None,
) -> Response:
    """Campaigns for anybody: by age, end, progress or distance."""
    place = queries.place(near)
    order = queries.choice(DiscoverSort, sort, "sort") or (DiscoverSort.NEAR if place else DiscoverSort.NEW)
    with asking(request) as call:
        page = reads.discover(
            call.uow,
            actor=call.actor,
            status=queries.statuses(status),
            q=_words(request, call.actor, q),
            near=place,
            radius_km=radius_km,
            sort=order,
            cursor=cursor,
            limit=limit,
        )
    return answer(cards_out(page))


def _words(request: Request, actor: Actor, q: str | None) -> str | None:
    """The words to look for; FeatureOff while searching is switched off for this person (OPS-06)."""
    if q and not wiring_of(request).features.is_on(Feature.WORD_SEARCH, actor.id):
        raise FeatureOff
    return q


@router.post("", status_code=201, response_model=CampaignOut)
def create(
    request: Request,
    title: FormText = None,
    description: FormText = None,
    target_paise: Annotated[str | None, Form(alias="targetPaise")] = None,
    latitude: FormText = None,
    longitude: FormText = None,
    address: FormText = None,
    photo: Annotated[UploadFile | None, File()] = None,
    idempotency_key: Annotated[str | None, Header()] = None,
) -> Response:
    """Start a campaign with its photo (CAM-01 to CAM-09).

    The same key with the same fields and photo is the same wish, and so is the same whole wish again within minutes;
    both are answered with the campaign that it became. The key may be left out.
    """
    actor = who_asks(request)
    actor.must(Permission.START_CAMPAIGNS)
    key = None if idempotency_key is None else read_key(idempotency_key)
    typed = {
        "title": title,
        "description": description,
        "target_paise": target_paise,
        "latitude": latitude,
        "longitude": longitude,
        "address": address,
    }
    draft, seen = _check(request, typed, photo)
    try:
        campaign_id = _start(request, draft, seen, key)
    except AlreadyStarted as earlier:
        campaign_id = earlier.values["campaign_id"]
    return answer(_detail(request, campaign_id), 201)


def _check(request: Request, typed: dict[str, Any], photo: UploadFile | None) -> tuple[CampaignDraft, Received]:
    """The wish and its photo; InvalidFields names every problem at once, a missing photo among them."""
    missing = {"photo": FieldProblem("photo_missing")} if photo is None else {}
    try:
        draft = campaigns.check_draft(**typed)
    except InvalidFields as problems:
        raise InvalidFields(problems.fields | missing) from problems
    if missing:
        raise InvalidFields(missing)
    return draft, receive(request, photo, most_bytes=LIMITS.campaign_photo_bytes, kinds=CAMPAIGN_KINDS)


def _start(request: Request, draft: CampaignDraft, seen: Received, key: str | None) -> UUID:
    with stored(request, seen, folder="campaigns") as photo, changing(request) as call:
        return campaigns.create_campaign(call.uow, actor=call.actor, draft=draft, photo=photo, idempotency_key=key).id


def _detail(request: Request, campaign_id: UUID) -> CampaignOut:
    with asking(request) as call:
        return campaign_out(reads.campaign_detail(call.uow, actor=call.actor, campaign_id=campaign_id))


@router.get("/{campaign_id}", response_model=CampaignOut)
def campaign(request: Request, campaign_id: UUID) -> Response:
    """One campaign with photos, money, neighbours, job and timeline."""
    with asking(request) as call:
        return answer(campaign_out(reads.campaign_detail(call.uow, actor=call.actor, campaign_id=campaign_id)))


@router.patch("/{campaign_id}", response_model=CampaignOut)
def correct(request: Request, campaign_id: UUID, body: CorrectionIn) -> Response:
    """Put my campaign's words or place right until money is in (LAW-03); what is left out stays as it is.

    `corrections` is the number that came with what I read: 409 CHANGED_MEANWHILE when it says something else by now.
    Sent again it changes nothing. 409 CORRECTION_TOO_LATE once money is in,
    CORRECTION_AFTER_END once it has ended, PAYMENT_UNDER_WAY while somebody pays.
    """
    changes = {name: getattr(body, name) for name in CORRECTABLE}
    with changing(request) as call:
        correct_campaign(call.uow, actor=call.actor, campaign_id=campaign_id, changes=changes, seen=body.corrections)
    return answer(_detail(request, campaign_id))


@router.post("/{campaign_id}/cancel", response_model=CampaignOut)
def cancel(request: Request, campaign_id: UUID) -> Response:
    """Take back my campaign while nothing was raised (CAM-12)."""
    with changing(request) as call:
        campaigns.cancel_campaign(call.uow, actor=call.actor, campaign_id=campaign_id)
    return answer(_detail(request, campaign_id))


@router.post("/{campaign_id}/contributions", status_code=201, response_model=OrderOut)
def contribute(
    request: Request,
    campaign_id: UUID,
    body: ContributionIn,
    idempotency_key: Annotated[str | None, Header()] = None,
) -> Response:
    """Note a wish to give and get the order to pay; the same key is the same wish (PAY-01)."""
    with changing(request) as call:
        actor: Actor = call.actor
        contribution = contributions.start_contribution(
            call.uow,
            actor=actor,
            campaign_id=campaign_id,
            amount_paise=body.amount_paise,
            anonymous=False if body.anonymous is None else body.anonymous,
            idempotency_key=idempotency_key,
        )
    wiring = wiring_of(request)
    contribution = contributions.place_order(
        wiring.open_uow, wiring.payments, actor=actor, contribution_id=contribution.id
    )
    return answer(
        OrderOut(
            contribution_id=contribution.id,
            razorpay_order_id=contribution.razorpay_order_id or "",
            razorpay_key_id=wiring.payments.key_id,
            amount_paise=contribution.amount_paise,
        ),
        201,
    )
