"""How far the refunds of an ended campaign are: its refundStatus follows them (CAM-11)."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.events import CampaignRefunded
from cleanit_app.domain.statuses import ENDED_WITHOUT_WORK, CampaignRefundStatus, RefundStatus
from cleanit_app.models import Campaign, Refund
from cleanit_app.services.unit_of_work import UnitOfWork


def note_refund_owed(uow: UnitOfWork, *, campaign: Campaign) -> None:
    """A locked campaign owes money back; once it has ended, people see that refunds are under way."""
    if campaign.status in ENDED_WITHOUT_WORK and campaign.refund_status is not CampaignRefundStatus.PROCESSING:
        campaign.move_refunds_to(CampaignRefundStatus.PROCESSING, by=SYSTEM, at=uow.now)


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
