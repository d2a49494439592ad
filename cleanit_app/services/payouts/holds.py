"""What open disputes do to a payout: they keep it back, beside whatever finance holds it for (OPS-03)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.events import DisputeDecided
from cleanit_app.domain.statuses import DisputeStatus
from cleanit_app.models import Dispute, Payout
from cleanit_app.services.unit_of_work import UnitOfWork

DISPUTED = "DISPUTED"  # why the house holds a payout; its words stand in the catalogue


def open_disputes(uow: UnitOfWork, payout_id: UUID) -> Sequence[Dispute]:
    """The open disputes about a payout, oldest first; who changes them has locked the payout."""
    found = uow.all(Dispute, Dispute.payout_id == payout_id, col(Dispute.status) == DisputeStatus.OPEN)
    return sorted(found, key=lambda one: (one.raised_at, one.id))


def holds(payout: Payout) -> bool:
    """Whether it is disputes that keep a payout back, and not a person in finance or the house itself."""
    return payout.held_by is None and payout.hold_reason == DISPUTED


def keep_back(uow: UnitOfWork, payout: Payout) -> None:
    """A locked payout stays, in its place."""
    payout.held_at, payout.held_by, payout.hold_reason = uow.now, None, DISPUTED


def let_go(uow: UnitOfWork, payout: Payout) -> bool:
    """A locked payout's hold ends: it goes on from where it stood unless somebody disputes it; whether it goes."""
    payout.held_at = payout.held_by = payout.hold_reason = None
    uow.flush()
    if open_disputes(uow, payout.id):
        keep_back(uow, payout)
    return payout.held_at is None


def decide(
    uow: UnitOfWork, dispute: Dispute, payout: Payout, *, by: Actor, upheld: bool, note: str, goes_on: bool
) -> None:
    """Write a decision on an open dispute down and tell it; its payout is locked."""
    dispute.decided_by, dispute.decided_at, dispute.note = by.user_id, uow.now, note
    target = DisputeStatus.UPHELD if upheld else DisputeStatus.DISMISSED
    dispute.move_to(target, by=by, at=uow.now, why=note[:300])
    told = DisputeDecided(
        dispute.id,
        dispute.job_id,
        dispute.campaign_id,
        payout.id,
        payout.cleaner_id,
        dispute.raised_by,
        payout.amount_paise,
        upheld,
        goes_on,
        note,
    )
    uow.record(told, by=by)


def uphold_all(uow: UnitOfWork, payout: Payout, *, by: Actor, note: str) -> None:
    """Nothing is owed any more: whoever doubted the work was right."""
    for dispute in open_disputes(uow, payout.id):
        decide(uow, dispute, payout, by=by, upheld=True, note=note, goes_on=False)
