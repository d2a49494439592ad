"""What a campaign said before its creator corrected it: asked by whoever must know whether it is what they read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlmodel import col, func, select

from cleanit_app.domain.errors import ChangedMeanwhile, FieldProblem, InvalidFields
from cleanit_app.models import Campaign, CampaignCorrection
from cleanit_app.services.unit_of_work import UnitOfWork

CORRECTABLE = ("title", "description", "latitude", "longitude", "address")


def times_corrected(uow: UnitOfWork, campaign_id: UUID) -> int:
    """How often a campaign was corrected; the number of its last correction."""
    last = select(func.coalesce(func.max(col(CampaignCorrection.number)), 0))
    return int(uow.run(last.where(col(CampaignCorrection.campaign_id) == campaign_id)).scalar_one())


def must_be_as_seen(uow: UnitOfWork, campaign: Campaign, seen: object) -> None:
    """Refuse with ChangedMeanwhile when a locked campaign was corrected since it was `seen`; None: nobody looked."""
    if seen is None:
        return
    if isinstance(seen, bool) or not isinstance(seen, int):
        raise InvalidFields({"corrections": FieldProblem("value_unreadable")})
    if seen != times_corrected(uow, campaign.id):
        raise ChangedMeanwhile


def as_started(uow: UnitOfWork, campaign: Campaign) -> dict[str, Any]:
    """The words and the place that a campaign was started with, whatever was corrected since."""
    first = uow.first(
        CampaignCorrection, col(CampaignCorrection.campaign_id) == campaign.id, col(CampaignCorrection.number) == 1
    )
    return {name: getattr(campaign, name) for name in CORRECTABLE} | (first.before if first else {})
