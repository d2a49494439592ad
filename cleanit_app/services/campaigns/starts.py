"""What a start repeats: the same whole wish is one campaign, and a cancelled one does not keep its photo (CAM-01)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import AlreadyStarted, PhotoInOwnCampaign
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.models import Campaign, Photo
from cleanit_app.services.campaigns.correction_log import as_started
from cleanit_app.services.repeats import must_be_the_same
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CampaignDraft:
    """What a citizen asks for, checked."""

    title: str
    description: str
    target_paise: int
    latitude: float
    longitude: float
    address: str


@dataclass(frozen=True)
class Start:
    """A whole wish to start a campaign: who asks, for what, with which photo."""

    creator_id: UUID
    draft: CampaignDraft
    sha256: bytes

    def by_field(self) -> dict[str, object]:
        """Everything that was sent, under the names of the form."""
        fields = asdict(self.draft)
        return {"targetPaise": fields.pop("target_paise"), **fields, "photo": self.sha256}


def must_be_new(uow: UnitOfWork, start: Start, key: str | None) -> None:
    """AlreadyStarted for the key of this very wish at any time, and for the same whole wish again within minutes.

    IdempotencyConflict for the key of another start. Without its key, a wish whose campaign was cancelled is a new one.
    """
    if key is not None and (earlier := uow.first(Campaign, *_of_key(start, key))):
        must_be_the_same(_start_of(uow, earlier).by_field(), start.by_field())
        raise AlreadyStarted(campaign_id=earlier.id)
    for campaign in _with_photo(uow, start):
        lately = campaign.created_at > uow.now - LIMITS.repeated_within
        if lately and campaign.status is not CampaignStatus.CANCELLED and _start_of(uow, campaign) == start:
            raise AlreadyStarted(campaign_id=campaign.id)


def let_photo_go(uow: UnitOfWork, start: Start) -> None:
    """Let the photo of one's own cancelled campaign be used again; PhotoInOwnCampaign while another one has it.

    Only its owner's: the same file from anybody else, or as a proof, stays a photo that came before.
    """
    for campaign in _with_photo(uow, start):
        if campaign.status is not CampaignStatus.CANCELLED:
            raise PhotoInOwnCampaign(title=campaign.title)
        uow.lock(Photo, campaign.photo_id).superseded = True
    uow.flush()  # before the file's next row comes


def _of_key(start: Start, key: str) -> tuple[object, object]:
    return col(Campaign.creator_id) == start.creator_id, col(Campaign.idempotency_key) == key


def _with_photo(uow: UnitOfWork, start: Start) -> list[Campaign]:
    """The campaign that this person's file stands for now: one at most."""
    current = select(col(Photo.id)).where(
        col(Photo.sha256) == start.sha256,
        col(Photo.superseded).is_(False),
        col(Photo.owner_id) == start.creator_id,
    )
    return list(uow.all(Campaign, col(Campaign.photo_id).in_(current), col(Campaign.creator_id) == start.creator_id))


def _start_of(uow: UnitOfWork, campaign: Campaign) -> Start:
    draft = CampaignDraft(target_paise=campaign.target_paise, **as_started(uow, campaign))
    return Start(campaign.creator_id, draft, uow.get(Photo, campaign.photo_id).sha256)
