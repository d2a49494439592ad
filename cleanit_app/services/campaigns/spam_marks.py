"""What admins do with the mark of possible spam, and what they note about a campaign (CAM-06)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import FieldProblem, InvalidFields, OwnInterest
from cleanit_app.domain.places import chord_of_km, distance_km, unit_vector
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.models import Campaign, DeskNote, new_id
from cleanit_app.services import input_validation
from cleanit_app.services.unit_of_work import UnitOfWork


def too_many_at(uow: UnitOfWork, place: tuple[float, float], *, beside: UUID | None = None) -> bool:
    """Whether a campaign at (latitude, longitude) is one too many there, which marks it as possible spam (CAM-06).

    Counted are those within 100 m that were created in the last 30 days and not cancelled; not the one `beside` which.
    """
    x, y, z = unit_vector(*place)
    box = text("position <@ cube_enlarge(cube(ARRAY[:x, :y, :z]), :r, 3)").bindparams(
        x=x, y=y, z=z, r=chord_of_km(LIMITS.same_place_km)
    )
    near: Iterable[Any] = uow.run(
        select(col(Campaign.id), col(Campaign.latitude), col(Campaign.longitude)).where(
            box,
            col(Campaign.created_at) > uow.now - timedelta(days=LIMITS.same_place_days),
            col(Campaign.status) != CampaignStatus.CANCELLED,
        )
    )
    here = [one for one, lat, lng in near if one != beside and distance_km(place, (lat, lng)) <= LIMITS.same_place_km]
    return len(here) >= LIMITS.spam_at_same_place


def put_spam_mark_away(uow: UnitOfWork, *, actor: Actor, campaign_id: UUID, reason: object) -> Campaign:
    """Say that a marked campaign is none too many at its place; twice is as once. OwnInterest for its creator."""
    actor.must(Permission.APPROVE_CAMPAIGNS)
    campaign, why = uow.lock(Campaign, campaign_id), _said("reason", reason)
    if campaign.creator_id == actor.user_id:
        raise OwnInterest
    if campaign.possible_spam:
        campaign.possible_spam = False
        uow.audit(actor, "SpamMarkPutAway", subject_id=campaign.id, reason=why)
    return campaign


def note_about_campaign(uow: UnitOfWork, *, actor: Actor, campaign_id: UUID, note: object) -> DeskNote:
    """Write something down about a campaign that colleagues should know."""
    actor.must(Permission.APPROVE_CAMPAIGNS)
    uow.get(Campaign, campaign_id)
    said = _said("note", note)
    uow.audit(actor, "NoteWritten", subject_id=campaign_id)
    return uow.add(DeskNote(id=new_id(), subject_id=campaign_id, author_id=actor.user_id, note=said, at=uow.now))


def _said(field: str, typed: object) -> str:
    said = input_validation.said(field, typed, LIMITS.desk_note_length[1], lines=True)
    if not said:
        raise InvalidFields({field: FieldProblem(f"{field}_missing")})
    return said
