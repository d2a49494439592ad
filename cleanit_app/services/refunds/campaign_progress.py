"""How far the refunds of an ended campaign are: its refundStatus follows them (CAM-11)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.events import CampaignRefunded
from cleanit_app.domain.statuses import ENDED_WITHOUT_WORK, CampaignRefundStatus, RefundStatus
from cleanit_app.models import Campaign, Refund, move_refunds_of_all
from cleanit_app.services.unit_of_work import UnitOfWork


def lock_with_campaign(uow: UnitOfWork, refund_id: UUID) -> Refund:
    """A refund that may arrive, locked below its campaign.

    Of two last refunds at the same moment the second waits here, and sees the first when it goes on.
    """
    uow.lock(Campaign, uow.get(Refund, refund_id).campaign_id)
    return uow.lock(Refund, refund_id)


def note_refunds_owed(uow: UnitOfWork, *, campaigns: Sequence[Campaign]) -> None:
    """Locked campaigns owe money back; of those that have ended people see that refunds are under way."""
    going = CampaignRefundStatus.PROCESSING
    fresh = [c for c in campaigns if c.status in ENDED_WITHOUT_WORK and c.refund_status is not going]
    move_refunds_of_all(fresh, going, by=SYSTEM, at=uow.now)


def note_refund_done(uow: UnitOfWork, *, campaign_id: UUID) -> None:
    """A refund of a locked campaign has arrived; with its last one all is done, and everybody hears it (CAM-11)."""
    campaign = uow.get(Campaign, campaign_id)
    if campaign.refund_status is not CampaignRefundStatus.PROCESSING:
        return
    uow.flush()
    unfinished = col(Refund.status) != RefundStatus.COMPLETED
    if uow.first(Refund, Refund.campaign_id == campaign_id, unfinished) is None:
        campaign.move_refunds_to(CampaignRefundStatus.COMPLETED, by=SYSTEM, at=uow.now)
        uow.record(CampaignRefunded(campaign.id, campaign.creator_id), by=SYSTEM)
