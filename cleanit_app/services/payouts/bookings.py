"""What the ledger and the people's lines say of pay: sent, arrived, come back."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.events import PayoutSucceeded
from cleanit_app.domain.statuses import CampaignStatus, JobStatus, PayoutStatus
from cleanit_app.models import Account, Attempt, Campaign, Job, LedgerTransfer, Payout, Transaction
from cleanit_app.services.ledger import booking, escrow
from cleanit_app.services.unit_of_work import UnitOfWork


def hand_key(payout: Payout) -> str:
    """What names a payment by hand in the ledger; each one of a payout has a name of its own."""
    return f"hand:{payout.id}" if payout.hand_tries < 2 else f"hand:{payout.id}:{payout.hand_tries}"


def call_key(uow: UnitOfWork, attempt: Attempt) -> str:
    """What names a call in the ledger; one that left after its no had been booked has a second name."""
    late = late_key(attempt)
    known = uow.first(LedgerTransfer, LedgerTransfer.business_key == f"payout-sent:{late}")
    return late if known else str(attempt.id)


def late_key(attempt: Attempt) -> str:
    """The name of a call that left after all: under its own its no stands booked."""
    return f"{attempt.id}:late"


def book_sent(uow: UnitOfWork, payout: Payout, of: str) -> None:
    """What we owe the cleaner is on its way; `of` names the call, or that it was done by hand."""
    booking.book(
        uow,
        kind="PAYOUT_SENT",
        key=f"payout-sent:{of}",
        campaign_id=payout.campaign_id,
        lines=[
            (Account.CLEANER_PAYABLE, payout.cleaner_id, payout.amount_paise),
            (Account.PAYOUT_CLEARING, payout.id, -payout.amount_paise),
        ],
    )
    escrow.release(uow, campaign_id=payout.campaign_id, purpose="PAYOUT")


def add_transaction(
    uow: UnitOfWork, payout: Payout, source_id: UUID, status: str, reference: str | None = None
) -> None:
    """The line that people see of this movement."""
    uow.add(
        Transaction(
            type="PAYOUT",
            from_account="PLATFORM_ESCROW",
            to_account=str(payout.cleaner_id),
            amount_paise=payout.amount_paise,
            status=status,
            reference=reference,
            source_id=source_id,
            campaign_id=payout.campaign_id,
            created_at=uow.now,
            updated_at=uow.now,
        )
    )


def book_arrived(uow: UnitOfWork, payout: Payout, of: str, fees_paise: int) -> None:
    """The money has left our bank for the cleaner's."""
    booking.book(
        uow,
        kind="PAYOUT_PROCESSED",
        key=f"payout-processed:{of}",
        campaign_id=payout.campaign_id,
        lines=[
            (Account.PAYOUT_CLEARING, payout.id, payout.amount_paise),
            (Account.PAYOUT_FEES, None, fees_paise),
            (Account.BANK, None, -payout.amount_paise - fees_paise),
        ],
    )


def close(uow: UnitOfWork, payout: Payout, job: Job, *, by: Actor) -> None:
    """The cleaner is paid: payout and job are PAID, the campaign is CLOSED (PAY-06)."""
    payout.paid_at = job.paid_at = uow.now
    payout.failure_reason = payout.held_at = payout.held_by = payout.hold_reason = None
    payout.move_to(PayoutStatus.PAID, by=by, at=uow.now, why=payout.utr or "")
    job.move_to(JobStatus.PAID, by=by, at=uow.now)
    campaign = uow.lock(Campaign, payout.campaign_id)
    campaign.closed_at = uow.now
    campaign.move_to(CampaignStatus.CLOSED, by=by, at=uow.now, why="cleaner paid")
    uow.record(PayoutSucceeded(payout.id, job.id, campaign.id, payout.cleaner_id, payout.amount_paise), by=by)


def reopen(uow: UnitOfWork, payout: Payout, job: Job, of: str, reason: str, *, by: Actor) -> None:
    """Pay that had arrived came back: the ledger mirrors its arrival, job and campaign open again (decision 10)."""
    campaign = uow.lock(Campaign, payout.campaign_id)
    booking.book_mirror(uow, kind="PAYOUT_REVERSED", key=f"payout-reversed:{of}", of_key=f"payout-processed:{of}")
    job.paid_at = None
    job.move_to(JobStatus.VERIFIED, by=by, at=uow.now, why=f"pay came back: {reason}"[:300])
    campaign.closed_at = campaign.archived_at = None
    campaign.move_to(CampaignStatus.COMPLETED, by=by, at=uow.now, why="pay came back")
