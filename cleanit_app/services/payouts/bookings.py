"""What the ledger and the people's lines say of pay: sent, arrived, failed, come back. Nothing moves here."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.models import Attempt, LedgerAccount, LedgerTransfer, Payout, Transaction
from cleanit_app.services.ledger import booking, escrow
from cleanit_app.services.unit_of_work import UnitOfWork


def manual_key(payout: Payout) -> str:
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
            (LedgerAccount.CLEANER_PAYABLE, payout.cleaner_id, payout.amount_paise),
            (LedgerAccount.PAYOUT_CLEARING, payout.id, -payout.amount_paise),
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
            (LedgerAccount.PAYOUT_CLEARING, payout.id, payout.amount_paise),
            (LedgerAccount.PAYOUT_FEES, None, fees_paise),
            (LedgerAccount.BANK, None, -payout.amount_paise - fees_paise),
        ],
    )


def book_failed(uow: UnitOfWork, payout: Payout, of: str) -> None:
    """What was on its way is ours to owe again."""
    booking.book_mirror(uow, kind="PAYOUT_FAILED", key=f"payout-failed:{of}", of_key=f"payout-sent:{of}")
    escrow.hold_again(uow, campaign_id=payout.campaign_id)


def book_came_back(uow: UnitOfWork, of: str) -> None:
    """What had left our bank for the cleaner's is with ours again, and still on its way (decision 10)."""
    booking.book_mirror(uow, kind="PAYOUT_REVERSED", key=f"payout-reversed:{of}", of_key=f"payout-processed:{of}")
