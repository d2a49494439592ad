"""What a decision on a dispute writes down and tells, whoever decides and by whichever way (OPS-03)."""

from __future__ import annotations

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.events import DisputeDecided
from cleanit_app.domain.statuses import DisputeStatus
from cleanit_app.models import Dispute, Payout
from cleanit_app.services.payouts.holds import open_disputes
from cleanit_app.services.unit_of_work import UnitOfWork


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
