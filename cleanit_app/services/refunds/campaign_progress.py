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


def note_refunds_owed(uow: UnitOfWork, *, campaigns: Sequence[Campaign]) -> None:
    """Locked campaigns owe money back; of those that have ended people see that refunds are under way."""
    going = CampaignRefundStatus.PROCESSING
    fresh = [c for c in campaigns if c.status in ENDED_WITHOUT_WORK and c.refund_status is not going]
    move_refunds_of_all(fresh, going, by=SYSTEM, at=uow.now)


def note_refund_done(uow: UnitOfWork, *, campaign_id: UUID) -> None:
    """A refund has arrived; with the last one of an ended campaign all is done, and everybody hears it (CAM-11).

    The campaign is locked, so that of two last refunds at the same moment the second one sees the first.
    """
    campaign = uow.lock(Campaign, campaign_id)
    if campaign.refund_status is not CampaignRefundStatus.PROCESSING:
        return
    uow.flush()
    unfinished = col(Refund.status) != RefundStatus.COMPLETED
    if uow.first(Refund, Refund.campaign_id == campaign_id, unfinished) is None:
        campaign.move_refunds_to(CampaignRefundStatus.COMPLETED, by=SYSTEM, at=uow.now)
        uow.record(CampaignRefunded(campaign.id, campaign.creator_id), by=SYSTEM)
